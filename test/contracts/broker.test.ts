import { fetchPacts, brokerAuthorization, publishResult, type BrokerAccess } from '../../contracts';
import { EnvironmentError, UsageError } from '../../target/errors';
import { deserted, servers } from '../target/servers';
import { startStandInBroker } from './stand-in-broker';

jest.setTimeout(120_000);

const { http, tcp } = servers();
const ACCESS: BrokerAccess = { authorization: 'Bearer secret', timeoutMs: 60_000 };
const PACT = { consumer: { name: 'bot' }, provider: { name: 'participant-invite' }, interactions: [] };

/** A broker that answers everything with the same. */
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
  ['sends no JSON', () => saying('<p>'), "the broker's answer is not JSON"],
  ['sends no pact', () => saying('{}'), 'leads to no pact with participant-invite'],
  ['does not know the caller', () => saying('{}', 401), 'answered 401; set PACT_BROKER_TOKEN'],
  ['redirects', () => http((_req, res) => res.writeHead(302, { Location: '/x' }).end()), 'answered 302'],
  ['sends without end', () => saying(`"${'x'.repeat(9_000_000)}"`), 'longer than 8388608 bytes'],
  [
    'links to another host, which would get the token',
    () => saying('{"_links":{"pb:pacts":[{"href":"http://127.0.0.2:9/pact"}]}}'),
    'which is not at http://127.0.0.1',
  ],
  [
    'links to too many',
    () => saying(JSON.stringify({ _links: { 'pb:pacts': Array.from({ length: 101 }, () => ({ href: '/pact' })) } })),
    'more than 100 pacts',
  ],
];

test.each(HOSTILE)('a broker that %s is told with a message', async (_name, serve, said) => {
  const error = await failureOf(await serve());
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toContain(said);
});

test("a broker that is down, or silent, is the surroundings' fault", async () => {
  const down = await failureOf(await deserted());
  expect([down, down.message]).toEqual([expect.any(EnvironmentError), expect.stringContaining('ECONNREFUSED')]);
  const silent = await failureOf(await tcp(() => undefined), { ...ACCESS, timeoutMs: 200 });
  expect([silent, silent.message]).toEqual([expect.any(EnvironmentError), expect.stringContaining('in time')]);
});

test('a secret in a URL is refused, and not repeated', async () => {
  expect((await failureOf('http://name:secret@127.0.0.1:9/')).message).toContain('set PACT_BROKER_TOKEN');
});

test("the secrets come from the variables of Pact's tools", () => {
  expect(brokerAuthorization({})).toBeUndefined();
  expect(brokerAuthorization({ PACT_BROKER_TOKEN: 't', PACT_BROKER_USERNAME: 'n' })).toBe('Bearer t');
  expect(brokerAuthorization({ PACT_BROKER_USERNAME: 'n', PACT_BROKER_PASSWORD: 'p' })).toBe('Basic bjpw');
});

test('a URL may be that of a pact itself; its results are published where it says', async () => {
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
