import type { Socket } from 'node:net';
import { gets, listeners, post } from './listening';

const start = listeners();

/** A promise and the function that resolves it. */
function openEnded(): { promise: Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

async function deliver(uri: string): Promise<number> {
  return (await fetch(uri, { method: 'POST', body: '{}' })).status;
}

test('an acknowledgement waits for the response to the invitation in flight', async () => {
  const { listener, recorder, deliveries, recorded } = await start({ holdMs: 60_000 });
  const uri = listener.arm('a#1');
  const { promise, end } = openEnded();
  listener.holdAcknowledgements('a#1', promise);
  const held = deliver(uri);
  expect(await deliver(listener.arm('b#1'))).toBe(202);
  expect(await recorded(1)).toMatchObject([{ call: 'b#1' }]);
  expect(deliveries).toHaveLength(1);
  const answeredAt = recorder.now();
  end();
  expect(await held).toBe(202);
  const [, delivery] = await recorded(2);
  expect(delivery?.acknowledgedAt).toBeGreaterThanOrEqual(answeredAt);
});

test('a failed response also releases the acknowledgement', async () => {
  const { listener } = await start({ holdMs: 60_000 });
  const failing = Promise.reject(new Error('no answer'));
  listener.holdAcknowledgements('a#1', failing);
  expect(await deliver(listener.arm('a#1'))).toBe(202);
});

test('an acknowledgement waits for all invitations in flight to the call', async () => {
  const { listener, deliveries, recorded } = await start({ holdMs: 60_000 });
  const [one, two] = [openEnded(), openEnded()];
  listener.holdAcknowledgements('a#1', one.promise);
  listener.holdAcknowledgements('a#1', two.promise);
  const held = deliver(listener.arm('a#1'));
  one.end();
  await deliver(listener.arm('b#1'));
  await recorded(1);
  expect(deliveries.map(({ call }) => call)).toEqual(['b#1']);
  two.end();
  expect(await held).toBe(202);
});

test('without a response, the acknowledgement is held for `holdMs` and no longer', async () => {
  const { listener, recorded } = await start({ holdMs: 30 });
  listener.holdAcknowledgements('a#1', new Promise(() => undefined));
  expect(await deliver(listener.arm('a#1'))).toBe(202);
  const [delivery] = await recorded(1);
  // A timer may fire a fraction of a millisecond early.
  expect((delivery?.acknowledgedAt ?? 0) - (delivery?.bodyAt ?? 0)).toBeGreaterThanOrEqual(29);
});

test('after the response no acknowledgement is held', async () => {
  const { listener, recorded } = await start({ holdMs: 60_000 });
  const { promise, end } = openEnded();
  listener.holdAcknowledgements('a#1', promise);
  end();
  await promise;
  expect(await deliver(listener.arm('a#1'))).toBe(202);
  expect(await recorded(1)).toHaveLength(1);
});

test('requests on many new connections begin before a later one on an open connection is acknowledged', async () => {
  const { listener, connection, recorded } = await start();
  const written = (socket: Socket, key: string): Promise<void> =>
    new Promise((resolve) => void socket.write(post(new URL(listener.arm(key)).pathname, '{}'), () => resolve()));
  const open = await connection();
  await Promise.all(Array.from({ length: 60 }, async () => written(await connection(), 'first#1')));
  await written(open, 'then#1');
  const deliveries = await recorded(61);
  const last = deliveries.find(({ call }) => call === 'then#1');
  const began = deliveries.filter(({ call }) => call === 'first#1').map(({ headersAt }) => headersAt);
  expect(Math.max(...began)).toBeLessThanOrEqual(last?.acknowledgedAt ?? 0);
});

test('a sender that leaves before its body is complete is recorded as truncated, without an acknowledgement', async () => {
  const { listener, connection, recorded } = await start();
  const socket = await connection();
  const path = new URL(listener.arm('a#1')).pathname;
  socket.write(post(path, '{"value":[1,2,3]}').slice(0, -5), () => socket.destroy());
  const [delivery] = await recorded(1);
  expect(delivery).toMatchObject({ call: 'a#1', body: { truncated: true } });
  expect(delivery).not.toHaveProperty('acknowledgedAt');
});

test('a sender that leaves before its acknowledgement is recorded without one', async () => {
  const { listener, connection, recorded } = await start({ holdMs: 60_000 });
  const { promise, end } = openEnded();
  listener.holdAcknowledgements('a#1', promise);
  const socket = await connection();
  socket.write(post(new URL(listener.arm('a#1')).pathname, '{}'));
  // The listener has read the first delivery when it answers a later one.
  await deliver(listener.arm('b#1'));
  socket.destroy();
  const gone = (await recorded(2)).find(({ call }) => call === 'a#1');
  end();
  expect(gone).toMatchObject({ body: { content: '{}', truncated: false } });
  expect(gone).not.toHaveProperty('acknowledgedAt');
});

test('a sender that half-closes its connection gets its acknowledgement at once, which is not recorded as received', async () => {
  const { listener, connection, recorded } = await start({ holdMs: 60_000 });
  listener.holdAcknowledgements('a#1', new Promise(() => undefined));
  const socket = await connection();
  const answer = gets(socket, (text) => text.includes('\r\n\r\n'));
  socket.end(post(new URL(listener.arm('a#1')).pathname, '{}'));
  expect(await answer).toMatch(/^HTTP\/1\.1 202 /);
  const [delivery] = await recorded(1);
  expect(delivery).toMatchObject({ body: { content: '{}', truncated: false } });
  expect(delivery).not.toHaveProperty('acknowledgedAt');
});

test('a slow sender gets its acknowledgement, and its times show the delay', async () => {
  const { listener, connection, recorded, recorder } = await start();
  const socket = await connection();
  const bytes = post(new URL(listener.arm('a#1')).pathname, '{"value":[]}');
  const answer = gets(socket, (text) => text.includes('\r\n\r\n'));
  socket.setNoDelay(true).write(bytes.slice(0, -3));
  await deliver(listener.arm('b#1'));
  const between = recorder.now();
  for (const byte of bytes.slice(-3)) socket.write(byte);
  expect(await answer).toMatch(/^HTTP\/1\.1 202 /);
  const slow = (await recorded(2)).find(({ call }) => call === 'a#1');
  expect(slow?.body.content).toBe('{"value":[]}');
  expect(slow?.headersAt).toBeLessThanOrEqual(between);
  expect(slow?.bodyAt).toBeGreaterThanOrEqual(between);
});

test('close does not wait for held acknowledgements', async () => {
  const { listener } = await start({ holdMs: 60_000 });
  const { promise, end } = openEnded();
  listener.holdAcknowledgements('a#1', promise);
  const held = deliver(listener.arm('a#1')).catch(() => 'gone');
  await deliver(listener.arm('b#1'));
  await listener.close();
  expect(await held).toBe('gone');
  end();
});
