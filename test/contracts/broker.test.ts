import { brotliCompressSync, gzipSync } from 'node:zlib';
import { brokerSecrets, fetchPacts, brokerAuthorization, publishResult, type BrokerAccess } from '../../contracts';
import { EnvironmentError, UsageError } from '../../target/errors';
import { deserted, servers } from '../target/servers';
import { startStandInBroker } from './stand-in-broker';

jest.setTimeout(120_000);

const { http, tcp } = servers();
const ACCESS: BrokerAccess = { authorization: 'Bearer secret', timeoutMs: 60_000 };
const PACT = { consumer: { name: 'bot' }, provider: { name: 'participant-invite' }, interactions: [] };

/** A broker that sends the same response to every request. */
const saying = (body: string, status = 200): Promise<string> =>
  http((_req, res) => res.writeHead(status, { 'Content-Type': 'application/hal+json' }).end(body));

async function failureOf(url: string, access: BrokerAccess = ACCESS): Promise<Error> {
  const error: unknown = await fetchPacts(url, access).catch((thrown: unknown) => thrown);
  if (!(error instanceof UsageError || error instanceof EnvironmentError))
    throw new Error(`no message: ${String(error)}`);
  expect(error.message).not.toContain('secret');
  return error;
}

const HOSTILE: [string, () => Promise<string>, string][] = [
  ['does not send JSON', () => saying('<p>'), "the broker's response is not JSON"],
  ['does not send a pact', () => saying('{}'), 'has no pact with the provider participant-invite'],
  ['refuses the credentials', () => saying('{}', 401), 'answered 401; set PACT_BROKER_TOKEN'],
  ['redirects', () => http((_req, res) => res.writeHead(302, { Location: '/x' }).end()), 'answered 302'],
  ['sends without end', () => saying(`"${'x'.repeat(9_000_000)}"`), 'longer than 8388608 bytes'],
  [
    'links to another host, which would receive the token',
    () => saying('{"_links":{"pb:pacts":[{"href":"http://127.0.0.2:9/pact"}]}}'),
    'which is not at http://127.0.0.1',
  ],
  [
    'links to too many',
    () => saying(JSON.stringify({ _links: { 'pb:pacts': Array.from({ length: 101 }, () => ({ href: '/pact' })) } })),
    'more than 100 pacts',
  ],
];

test.each(HOSTILE)('a broker that %s is reported with a message', async (_name, serve, said) => {
  const error = await failureOf(await serve());
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toContain(said);
});

test('a broker that is down, or silent, is an environment error', async () => {
  const down = await failureOf(await deserted());
  expect([down, down.message]).toEqual([expect.any(EnvironmentError), expect.stringContaining('ECONNREFUSED')]);
  const silent = await failureOf(await tcp(() => undefined), { ...ACCESS, timeoutMs: 200 });
  expect([silent, silent.message]).toEqual([expect.any(EnvironmentError), expect.stringContaining('within 200 ms')]);
});

test('credentials in a URL are refused, and not repeated', async () => {
  expect((await failureOf('http://name:secret@127.0.0.1:9/')).message).toContain('set PACT_BROKER_TOKEN');
});

test("the credentials come from the variables of Pact's tools", () => {
  expect(brokerAuthorization({})).toBeUndefined();
  expect(brokerAuthorization({ PACT_BROKER_TOKEN: 't', PACT_BROKER_USERNAME: 'n' })).toBe('Bearer t');
  expect(brokerAuthorization({ PACT_BROKER_USERNAME: 'n', PACT_BROKER_PASSWORD: 'p' })).toBe('Basic bjpw');
});

test('a URL may name a single pact; its results are published at the link in the pact', async () => {
  const broker = await startStandInBroker('secret');
  try {
    const content = Buffer.from(JSON.stringify(PACT)).toString('base64');
    const contracts = [{ consumerName: 'bot', providerName: 'participant-invite', content }];
    await fetch(`${broker.url}/contracts/publish`, {
      method: 'POST',
      headers: { Authorization: 'Bearer secret' },
      body: JSON.stringify({ pacticipantVersionNumber: '1', contracts }),
    });
    const where = `${broker.url}/pacts/provider/participant-invite/consumer/bot/version/1`;
    const [pact, ...more] = await fetchPacts(where, ACCESS);
    expect([pact, more]).toEqual([expect.objectContaining({ where, resultsTo: `${where}/verification-results` }), []]);
    if (pact) await publishResult(pact, true, 'v1', ACCESS);
    expect(broker.asked.at(-1)).toMatchObject({
      method: 'POST',
      path: expect.stringContaining('verification-results'),
    });
  } finally {
    await broker.close();
  }
});

/** A broker with a response for each path, and the paths that were requested. */
async function answering(answers: Record<string, unknown>): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const url = await http((req, res) => {
    asked.push(req.url ?? '');
    const body = answers[req.url ?? ''];
    res.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body));
  });
  return { url, asked };
}

const ELSEWHERE = 'http://user:secret@127.0.0.2:9/results?token=secret';

test('links that are not followed are not checked', async () => {
  const odd = {
    self: 7,
    curies: [{ href: '{rel}', templated: true }],
    'pb:webhooks': { href: ELSEWHERE },
    'pb:consumer': null,
  };
  const { url, asked } = await answering({
    '/': { _links: { ...odd, 'pb:latest-provider-pacts': { href: '/latest/{provider}{?q}', templated: true } } },
    '/latest/participant-invite': { _links: { ...odd, 'pb:pacts': { href: 'pact' } } },
    '/latest/pact': { ...PACT, _links: { ...odd, 'pb:publish-verification-results': { href: ELSEWHERE } } },
  });
  const [pact] = await fetchPacts(url, ACCESS);
  expect(pact).toMatchObject({ where: `${url}/latest/pact` });
  expect(asked).toEqual(['/', '/latest/participant-invite', '/latest/pact']);
  // Publishing follows this link, so it is checked, and its credentials are not shown.
  const error: unknown = await publishResult(pact ?? { where: '', content: {} }, true, 'v1', ACCESS).catch(
    (e: unknown) => e,
  );
  expect(String(error)).toContain('links to http://127.0.0.2:9/results?…, which is not at');
  expect(String(error)).not.toContain('secret');
});

test('pacts that the broker marks as pending are reported as pending', async () => {
  const self = (href: string): object => ({ _links: { self: { href } } });
  const { url } = await answering({
    '/for-verification': {
      _embedded: {
        pacts: [
          { verificationProperties: { pending: true }, ...self('/a') },
          { verificationProperties: { pending: false }, ...self('/b') },
        ],
      },
    },
    '/a': PACT,
    '/b': PACT,
  });
  const pacts = await fetchPacts(`${url}/for-verification`, ACCESS);
  expect(pacts.map(({ where, pending }) => [where, pending])).toEqual([
    [`${url}/a`, true],
    [`${url}/b`, undefined],
  ]);
});

test('pacts of another provider are requested by its name', async () => {
  const { url, asked } = await answering({
    '/': { _links: { 'pb:latest-provider-pacts': { href: '/{provider}/latest' } } },
    '/My%20Graph/latest': { _links: {} },
  });
  expect((await fetchPacts(url, ACCESS, 'My Graph').catch((e: unknown) => e)) as Error).toMatchObject({
    message: expect.stringContaining('has no pact with the provider My Graph'),
  });
  expect(asked).toEqual(['/', '/My%20Graph/latest']);
});

test('a broker with many long pacts is not read to its end', async () => {
  let asked = 0;
  const long = JSON.stringify({ ...PACT, x: 'x'.repeat(7_000_000) });
  const url = await http((req, res) => {
    if (req.url === '/') {
      const hrefs = Array.from({ length: 100 }, (_, i) => ({ href: `/${i}` }));
      res.end(JSON.stringify({ _links: { 'pb:pacts': hrefs } }));
      return;
    }
    asked += 1;
    res.end(long);
  });
  expect((await failureOf(url)).message).toContain('all pacts together are longer than 16777216 bytes');
  expect(asked).toBeLessThan(10);
});

test.each<[string, (body: Buffer) => Buffer, string]>([
  ['gzip', gzipSync, 'longer than 8388608 bytes'],
  ['br', brotliCompressSync, 'longer than 8388608 bytes'],
  ['gzip', (body) => body, 'is not gzip, although its Content-Encoding says so'],
  ['zstd', (body) => body, 'has the unsupported Content-Encoding "zstd"'],
])('a response with Content-Encoding %s is decoded only up to the limit', async (encoding, encode, says) => {
  const body = encode(Buffer.alloc(50_000_000, ' '));
  const url = await http((_req, res) =>
    res.writeHead(200, { 'Content-Encoding': encoding }).end(body.subarray(0, 1_000_000)),
  );
  expect((await failureOf(url)).message).toContain(says);
});

test('a pact in unrequested gzip is read', async () => {
  const url = await http((_req, res) =>
    res.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(JSON.stringify(PACT))),
  );
  expect(await fetchPacts(url, ACCESS)).toMatchObject([{ content: PACT }]);
});

test('an endless response, or a redirect, is reported without the values of a query', async () => {
  const endless = await http((_req, res) => void res.write('{'));
  const { message } = await failureOf(`${endless}/pact?sig=secret`, { ...ACCESS, timeoutMs: 300 });
  expect(message).toContain(`${endless}/pact?…: no response (no complete response within 300 ms)`);
  const redirects = await http((_req, res) => res.writeHead(307, { Location: ELSEWHERE }).end());
  expect((await failureOf(redirects)).message).toContain(
    'answered 307, a redirect to http://127.0.0.2:9/results?…, which the suite does not follow',
  );
});

test('the credentials of a broker are listed in each form for redaction', () => {
  expect(brokerSecrets({})).toEqual([]);
  expect(brokerSecrets({ PACT_BROKER_TOKEN: 'token\n' })).toEqual(['token']);
  expect(brokerSecrets({ PACT_BROKER_USERNAME: 'n', PACT_BROKER_PASSWORD: 'p' })).toEqual(['p', 'bjpw']);
});
