import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Types and validators of all schemas are made several times over.
jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'generated-types-'));
  cpSync(join(ROOT, 'schemas'), join(copy, 'schemas'), { recursive: true });
  for (const name of ['generate-types.mjs', 'schema-options.mjs', 'schema-validators.mjs']) {
    cpSync(join(ROOT, 'scripts', name), join(copy, 'scripts', name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(...flags: string[]) {
  return spawnSync(process.execPath, [join(copy, 'scripts', 'generate-types.mjs'), ...flags], { encoding: 'utf8' });
}

const generated = (file: string) => join(copy, 'schemas', 'generated', file);

test('the committed types are what the schemas give', () => {
  const { status, stderr } = run('--check');
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('--check names each file that is not, and the command that renews it; the command does', () => {
  writeFileSync(generated('identity.ts'), 'export interface Identity {}\n');
  rmSync(generated('call.ts'));
  writeFileSync(generated('left.ts'), '');
  const { status, stderr } = run('--check');
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    'schemas/generated/call.ts is missing',
    'schemas/generated/identity.ts is stale',
    'schemas/generated/left.ts has no schema',
    'Renew the generated types with: npm run generate',
  ]);
  expect(readFileSync(generated('identity.ts'), 'utf8')).toBe('export interface Identity {}\n');

  execFileSync(process.execPath, [join(copy, 'scripts', 'generate-types.mjs')]);
  expect(run('--check').status).toBe(0);
});

test('a schema that was changed makes its types stale', () => {
  const file = join(copy, 'schemas', 'chat-info.schema.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"threadId"', '"threadName"'));
  const { status, stderr } = run('--check');
  expect(status).toBe(1);
  expect(stderr).toContain('schemas/generated/chat-info.ts is stale');
});

test('each interface is declared once', () => {
  const index = readFileSync(join(ROOT, 'schemas', 'generated', 'index.ts'), 'utf8');
  const modules = [...index.matchAll(/from '\.\/([\w-]+)'/g)].map(([, module]) => module);
  const declared = modules.flatMap((module) => {
    const code = readFileSync(join(ROOT, 'schemas', 'generated', `${module}.ts`), 'utf8');
    expect(code).toMatch(/^\/\/ Generated from [\w-]+\.schema\.json by `npm run generate`\. Do not edit\.\n/);
    return [...code.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  });
  expect(declared).toHaveLength(modules.length);
  expect(new Set(declared).size).toBe(declared.length);
});
