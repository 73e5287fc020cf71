import { runWithHistory } from '../../api/run';
import { doctor } from '../../cli/doctor';
import { judge } from '../../verdicts/verdict';
import { securedTarget } from './secured-target';
import { world } from './world';

const { judged, mock, written } = world();
const { origin, own, client, stranger, trust: TRUST, pair: OWN } = securedTarget(mock);

afterEach(() => {
  for (const name of ['CERT', 'KEY', 'CA', 'SERVER_NAME']) delete process.env[`INVITE_TLS_${name}`];
});

function config(tls: Record<string, unknown>): string {
  return written('config.json', JSON.stringify({ tls }));
}

const at = (file?: string): Parameters<typeof judged>[0] => ({
  target: `${origin()}/v1.0`,
  states: `${origin()}/_states`,
  config: file,
});

test('a run with a client certificate passes with its contracts, and the key is written nowhere', async () => {
  // Every way to send: requests at the same time and on one connection, with other tokens and without, and unusual bodies.
  const scenario = ['single', 'request', 'authorization', 'ordering'];
  const ended = await judged({ ...at(config({ ...TRUST, ...OWN })), scenario, contracts: true });
  expect(ended).toMatchObject({ message: '', result: { behaviors: expect.any(Array) as unknown[] } });
  const { contracts = [], behaviors = [] } = ended.result ?? {};
  expect(behaviors.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  expect(contracts.filter(({ result }) => result === 'failed')).toEqual([]);
  expect(contracts.filter(({ result }) => result === 'passed').length).toBeGreaterThan(10);
  for (const line of client.key.split('\n').filter((text) => /^[^-]{20,}$/.test(text)))
    expect(ended.written).not.toContain(line);
});

test('the environment takes precedence over the config; line breaks may be written as \\n', async () => {
  process.env['INVITE_TLS_CERT'] = client.cert;
  process.env['INVITE_TLS_KEY'] = client.key.replaceAll('\n', '\\n');
  process.env['INVITE_TLS_CA'] = own.cert;
  process.env['INVITE_TLS_SERVER_NAME'] = 'calls.example';
  const absent = config({ cert: { file: 'no such file' }, serverName: 'other.example' });
  expect(await judged({ ...at(absent), allowUntested: true })).toMatchObject({ code: 0, message: '' });
});

test.each<[string, Record<string, unknown>, number, RegExp]>([
  ['with a client certificate', { ...TRUST, ...OWN }, 0, /the service accepted an invitation with it/],
  ['without one', TRUST, 4, /the server requires a client certificate.*tls\.cert and tls\.key/s],
  ['without a trusted authority', { ...OWN, serverName: 'calls.example' }, 4, /issuer not trusted/],
])('doctor %s', async (_name, tls, exitCode, says) => {
  const told = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { target, states, config: file } = at(config(tls));
  const flags = { target, states, config: file } as Parameters<typeof doctor>[0];
  expect(await doctor(flags, new AbortController().signal)).toBe(exitCode);
  const text = told.mock.calls.map(([chunk]) => String(chunk)).join('');
  expect(text).toMatch(says);
  expect(text).not.toContain(client.key.slice(30, 60));
});

test('a load run needs the client certificate', async () => {
  const load = { scenario: undefined, load: 8, rate: 100, allowUntested: true };
  const ended = await judged({ ...at(config({ ...TRUST, ...OWN })), ...load });
  expect(ended).toMatchObject({ code: 0, message: '' });
  const without = await judged({ ...at(config(TRUST)), ...load });
  expect(without).toMatchObject({ code: 4, result: undefined });
  expect(without.message).toMatch(/the server requires a client certificate.*tls\.cert and tls\.key/);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['no client certificate', TRUST, /the server requires a client certificate.*tls\.cert and tls\.key/],
  [
    'no trusted authority',
    { ...OWN, serverName: 'calls.example' },
    /issuer not trusted: .*NODE_EXTRA_CA_CERTS.*tls\.ca/,
  ],
  ['no server name', { ...OWN, ca: TRUST.ca }, /its certificate is for another host name \(tls\.serverName/],
])('a run with %s ends with exit 4 and advice', async (_name, tls, message) => {
  const ended = await judged(at(config(tls)));
  expect(ended).toMatchObject({ code: 4, result: undefined });
  expect(ended.message).toMatch(message);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'a key of another certificate',
    { ...TRUST, ...OWN, key: { file: stranger.files.key } },
    'tls.key is not the private key of the certificate in tls.cert',
  ],
  ['a missing file', { ...TRUST, cert: { file: 'none.pem' } }, "can't read tls.cert none.pem"],
  ['a variable that is not set', { ca: { env: 'NO_SUCH_CA' } }, 'the environment variable NO_SUCH_CA is not set'],
  ['a key in the config', { key: client.key }, 'tls.key must be {file: PATH of a PEM file}'],
  ['a key instead of its file', { key: { file: client.key } }, 'tls.key must be {file: PATH of a PEM file}'],
  ['an unknown option', { pfx: { file: 'x' } }, 'Known: cert, key, ca, serverName'],
])('%s ends the run with exit 2, without showing any of the key', async (_name, tls, message) => {
  const ended = await judged(at(config(tls)));
  expect(ended).toMatchObject({ code: 2, result: undefined });
  expect(ended.message).toContain(message);
  expect(ended.message).not.toContain(client.key.slice(30, 60));
});

test('tls options for a target without https end the run with exit 2', async () => {
  const ended = await judged({ config: config(OWN) });
  expect(ended).toMatchObject({ code: 2, result: undefined });
  expect(ended.message).toContain('tls.cert needs an https target');
});

test('in Jest, the client certificate is an option', async () => {
  const { history } = await runWithHistory({
    contracts: false,
    target: `${origin()}/v1.0`,
    provisioning: { states: `${origin()}/_states` },
    tokens: mock().tokens,
    tls: { cert: client.cert, key: client.key, ca: own.cert, serverName: 'calls.example' },
    scenarios: ['single'],
    quietMs: 0,
  });
  expect(judge(history).filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  expect(judge(history).filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(20);
});
