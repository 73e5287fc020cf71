import { machineShortage } from '../../target/errors';
import { failureCause, failureReason } from '../../target/connection-failure';
import { aClient, ofKind, sending } from './recording';
import { deserted, servers } from './servers';

const { http, saying, selfSigned, tcp } = servers();

/** Sends a GET that fails, and returns the reason. */
async function reasonAt(url: string, timeoutMs = 10_000): Promise<string> {
  const { client, recorder } = aClient({ timeoutMs });
  const { response, failure } = await client.send(sending(url));
  expect(response).toBeUndefined();
  expect(ofKind(recorder, 'exchange')).toHaveLength(1);
  return failure?.reason ?? '';
}

test('no server listens', async () => {
  expect(await reasonAt(await deserted())).toBe('nothing listens there (connection refused)');
});

test('a host without an address', async () => {
  expect(await reasonAt('http://nowhere.invalid/')).toBe('the host name could not be resolved');
});

test('the connection is reset before the response', async () => {
  const url = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
  expect(await reasonAt(url)).toBe('the connection was reset or closed before the whole response arrived');
});

test('the connection is closed before the response', async () => {
  const url = await tcp((socket) => socket.once('data', () => socket.end()));
  expect(await reasonAt(url)).toMatch(/connection/);
});

test.each([
  ['reset', 'reset'],
  ['closed', 'end'],
])('the connection is %s within a body of known length', async (_name, how) => {
  const url = await saying('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":', (socket) =>
    how === 'reset' ? socket.resetAndDestroy() : socket.end(),
  );
  expect(await reasonAt(url)).toBe('the connection was reset or closed before the whole response arrived');
});

test('the connection is closed within a chunked body', async () => {
  const url = await saying('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"id"\r\n', (socket) =>
    socket.end(),
  );
  expect(await reasonAt(url)).toBe('the connection was reset or closed before the whole response arrived');
});

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['HTTP/0.9', '<html>hello</html>\r\n'],
  ['a wrong status line', 'HTTP/1.1 two hundred\r\n\r\n'],
  ['a header without a colon', 'HTTP/1.1 200 OK\r\nwhat is this\r\n\r\n'],
  ['an invalid chunk size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ['an invalid length', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nab'],
  ['more bytes than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}garbage'],
  ['headers without end', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`],
])('the response is not HTTP: %s', async (_name, bytes) => {
  const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  expect(await reasonAt(await saying(bytes))).toMatch(/^the response is not valid HTTP \(HPE_\w+\)$/);
  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
});

test('a missing response ends at the deadline', async () => {
  expect(await reasonAt(await tcp(() => undefined), 100)).toBe(
    'no complete response within 100 ms (--timeout-ms, timeoutMs in the config)',
  );
});

test('a response that arrives byte by byte ends at the deadline', async () => {
  const drips: NodeJS.Timeout[] = [];
  const url = await saying('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n', (socket) => {
    drips.push(setInterval(() => socket.write('x'), 10));
  });
  expect(await reasonAt(url, 200)).toBe('no complete response within 200 ms (--timeout-ms, timeoutMs in the config)');
  for (const drip of drips) clearInterval(drip);
});

test('headers that arrive byte by byte end at the deadline', async () => {
  const drips: NodeJS.Timeout[] = [];
  const url = await saying('HTTP/1.1 200 OK\r\n', (socket) => {
    drips.push(setInterval(() => socket.write('X: y\r\n'), 10));
  });
  expect(await reasonAt(url, 200)).toBe('no complete response within 200 ms (--timeout-ms, timeoutMs in the config)');
  for (const drip of drips) clearInterval(drip);
});

test("a request's own deadline takes precedence over the client's", async () => {
  const url = await tcp(() => undefined);
  const { failure } = await aClient().client.send(sending(url, { timeoutMs: 50 }));
  expect(failure?.reason).toBe('no complete response within 50 ms');
});

test('https to an http server', async () => {
  const url = await http((_req, res) => res.end());
  expect(await reasonAt(url.replace('http:', 'https:'))).toBe('it does not answer with TLS (is it http, not https?)');
});

test('a compressed response with an invalid encoding is still a response', async () => {
  const url = await http((_req, res) => res.writeHead(200, { 'Content-Encoding': 'gzip' }).end('not gzip'));
  const { client } = aClient();
  expect((await client.send(sending(url))).response).toMatchObject({ status: 200, body: { content: 'not gzip' } });
});

test('an untrusted certificate', async () => {
  expect(await reasonAt(await selfSigned((_req, res) => res.end()))).toBe(
    'its certificate is self-signed (issuer not trusted); set NODE_EXTRA_CA_CERTS to a file with it, or tls.ca in the config',
  );
});

test('endless interim responses', async () => {
  const url = await tcp((socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)));
    };
    socket.on('drain', more).once('data', more);
  });
  expect(await reasonAt(url)).toBe('more than 100 interim responses (1xx) and no final one');
});

test('99 interim responses, and then the response', async () => {
  const url = await saying(
    `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(99)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}`,
  );
  const { client } = aClient({ timeoutMs: 10_000 });
  expect((await client.send(sending(url))).response?.status).toBe(200);
});

test.each([
  ['EMFILE', 'this process has reached its limit of open files (EMFILE)'],
  ['ENFILE', 'this machine has reached its limit of open files (ENFILE)'],
  ['EADDRNOTAVAIL', 'this machine has no free port to connect from (EADDRNOTAVAIL)'],
  ['ENOBUFS', 'this machine has no memory left for connections (ENOBUFS)'],
])('%s is reported as a shortage of this machine', (code, reason) => {
  // supertest gives the code of a failed connection only in the message.
  for (const error of [Object.assign(new Error(), { code }), new Error(`connect ${code} 127.0.0.1:80 - Local`)]) {
    expect(failureCause(error)).toBe('exhausted');
    expect(failureReason(error)).toBe(reason);
  }
  expect(machineShortage(code)).toMatchObject({ layer: 'machine', message: reason });
});

test('any other code says nothing about this machine', () => {
  expect(machineShortage('ECONNREFUSED')).toBeUndefined();
  expect(machineShortage(undefined)).toBeUndefined();
});
