import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stringify } from 'yaml';
import { openApi } from '../../schemas/openapi';
import { startListener, type Listener } from '../mock/listener';
import { freePort } from '../support/free-port';
import { INVITE, STATES, checkerOf, description } from './description';

const TOOLS = join(__dirname, 'tools');
const ROOT = join(__dirname, '../..');
// Each tool loads several thousand files.
jest.setTimeout(120_000);

let folder = '';
beforeAll(() => {
  if (!existsSync(join(TOOLS, 'node_modules'))) throw new Error('run scripts/test-tools.sh, which installs the tools');
  folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openApi(), null, 2));
  writeFileSync(
    join(folder, 'openapi.yaml'),
    stringify(openApi(), { aliasDuplicateObjects: false, compat: 'yaml-1.1' }),
  );
  writeFileSync(join(folder, 'spectral.yaml'), 'extends: ["spectral:oas"]\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The script of a tool's command. */
function bin(name: string, command: string): string {
  const file = createRequire(join(TOOLS, 'package.json')).resolve(`${name}/package.json`);
  const { bin: commands } = JSON.parse(readFileSync(file, 'utf8')) as { bin: Record<string, string> };
  return join(file, '..', commands[command] ?? '');
}

const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

function runs(program: string, args: string[]): { code: number | null; said: string } {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _colour, ...env } = environment as NodeJS.ProcessEnv;
  const ended = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 100_000,
  });
  return { code: ended.status, said: `${ended.stdout}${ended.stderr}` };
}

/** The two documents, and one that breaks a rule of each linter, to show that they check. */
function linted(): string[] {
  const text = JSON.stringify(openApi()).replace('"operationId":"changeState"', '"operationId":"invite"');
  writeFileSync(join(folder, 'broken.json'), text);
  return ['lint', 'openapi.json', 'openapi.yaml', 'broken.json'];
}

const RULE = 'operation-operationId-unique';

test('Redocly reports only what is wrong with its recommended rules', () => {
  const options = ['--extends', 'recommended', '--format', 'json'];
  const { code, said } = runs(bin('@redocly/cli', 'redocly'), [...linted(), ...options]);
  // One report for each document, one after the other.
  const reports = said.slice(said.indexOf('{\n'), said.lastIndexOf('\n}') + 2).split(/(?<=\n\})(?=\{\n)/);
  const problems = reports.map((report) => (JSON.parse(report) as { problems: unknown[] }).problems);
  expect([code, problems]).toEqual([1, [[], [], [expect.objectContaining({ ruleId: RULE })]]]);
});

test('Spectral reports only what is wrong with its recommended rules', () => {
  const options = ['-r', 'spectral.yaml', '-f', 'json', '--fail-severity', 'hint', '--quiet'];
  const { code, said } = runs(bin('@stoplight/spectral-cli', 'spectral'), [...linted(), ...options]);
  const wrong = { code: RULE, source: expect.stringMatching(/broken\.json$/) as string };
  expect([code, JSON.parse(said)]).toEqual([1, [expect.objectContaining(wrong)]]);
});

/** Code that uses the generated types; its last line must not compile. */
const USE = `
import type { components, operations } from './openapi';
type Invitation = operations['invite']['requestBody']['content']['application/json'];
export const body: Invitation = {
  participants: [{ identity: { user: { id: 'u1' } } }],
  clientContext: 'c1',
};
type Operation = operations['invite']['responses'][200]['content']['application/json'];
export const idOf = ({ id }: Operation): string => id;
type Notifications = components['schemas']['Notifications'];
export const first = ({ value }: Notifications): string | undefined => value[0]?.changeType;
export const state: components['schemas']['ProviderState'] = {
  action: 'setup', state: 'a group call', params: { callbackUri: 'http://127.0.0.1:9/', chatInfo: true, pstnNumber: true },
};
// @ts-expect-error an invitation has participants
export const wrong: Invitation = { clientContext: 'c1' };
`;

test('openapi-typescript generates types that compile and match the messages', () => {
  const made = runs(bin('openapi-typescript', 'openapi-typescript'), ['openapi.json', '-o', 'openapi.ts']);
  expect(made).toMatchObject({ code: 0 });
  writeFileSync(join(folder, 'use.ts'), USE);
  const compiled = runs(join(ROOT, 'node_modules/typescript/bin/tsc'), [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    'use.ts',
  ]);
  expect(compiled).toEqual({ code: 0, said: '' });
});

describe('Prism serves the document', () => {
  let listener: Listener;
  let prism: ChildProcessByStdio<null, Readable, Readable>;
  let origin = '';
  const document = description();
  const held = checkerOf(document);

  beforeAll(async () => {
    listener = await startListener();
    writeFileSync(join(folder, 'served.json'), JSON.stringify(openApi({ callbackUrl: listener.url })));
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const args = [bin('@stoplight/prism-cli', 'prism'), 'mock', '-p', String(port), 'served.json'];
    const { NODE_OPTIONS: _options, ...env } = environment as NodeJS.ProcessEnv;
    prism = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise<void>((resolve, reject) => {
      let said = '';
      for (const stream of [prism.stdout, prism.stderr]) {
        createInterface(stream).on('line', (line) => {
          said += `${line}\n`;
          if (line.includes('Prism is listening')) resolve();
        });
      }
      prism.once('exit', (code) => reject(new Error(`Prism ended with ${code}:\n${said}`)));
    });
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => {
      prism.once('exit', resolve);
    });
    prism.kill('SIGKILL');
    await ended;
    await listener.close();
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const bearer = { Authorization: 'Bearer anything' };
  const path = INVITE.replace('{id}', 'ab6233a5-20b7-4c5e-bea2-ce56c9776429');
  const examples = document.paths[INVITE]?.post.requestBody.content['application/json'].examples ?? {};

  test.each(Object.entries(examples))('%s is answered with an operation, and notified', async (_name, { value }) => {
    const before = listener.deliveries.length;
    const response = await post(path, value, bearer);
    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toContain('/operations/');
    expect(held({ $ref: '#/components/schemas/InviteParticipantsOperation' }, await response.json())).toEqual([]);
    const sent = (await listener.received(before + 3)).slice(before);
    const kinds = { $ref: '#/components/schemas/Notifications' };
    expect(sent.map(({ method, body }) => [method, held(kinds, body)])).toEqual(sent.map(() => ['POST', []]));
  });

  test('a body without participants, and a request without a token, are refused', async () => {
    expect((await post(path, {}, bearer)).status).toBe(422);
    expect((await post(path, Object.values(examples)[0]?.value)).status).toBe(401);
  });

  test('the provider states are answered', async () => {
    const all = Object.values(document.paths[STATES]?.post.requestBody.content['application/json'].examples ?? {});
    expect(all).toHaveLength(5);
    for (const { value } of all) expect((await post(STATES, value)).status).toBe(200);
    expect((await post(STATES, { action: 'setup', state: 'a group call' })).status).toBeGreaterThan(399);
  });
});
