import { startMock } from '../../mock';
import { EnvironmentError, NotProvided } from '../../target/errors';
import { measureRoundTrip } from '../../target/connect';
import { checkResponds, checkProvisioning, checkCallback } from '../../target/preflight';
import type { Provisioner } from '../../target/provisioning';
import { staticProvisioner } from '../../target/static-provisioner';
import { statesProvisioner } from '../../target/states-provisioner';
import { listeners } from './listening';
import { aClient } from './recording';
import { deserted, servers } from './servers';

const { http, saying, selfSigned, tcp } = servers();
const startListener = listeners();

/** The layer and the message of a failed check; it must have advice. */
async function fault(asked: Promise<unknown>): Promise<{ layer: string; said: string }> {
  const error: unknown = await asked.then(
    () => new Error('nothing failed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EnvironmentError)) throw error;
  expect(error.advice).not.toBe('');
  return { layer: error.layer, said: error.message };
}

test('resolve: a name without an address', async () => {
  expect(await fault(measureRoundTrip('http://nowhere.invalid:8080/v1.0'))).toEqual({
    layer: 'resolve',
    said: expect.stringMatching(
      /^the host name nowhere\.invalid could not be resolved \((ENOTFOUND|EAI_AGAIN)\)$/,
    ) as string,
  });
});

test('connect: a port on which no server listens', async () => {
  const origin = await deserted();
  const { layer, said } = await fault(measureRoundTrip(`${origin}/v1.0`));
  expect(layer).toBe('connect');
  expect(said).toBe(`could not connect to ${new URL(origin).host} (ECONNREFUSED)`);
});

test('a round trip to an open port takes a time above zero, and is measured several times', async () => {
  let connections = 0;
  let twice = (): void => undefined;
  const second = new Promise<void>((resolve) => {
    twice = resolve;
  });
  const counted = await tcp(() => {
    connections += 1;
    if (connections === 2) twice();
  });
  await measureRoundTrip(`${counted}/v1.0`);
  await second;
  const origin = await tcp(() => undefined);
  expect(await measureRoundTrip(`${origin}/v1.0`)).toBeGreaterThan(0);
  expect(await measureRoundTrip(origin.replace('127.0.0.1', 'localhost'))).toBeGreaterThan(0);
});

test.each<[string, number, () => Promise<string>, string]>([
  ['a target that never answers', 200, async () => tcp(() => undefined), 'no complete response within 200 ms'],
  [
    'a target that speaks another protocol',
    10_000,
    async () => saying('220 smtp\r\n'),
    'the response is not valid HTTP',
  ],
  [
    'a target that resets',
    10_000,
    async () => tcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
    'the connection was reset',
  ],
  [
    'https to an http server',
    10_000,
    async () => (await http((_req, res) => res.end())).replace('http:', 'https:'),
    'it does not answer with TLS',
  ],
  [
    'a self-signed certificate',
    10_000,
    async () => selfSigned((_req, res) => res.end()),
    'its certificate is self-signed (issuer not trusted); set NODE_EXTRA_CA_CERTS to a file',
  ],
])('answer: %s', async (_name, timeoutMs, origin, says) => {
  const { layer, said } = await fault(checkResponds(await origin(), aClient({ timeoutMs }).client, 'a token'));
  expect(layer).toBe('answer');
  expect(said).toContain(says);
  expect(said).toMatch(/^[A-Z]+ https?:\/\/127\.0\.0\.1:\d+\/communications\/calls\/00000000/);
});

test.each([200, 302, 401, 404, 500])('answer: any status is a response, here %i', async (status) => {
  const url = await http((_req, res) => res.writeHead(status).end('<html>'));
  await expect(checkResponds(url, aClient().client, 'a token')).resolves.toBeUndefined();
});

test('answer: the check sends no token', async () => {
  const seen: (string | undefined)[] = [];
  const url = await http((req, res) => {
    seen.push(req.headers.authorization);
    res.end();
  });
  await checkResponds(url, aClient().client, 'a token');
  expect(seen).toStrictEqual([undefined]);
});

test('answer: a target that cuts off requests without a token is checked with one', async () => {
  const url = await http((req, res) => {
    if (req.headers.authorization === 'Bearer a token') res.end();
    else req.socket.destroy();
  });
  await checkResponds(url, aClient().client, 'a token');
  const { said } = await fault(checkResponds(url, aClient().client, undefined));
  expect(said).toContain('the connection was reset');
});

test('provision: a broken states endpoint', async () => {
  const url = await http((_req, res) => res.writeHead(500).end());
  const { layer, said } = await fault(
    checkProvisioning(statesProvisioner(url, aClient().client), 'http://127.0.0.1:9/'),
  );
  expect(layer).toBe('provision');
  expect(said).toContain('answered 500');
});

test('provision: a states endpoint that knows no state has another URL', async () => {
  const url = await http((_req, res) => res.writeHead(404).end());
  const { layer, said } = await fault(checkProvisioning(statesProvisioner(`${url}/wrong`, aClient().client), ''));
  expect(layer).toBe('provision');
  expect(said).toBe(`${url}/wrong answered 404 to every state; check the path in --states`);
});

test('provision: an unsupported state does not end the check', async () => {
  const url = await http((req, res) => {
    req.setEncoding('utf8').on('data', (text: string) => {
      res.writeHead(text.includes('a peer-to-peer call') ? 200 : 404).end('{}');
    });
  });
  const states = statesProvisioner(url, aClient().client);
  expect(await checkProvisioning(states, 'http://127.0.0.1:9/')).toBeUndefined();
  expect(await checkProvisioning(staticProvisioner({}, {}), 'http://127.0.0.1:9/')).toBeUndefined();
  const mock = await startMock();
  expect(await checkProvisioning(statesProvisioner(mock.states, aClient().client), 'http://127.0.0.1:9/')).toEqual({
    callId: expect.any(String) as string,
  });
  await mock.close();
});

test('provision: an internal error stays one', async () => {
  const broken: Provisioner = {
    ...staticProvisioner({}, {}),
    groupCall: () => Promise.reject(new TypeError('ours')),
  };
  await expect(checkProvisioning(broken, '')).rejects.toThrow(TypeError);
  const refusing: Provisioner = {
    ...broken,
    groupCall: () => Promise.reject(new NotProvided('environment', 'no', 'do')),
  };
  expect(await fault(checkProvisioning(refusing, ''))).toEqual({ layer: 'provision', said: 'no' });
});

test('callback: the listener reaches itself', async () => {
  const { listener } = await startListener();
  await expect(checkCallback(listener)).resolves.toBeUndefined();
});

test('callback: a public URL that cannot be reached', async () => {
  const publicUrl = await deserted();
  const { listener } = await startListener({ publicUrl });
  expect(await fault(checkCallback(listener))).toEqual({
    layer: 'callback',
    said: `the callback URL ${publicUrl} can't be reached from here (ECONNREFUSED)`,
  });
});

test.each([
  ['another page', 200, 'hello'],
  ['an error', 404, ''],
])('callback: a public URL of another server: %s', async (_name, status, body) => {
  const publicUrl = await http((_req, res) => res.writeHead(status).end(body));
  const { listener } = await startListener({ publicUrl });
  const { layer, said } = await fault(checkCallback(listener));
  expect(layer).toBe('callback');
  expect(said).toContain(`another server responded at the callback URL ${listener.url} (status ${status})`);
});

test('callback: a public URL that redirects', async () => {
  const publicUrl = await http((req, res) => res.writeHead(302, { Location: `${req.url}/` }).end());
  const { listener } = await startListener({ publicUrl });
  expect((await fault(checkCallback(listener))).layer).toBe('callback');
});
