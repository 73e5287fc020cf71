import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The types and validators of all schemas are generated several times.
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

// A step of `npm test`, `npm run fresh`, checks that the committed types match the schemas.
test('--check names each file that does not match its schema, and the command that renews it; the command does', () => {
  const schema = join(copy, 'schemas', 'chat-info.schema.json');
  const committed = readFileSync(schema, 'utf8');
  writeFileSync(schema, committed.replace('"threadId"', '"threadName"'));
  writeFileSync(generated('identity.ts'), 'export interface Identity {}\n');
  rmSync(generated('call.ts'));
  writeFileSync(generated('left.ts'), '');
  const { status, stderr } = run('--check');
  expect(status).toBe(1);
  const told = stderr.trim().split('\n');
  expect(told).toEqual(
    expect.arrayContaining([
      'schemas/generated/call.ts is missing',
      'schemas/generated/identity.ts is stale',
      'schemas/generated/chat-info.ts is stale',
      'schemas/generated/left.ts has no schema',
    ]),
  );
  expect(told.at(-1)).toBe('Renew the generated types with: npm run generate');
  expect(told.filter((line) => line.includes('participant'))).toEqual([]);
  expect(readFileSync(generated('identity.ts'), 'utf8')).toBe('export interface Identity {}\n');

  writeFileSync(schema, committed);
  execFileSync(process.execPath, [join(copy, 'scripts', 'generate-types.mjs')]);
  const contents = (folder: string) =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  expect(contents(generated(''))).toEqual(contents(join(ROOT, 'schemas', 'generated')));
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
