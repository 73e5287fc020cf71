import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { startVerifier, verifyContracts, type PactVerifier } from '../../contracts';
import { EnvironmentError } from '../../target/errors';
import type { ContractResult } from '../../verdicts/result';
import { servers } from '../target/servers';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

const { http } = servers();

/** The changes that a relay makes: to the text of a response to an invitation, and to that of a notification. */
interface Changes {
  answer?: (text: string) => string;
  notification?: (text: string) => string;
}

/** Verifies the suite's own contract against a mock behind a relay that changes its messages. */
function verifiedBehind({
  answer = (text) => text,
  notification = (text) => text,
}: Changes): Promise<ContractResult[]> {
  return withMock({}, async (mock) => {
    const { origin } = new URL(mock.url);
    const relay: string = await http((req, res) => {
      const forward = async (): Promise<void> => {
        const path = req.url ?? '';
        const content = await textOf(req);
        const { host: _, 'content-length': __, connection: ___, ...headers } = req.headers;
        const [, callback] = /^\/callback\/(.+)$/.exec(path) ?? [];
        const body = content.replaceAll(
          /"callbackUri":"([^"]+)"/g,
          (_whole, uri: string) => `"callbackUri":"${relay}/callback/${encodeURIComponent(uri)}"`,
        );
        const to = callback === undefined ? `${origin}${path}` : decodeURIComponent(callback);
        const sent = callback === undefined ? body : notification(content);
        const response = await fetch(to, {
          method: req.method ?? 'GET',
          headers: headers as Record<string, string>,
          ...(sent === '' ? {} : { body: sent }),
        });
        const text = await response.text();
        const invited = path.endsWith('/participants/invite') && response.status === 200;
        for (const name of ['content-type', 'location']) {
          const value = response.headers.get(name);
          if (value !== null) res.setHeader(name, value);
        }
        res.writeHead(response.status).end(response.status === 204 ? undefined : invited ? answer(text) : text);
      };
      forward().catch(() => res.destroy());
    });
    const target = { url: `${relay}/v1.0`, states: `${relay}${new URL(mock.states).pathname}`, tokens: mock.tokens };
    return verifyContracts(optionsFor(target, { timeoutMs: 3000 }));
  });
}

const resultsOf = (results: ContractResult[]): Record<string, string> =>
  Object.fromEntries(results.map(({ interaction, result }) => [interaction.split(':')[0] ?? '', result]));

test('a relay that changes nothing passes', async () => {
  const results = await verifiedBehind({});
  expect(results.filter(({ result }) => result !== 'passed')).toEqual([]);
});

const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;

test('notifications and responses nested 5,000 levels deep leave only the interactions about them untested', async () => {
  const isRoster = (text: string): boolean => text.includes('/participants"');
  const results = await verifiedBehind({
    notification: (text) => (isRoster(text) ? text.replace('"value":[{', `"value":[{"deep":${deep},`) : text),
    answer: (text) => text.replace('{', `{"deep":${deep},`),
  });
  const failed = results.filter(({ result }) => result === 'failed');
  expect(failed).toEqual([]);
  expect(resultsOf(results)).toMatchObject({ single: 'untested', roster: 'untested', completion: 'passed' });
  expect(results.filter(({ result }) => result === 'passed').length).toBeGreaterThan(10);
});

describe('the process of the Verifier', () => {
  let folder: string;
  let verifier: PactVerifier | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verifier-'));
  });
  afterEach(async () => {
    await verifier?.close();
    verifier = undefined;
    rmSync(folder, { recursive: true });
  });

  function started(module: string): PactVerifier {
    writeFileSync(join(folder, 'verifier.cjs'), module);
    verifier = startVerifier({ timeoutMs: 60_000, module: join(folder, 'verifier.cjs') });
    return verifier;
  }

  const job = { pact: {}, provider: 'p', description: 'd', url: 'http://127.0.0.1:9', states: [], values: {} };
  const ECHO = `process.on('message', ({ n, description }) => {
    if (description === 'crash') process.exit(3);
    process.send({ n, resolved: true, text: description });
  });`;

  test('reports input that is nested too deeply or too long instead of sending it', async () => {
    const { verify } = started(ECHO);
    const body: unknown = JSON.parse(deep);
    expect(await verify({ ...job, message: { body, metadata: {} } })).toEqual({
      silence: "what the target sent is nested too deep for Pact's Verifier",
    });
    expect(await verify({ ...job, pact: body })).toMatchObject({ silence: expect.stringContaining('nested too deep') });
    const long = 'x'.repeat(9_000_000);
    expect(await verify({ ...job, values: { long } })).toMatchObject({ silence: expect.stringContaining('too long') });
    expect(await verify(job)).toEqual({ resolved: true, text: 'd' });
  });

  test('is restarted after a crash for the following interactions', async () => {
    const { verify } = started(ECHO);
    expect(await verify({ ...job, description: 'crash' })).toMatchObject({
      silence: expect.stringContaining('code 3'),
    });
    expect(await verify(job)).toEqual({ resolved: true, text: 'd' });
    for (let i = 0; i < 3; i += 1) await verify({ ...job, description: 'crash' });
    // A process that always crashes is given up.
    expect(await verify(job)).toMatchObject({ silence: expect.stringContaining('code 3') });
  });

  test('is ended with its child processes', async () => {
    const { verify, close } = started(`const { spawn } = require('node:child_process');
      process.on('message', ({ n }) => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        process.send({ n, resolved: true, text: String(child.pid) });
      });`);
    const report = await verify(job);
    const pid = Number('text' in report ? report.text : 0);
    const runs = (): boolean => {
      try {
        // A zombie process counts as ended.
        return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return false;
      }
    };
    expect(runs()).toBe(true);
    await close();
    // The whole group was killed at once, but the system ends its processes one after the other.
    for (const until = Date.now() + 10_000; runs() && Date.now() < until;) await new Promise(setImmediate);
    expect(runs()).toBe(false);
  });

  test('leaves nothing in the folder for temporary files, and reports one that cannot be written to', async () => {
    const temporary = jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
    try {
      const { verify, close } = started(ECHO);
      await verify(job);
      const [own = ''] = readdirSync(folder).filter((name) => name.startsWith('invite-contracts-'));
      expect(readdirSync(join(folder, own))).toEqual(['no-authorities.pem']);
      rmSync(join(folder, own), { recursive: true });
      await expect(verify(job)).rejects.toThrow(EnvironmentError);
      await close();
      expect(readdirSync(folder)).toEqual(['verifier.cjs']);
      temporary.mockReturnValue(join(folder, 'nowhere'));
      expect(() => startVerifier({ timeoutMs: 1 })).toThrow(EnvironmentError);
    } finally {
      temporary.mockRestore();
    }
  });
});
