import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { parseJson, type Parsed } from '../../history/body';
import { MAX_RESPONSE_BYTES } from '../../target/client';
import { aClient, ofKind, sending } from './recording';
import { servers } from './servers';

const { http, saying } = servers();

test('a response is recorded with its header pairs, its raw body and its times in order', async () => {
  const url = await saying(
    'HTTP/1.1 200 OK\r\nSet-Thing: a\r\nSet-Thing: b\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}',
  );
  const { client, recorder } = aClient();
  const { n, request, response, failure } = await client.send(sending(`${url}/v1.0/x?y=z`));
  expect(failure).toBeUndefined();
  expect(response).toMatchObject({
    status: 200,
    headers: [
      ['set-thing', 'a'],
      ['set-thing', 'b'],
      ['content-type', 'application/json'],
      ['content-length', '7'],
    ],
    body: { encoding: 'utf8', content: '{"a":1}', bytes: 7, truncated: false },
  });
  expect(request.sentAt).toBeLessThanOrEqual(response?.headersAt ?? -1);
  expect(response?.headersAt).toBeLessThanOrEqual(response?.endAt ?? -1);
  expect(ofKind(recorder, 'exchange')).toMatchObject([{ n, request: { url: `${url}/v1.0/x?y=z` } }]);
});

test("the times of the headers' first byte and of the body's end are separate", async () => {
  let begun = (_res: ServerResponse): void => undefined;
  const begins = new Promise<ServerResponse>((resolve) => {
    begun = resolve;
  });
  const url = await http((req, res) => {
    if (req.url === '/slow') res.writeHead(200).write('begin', () => begun(res));
    else res.end();
  });
  const { client, recorder } = aClient();
  const answered = client.send(sending(`${url}/slow`));
  const res = await begins;
  // Another whole exchange, during which the headers arrive.
  await client.send(sending(`${url}/other`));
  const between = recorder.now();
  res.end('end');
  const { response } = await answered;
  expect(response?.headersAt).toBeLessThanOrEqual(between);
  expect(response?.endAt).toBeGreaterThanOrEqual(between);
  expect(response?.body.content).toBe('beginend');
});

test.each([204, 304, 400, 404, 429, 500, 503])('status %i is an ordinary response', async (status) => {
  const url = await http((_req, res) => res.writeHead(status).end());
  const { response, failure } = await aClient().client.send(sending(url));
  expect(failure).toBeUndefined();
  expect(response).toMatchObject({ status, body: { content: '', bytes: 0, truncated: false } });
});

test.each([301, 302, 303, 307, 308])('a redirect %i is not followed, and no token goes there', async (status) => {
  const elsewhere: (string | undefined)[] = [];
  const other = await http((req, res) => {
    elsewhere.push(req.headers.authorization);
    res.end();
  });
  const url = await http((_req, res) => res.writeHead(status, { Location: `${other}/there` }).end());
  const { client } = aClient();
  const headers = { Authorization: 'Bearer secret-token' };
  const body = Buffer.from('{}');
  const [got, posted] = await Promise.all([
    client.send(sending(url, { headers })),
    client.send(sending(url, { method: 'POST', headers, body })),
  ]);
  expect(got.response).toMatchObject({ status });
  expect(posted.response).toMatchObject({ status });
  expect(elsewhere).toEqual([]);
});

test('a body of exactly the limit is complete; one more byte is cut off', async () => {
  const url = await http((req, res) => {
    res.end(Buffer.alloc(req.url === '/over' ? MAX_RESPONSE_BYTES + 1 : MAX_RESPONSE_BYTES, 'x'));
  });
  const { client } = aClient();
  const whole = await client.send(sending(`${url}/at`));
  expect(whole.response?.body).toMatchObject({ bytes: MAX_RESPONSE_BYTES, truncated: false });
  const cut = await client.send(sending(`${url}/over`));
  expect(cut.response?.body).toMatchObject({ truncated: true });
  expect(cut.response?.body.content).toHaveLength(MAX_RESPONSE_BYTES);
});

test('a body without end is cut off at the limit, and its connection ended', async () => {
  const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const url = await http((_req, res) => {
    const more = (): void => {
      while (!res.destroyed && res.write(chunk));
    };
    res.writeHead(200).on('drain', more).on('close', ended);
    more();
  });
  const { response } = await aClient().client.send(sending(url));
  expect(response?.body.truncated).toBe(true);
  expect(response?.body.content.length).toBe(MAX_RESPONSE_BYTES);
  await end;
  expect(warnings).not.toHaveBeenCalled();
  warnings.mockRestore();
});

test('bytes that are not UTF-8 are kept as base64', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0xfe]);
  const url = await http((_req, res) => res.end(bytes));
  const { response } = await aClient().client.send(sending(url));
  expect(response?.body).toEqual({
    encoding: 'base64',
    content: bytes.toString('base64'),
    bytes: 3,
    truncated: false,
  });
});

test('an unrequested compressed response can be read, up to the limit', async () => {
  const accepted: string[] = [];
  const url = await http((req, res) => {
    accepted.push(String(req.headers['accept-encoding']));
    const body = req.url === '/bomb' ? Buffer.alloc(MAX_RESPONSE_BYTES * 20) : Buffer.from('{"a":1}');
    res.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(body));
  });
  const { client } = aClient();
  const read = async (from: string): Promise<Parsed | undefined> => {
    const { response } = await client.send(sending(from));
    return response && parseJson(response.body, response.headers);
  };
  expect(await read(url)).toEqual({ ok: true, value: { a: 1 } });
  expect(await read(`${url}/bomb`)).toEqual({
    ok: false,
    reason: `longer than ${MAX_RESPONSE_BYTES} bytes once decoded (Content-Encoding: gzip)`,
  });
  expect(accepted).toEqual(['identity', 'identity']);
});

test('the history contains no token, wherever the target puts it', async () => {
  const token = 'canary-token-0123456789';
  const url = await http((_req, res) =>
    res.writeHead(200, { 'X-Echo': token, 'Set-Cookie': 'session=other-secret' }).end(`you sent ${token}`),
  );
  const { client, recorder } = aClient({ secrets: [token] });
  await client.send(sending(`${url}/?t=${token}`, { headers: { Authorization: `Bearer ${token}` } }));
  const kept = JSON.stringify(recorder.history());
  expect(kept).not.toContain(token);
  expect(kept).not.toContain('other-secret');
  expect(kept).toContain('Bearer [redacted]');
});
