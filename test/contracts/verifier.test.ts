import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownInteractions, verifyContracts } from '../../contracts';
import type { ContractResult } from '../../verdicts/result';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verifier-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a verification with a module of the test as the Verifier. */
function verifiedBy(module: string, more: Parameters<typeof optionsFor>[1] = {}): Promise<ContractResult[]> {
  const verifierModule = join(folder, 'verifier.cjs');
  writeFileSync(verifierModule, module);
  return withMock({}, (mock) => verifyContracts(optionsFor(mock, more), { verifierModule }));
}

const answering = (report: string): string =>
  `process.on('message', (job) => process.send({ n: job.n, ...(${report})(job) }));`;

/** Outputs of a Verifier that do not mean a pass. */
const TRAPS: [string, string][] = [
  ['resolves with nothing', answering("() => ({ resolved: true, text: '' })")],
  [
    'resolves with an empty result',
    answering(`() => ({ resolved: true, text: '{"result":true,"interactionResults":[]}' })`),
  ],
  [
    'resolves with the result of another pact',
    answering(
      `() => ({ resolved: true, text: '{"result":true,"interactionResults":[{"description":"other","result":"OK"}]}' })`,
    ),
  ],
  [
    'sends no request to the target',
    answering(
      `(job) => ({ resolved: true, text: JSON.stringify({ result: true, interactionResults: [{ description: job.description, result: 'OK' }] }) })`,
    ),
  ],
  ['rejects with a string', answering(`() => ({ resolved: false, text: 'Verification was unable to run' })`)],
  [
    'could not load the pact',
    answering(
      `() => ({ resolved: false, text: '{"result":false,"errors":[{"mismatch":{"type":"error","message":"Failed to load pact"}}]}' })`,
    ),
  ],
  ['crashes during a verification', "process.on('message', () => process.exit(3));"],
];

/** The results of the HTTP interactions, with their reasons. */
const httpAmong = (results: ContractResult[]): unknown[] =>
  results
    .filter(({ interaction }) => /^(single|multiple|replace:|pstn|request|author)/.test(interaction))
    .map(({ result, reason }) => [result, reason?.why]);

const LEFT_OPEN = Array.from({ length: 14 }, () => ['untested', 'unclear']);

test.each(TRAPS)('a Verifier that %s lets no HTTP interaction pass', async (_name, module) => {
  const results = await verifiedBy(module);
  expect(results).toHaveLength(ownInteractions().length);
  expect(httpAmong(results)).toEqual(LEFT_OPEN);
});

test('a Verifier that crashes at once lets nothing pass, and its output is reported', async () => {
  const results = await verifiedBy("throw new Error('no binary for this machine');");
  expect(results).toHaveLength(ownInteractions().length);
  const [first] = results;
  expect(first?.reason).toEqual({ why: 'unclear', said: expect.stringContaining('no binary for this machine') });
  expect(httpAmong(results)).toEqual(LEFT_OPEN);
});

test('the report of mismatches is limited', async () => {
  const report = `() => {
    const one = { type: 'BodyMismatch', path: '$.id', mismatch: 'Expected ' + 'x'.repeat(2_000) };
    const error = { mismatch: { mismatches: Array.from({ length: 500 }, () => one) } };
    return { resolved: false, text: JSON.stringify({ result: false, errors: [error] }) };
  }`;
  const results = await verifiedBy(answering(report));
  const { mismatches = [], behaviors } = results.find(({ interaction }) => interaction.startsWith('single')) ?? {};
  expect(behaviors).toEqual(['response.operation-id']);
  expect(mismatches).toHaveLength(100);
  expect(mismatches[0]).toMatchObject({ part: 'body', path: '$.id', message: expect.stringMatching(/^Expected x+…$/) });
  expect(mismatches[0]?.message?.length).toBeLessThan(1100);
});

test('a failed pending interaction is a failure', async () => {
  const error = {
    mismatch: { mismatches: [{ type: 'StatusMismatch', actual: 500, mismatch: 'expected 200 but was 500' }] },
  };
  const text = JSON.stringify({ result: true, errors: [], pendingErrors: [error], interactionResults: [] });
  const results = await verifiedBy(answering(`() => (${JSON.stringify({ resolved: true, text })})`));
  const single = results.find(({ interaction }) => interaction.startsWith('single'));
  expect(single).toMatchObject({ result: 'failed', behaviors: ['request.route'] });
});

test("no token reaches the Verifier's process by arguments, environment, files or messages", async () => {
  const log = join(folder, 'seen.txt');
  process.env['INVITE_TOKEN'] = 'canary-in-the-environment';
  const seen: string[] = [];
  try {
    await withMock({}, async (mock) => {
      const verifierModule = join(folder, 'verifier.cjs');
      writeFileSync(
        verifierModule,
        `const fs = require('node:fs');
         const tell = (it) => fs.appendFileSync(${JSON.stringify(log)}, it + '\\n');
         tell(JSON.stringify([process.argv, process.execArgv, process.env]));
         process.on('message', async (job) => {
           tell(JSON.stringify(job)); tell(fs.readFileSync(job.file, 'utf8'));
           const answer = await fetch(job.url + '/communications/calls/x/participants/invite', { method: 'POST' });
           tell(JSON.stringify([...answer.headers]) + (await answer.text()));
           process.send({ n: job.n, resolved: false, text: 'seen' });
         });`,
      );
      const results = await verifyContracts(optionsFor(mock), { verifierModule });
      seen.push(readFileSync(log, 'utf8'), JSON.stringify(results), ...Object.values(mock.tokens));
    });
  } finally {
    delete process.env['INVITE_TOKEN'];
  }
  const [told = '', results = '', ...tokens] = seen;
  expect(told).toContain('single: one user is invited');
  expect(told).toContain('PACT_DO_NOT_TRACK":"true"');
  expect(tokens).toHaveLength(3);
  for (const token of [...tokens, 'canary-in-the-environment']) {
    expect(told).not.toContain(token);
    expect(results).not.toContain(token);
  }
});
