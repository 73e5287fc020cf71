import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Headers } from '../../history/events';
import { aRecorder } from '../target/recording';
import { bodyOf, headerValue, isJsonType, headerPairs, parseJson, plainMediaType } from '../../history/body';

describe('a body in the history', () => {
  test('is text if it is UTF-8', () => {
    expect(bodyOf(Buffer.from('{"ü":1}'))).toEqual({
      encoding: 'utf8',
      content: '{"ü":1}',
      bytes: 8,
      truncated: false,
    });
  });

  test('is base64 if it is not', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    expect(bodyOf(bytes)).toEqual({ encoding: 'base64', content: 'e/99', bytes: 3, truncated: false });
  });

  test('says if more was sent than was kept', () => {
    expect(bodyOf(Buffer.from('{}'), 10)).toMatchObject({ bytes: 10, truncated: true });
  });

  test('says if it ended prematurely', () => {
    expect(bodyOf(Buffer.from('{'), 1, true)).toMatchObject({ bytes: 1, truncated: true });
  });
});

describe('reading a body as JSON', () => {
  test.each([
    ['an object', '{"a":[1,null]}', { a: [1, null] }],
    ['a lone value', '7', 7],
    ['null', 'null', null],
    ['after a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
    ['between spaces', ' \r\n\t[] ', []],
  ])('%s', (_what, text, value) => {
    expect(parseJson(bodyOf(Buffer.from(text)))).toEqual({ ok: true, value });
  });

  test.each([
    ['empty', Buffer.from(''), 'empty'],
    ['not UTF-8', Buffer.from('"\u00fc"', 'latin1'), 'not UTF-8'],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'not UTF-8'],
    ['a half', Buffer.from('{"a":'), 'JSON'],
    ['two byte order marks', Buffer.from('\uFEFF\uFEFF{}'), 'JSON'],
    ['only a byte order mark', Buffer.from('\uFEFF'), 'JSON'],
    ['HTML', Buffer.from('<html>'), 'JSON'],
  ])('gives the reason if it is not JSON: %s', (_what, bytes, reason) => {
    expect(parseJson(bodyOf(bytes))).toEqual({ ok: false, reason: expect.stringContaining(reason) as string });
  });

  test('does not accept an incomplete body', () => {
    expect(parseJson(bodyOf(Buffer.from('{}'), 9))).toEqual({ ok: false, reason: 'cut off after 9 bytes' });
  });

  test('reads 20,000 nested arrays', () => {
    expect(parseJson(bodyOf(Buffer.from(`${'['.repeat(20_000)}${']'.repeat(20_000)}`))).ok).toBe(true);
  });

  test.each([
    ['deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['wide', `[${'{},'.repeat(60_000)}{}]`],
  ])('refuses more values than the memory limit allows: %s', (_name, text) => {
    expect(parseJson(bodyOf(Buffer.from(text)))).toEqual({ ok: false, reason: 'more than 50000 values' });
  });

  test('reads a long text with few values', () => {
    expect(parseJson(bodyOf(Buffer.from(`{"a":"${'x'.repeat(900_000)}"}`))).ok).toBe(true);
  });
});

describe('a body with a Content-Encoding', () => {
  const text = JSON.stringify({ value: [1, 'ü'] });
  const read = (bytes: Buffer, coding: string): unknown => parseJson(bodyOf(bytes), [['content-encoding', coding]]);

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
    ['', Buffer.from(text)],
  ])('is decoded: %s', (coding, bytes) => {
    expect(read(bytes, coding)).toEqual({ ok: true, value: { value: [1, 'ü'] } });
  });

  test.each<[string, Buffer, string]>([
    ['gzip', Buffer.from(text), 'not gzip, although its Content-Encoding says so'],
    ['gzip', gzipSync(text).subarray(0, 20), 'not gzip, although its Content-Encoding says so'],
    ['zstd', Buffer.from(text), 'its Content-Encoding is "zstd"; the suite reads gzip, deflate and br'],
    ['__proto__', Buffer.from(text), 'its Content-Encoding is "__proto__"; the suite reads gzip, deflate and br'],
    ['br, br, br', Buffer.from(text), 'its Content-Encoding lists more than 2 codings'],
    ['gzip', gzipSync(''), 'empty once decoded'],
    ['gzip', gzipSync(Buffer.from('\uFEFF{}', 'utf16le')), 'UTF-16, not UTF-8'],
    [
      'gzip',
      gzipSync(Buffer.alloc(64 * 1024 * 1024)),
      `longer than ${1024 * 1024} bytes once decoded (Content-Encoding: gzip)`,
    ],
    [
      'deflate',
      deflateSync(Buffer.alloc(8 * 1024 * 1024)),
      'longer than 1048576 bytes once decoded (Content-Encoding: deflate)',
    ],
    [
      'br',
      brotliCompressSync(Buffer.alloc(8 * 1024 * 1024)),
      'longer than 1048576 bytes once decoded (Content-Encoding: br)',
    ],
  ])('that cannot be decoded gives the reason: %s', (coding, bytes, reason) => {
    expect(read(bytes, coding)).toEqual({ ok: false, reason });
  });

  test('names the declared charset, and a missing body', () => {
    const latin = bodyOf(Buffer.from('{"a":"\u00fc"}', 'latin1'));
    expect(parseJson(latin, [['content-type', 'application/json; charset=iso-8859-1']])).toEqual({
      ok: false,
      reason: 'not UTF-8: its Content-Type declares charset iso-8859-1',
    });
    expect(parseJson(bodyOf(Buffer.from('{"a":1}', 'utf16le')))).toEqual({ ok: false, reason: 'UTF-16, not UTF-8' });
    expect(parseJson(bodyOf(Buffer.alloc(0)), [['content-encoding', 'gzip']])).toEqual({
      ok: false,
      reason: 'empty: there is no body',
    });
    const ascii = bodyOf(Buffer.from('{}'));
    expect(parseJson(ascii, [['content-type', 'application/json; charset=iso-8859-1']]).ok).toBe(true);
  });

  test('contains no secret after redaction, and otherwise reads as before', () => {
    const secret = 'canary-secret-0123456789';
    const recorder = aRecorder([secret]);
    const body = bodyOf(gzipSync(JSON.stringify({ a: secret, b: 1 })));
    const headers: Headers = [['content-encoding', 'gzip']];
    const event = recorder.add({
      kind: 'delivery',
      method: 'POST',
      path: '/x',
      headers,
      body,
      headersAt: 0,
      bodyAt: 1,
    });
    if (event.kind !== 'delivery') throw new Error('it is a delivery');
    const again = parseJson(event.body, event.headers);
    expect(again).toEqual({ ok: true, value: { a: expect.not.stringContaining('secret') as string, b: 1 } });
    const other = bodyOf(gzipSync(JSON.stringify({ b: 1 })));
    const whole = recorder.add({
      kind: 'delivery',
      method: 'POST',
      path: '/x',
      headers,
      body: other,
      headersAt: 0,
      bodyAt: 1,
    });
    expect(whole).toMatchObject({ body: other });
  });
});

describe('headers', () => {
  test("node's raw headers become pairs with lower-case names, in order", () => {
    expect(headerPairs(['X-A', '1', 'x-a', '2', 'B', 'C'])).toEqual([
      ['x-a', '1'],
      ['x-a', '2'],
      ['b', 'C'],
    ]);
  });

  test('a name without a value is omitted', () => {
    expect(headerPairs(['X-A'])).toEqual([]);
  });

  test('the first of several values is found', () => {
    expect(headerValue(headerPairs(['A', '1', 'a', '2']), 'a')).toBe('1');
    expect(headerValue([], 'a')).toBeUndefined();
  });

  test.each([
    ['application/json; charset=utf-8', 'application/json; charset=utf-8'],
    ['Application/JSON;odata.metadata=minimal', 'Application/JSON;odata.metadata=minimal'],
    ['application/json ; charset=utf-8', 'application/json'],
    [String.raw`application/json; x="a\"b"`, 'application/json'],
    ['text/plain ; a="b"', 'text/plain ; a="b"'],
  ])('%s is simplified for other readers to %s', (type, told) => {
    expect(plainMediaType(type)).toBe(told);
  });

  test.each([
    ['application/json', true],
    ['Application/JSON', true],
    ['application/json; charset=utf-8', true],
    ['application/json;odata.metadata=minimal', true],
    [' application/json ', true],
    ['application/jsonp', false],
    ['application/json-patch+json', false],
    ['application/problem+json', false],
    ['text/json', false],
    ['', false],
    [undefined, false],
  ])('%j is JSON: %j', (type, is) => {
    expect(isJsonType(type)).toBe(is);
  });
});
