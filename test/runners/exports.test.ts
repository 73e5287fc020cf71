import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import manifest from '../../package.json';
import { projectWith, TOOLS } from '../support/packed';

const ROOT = resolve(__dirname, '../..');
jest.setTimeout(180_000);

let home = '';
let project = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'exports-'));
  project = await projectWith(home);
}, 180_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs a script with the package in the project. */
function ran(script: string, ...args: string[]): { code: number | null; said: string } {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const ended = spawnSync(process.execPath, [script, ...args], {
    cwd: project,
    env,
    encoding: 'utf8',
    timeout: 150_000,
  });
  return { code: ended.status, said: ended.stdout + ended.stderr };
}

const tool = (path: string): string => join(TOOLS, 'node_modules', path);
const tarball = (): string => join(home, readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '');

test('publint reports nothing', () => {
  expect(ran(tool('publint/src/cli.js'), 'run', tarball(), '--strict').said).toContain('All good!');
});

test("are-the-types-wrong reports nothing for any resolution, except that Vitest's own entry is for import only", () => {
  type Problem = { kind: string; entrypoint: string };
  // With exit code 1 it would end before all of its output is written; the list of problems has the ignored ones too.
  const options = ['--format', 'json', '--ignore-rules', 'cjs-resolves-to-esm'];
  const { code, said } = ran(tool('@arethetypeswrong/cli/dist/index.js'), tarball(), ...options);
  expect(code).toBe(0);
  const { analysis, problems } = JSON.parse(said) as {
    analysis: { entrypoints: object };
    problems: Record<string, Problem[]>;
  };
  expect(Object.keys(analysis.entrypoints)).toEqual(Object.keys(manifest.exports));
  expect(Object.values(problems).flat()).toEqual([
    expect.objectContaining({ kind: 'CJSResolvesToESM', entrypoint: './vitest' }),
  ]);
});

const CONSUMER = `
import { BEHAVIORS, EDITIONS, conformance as generic, judge, readWaivers, render, runConformance } from 'invite-conformance';
import type { Finding, History, Options, Result, Runner, Waiver } from 'invite-conformance';
import { conformance as inJest } from 'invite-conformance/jest';
import { conformance as inMocha } from 'invite-conformance/mocha';
import { startMock } from 'invite-conformance/mock';
import { conformance as inNode } from 'invite-conformance/node-test';
import type { CommsNotifications, InvitationRequest } from 'invite-conformance/types';

export const options: Options = { tokens: { valid: { env: 'TOKEN' } }, gate: 'linked', target: (_req, res) => res.end() };
// @ts-expect-error an option that there is not
export const wrong: Options = { targt: 'x' };
export async function used(history: History, runner: Runner): Promise<Finding | undefined> {
  const result: Result = await runConformance({ ...options, onProgress: (one) => one.kind });
  const again = await judge(history, { waivers: [] as Waiver[] });
  const told: string = render(again, 'html', { history });
  generic(runner, options);
  for (const face of [inJest, inMocha, inNode]) face(options);
  const mock = await startMock();
  await mock.close();
  const body: InvitationRequest = { participants: [] };
  const none: CommsNotifications | undefined = undefined;
  await readWaivers([told, body, none, BEHAVIORS[0]?.id, EDITIONS[0]]);
  return result.behaviors[0]?.findings[0];
}
`;
const IN_VITEST = `
import { conformance } from 'invite-conformance/vitest';
conformance({ target: 'http://localhost/v1.0', provisioning: { states: 'http://localhost/s' } });
`;

const LATEST = join(ROOT, 'node_modules/typescript/bin/tsc');
const OLDER = join(__dirname, 'older-compiler.cjs');

test.each<[string, string, string[], string]>([
  ['node10', 'commonjs', ['ts'], OLDER],
  ['node16', 'node16', ['cts'], OLDER],
  ['nodenext', 'nodenext', ['mts', 'cts'], LATEST],
  ['bundler', 'esnext', ['ts'], LATEST],
])('its types are found by %s, in modules of %s in files that end with %j', (resolution, module, endings, compiler) => {
  const files = endings.flatMap((ending) => [`used.${ending}`, ...(ending === 'cts' ? [] : [`vitest-file.${ending}`])]);
  for (const file of files) writeFileSync(join(project, file), file.startsWith('used') ? CONSUMER : IN_VITEST);
  const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
  const how = ['--module', module, '--moduleResolution', resolution, '--esModuleInterop', '--target', 'es2022'];
  expect(ran(compiler, ...files, '--noEmit', '--strict', ...how, ...types)).toEqual({ code: 0, said: '' });
});

test('every entry can be required and imported; internal files cannot', () => {
  const names = Object.keys(manifest.exports).filter((name) => !/\*|vitest|node-test/.test(name));
  const all = names.map((name) => JSON.stringify(name.replace(/^\./, manifest.name)));
  const required = ran('-e', `for (const one of [${all.join()}]) require(one)`);
  expect(required).toEqual({ code: 0, said: '' });
  const modules = all.filter((name) => !name.includes('.json'));
  writeFileSync(
    join(project, 'all.mjs'),
    `${modules.map((name, i) => `import * as m${i} from ${name};`).join('\n')}
import { runConformance } from 'invite-conformance';
console.log(typeof runConformance, typeof m1.conformance);`,
  );
  expect(ran('all.mjs')).toEqual({ code: 0, said: 'function function\n' });
  const inside = ran(
    '-e',
    `for (const one of ['dist/cli/run.js', 'schemas/generated/config', 'schemas/index.js']) {
      try { require('invite-conformance/' + one); console.log(one); } catch (error) { if (error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error; }
    }`,
  );
  expect(inside).toEqual({ code: 0, said: '' });
});

test('the peer dependencies are declared, and each is optional', () => {
  expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(Object.keys(manifest.peerDependencies));
  expect(Object.keys(manifest.dependencies)).not.toEqual(
    expect.arrayContaining(Object.keys(manifest.peerDependencies)),
  );
});

/** The declarations of the entries and of the modules in api/ and runners/ that they export, as one text. */
function declared(): string {
  const root = join(project, 'node_modules/invite-conformance/dist');
  const inner = ['api/app', 'api/catalog', 'api/judge', 'api/options', 'api/render', 'api/run', 'api/waivers'];
  const runners = ['conformance', 'timed-run', 'runner', 'jest', 'mocha', 'node-test'].map((name) => `runners/${name}`);
  const files = ['index', ...inner, ...runners].map((name) => `${name}.d.ts`);
  return [...files, 'runners/vitest.d.mts', 'mock/index.d.ts']
    .map((file) => `// ${file}\n${readFileSync(join(root, file), 'utf8').trim()}\n`)
    .join('\n');
}

test('the exports of the package match test/runners/api-report.txt; RENEW=1 rewrites it', () => {
  const file = join(ROOT, 'test/runners/api-report.txt');
  if (process.env['RENEW'] === '1') writeFileSync(file, declared());
  expect(declared()).toBe(readFileSync(file, 'utf8'));
});
