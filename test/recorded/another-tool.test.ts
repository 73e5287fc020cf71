import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request as recorder } from 'playwright-core';
import { startBench, user } from '../mock/bot';
import { verdictOn } from './compare';
import { judgedFrom } from './judged-from';

/** A bot whose traffic a third-party tool records as HAR; requests and notifications pass through its client. */

async function serving(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Number of notifications that follow an invitation: for its operation, and for the roster. */
const EACH = 2;

test('traffic that a third-party tool recorded is judged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'another-tool-'));
  const file = join(folder, 'bot.har');
  const client = await recorder.newContext();
  await client.tracing.startHar(file);
  let arrived = 0;
  let wanted = 0;
  let enough: () => void = () => undefined;
  const sink = createServer((_, response) => {
    response.writeHead(202).end();
    arrived += 1;
    if (arrived >= wanted) enough();
  });
  const to = await serving(sink);
  const relay = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
      void client
        .fetch(`${to}${incoming.url}`, { method: incoming.method ?? 'POST', headers, data: Buffer.concat(pieces) })
        .then((answer) => response.writeHead(answer.status()).end());
    });
  });
  const callbackUri = `${await serving(relay)}/hook`;
  const bench = await startBench();
  try {
    for (let i = 0; i < 3; i += 1) {
      const call = await bench.groupCall({ callbackUri });
      wanted += EACH;
      const all = new Promise<void>((resolve) => {
        enough = resolve;
      });
      const answer = await client.post(`${bench.mock.url}/communications/calls/${call}/participants/invite`, {
        headers: { authorization: `Bearer ${bench.mock.tokens.valid}`, 'content-type': 'application/json' },
        data: { participants: [user()], clientContext: randomUUID() },
      });
      expect(answer.status()).toBe(200);
      await all;
    }
    await client.tracing.stopHar();
    const text = readFileSync(file, 'utf8');
    const { result } = judgedFrom([{ kind: 'har', text }], 60_000);
    expect(result.recording).toMatchObject({ invitations: 3, notifications: 3 * EACH, calls: 3 });
    expect(result.behaviors.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    const passed = ['response.status-200', 'response.participants', 'completion.status', 'roster.invitees'];
    expect(passed.map((id) => verdictOn(result, id))).toEqual(passed.map(() => 'passed'));
  } finally {
    await client.dispose();
    await bench.close();
    for (const server of [relay, sink]) server.close();
    rmSync(folder, { recursive: true });
  }
});
