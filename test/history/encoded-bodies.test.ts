import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { bodyOf, parseJson } from '../../history/body';
import { readableBody } from '../../history/content-encoding';
import type { Body, Headers } from '../../history/events';
import { redactor } from '../../history/redact';
import { Recorder } from '../../history/recorder';
import { aRun } from '../support/histories';

const SECRET = 'canary-secret-0123456789';
const coded = (coding: string): Headers => [['content-encoding', coding]];

/** A body as the recorder keeps it, in a delivery. */
function kept(body: Body, headers: Headers): Body {
  const recorder = new Recorder(aRun().history().header, redactor([SECRET]));
  const times = { headersAt: 0, bodyAt: 1 };
  const event = recorder.add({ kind: 'delivery', method: 'POST', path: '/x', headers, body, ...times });
  if (event.kind !== 'delivery') throw new Error('it is a delivery');
  return event.body;
}

describe('a secret in an encoded body is removed, and the body is encoded again', () => {
  test.each<[string, (bytes: Buffer | string) => Buffer, (bytes: Buffer) => Buffer]>([
    ['gzip', gzipSync, gunzipSync],
    ['deflate', deflateSync, inflateSync],
    ['br', brotliCompressSync, brotliDecompressSync],
    ['gzip, br', (bytes) => brotliCompressSync(gzipSync(bytes)), (bytes) => gunzipSync(brotliDecompressSync(bytes))],
  ])('by %s', (coding, encode, decode) => {
    const text = kept(bodyOf(encode(`{"a":"${SECRET}"}`)), coded(coding));
    expect(decode(Buffer.from(text.content, 'base64')).toString()).toBe('{"a":"[redacted]"}');
    const other = kept(bodyOf(encode(Buffer.from(`\u00ff${SECRET}`, 'latin1'))), coded(coding));
    expect(decode(Buffer.from(other.content, 'base64')).toString('latin1')).toBe('\u00ff[redacted]');
  });

  test('also in a response', () => {
    const recorder = new Recorder(aRun().history().header, redactor([SECRET]));
    const [exchange] = aRun()
      .invite()
      .answer(undefined, { raw: gzipSync(SECRET), headers: coded('gzip') })
      .history()
      .events.filter((event) => event.kind === 'exchange');
    if (!exchange) throw new Error('no exchange');
    const event = recorder.add(exchange);
    const content = event.kind === 'exchange' ? event.response?.body.content : undefined;
    expect(gunzipSync(Buffer.from(content ?? '', 'base64')).toString()).toBe('[redacted]');
  });
});

test.each([
  ['of another coding than declared', false, 'gzip'],
  ['of an unknown coding', false, 'zstd'],
  ['that is not encoded', false, 'identity'],
  ['that is cut off', true, 'gzip'],
])('a secret is removed from a body %s, as it arrived', (_what, cut, coding) => {
  const body = bodyOf(Buffer.from(`{"a":"${SECRET}"}`), undefined, cut);
  expect(kept(body, coded(coding))).toEqual({ ...body, content: '{"a":"[redacted]"}' });
});

describe('deflate without the zlib format is recognized by its first two bytes', () => {
  /** A last block without compression (RFC 1951, section 3.2.4), perhaps after another. */
  const stored = (text: string): number[] => [1, text.length, 0, 0xff ^ text.length, 0xff, ...Buffer.from(text)];
  const [empty, ignored] = [[0, 0, 0xff, 0xff], 0x08];

  test.each([
    ['the check number of a header, but another method', stored(`"${'x'.repeat(21)}"`)],
    ['the method, but another check number', [ignored, ...empty, ...stored('""')]],
  ])('%s', (_what, bytes) => {
    expect(parseJson(bodyOf(Buffer.from(bytes)), coded('deflate'))).toMatchObject({ ok: true });
  });
});

test.each([
  ['not-x-gzip', '"not-x-gzip"'],
  ['x-gzipped', '"x-gzipped"'],
  ['c'.repeat(50), `"${'c'.repeat(40)}"`],
])('the unknown coding %s is named, up to 40 characters', (coding, named) => {
  const reason = `its Content-Encoding is ${named}; the suite reads gzip, deflate and br`;
  expect(parseJson(bodyOf(Buffer.from('{}')), coded(coding))).toEqual({ ok: false, reason });
});

test('a body is shown decoded if that is possible', () => {
  const body = bodyOf(gzipSync('{}'));
  expect(readableBody(body, coded('gzip'))).toEqual(bodyOf(Buffer.from('{}')));
  expect(readableBody(body, coded('br'))).toBe(body);
});
