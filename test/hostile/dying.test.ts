import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeAgain } from '../../cli/judge';
import { startMock, type Mock } from '../../mock';
import type { Result } from '../../verdicts/result';
import { deserted } from '../target/servers';
import { invites, seenOf, SHORT, world, type Ended } from './world';

const { judged } = world();

/** Handles a request instead of the service. @returns whether it did */
type Take = (req: IncomingMessage, res: ServerResponse, relay: Relay) => boolean;

/** A proxy between the suite and a service, whose port can be closed and opened again. */
class Relay {
  mock: Mock | undefined;
  readonly #take: Take;
  #server: Server | undefined;
  port = 0;

  constructor(take: Take) {
    this.#take = take;
  }

  async open(mock: Mock): Promise<string> {
    this.mock = mock;
    const server = createServer((req, res) => {
      req.on('error', () => undefined);
      if (this.#take(req, res, this)) return;
      const { hostname, port } = new URL(this.mock?.url ?? '');
      const { method, headers, url: path } = req;
      const onward = request({ hostname, port, method, headers, path }, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      });
      onward.on('error', () => res.destroy());
      req.pipe(onward);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends like a killed process: cuts every connection, and accepts no new one. */
  shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    return new Promise((resolve) => {
      if (!server) {
        resolve();
        return;
      }
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

const relays: Relay[] = [];
const mocks: Mock[] = [];
afterAll(() => {
  delete process.env['INVITE_TOKEN_WITHOUT_PERMISSION'];
  delete process.env['INVITE_TOKEN_DELEGATED'];
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.shut()));
  await Promise.all(mocks.splice(0).map((mock) => mock.close()));
});

/** @returns the origin of a proxy in front of a mock */
function inFrontOf(mock: Mock, take: Take): Promise<string> {
  const relay = new Relay(take);
  relays.push(relay);
  return relay.open(mock);
}

async function behind(take: Take): Promise<{ origin: string; mock: Mock }> {
  const mock = await startMock();
  mocks.push(mock);
  const origin = await inFrontOf(mock, take);
  process.env['INVITE_TOKEN'] = mock.tokens.valid;
  process.env['INVITE_TOKEN_WITHOUT_PERMISSION'] = mock.tokens.withoutPermission;
  process.env['INVITE_TOKEN_DELEGATED'] = mock.tokens.delegated;
  return { origin, mock };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The JSON report of `judge` for a recorded run; its exit code is the run's. */
async function judgedAgain(folder: string): Promise<string> {
  let told = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
  expect(await judgeAgain([folder], { report: ['json'] })).toBe(4);
  return told;
}

const WHOLE = { scenario: undefined, contracts: false as const };

function failures(ended: Ended): string[] {
  const { behaviors = [] } = ended.result ?? {};
  return behaviors.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
}

test('a target that is killed during the run ends it with exit 4; nothing fails, and earlier verdicts remain', async () => {
  let taken = 0;
  const { origin } = await behind((req, _res, relay) => {
    if (!invites(req)) return false;
    taken += 1;
    if (taken < 60) return false;
    void relay.shut();
    return true;
  });
  const out = mkdtempSync(join(tmpdir(), 'invite-dying-'));
  folders.push(out);
  const at = { target: `${origin}/v1.0`, states: `${origin}/_states` };
  const ended = await judged({ ...WHOLE, ...at, concurrency: '2', out });
  expect(ended).toMatchObject({ code: 4, message: '' });
  expect(failures(ended)).toEqual([]);
  expect(ended.result?.stopped).toMatchObject({ cause: 'unreachable', exchange: expect.any(Number) as number });
  expect(seenOf(ended, 'response.status-200')?.verdict).toBe('passed');
  expect(ended.result?.stopped?.seen).toContain('ECONNREFUSED');
  const untested =
    ended.result?.behaviors.filter(({ id, verdict }) => verdict === 'untested' && !id.startsWith('pstn.')) ?? [];
  expect(untested.length).toBeGreaterThan(0);
  expect(untested.filter(({ reasons = [] }) => reasons.some(({ reason }) => reason.why !== 'stopped'))).toEqual([]);
  expect(untested.filter(({ reasons = [] }) => reasons.length !== 1)).toEqual([]);
  expect(untested.filter(({ inconclusive }) => inconclusive)).toEqual([]);
  // Judging the recorded run gives the same result.
  const again = JSON.parse(await judgedAgain(out)) as Result;
  expect(again).toEqual(ended.result);
});

test('a target that dies while the suite only waits ends the run with exit 4', async () => {
  let taken = 0;
  const { origin, mock } = await behind((req, res, relay) => {
    if (!invites(req)) return false;
    taken += 1;
    if (taken <= 2) return false;
    res.on('finish', () => void relay.shut());
    res.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":"1","status":"running"}');
    return true;
  });
  const ended = await judged({ target: `${origin}/v1.0`, states: mock.states, timeoutMs: SHORT });
  expect(ended).toMatchObject({ code: 4, message: '' });
  expect(failures(ended)).toEqual([]);
});

test('a target that hangs, like a stopped process, ends the run with exit 4, and nothing fails', async () => {
  const hanging = (last: number): Take => {
    let taken = 0;
    return (req) => {
      if (invites(req)) taken += 1;
      return taken >= last;
    };
  };
  // Both runs wait for their timeouts most of the time.
  const { origin, mock } = await behind(hanging(40));
  const origins = [origin, await inFrontOf(mock, hanging(90))];
  const runs = origins.map((at) =>
    judged({ ...WHOLE, target: `${at}/v1.0`, states: `${at}/_states`, timeoutMs: SHORT, concurrency: '16' }),
  );
  for (const ended of await Promise.all(runs)) {
    expect(failures(ended)).toEqual([]);
    expect(ended).toMatchObject({ code: 4, message: '' });
    expect(ended.result?.stopped).toMatchObject({ cause: 'unreachable' });
    expect(ended.result?.stopped?.seen).toMatch(/^no complete response within \d+ ms/);
  }
});

test('a target that leaves one invitation unanswered and answers others fails for that one', async () => {
  const { origin, mock } = await behind((req) => invites(req) && req.headers['content-type'] === 'application/xml');
  const at = { target: `${origin}/v1.0`, states: mock.states, timeoutMs: SHORT };
  const ended = await judged({ ...WHOLE, ...at, behavior: ['request.content-type'] });
  expect(ended.code).toBe(1);
  expect(failures(ended)).toContain('request.content-type');
  expect(ended.result?.stopped).toBeUndefined();
});

test('a target that restarts and loses its calls ends the run with exit 4', async () => {
  let taken = 0;
  const fresh = await startMock();
  mocks.push(fresh);
  const { origin, mock } = await behind((req, _res, relay) => {
    if (!invites(req)) return false;
    taken += 1;
    if (taken !== 40) return false;
    void relay.shut().then(() => relay.open(fresh));
    return true;
  });
  const ended = await judged({ ...WHOLE, target: `${origin}/v1.0`, states: mock.states, concurrency: '4' });
  expect(ended).toMatchObject({ code: 4, message: '' });
  expect(failures(ended)).toEqual([]);
  expect(ended.result?.stopped?.cause).toMatch(/^(restarted|tokenRefused)$/);
});

test.each([401, 403])(
  'a token that is refused (%i) during the run ends it with exit 4, and nothing fails',
  async (status) => {
    let taken = 0;
    const { origin, mock } = await behind((req, res) => {
      if (req.headers.authorization !== `Bearer ${mock.tokens.valid}`) return false;
      taken += 1;
      if (taken < 30) return false;
      res
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end('{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed."}}');
      return true;
    });
    const ended = await judged({ ...WHOLE, target: `${origin}/v1.0`, states: mock.states, concurrency: '4' });
    expect(ended).toMatchObject({ code: 4, message: '' });
    expect(failures(ended)).toEqual([]);
    expect(ended.result?.stopped).toMatchObject({ cause: 'tokenRefused', exchange: expect.any(Number) as number });
    expect(ended.result?.stopped?.seen).toMatch(new RegExp(`${status}: "?InvalidAuthenticationToken: Lifetime`));
  },
);

test('one invitation that is refused as if the token were wrong is a failure of the target', async () => {
  const { origin, mock } = await behind((req, res) => {
    if (!invites(req) || Number(req.headers['content-length']) < 400) return false;
    if (req.headers.authorization !== `Bearer ${mock.tokens.valid}`) return false;
    res.writeHead(401, { 'Content-Type': 'application/json' }).end('{"error":{"code":"c","message":"m"}}');
    return true;
  });
  const asked = { behavior: ['request.client-context-at-limit'] };
  const ended = await judged({ ...WHOLE, ...asked, target: `${origin}/v1.0`, states: mock.states });
  expect(ended.code).toBe(1);
  expect(failures(ended)).toContain('request.client-context-at-limit');
  expect(ended.result?.stopped).toBeUndefined();
});

test('cutting off requests without a token is a failure of the target, and does not end the run', async () => {
  const { origin, mock } = await behind((req) => {
    if (req.headers.authorization !== undefined || req.url?.endsWith('/invite') !== true) return false;
    req.socket.resetAndDestroy();
    return true;
  });
  const ended = await judged({ target: `${origin}/v1.0`, states: mock.states, scenario: ['authorization'] });
  expect(ended.code).toBe(1);
  expect(failures(ended)).toContain('authorization.required');
  expect(ended.result?.stopped).toBeUndefined();
});

test('a target that is down before the run ends it with exit 4', async () => {
  expect(await judged({ target: `${await deserted()}/v1.0` })).toMatchObject({ code: 4, result: undefined });
});
