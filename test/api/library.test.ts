import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BEHAVIORS,
  behaviorsOf,
  EDITIONS,
  EnvironmentError,
  judge,
  readWaivers,
  render,
  runConformance,
  UsageError,
  type History,
  type Options,
  type Progress,
} from '../../index';
import { createMock } from '../../mock';

jest.setTimeout(90_000);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SMALL: Options = { scenarios: ['single'], quietMs: 0 };

test('a run returns its result, reports progress and its history, and prints nothing', async () => {
  const printed = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')];
  const told: Progress[] = [];
  let history: History | undefined;
  const result = await runConformance({
    ...SMALL,
    onProgress: (one) => told.push(one),
    onHistory: (one) => (history = one),
  });
  expect(printed.map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
  for (const spy of printed) spy.mockRestore();
  expect(result).toMatchObject({ exitCode: 0, contracts: [] });
  const attempts = told.filter((one) => one.kind === 'attempt');
  expect(attempts.at(-1)).toMatchObject({ done: attempts.length, of: attempts.length });
  if (!history) throw new Error('no history was given');
  const again = await judge(history);
  expect(again.behaviors.map(({ verdict }) => verdict)).toEqual(result.behaviors.map(({ verdict }) => verdict));
  expect(render(result, 'console')).toMatch(/^PASS /);
  expect(JSON.parse(render(result, 'json'))).toMatchObject({ formatVersion: 2 });
});

test('files are written only if a folder is given, and can be judged again', async () => {
  const result = await runConformance({ ...SMALL, out: join(folder, 'run') });
  expect(readdirSync(join(folder, 'run')).toSorted()).toEqual(['history.ndjson', 'result.json']);
  expect((await judge(join(folder, 'run'))).summary).toEqual(result.summary);
});

test('invalid options are reported by name', async () => {
  const wrong = { targt: 'x', capabilities: { pstn: 'no' } } as unknown as Options;
  const error: unknown = await runConformance(wrong).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toMatch(
    /unknown key targt; did you mean target\?[^]*capabilities\.pstn must be boolean/,
  );
  await expect(readWaivers([{ behavior: 'response.loction' }])).rejects.toThrow('did you mean response.location');
  const unserved = { target: { fetch: () => undefined } } as unknown as Options;
  await expect(runConformance(unserved)).rejects.toThrow('getRequestListener(app.fetch)');
});

test('an unreachable target is reported as an environment error', async () => {
  const options = { target: 'http://127.0.0.1:9/v1.0', provisioning: { states: 'http://127.0.0.1:9/s' } };
  await expect(runConformance(options)).rejects.toThrow(EnvironmentError);
});

test('a signal ends the run early, and the recorded part is judged', async () => {
  const abort = new AbortController();
  const onProgress = (one: Progress): void => {
    if (one.kind === 'attempt') abort.abort();
  };
  expect((await runConformance({ contracts: false, signal: abort.signal, onProgress })).exitCode).toBe(130);
});

test.each(['Koa', 'Fastify'])(
  'an application such as %s is served for the run, and stopped afterwards',
  async (kind) => {
    const mock = createMock();
    const { app, tokens } = mock;
    const { createServer } = jest.requireActual<typeof import('node:http')>('node:http');
    const server = createServer(app);
    const target = kind === 'Koa' ? { callback: () => app } : { ready: () => Promise.resolve(), server };
    const result = await runConformance({ ...SMALL, target, tokens, provisioning: { states: '/_states' } });
    mock.close();
    expect(result.exitCode).toBe(0);
    expect(server.listening).toBe(false);
  },
);

test('each edition has a catalogue', () => {
  expect(behaviorsOf(EDITIONS[0])).toEqual(BEHAVIORS);
  expect(BEHAVIORS[0]).toMatchObject({ id: 'request.route', area: 'request', level: 'stated' });
});
