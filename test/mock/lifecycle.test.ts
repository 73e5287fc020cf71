import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import request from 'supertest';
import { createMock, startMock } from '../../mock';
import type { JsonObject } from '../../mock/json';
import { LIMITS } from '../../mock/limits';
import { startBench, user } from './bot';

afterEach(() => jest.restoreAllMocks());

const resources = (): string[] =>
  process.getActiveResourcesInfo().filter((name) => /^(TCP|Timeout|Pipe)/.test(name) && name !== 'TTYWrap');

test('close leaves no socket, timer or port, whatever is running', async () => {
  const before = resources();
  const sockets = new Set<Socket>();
  const silent = createTcpServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  const connected = new Promise<void>((resolve) => {
    silent.once('connection', () => resolve());
  });
  const bench = await startBench();
  const later = await startBench({ latencyMs: 60_000 });
  const callbackUri = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const callId = await bench.groupCall({ callbackUri });
  await bench.invite(callId, { participants: [user()] });
  await later.invite(await later.groupCall(), { participants: [user()] });
  await connected;

  const started = performance.now();
  await Promise.all([bench.mock.close(), bench.mock.close(), later.mock.close()]);
  expect(performance.now() - started).toBeLessThan(1000);
  await expect(fetch(bench.mock.url)).rejects.toThrow('fetch failed');
  await Promise.all([bench.listener.close(), later.listener.close()]);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => {
    silent.close(resolve);
  });
  const closed = async (): Promise<string[]> => {
    const left = resources();
    if (left.length <= before.length) return left;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    return closed();
  };
  expect((await closed()).length).toBeLessThanOrEqual(before.length);
});

test('the next notification waits until the one before was answered', async () => {
  const bench = await startBench();
  const callId = await bench.groupCall();
  const release = bench.listener.hold();
  await bench.invite(callId, { participants: [user()] });
  await bench.listener.received(1);
  const other = await bench.groupCall({ callbackUri: `${bench.listener.url}/other` });
  await bench.invite(other, { participants: [user()] });
  const [, second] = await bench.listener.received(2);
  expect(second?.path).toBe('/callback/other');
  release();
  await bench.listener.received(4);
  await bench.close();
});

test('a failed notification is not retried, and does not delay the others', async () => {
  const bench = await startBench();
  const seen: Buffer[] = [];
  const cutting = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      seen.push(Buffer.from(bytes));
      socket.destroy();
      if (seen.length === 2) done();
    });
  });
  let done = (): void => undefined;
  const both = new Promise<void>((resolve) => {
    done = resolve;
  });
  await new Promise<void>((resolve) => {
    cutting.listen(0, '127.0.0.1', resolve);
  });
  const callbackUri = `http://127.0.0.1:${(cutting.address() as AddressInfo).port}/`;
  const callId = await bench.groupCall({ callbackUri });
  await bench.invite(callId, { participants: [user()] });
  await both;
  expect(seen.map((bytes) => /"changeType":"(\w+)"/.exec(bytes.toString())?.[1])).toEqual(['deleted', 'updated']);
  await bench.close();
  await new Promise((resolve) => {
    cutting.close(resolve);
  });
});

test('a body of more than 1 MiB is answered 413, one of 1 MiB is read', async () => {
  const bench = await startBench();
  const callId = await bench.groupCall();
  const body = (length: number): string => {
    const text = JSON.stringify({ participants: [user()], padding: '' });
    return text.replace('"padding":""', `"padding":"${'x'.repeat(length - text.length)}"`);
  };
  const read = await bench.invite(callId, body(LIMITS.bodyBytes));
  const refused = await bench.invite(callId, body(LIMITS.bodyBytes + 1));
  expect([read.status, refused.status]).toEqual([200, 413]);
  expect(refused.body['error']).toMatchObject({ code: 'RequestEntityTooLarge' });
  await bench.close();
});

test('too many running operations are answered 429', async () => {
  const bench = await startBench({ latencyMs: 60_000 });
  const callId = await bench.groupCall();
  const statuses = new Set<number>();
  for (let index = 0; index < LIMITS.operations; index += 1) {
    statuses.add((await bench.invite(callId, { participants: [user()] })).status);
  }
  const last = await bench.invite(callId, { participants: [user()] });
  const elsewhere = await bench.invite(await bench.groupCall(), { participants: [user()] });
  expect([[...statuses], last.status, elsewhere.status]).toEqual([[200], 429, 200]);
  expect(last.headers.get('retry-after')).toBe('1');
  await bench.close();
});

test('the oldest call ends if there are too many', async () => {
  const limits: { calls: number } = LIMITS;
  jest.replaceProperty(limits, 'calls', 50);
  const bench = await startBench();
  const ids: string[] = [];
  for (let index = 0; index <= LIMITS.calls; index += 1) ids.push(await bench.groupCall());
  const status = async (id: string | undefined): Promise<number> =>
    (await bench.request('GET', `/communications/calls/${id}`)).status;
  expect([await status(ids[0]), await status(ids[1]), await status(ids.at(-1))]).toEqual([404, 200, 200]);
  await bench.close();
});

test('works inside a process, with the URL of each request or with a given one', async () => {
  const invited = async (url?: string): Promise<string | undefined> => {
    const mock = createMock(url === undefined ? {} : { url });
    const params = { callbackUri: 'http://127.0.0.1:1/' };
    const state = await request(mock.app).post('/_states').send({ action: 'setup', state: 'a group call', params });
    const reply = await request(mock.app)
      .post(`/v1.0/communications/calls/${(state.body as JsonObject)['callId'] as string}/participants/invite`)
      .set('Authorization', `Bearer ${mock.tokens.valid}`)
      .set('Host', 'derived.example')
      .send({ participants: [user()] });
    mock.close();
    return reply.get('Location');
  };
  expect(await invited()).toMatch(/^http:\/\/derived\.example\/v1\.0\/communications\/calls\//);
  expect(await invited('https://given.example/v1.0')).toMatch(/^https:\/\/given\.example\/v1\.0\/communications\//);
});

test('a port in use, an unknown fault and an unknown variant are errors', async () => {
  const mock = await startMock();
  await expect(startMock({ port: Number(new URL(mock.url).port) })).rejects.toThrow('EADDRINUSE');
  await mock.close();
  await expect(startMock({ faults: ['nonsense'] })).rejects.toThrow('Unknown fault "nonsense"');
  await expect(startMock({ variants: ['nonsense'] })).rejects.toThrow('Unknown variant "nonsense"');
});

test('prints nothing on the console', async () => {
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const spies = methods.map((name) => jest.spyOn(console, name).mockImplementation(() => undefined));
  const bench = await startBench();
  await bench.invite('x', '{', { Authorization: 'none' });
  await bench.request('POST', '/%ZZ', { body: {} });
  await bench.close();
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});
