import { connect, createServer } from 'node:net';
import { startListener } from '../../target/listener';
import { gets, listeners, post } from './listening';
import { aRecorder, ofKind } from './recording';
import { portOf } from './servers';

const start = listeners();
const CAP = 1024 * 1024;

test.each(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'])(
  '%s is acknowledged with 202',
  async (method) => {
    const { listener, recorded } = await start();
    const response = await fetch(listener.arm('a#1'), { method });
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('');
    expect(await recorded(1)).toMatchObject([{ kind: 'delivery', method, call: 'a#1' }]);
  },
);

test('a delivery is recorded with its header pairs, its raw body and its times in order', async () => {
  const { listener, recorder, recorded, connection } = await start();
  const path = new URL(listener.arm('a#1')).pathname;
  const socket = await connection();
  const body = '{"value":[]} ';
  socket.write(post(path, body).replace('Host: x', 'Host: x\r\nX-Twice: 1\r\nx-twice: 2'));
  const [delivery] = await recorded(1);
  expect(delivery).toMatchObject({
    path,
    call: 'a#1',
    headers: [
      ['host', 'x'],
      ['x-twice', '1'],
      ['x-twice', '2'],
      ['content-type', 'application/json'],
      ['content-length', '13'],
    ],
    body: { content: body, bytes: 13, truncated: false },
  });
  expect(delivery?.headersAt).toBeLessThanOrEqual(delivery?.bodyAt ?? -1);
  expect(delivery?.bodyAt).toBeLessThanOrEqual(delivery?.acknowledgedAt ?? -1);
  expect(ofKind(recorder, 'delivery')).toEqual([delivery]);
});

test('callback paths differ, and none can be derived from another', async () => {
  const { listener } = await start();
  const uris = Array.from({ length: 100 }, () => listener.arm('the same'));
  expect(new Set(uris).size).toBe(100);
  for (const uri of uris) expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
});

test('a delivery to an unknown path is kept, without a call', async () => {
  const { listener, recorded } = await start();
  expect((await fetch(`${listener.url}/guessed`, { method: 'POST', body: '{}' })).status).toBe(202);
  const [delivery] = await recorded(1);
  expect(delivery).toMatchObject({ path: '/guessed', body: { content: '{}' } });
  expect(delivery).not.toHaveProperty('call');
});

test('a delivery before anything is sent is kept', async () => {
  const { listener, recorder, recorded } = await start();
  const uri = listener.arm('a#1');
  await fetch(uri, { method: 'POST', body: 'early' });
  await recorded(1);
  expect(ofKind(recorder, 'delivery')).toMatchObject([{ n: 1, call: 'a#1', body: { content: 'early' } }]);
});

test('callback paths are below the public URL, if there is one', async () => {
  const { listener } = await start({ publicUrl: 'https://public.example/hooks/' });
  expect(listener.arm('a#1')).toMatch(/^https:\/\/public\.example\/hooks\/[0-9a-f]{32}$/);
  expect(listener.readyUrl).toMatch(/^https:\/\/public\.example\/hooks\/[0-9a-f]{32}$/);
});

test('a query, and additional path segments, do not hide the call of a delivery', async () => {
  const { listener, connection, recorded } = await start();
  const token = new URL(listener.arm('a#1')).pathname;
  (await connection()).write(post(`/hooks${token}?x=${'y'.repeat(10)}`, '{}'));
  expect(await recorded(1)).toMatchObject([{ call: 'a#1', path: `/hooks${token}` }]);
});

test("the ready URL answers 200 with a proof of the listener's identity, and is not recorded as a delivery", async () => {
  const { listener, deliveries } = await start();
  const response = await fetch(listener.readyUrl);
  expect(response.status).toBe(200);
  expect(listener.readyUrl.endsWith(`/${await response.text()}`)).toBe(true);
  expect(deliveries).toEqual([]);
});

test('a body at the limit is complete; a longer one is truncated and acknowledged', async () => {
  const { listener, recorded } = await start();
  const uri = listener.arm('a#1');
  const statuses = [];
  for (const length of [CAP, CAP + 1]) {
    statuses.push((await fetch(uri, { method: 'POST', body: Buffer.alloc(length, 'x') })).status);
  }
  expect(statuses).toEqual([202, 202]);
  const [at, over] = await recorded(2);
  expect(at?.body).toMatchObject({ bytes: CAP, truncated: false });
  expect(over?.body).toMatchObject({ bytes: CAP + 1, truncated: true });
  expect(over?.body.content).toHaveLength(CAP);
});

test('a body without end is cut off', async () => {
  const { recorded, connection } = await start();
  const socket = await connection();
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
  socket.write('POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
  const [delivery] = await recorded(1);
  expect(delivery?.body.truncated).toBe(true);
  expect(delivery?.body.content).toHaveLength(CAP);
  expect(delivery).not.toHaveProperty('acknowledgedAt');
});

test('2,000 deliveries to one path are kept; further ones are acknowledged and counted, and displace no others', async () => {
  const { listener, recorded, connection, deliveries } = await start();
  const warned = jest.fn();
  process.on('warning', warned);
  const socket = await connection();
  const request = post('/x', '{}');
  // The last request closes the connection.
  const all = gets(socket, (text) => text.split('HTTP/1.1 202').length - 1 >= 2001);
  socket.write(request.repeat(2001));
  expect((await all).split('HTTP/1.1 202')).toHaveLength(2002);
  expect((await fetch(listener.arm('a#1'), { method: 'POST', body: '{}' })).status).toBe(202);
  await recorded(2001);
  expect(deliveries.filter(({ call }) => call === undefined)).toHaveLength(2000);
  process.off('warning', warned);
  expect(warned.mock.calls).toEqual([]);
  expect(listener.remarks()).toEqual([
    '1 deliveries were not recorded: there were more than the limit for one call or for the run',
  ]);
});

test('deliveries to one path are kept only up to the memory limit', async () => {
  const { listener, deliveries, recorded } = await start();
  const uri = listener.arm('a#1');
  for (let i = 0; i < 20; i += 1) {
    expect((await fetch(uri, { method: 'POST', body: Buffer.alloc(CAP, 'x') })).status).toBe(202);
  }
  await fetch(listener.arm('b#1'), { method: 'POST', body: '{}' });
  await recorded(4);
  expect(deliveries.filter(({ call }) => call === 'a#1')).toHaveLength(3);
  expect(deliveries.filter(({ call }) => call === 'b#1')).toHaveLength(1);
  expect(listener.remarks().join()).toMatch(/^17 deliveries were not recorded/);
});

test('senders that hold many idle connections do not block others', async () => {
  const { listener, connection, recorded } = await start();
  const used = await connection();
  const answered = gets(used, (text) => text.includes('HTTP/1.1 202'));
  for (let i = 0; i < 300; i += 1) await connection();
  used.write(post(new URL(listener.arm('a#1')).pathname, '{}'));
  await answered;
  for (let i = 0; i < 400; i += 1) await connection();
  const again = gets(used, (text) => text.includes('HTTP/1.1 202'));
  used.write(post(new URL(listener.arm('b#1')).pathname, '{}'));
  expect(await again).toContain('HTTP/1.1 202');
  expect((await fetch(listener.arm('c#1'), { method: 'POST', body: '{}' })).status).toBe(202);
  expect((await recorded(3)).map(({ call }) => call)).toEqual(['a#1', 'b#1', 'c#1']);
});

test('a request that is not HTTP is refused, and affects no other', async () => {
  const { listener, connection, recorded } = await start();
  const socket = await connection();
  const answer = gets(socket, () => false);
  socket.write('\u0016\u0003\u0001 this is no HTTP\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetch(listener.arm('a#1'), { method: 'POST', body: '{}' })).status).toBe(202);
  expect(await recorded(1)).toMatchObject([{ call: 'a#1' }]);
});

test('an address in use is an error with a code', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => {
    taken.listen(0, '127.0.0.1', resolve);
  });
  const port = portOf(taken);
  await expect(startListener({ host: '127.0.0.1', port, recorder: aRecorder() })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await new Promise((resolve) => {
    taken.close(resolve);
  });
});

test('close ends all connections and frees the port', async () => {
  const { listener, connection } = await start();
  const port = Number(new URL(listener.url).port);
  const hanging = await connection();
  hanging.write('POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  const gone = new Promise((resolve) => {
    hanging.once('close', resolve);
  });
  await listener.close();
  await gone;
  const refused = await new Promise<string | undefined>((resolve) => {
    connect(port, '127.0.0.1').once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  expect(refused).toBe('ECONNREFUSED');
  const again = await startListener({ host: '127.0.0.1', port, recorder: aRecorder() });
  expect(again.url).toBe(`http://127.0.0.1:${port}`);
  await again.close();
});
