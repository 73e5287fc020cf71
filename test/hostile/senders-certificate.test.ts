import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf } from '../../cli/program';
import { securedTarget } from './secured-target';
import { world } from './world';

const { mock, written } = world();
const { origin, trust, pair, client } = securedTarget(mock);
const folder = mkdtempSync(join(tmpdir(), 'invite-senders-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NAMES = ['CONFIG', 'TARGET', 'STATES', 'LISTENER', 'HISTORIES', 'RATE'].map((name) => `INVITE_${name}`);
afterEach(() => {
  for (const name of NAMES) delete process.env[name];
});

/** Sets the target and a config with these `tls` options for every process of the load run. */
function environment(tls: Record<string, unknown>): void {
  const config = { timeoutMs: 4000, quietMs: 100, allowUntested: true, tls };
  process.env['INVITE_CONFIG'] = written('senders.json', JSON.stringify(config));
  process.env['INVITE_TARGET'] = `${origin()}/v1.0`;
  process.env['INVITE_STATES'] = `${origin()}/_states`;
  process.env['INVITE_RATE'] = '8';
}

/** Runs `listen` in this process. @returns its `ready` URL once it is printed, and its exit code once it has ended */
function listening(out: string): { ready: Promise<string>; ended: Promise<number> } {
  let ended = Promise.resolve(0);
  const ready = new Promise<string>((resolve) => {
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      const text = String(chunk);
      if (text.startsWith('{"url"')) resolve((JSON.parse(text) as { ready: string }).ready);
      return true;
    });
    ended = exitCodeOf(['listen', '--out', out]);
  });
  return { ready, ended };
}

/** One of Artillery's workers: the module keeps its sender. @returns what it counted */
async function worker(): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  await jest.isolateModulesAsync(async () => {
    const { inviteToOneCall } = await import('../../cli/artillery.js');
    await inviteToOneCall(undefined, {
      emit: (kind, name, value) => {
        if (kind === 'counter') counted[name] = value;
      },
    });
  });
  return counted;
}

let stderr = '';
beforeEach(() => {
  stderr = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += String(chunk);
    return true;
  });
});

test('a listener and an Artillery sender use the client certificate; judged together they pass', async () => {
  environment({ ...trust, ...pair });
  const [out, histories] = [join(folder, 'listener'), join(folder, 'histories')];
  const { ready, ended } = listening(out);
  process.env['INVITE_LISTENER'] = await ready;
  process.env['INVITE_HISTORIES'] = histories;
  expect(await worker()).toEqual({ 'invite.accepted': 8, 'invite.not_accepted': 0 });
  process.emit('SIGTERM');
  expect(await ended).toBe(0);
  const heard = readFileSync(join(out, 'history.ndjson'), 'utf8');
  expect(heard.match(/"kind":"clock"/g)).not.toBeNull();
  const senders = readdirSync(histories).map((name) => join(histories, name));
  expect(await exitCodeOf(['judge', out, ...senders])).toBe(0);
  const all = [heard, ...senders.map((one) => readFileSync(join(one, 'history.ndjson'), 'utf8')), stderr].join('\n');
  for (const line of client.key.split('\n').filter((text) => /^[^-]{20,}$/.test(text))) expect(all).not.toContain(line);
});

test('without a client certificate the listener ends with exit 4 and advice for it and the senders', async () => {
  environment(trust);
  expect(await listening(join(folder, 'refused')).ended).toBe(4);
  expect(stderr).toMatch(/the server requires a client certificate[^]*INVITE_TLS_CERT.* and on every sender/);
});

test('a sender without a client certificate sends nothing and prints the reason, and the gate does not pass', async () => {
  environment({ ...trust, ...pair });
  const [out, histories] = [join(folder, 'other'), join(folder, 'none')];
  const { ready, ended } = listening(out);
  process.env['INVITE_LISTENER'] = await ready;
  process.env['INVITE_HISTORIES'] = histories;
  environment(trust);
  await expect(worker()).rejects.toThrow(/the server requires a client certificate/);
  expect(stderr).toMatch(/invite-conformance, answer: .*the server requires a client certificate.*\n {2}try {2}/);
  process.emit('SIGTERM');
  expect(await ended).toBe(0);
  const senders = readdirSync(histories).map((name) => join(histories, name));
  expect(await exitCodeOf(['judge', out, ...senders])).toBe(3);
});

test("if the target's clock cannot be read, that is reported and the listener continues", async () => {
  environment({ ...trust, ...pair });
  process.env['INVITE_TARGET'] = 'https://127.0.0.1:9/v1.0';
  const { ready, ended } = listening(join(folder, 'gone'));
  expect(await ready).toMatch(/^http:/);
  process.emit('SIGTERM');
  expect(await ended).toBe(0);
  expect(stderr).toContain("the target's clock could not be read (nothing listens there (connection refused))");
});
