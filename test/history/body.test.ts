import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import {
  bodyOf,
  countJsonValues,
  headerValue,
  isJsonType,
  headerPairs,
  lacksContentType,
  lacksHeader,
  parseJson,
  plainMediaType,
} from '../../history/body';

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

  test('counts values by separators and brackets, up to 50,000', () => {
    expect(countJsonValues('[{"a":1,"b":[2]}]')).toBe(6);
    expect(countJsonValues(','.repeat(50_000))).toBe(50_000);
    expect(countJsonValues(','.repeat(50_001))).toBeUndefined();
  });

  test.each([
    ['feff0041', 'UTF-16, not UTF-8'],
    ['fffe4100', 'UTF-16, not UTF-8'],
    ['fffe', 'UTF-16, not UTF-8'],
    ['feff', 'UTF-16, not UTF-8'],
    ['00ff', 'UTF-16, not UTF-8'],
    ['ff00', 'UTF-16, not UTF-8'],
    ['0000ff', 'not UTF-8'],
    ['ff', 'not UTF-8'],
    ['ff41', 'not UTF-8'],
    ['fe41', 'not UTF-8'],
    ['41ff', 'not UTF-8'],
    ['41fe', 'not UTF-8'],
  ])('recognizes UTF-16 by its first two bytes: %s', (hex, reason) => {
    expect(parseJson(bodyOf(Buffer.from(hex, 'hex')))).toEqual({ ok: false, reason });
  });

  test.each([
    ['\0{\0}', 'UTF-16, not UTF-8'],
    ['{\0}\0', 'UTF-16, not UTF-8'],
    ['\0\0{', expect.stringContaining('JSON')],
    ['{x\0', expect.stringContaining('JSON')],
  ])('recognizes ASCII characters in UTF-16: %j', (text, reason: unknown) => {
    expect(parseJson(bodyOf(Buffer.from(text)))).toEqual({ ok: false, reason });
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

  test.each([
    ['text/plain;charset=latin1', ': its Content-Type declares charset latin1'],
    ['text/plain; charset = "utf-16"', ': its Content-Type declares charset utf-16'],
    ['text/plain; charset=xutf-8', ': its Content-Type declares charset xutf-8'],
    ['text/plain; charset=utf-8x', ': its Content-Type declares charset utf-8x'],
    ['text/plain; charset=utf-8', ''],
    ['text/plain; charset=UTF8', ''],
    ['text/plain', ''],
  ])('names a charset other than UTF-8: %s', (type, charset) => {
    const reason = `not UTF-8${charset}`;
    expect(parseJson(bodyOf(Buffer.from('ff41', 'hex')), [['content-type', type]])).toEqual({ ok: false, reason });
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

  test('200 are kept; of more, at most 100 that the suite reads, and the first others', () => {
    const raw = (count: number, name: string): string[] =>
      Array.from({ length: count }, (_, i) => [name, String(i)]).flat();
    expect(headerPairs(raw(200, 'X'))).toHaveLength(200);
    const kept = headerPairs([...raw(150, 'Date'), ...raw(150, 'X')]);
    expect(kept.slice(98, 102)).toEqual([
      ['date', '98'],
      ['date', '99'],
      ['x', '0'],
      ['x', '1'],
    ]);
    expect(kept.slice(199)).toEqual([
      ['x', '99'],
      ['…', '100 more headers'],
    ]);
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
    ['Application/JSON', 'Application/JSON'],
    ['Application/JSON; a=b;c=d', 'Application/JSON; a=b;c=d'],
    [' Application/JSON', 'application/json'],
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
    ['text/application/json', false],
    ['', false],
    [undefined, false],
  ])('%j is JSON: %j', (type, is) => {
    expect(isJsonType(type)).toBe(is);
  });
});

describe('a header that is absent', () => {
  test.each<[names: string[], lacksType: boolean]>([
    [[], true],
    [['user-agent'], true],
    [['content-type'], false],
    [['content-length'], false],
    [['user-agent', 'transfer-encoding'], false],
  ])('beside %j: whether Content-Type may not have been recorded is %s', (names, lacksType) => {
    expect(lacksContentType(names.map((name) => [name, '1']))).toBe(lacksType);
  });

  test('from a response may not have been recorded, unless Date was', () => {
    expect(lacksHeader([['content-type', 'text/plain']], 'location')).toBe(true);
    expect(lacksHeader([['date', 'today']], 'location')).toBe(false);
    expect(lacksHeader([['location', '/x']], 'location')).toBe(false);
  });
});
