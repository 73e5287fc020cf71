import { verifyContracts } from '../../contracts';
import { createMock } from '../../mock';
import { contractLines } from '../../reporters/wording/contract-text';
import type { ContractResult } from '../../verdicts/result';
import { markCountedContracts } from '../../verdicts/counted-contracts';
import { servers } from '../target/servers';
import { optionsFor } from './target';

jest.setTimeout(120_000);

const { http } = servers();

const INVITE = '/communications/calls/${callId}/participants/invite';
const STATES: object[] = [{ name: 'a group call' }, { name: 'users who can be invited' }];
const JSON_TYPE = { 'Content-Type': 'application/json' };
const BODY = { participants: [{ identity: { user: { id: 'x' } } }] };
const GENERATORS = {
  path: { type: 'ProviderState', expression: INVITE },
  body: { '$.participants[0].identity.user.id': { type: 'ProviderState', expression: '${userId}' } },
};

/** A version 3 interaction that sends an invitation. */
function inviting(description: string, more: object = {}): Record<string, unknown> {
  const request = { method: 'POST', path: '/x', headers: JSON_TYPE, body: BODY, generators: GENERATORS };
  return { description, providerStates: STATES, request, response: { status: 200 }, ...more };
}

function pact(version: string, content: object): Record<string, unknown> {
  const names = { consumer: { name: 'bot' }, provider: { name: 'participant-invite' } };
  return { ...names, metadata: { pactSpecification: { version } }, ...content };
}

const v3 = (...interactions: unknown[]): unknown => pact('3.0.0', { interactions });
const v4 = (...interactions: unknown[]): unknown => pact('4.0', { interactions });

/** The body of a version 4 interaction. */
const body4 = (content: unknown): object => ({ contentType: 'application/json', encoded: false, content });
function inviting4(description: string, more: object = {}): Record<string, unknown> {
  const request = { method: 'POST', path: '/x', headers: { 'Content-Type': ['application/json'] }, body: body4(BODY) };
  const whole = { request: { ...request, generators: GENERATORS }, response: { status: 200 } };
  return { type: 'Synchronous/HTTP', description, providerStates: STATES, ...whole, ...more };
}

/** Verifies pacts against a mock that records its requests. */
async function verified(...pacts: unknown[]): Promise<{ results: ContractResult[]; asked: string[] }> {
  const mock = createMock();
  const asked: string[] = [];
  const url = await http((req, res) => {
    if (!req.url?.startsWith('/_states')) asked.push(`${req.method} ${req.url}`);
    mock.app(req, res);
  });
  try {
    const access = { url: `${url}/v1.0`, states: `${url}/_states`, tokens: mock.tokens };
    const named = pacts.map((content, i) => ({ where: `pact ${i}`, content }));
    return { results: await verifyContracts(optionsFor(access), { own: false, pacts: named }), asked };
  } finally {
    mock.close();
  }
}

const told = (one: ContractResult): [string, string, string] => [
  one.interaction.replace('bot: ', ''),
  one.result,
  contractLines(one).join('; '),
];

test('a pending interaction is shown, but counted by no gate', async () => {
  const { results } = await verified(
    v4(
      inviting4('passes', { pending: true }),
      inviting4('fails', { pending: true, response: { status: 201 } }),
      inviting4('can not be tried', { pending: true, providerStates: [{ name: 'a full moon' }] }),
      inviting4('is not pending', { pending: false, response: { status: 201 } }),
    ),
  );
  expect(results.map(told)).toEqual([
    ['passes', 'passed', ''],
    ['fails', 'failed', expect.stringContaining('expected 201 but was 200')],
    ['can not be tried', 'untested', expect.stringContaining("'a full moon' is unknown")],
    ['is not pending', 'failed', expect.stringContaining('expected 201 but was 200')],
  ]);
  expect(results.map(({ pending }) => pending)).toStrictEqual([true, true, true, undefined]);
  const counts = markCountedContracts(results, new Set(), new Set()).map(({ counted }) => counted);
  expect(counts).toEqual([false, false, false, true]);
});

test('requests of every method reach the target', async () => {
  const methods = ['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'DELETE', 'GET'];
  const interactions = methods.map((method) => {
    const request = { method, path: '/communications/nowhere' };
    return { description: method, request, response: { status: 404 } };
  });
  const { results, asked } = await verified(v3(...interactions));
  expect(results.map(told)).toEqual(methods.map((method) => [method, 'passed', '']));
  for (const method of methods) expect(asked).toContain(`${method} /v1.0/communications/nowhere`);
});

const ODD_PARAMS: [string, object[], string][] = [
  ['of a wrong type', [{ name: 'users who can be invited', params: { count: '2' } }], 'count must be a whole number'],
  ['out of range', [{ name: 'users who can be invited', params: { count: 0 } }], 'from 1 to 100; it is 0'],
  ['of null', [{ name: 'a group call', params: { chatInfo: null } }], 'chatInfo must be true or false; it is null'],
  [
    'of another name',
    [{ name: 'a group call', params: { chatinfo: true } }],
    'has no param "chatinfo"; it takes chatInfo',
  ],
  [
    'of a state without params',
    [{ name: 'a call that does not exist', params: { id: 1 } }],
    'has no param "id"; it has no params',
  ],
  ['that are not an object', [{ name: 'a group call', params: [1] }], "'a group call' must be an object; they are [1]"],
  ['without a state', [{ params: {} }], 'providerStates[0] has no name'],
];

test('invalid params leave the interaction untested, and are named', async () => {
  const interactions = ODD_PARAMS.map(([name, states]) => inviting(name, { providerStates: states }));
  const { results, asked } = await verified(v3(...interactions));
  expect(results.map(told)).toEqual(
    ODD_PARAMS.map(([name, , says]) => [name, 'untested', expect.stringContaining(says)]),
  );
  // These two are the suite's own: one measures the round trip, the other checks that invitations are accepted.
  expect(asked.filter((one) => one.includes('/invite'))).toHaveLength(2);
});

test('a version 4 interaction without a type is untested, and the reason is given', async () => {
  const { results } = await verified(v4({ ...inviting4('without a type'), type: undefined }));
  expect(results.map(told)).toEqual([['without a type', 'untested', expect.stringContaining('it has no type')]]);
});

test('a fixed call id in the path is reported', async () => {
  const request = {
    method: 'POST',
    path: '/communications/calls/57dab8b1-894c/participants/invite',
    headers: JSON_TYPE,
    body: BODY,
  };
  const { results } = await verified(v3(inviting('fixed', { request }), inviting('from the state')));
  expect(results.map(told)).toEqual([
    [
      'fixed',
      'failed',
      expect.stringContaining('the contract\'s path contains the call "57dab8b1-894c", not the state\'s'),
    ],
    ['from the state', 'passed', ''],
  ]);
});

test('an interaction with a plugin, or of an unsupported type, is untested with its reason; the others are verified', async () => {
  const plugins = [{ name: 'protobuf', version: '0.3.0' }];
  const metadata = { pactSpecification: { version: '4.0' }, plugins };
  const contents = { contentType: 'application/protobuf', encoded: 'base64', content: 'CgA=' };
  const configured = { pluginConfiguration: { protobuf: { message: 'Invite' } } };
  const { results } = await verified({
    ...pact('4.0', {
      interactions: [
        { type: 'Asynchronous/Messages', description: 'a message', contents, ...configured },
        { type: 'Asynchronous/Messages', description: 'unconfigured', contents },
        { type: 'Synchronous/Messages', description: 'a call', request: { contents }, response: [{ contents }] },
        { type: 'Telepathy', description: 'a thought' },
        inviting4('plain'),
      ],
    }),
    metadata,
  });
  expect(results.map(told)).toEqual([
    ['a message', 'untested', expect.stringContaining('needs the Pact plugin protobuf')],
    ['unconfigured', 'untested', expect.stringContaining('needs the Pact plugin protobuf')],
    ['a call', 'untested', expect.stringContaining('synchronous messages are not supported')],
    ['a thought', 'untested', expect.stringContaining('of the type "Telepathy" are not supported')],
    ['plain', 'passed', ''],
  ]);
});

/** Nested arrays. */
const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

test('nesting that is too deep leaves only that interaction untested', async () => {
  const message = {
    value: [
      { changeType: 'updated', resourceUrl: '/communications/calls/1/participants', resourceData: [{ x: deep(5000) }] },
    ],
  };
  const { results } = await verified(
    v3(inviting('deep', { response: { status: 200, body: deep(5000) } }), inviting('plain')),
    pact('3.0.0', { messages: [{ description: 'deep message', providerStates: STATES, contents: message }] }),
  );
  const says = expect.stringContaining('nested more than 100 levels deep') as string;
  expect(results.map(told)).toEqual([
    ['deep', 'untested', says],
    ['plain', 'passed', ''],
    ['deep message', 'untested', says],
  ]);
});

const ODD: [string, object, string][] = [
  ['no request', {}, 'request.method must be an HTTP method; it is absent'],
  ['an invalid method', { request: { method: 'A B', path: '/' } }, 'request.method must be'],
  ['an invalid path', { request: { method: 'GET', path: 7 } }, 'request.path must begin with /; it is 7'],
  [
    'no status',
    { request: { method: 'GET', path: '/' }, response: {} },
    'response.status must be a status from 100 to 599',
  ],
  ['a status in words', { request: { method: 'GET', path: '/' }, response: { status: '200' } }, 'it is "200"'],
  [
    'states that are not an array',
    { ...inviting(''), providerStates: 'a group call' },
    'providerStates must be a list',
  ],
  [
    '10,000 states',
    { ...inviting(''), providerStates: Array.from({ length: 10_000 }, () => STATES[0]) },
    'it has 10000 provider states; at most 50',
  ],
];

test('an invalid interaction is untested with its reason; the others are verified', async () => {
  const interactions = ODD.map(([description, odd]) => ({ ...odd, description }));
  const { results } = await verified(v3(...interactions, inviting('plain')));
  expect(results.map(told)).toEqual([
    ...ODD.map(([description, , says]) => [description, 'untested', expect.stringContaining(says)]),
    ['plain', 'passed', ''],
  ]);
});

test('interactions with the same description are distinguished by their states, then by numbers; other names stay', async () => {
  const alone = { request: { method: 'GET', path: '/communications/nowhere' }, response: { status: 404 } };
  const { results } = await verified(
    v3(
      inviting('an invitation'),
      inviting('an invitation', {
        providerStates: [{ name: 'a group call', params: { chatInfo: false } }, ...STATES.slice(1)],
      }),
      { description: 'an invitation', providerStates: [{ name: 'a call that does not exist' }], ...alone },
      { description: 'something', ...alone },
    ),
  );
  expect(results.map(({ interaction }) => interaction)).toEqual([
    'bot: an invitation (given a group call and users who can be invited)',
    'bot: an invitation (given a group call and users who can be invited) #2',
    'bot: an invitation (given a call that does not exist)',
    'bot: something',
  ]);
});

test('pacts of version 2, 3 and 4 with matchers, queries, headers, comments, and additional messages are verified', async () => {
  const nowhere = { method: 'GET', path: '/communications/nowhere' };
  const member = { json: { match: 'type' } };
  const rules4 = {
    body: { '$.id': { matchers: [{ match: 'regex', regex: '.+' }] }, '$.status': { matchers: [{ match: 'type' }] } },
    header: { 'Content-Type': { matchers: [{ match: 'regex', regex: 'application/json.*' }] } },
  };
  const response4 = {
    status: 200,
    headers: { 'Content-Type': ['application/json'] },
    body: body4({ id: 'x', status: 'Running' }),
    matchingRules: rules4,
  };
  const contents = body4({
    value: [{ changeType: 'updated', resourceUrl: '/communications/calls/1/participants', resourceData: [{}] }],
  });
  const { results } = await verified(
    pact('2.0.0', {
      interactions: [
        {
          description: 'v2',
          providerState: 'a call that does not exist',
          request: { ...nowhere, query: 'a=1&b=2', matchingRules: { '$.query': { match: 'regex', regex: '.*' } } },
          response: {
            status: 404,
            body: { error: { code: 'x' } },
            matchingRules: { '$.body.error.code': member.json },
          },
        },
        { description: 'v2 of null', providerState: null, request: nowhere, response: { status: 404 } },
      ],
    }),
    v3({
      description: 'v3 query',
      request: { ...nowhere, query: { a: ['1', '2'], b: ['3'] } },
      response: { status: 404 },
    }),
    v4(inviting4('v4', { response: response4, comments: { text: ['a comment'], testname: 'a test' }, key: '001' }), {
      type: 'Asynchronous/Messages',
      description: 'v4 message',
      providerStates: STATES,
      contents,
      matchingRules: { body: { '$.value[0].resourceUrl': { matchers: [{ match: 'type' }] } } },
    }),
  );
  expect(results.map(told)).toEqual(
    ['v2', 'v2 of null', 'v3 query', 'v4', 'v4 message'].map((name) => [name, 'passed', '']),
  );
});
