import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createClient } from '../../target/client';
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

test('a response that arrived while the process was stopped for longer than the timeout is read, and not a timeout', async () => {
  const worker = new Worker(SERVER, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const client = createClient({ recorder: aRecorder(), timeoutMs: 300, concurrency: 1 });
  const sent = client.send(sending(`http://127.0.0.1:${port}/`));
  // Blocks the process after the request was sent, like SIGSTOP.
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500), 1);
  expect((await sent).response?.body.content).toBe('here');
  await worker.terminate();
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
