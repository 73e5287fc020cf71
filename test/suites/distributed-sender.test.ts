import { catalogOf } from '../../behaviors/catalog';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEvent, HistoryHeader } from '../../history/events';
import { mergedMachineHistory } from '../../history/machine-histories';
import { openHistory } from '../../history/history-file';
import { startDistributedSender } from '../../suites/distributed-sender';
import { openSession, type Sink, type TargetOptions } from '../../target/session';
import { loadResultOf } from '../../verdicts/load-result';
import { failures, mockWith } from '../support/load';
import { servers } from '../target/servers';

const { http } = servers();

/** The session of a listener on another machine. */
const listening = (options: TargetOptions, sink: Sink) =>
  openSession(options, {
    catalogDigest: catalogOf().digest,
    load: { count: 0, rate: 0 },
    roundTripMs: 0,
    continuesWhenStopped: true,
    sink,
  });

test('two senders and a listener make one run, without a token in any of their histories', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
  const mock = await mockWith({});
  const options = { ...mock.options, timeoutMs: 4000 };
  const folders = ['listener', 'a', 'b'].map((name) => join(folder, name));
  const files = folders.map(openHistory);
  const written: string[] = [];
  const sinkOf = (i: number) => (line: HistoryEvent | HistoryHeader) => {
    written.push(JSON.stringify(line));
    files[i]?.write(line);
  };
  const heard = sinkOf(0);
  const role = { name: 'listener', role: 'listens' } as const;
  const session = await listening(options, (line) => heard(line.kind === 'header' ? { ...line, machine: role } : line));
  const { listener } = session;
  await Promise.all(
    ['a', 'b'].map(async (name, i) => {
      const machine = { rate: 8, machine: name, name, listenerUrl: listener.readyUrl, sink: sinkOf(i + 1) };
      const sender = await startDistributedSender(options, machine);
      expect((await sender.sendToOneCall()).accepted).toBe(8);
    }),
  );
  await session.close();
  await mock.close();
  for (const file of files) file.close();
  const { stream, remarks } = mergedMachineHistory(folders);
  const { result } = loadResultOf(stream, { gate: 'linked', allowUntested: false, waivers: [], now: 0 }, remarks);
  rmSync(folder, { recursive: true });
  expect(failures(result)).toEqual({});
  expect(result.exitCode).toBe(0);
  expect(result.load).toMatchObject({ sent: 16, answers: { accepted: 16 }, rate: { offered: 16 } });
  expect(written.join('\n')).not.toContain(options.tokens.valid);
});

test('a sender reports a refused token, a missing token and a wrong route before it sends', async () => {
  const mock = await mockWith({});
  const { options } = mock;
  const session = await listening(options, () => undefined);
  const { listener } = session;
  const of = { rate: 8, machine: 'm', name: 'n', listenerUrl: listener.readyUrl, sink: () => undefined };
  const refused = { ...options, tokens: { valid: 'a-token-that-nobody-issued' } };
  await expect(startDistributedSender(refused, of)).rejects.toMatchObject({ layer: 'tokens.valid' });
  await expect(startDistributedSender({ ...options, tokens: {} }, of)).rejects.toThrow(
    /tokens\.valid is not configured/,
  );
  const elsewhere = { ...options, target: new URL(options.target).origin };
  await expect(startDistributedSender(elsewhere, of)).rejects.toMatchObject({ layer: 'route' });
  await session.close();
  await mock.close();
});

test('a sender continues if the target refuses its token for a while', async () => {
  const mock = await mockWith({});
  let refuses = false;
  const relay = await http((req, res) => {
    if (refuses) {
      res.writeHead(401).end();
      return;
    }
    req.pipe(
      request(new URL(req.url ?? '', mock.options.target), { method: req.method, headers: req.headers }, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      }),
    );
  });
  const target = `${relay}${new URL(mock.options.target).pathname}`;
  const options = { ...mock.options, target, timeoutMs: 1000 };
  const session = await listening(options, () => undefined);
  const { readyUrl } = session.listener;
  const machine = { rate: 8, machine: 'm', name: 'n', listenerUrl: readyUrl, sink: () => undefined };
  const sender = await startDistributedSender(options, machine);
  refuses = true;
  expect(await sender.sendToOneCall()).toMatchObject({ accepted: 0, others: 8 });
  refuses = false;
  expect(await sender.sendToOneCall()).toMatchObject({ accepted: 8, others: 0 });
  await session.close();
  await mock.close();
});

test("a URL that is not a listener's is reported as such", async () => {
  const mock = await mockWith({});
  const { options } = mock;
  const of = { rate: 8, machine: 'm', name: 'n', sink: () => undefined };
  await expect(startDistributedSender(options, { ...of, listenerUrl: `${options.target}/x` })).rejects.toMatchObject({
    layer: 'callback',
  });
  await mock.close();
  await expect(startDistributedSender(options, { ...of, listenerUrl: 'http://127.0.0.1:9/x' })).rejects.toMatchObject({
    layer: 'connect',
  });
});
