import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { intervalOf } from '../../history/notifications';
import { order } from '../../history/order';
import { ArrivalBounds } from '../../target/arrival-bounds';
import { listeners, post, type Bench } from './listening';
import { aRecorder } from './recording';

const start = listeners();
const SLACK = 8;

/** A listener that measures arrival times. */
async function timed(): Promise<Bench & { arrivals: ArrivalBounds }> {
  const recorder = aRecorder();
  const arrivals = new ArrivalBounds(() => recorder.now());
  open.push(arrivals);
  return { ...(await start({ recorder, timing: { arrivals, slackMs: SLACK } })), arrivals };
}

const open: ArrivalBounds[] = [];
afterEach(() => {
  for (const arrivals of open.splice(0)) arrivals.stop();
});

const write = (socket: Socket, uri: string): Promise<void> =>
  new Promise((resolve) => void socket.write(post(new URL(uri).pathname, '{}'), () => resolve()));

/** Blocks the event loop, as a long computation would. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('a request read now had not arrived by the last sample but one', () => {
  let now = 10;
  const arrivals = new ArrivalBounds(() => now);
  open.push(arrivals);
  for (now of [20, 21, 60]) arrivals.sample();
  expect(arrivals.notArrivedBy()).toBe(21);
  now = 61;
  arrivals.sample();
  expect(arrivals.notArrivedBy()).toBe(60);
});

test('connections accepted in successive turns may all have arrived with the first of them', async () => {
  let now = 10;
  const arrivals = new ArrivalBounds(() => now);
  open.push(arrivals);
  const lookAt = (at: number): void => {
    now = at;
    arrivals.sample();
  };
  lookAt(20);
  lookAt(30);
  const first = arrivals.notConnectedBy();
  await turn();
  lookAt(40);
  lookAt(50);
  expect(arrivals.notConnectedBy()).toBe(first);
  for (let i = 0; i < 4; i += 1) await turn();
  lookAt(60);
  lookAt(70);
  expect(arrivals.notConnectedBy()).toBe(arrivals.notArrivedBy());
});

test('an acknowledgement is withheld for longer than the slack', async () => {
  const { listener, recorded } = await timed();
  await fetch(listener.arm('a#1'), { method: 'POST', body: '{}' });
  const [delivery] = await recorded(1);
  expect((delivery?.acknowledgedAt ?? 0) - (delivery?.bodyAt ?? 0)).toBeGreaterThan(SLACK);
  expect(delivery?.slackMs).toBe(SLACK);
});

test('the first request of a connection has the time of its opening, and the next has not', async () => {
  const { listener, connection, recorded } = await timed();
  const socket = await connection();
  await write(socket, listener.arm('a#1'));
  await recorded(1);
  await write(socket, listener.arm('a#2'));
  const [first, second] = await recorded(2);
  expect(first?.openedAt).toBeLessThanOrEqual(first?.headersAt ?? 0);
  expect(second).not.toHaveProperty('openedAt');
  expect(second?.unreadMs).toBeGreaterThanOrEqual(0);
});

test('two requests that are read together after a stall have no order, however far apart they were sent', async () => {
  const { listener, connection, recorded } = await timed();
  const [one, two] = [await connection(), await connection()];
  const [a, b] = [listener.arm('a#1'), listener.arm('b#1')];
  await Promise.all([write(one, listener.arm('warm#1')), write(two, listener.arm('warm#2'))]);
  await recorded(2);
  const sent = [write(one, a)];
  block(40);
  sent.push(write(two, b));
  block(40);
  await Promise.all(sent);
  const deliveries = (await recorded(4)).filter(({ call }) => call === 'a#1' || call === 'b#1').map(intervalOf);
  const [first, second] = deliveries;
  expect(first && second && order(first, second)).toBe('concurrent');
});

/** The longest time for which a busy machine leaves a request unread in this test, ms. */
const BUSY = 60;

test('a request that was sent after another one was read comes later, acknowledged or not', async () => {
  const { listener, connection, recorded, recorder, arrivals } = await timed();
  const [one, two] = [await connection(), await connection()];
  await Promise.all([write(one, listener.arm('warm#1')), write(two, listener.arm('warm#2'))]);
  await recorded(2);
  // The acknowledgement waits for a response that does not come meanwhile.
  let resolve = (): void => undefined;
  const promise = new Promise<void>((end) => {
    resolve = end;
  });
  listener.holdAcknowledgements('a#1', promise);
  await write(one, listener.arm('a#1'));
  // An open connection is read in the next turn; then the event loop must turn again after more than the slack, and more
  // than either may have waited unread on a busy machine.
  for (let i = 0; i < 5; i += 1) await turn();
  const read = recorder.now();
  while (arrivals.notArrivedBy() <= read + SLACK + BUSY) await turn();
  await write(two, listener.arm('b#1'));
  await recorded(3);
  resolve();
  const all = await recorded(4);
  const [a, b] = ['a#1', 'b#1'].map((key) => all.find(({ call }) => call === key));
  expect(a && b && order(intervalOf(a), intervalOf(b))).toBe('before');
});

test('requests on many new connections are not overtaken by a later one on an open connection', async () => {
  const { listener, connection, recorded } = await timed();
  const kept = await connection();
  await write(kept, listener.arm('warm#1'));
  await recorded(1);
  await Promise.all(Array.from({ length: 60 }, async () => write(await connection(), listener.arm('first#1'))));
  await write(kept, listener.arm('then#1'));
  const deliveries = await recorded(62);
  const then = deliveries.find(({ call }) => call === 'then#1');
  const orders = deliveries
    .filter(({ call }) => call === 'first#1')
    .map((first) => then && order(intervalOf(then), intervalOf(first)));
  expect(orders).toHaveLength(60);
  expect(orders).not.toContain('before');
});
