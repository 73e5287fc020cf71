import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPacts, readPacts, verifyContracts } from '../../contracts';
import { UsageError } from '../../target/errors';
import type { ContractResult } from '../../verdicts/result';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pacts-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function pactFile(content: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function verified(...pacts: unknown[]): Promise<ContractResult[]> {
  return withMock({}, (mock) =>
    verifyContracts(optionsFor(mock), { own: false, pacts: pacts.map((content) => ({ where: 'here', content })) }),
  );
}

const names = { consumer: { name: 'Other bot' }, provider: { name: 'Graph' } };
const version = (number: string) => ({ metadata: { pactSpecification: { version: number } } });
const STATES = [{ name: 'a group call' }, { name: 'users who can be invited', params: { count: 1 } }];

/** A version 3 pact with the base path in its paths and without a token. */
const request = {
  description: 'an invitation',
  providerStates: STATES,
  request: {
    method: 'POST',
    path: '/v1.0/communications/calls/x/participants/invite',
    headers: { 'Content-Type': 'application/json' },
    body: { participants: [{ identity: { user: { id: 'x' } } }], clientContext: 'other' },
    generators: {
      path: { type: 'ProviderState', expression: '/v1.0/communications/calls/${callId}/participants/invite' },
      body: { '$.participants[0].identity.user.id': { type: 'ProviderState', expression: '${userId}' } },
    },
  },
  response: { status: 200, body: { clientContext: 'other' } },
};

const message = {
  description: 'somebody joined',
  providerStates: STATES,
  contents: {
    value: [{ changeType: 'updated', resourceUrl: '/communications/calls/1/participants', resourceData: [{}] }],
  },
  matchingRules: { body: { '$.value[0].resourceUrl': { matchers: [{ match: 'type' }] } } },
};

test('pacts of other bots are verified, also those of version 3 and those with messages', async () => {
  const results = await verified(
    { ...names, ...version('3.0.0'), interactions: [request] },
    { ...names, ...version('3.0.0'), messages: [message] },
  );
  const passed = { consumer: 'Other bot', result: 'passed', mismatches: [] };
  expect(results).toMatchObject([
    { ...passed, interaction: 'Other bot: an invitation', behaviors: ['response.status-200'] },
    { ...passed, interaction: 'Other bot: somebody joined', behaviors: ['roster.announced'] },
  ]);
});

test('differences are reported and attributed', async () => {
  const wrong = { ...request, response: { status: 201, body: { clientContext: 'other' } } };
  const [result] = await verified({ ...names, ...version('3.0.0'), interactions: [wrong] });
  expect(result).toMatchObject({ result: 'failed', behaviors: ['response.status-200'] });
  expect(result?.mismatches).toEqual([
    {
      part: 'status',
      expected: { is: 'status', status: 201 },
      observed: { is: 'answer', status: 200 },
      message: 'expected 201 but was 200',
      at: [{ event: expect.any(Number), part: 'status' }],
      request: { method: 'POST', url: expect.stringContaining('/participants/invite') },
    },
  ]);
});

test('an interaction with an unknown state, or of an unknown kind, is untested', async () => {
  const unknown = { ...request, providerStates: [{ name: 'a full moon' }] };
  const strange = { description: 'a strange message', contents: { hello: 'world' } };
  const results = await verified(
    { ...names, ...version('3.0.0'), interactions: [unknown] },
    { ...names, ...version('3.0.0'), messages: [strange] },
  );
  expect(results.map(({ result }) => result)).toEqual(['untested', 'untested']);
  expect(results.map(({ reason }) => reason)).toEqual([
    expect.objectContaining({ why: 'notProvided', missing: expect.stringContaining("'a full moon' is unknown") }),
    { why: 'unknownKind' },
  ]);
});

test('an invalid pattern is an error of the contract, not of the target', async () => {
  const rules = { matchingRules: { body: { '$.clientContext': { matchers: [{ match: 'regex', regex: '(?<' }] } } } };
  const odd = { ...request, response: { ...request.response, ...rules } };
  const [result] = await verified({ ...names, ...version('3.0.0'), interactions: [odd] });
  expect(result).toMatchObject({ result: 'untested' });
});

test.each([
  ['does not exist', undefined],
  ['is not JSON', '{'],
  ['is not a pact', '{}'],
  ['contains no interaction', JSON.stringify({ ...names, interactions: [] })],
])('a pact file that %s is a usage error that names it', async (_name, content) => {
  const file = content === undefined ? join(folder, 'nowhere.json') : pactFile(content);
  const verification = readPacts(file).then((pacts) => checkPacts(pacts));
  await expect(verification).rejects.toThrow(UsageError);
  await expect(verification).rejects.toThrow(file);
});
