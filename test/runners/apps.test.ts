import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectWith } from '../support/packed';

const ROOT = resolve(__dirname, '../..');
jest.setTimeout(180_000);

let project = '';
let home = '';
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'apps-'));
  project = await projectWith(home);
  for (const name of ['apps', 'jest-project'])
    cpSync(join(ROOT, 'examples', name), join(project, name), { recursive: true });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

// All run in one process: each must be served separately and stopped, or the process would not end.
test('an application of Express, Fastify, Koa, Hono and node:http is judged in its own process', () => {
  const names = ['express', 'fastify', 'koa', 'hono', 'http'];
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['judge.mjs', ...names], {
    cwd: join(project, 'apps'),
    env,
    encoding: 'utf8',
    timeout: 150_000,
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const passed = [...stdout.matchAll(/^(\w+) PASS {2}66 of 66 behaviours; 15 not applicable /gm)];
  expect(passed.map(([, name]) => name)).toEqual(names);
});
