import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createClient } from '../../target/client';
import { timeKeptUp } from '../../target/pending-reads';
import { retryWhileRefused } from '../../target/retry-after';
import { aClient, aRecorder, sending } from './recording';
import { deserted, servers } from './servers';

const { http } = servers();

/** A server in a separate thread, which answers while this one is blocked. */
const SERVER = `
const { parentPort } = require('node:worker_threads');
const server = require('node:http').createServer((req, res) => setTimeout(() => res.end('here'), 200));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Blocks this process, like SIGSTOP. */
const block = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test('a response that arrived while the process was stopped for longer than the timeout is read, and not a timeout', async () => {
  const worker = new Worker(SERVER, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const client = createClient({ recorder: aRecorder(), timeoutMs: 300, concurrency: 1 });
  const sent = client.send(sending(`http://127.0.0.1:${port}/`));
  // After the request was sent.
  setTimeout(() => block(1500), 1);
  expect((await sent).response?.body.content).toBe('here');
  await worker.terminate();
});

test('a time in which the process keeps up is longer than one on the clock if the process was stopped', async () => {
  let isOver = false;
  const over = timeKeptUp(100, new AbortController().signal).then(() => (isOver = true));
  block(300);
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(isOver).toBe(false);
  expect(await over).toBe(true);
});

test('it ends with an error when it is aborted', async () => {
  const stop = new AbortController();
  const over = timeKeptUp(60_000, stop.signal);
  stop.abort();
  await expect(over).rejects.toThrow('aborted');
});

test('a release is repeated while the connection is refused, for a limited time', async () => {
  const nobody = await deserted();
  const url = await http((_req, res) => res.end('given back'));
  const { client } = aClient();
  let tried = 0;
  const taken = await retryWhileRefused(() => {
    tried += 1;
    return client.send(sending(tried < 3 ? nobody : url, { purpose: 'release' }));
  });
  expect(tried).toBe(3);
  expect(taken.response?.status).toBe(200);
  tried = 0;
  const last = await retryWhileRefused(() => {
    tried += 1;
    return client.send(sending(nobody, { purpose: 'release' }));
  }, 0);
  expect(tried).toBe(1);
  expect(last.failure?.cause).toBe('refused');
});
