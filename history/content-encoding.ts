import { isUtf8 } from 'node:buffer';
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import type { Body, Headers } from './events';

/** The longest decoded body, in bytes; decoding stops there to limit memory. */
export const MAX_DECODED_BYTES = 1024 * 1024;
/** The most nested codings. */
const MAX_CODINGS = 2;

type Coding = 'gzip' | 'deflate' | 'br';

const BOUNDED = { maxOutputLength: MAX_DECODED_BYTES };

/** In RFC 9110 (section 8.4.1), deflate means the zlib format; some senders omit its wrapper. */
function inflated(bytes: Buffer): Buffer {
  const [first = 0, second = 0] = bytes;
  const wrapped = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
  return (wrapped ? inflateSync : inflateRawSync)(bytes, BOUNDED);
}

const DECODERS: Record<Coding, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => gunzipSync(bytes, BOUNDED),
  deflate: inflated,
  br: (bytes) => brotliDecompressSync(bytes, BOUNDED),
};

/** Encoders that favour speed over size: the result is kept only for a while. */
const ENCODERS: Record<Coding, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => gzipSync(bytes, { level: 1 }),
  deflate: (bytes) => deflateSync(bytes, { level: 1 }),
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};

/** The codings of a body, in the order in which they were applied. */
function codingsOf(headers: Headers): string[] {
  return headers
    .filter(([name]) => name === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim().replace(/^x-gzip$/, 'gzip'))
    .filter((coding) => coding !== '' && coding !== 'identity');
}

function isKnown(coding: string): coding is Coding {
  return Object.hasOwn(DECODERS, coding);
}

/** Whether a body has any Content-Encoding. */
export function isEncoded(headers: Headers): boolean {
  return codingsOf(headers).length > 0;
}

/**
 * Decodes a body by its Content-Encoding; an unencoded or cut-off body is returned unchanged.
 * @returns a reason if it can't be decoded, or would be longer than MAX_DECODED_BYTES
 */
export function decodedBody(body: Body, headers: Headers): Body | string {
  const codings = codingsOf(headers);
  if (codings.length === 0 || body.truncated) return body;
  if (codings.length > MAX_CODINGS) return `its Content-Encoding lists more than ${MAX_CODINGS} codings`;
  let bytes: Buffer = Buffer.from(body.content, body.encoding);
  for (const coding of codings.toReversed()) {
    if (!isKnown(coding)) {
      return `its Content-Encoding is ${JSON.stringify(coding.slice(0, 40))}; the suite reads gzip, deflate and br`;
    }
    try {
      bytes = DECODERS[coding](bytes);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE')
        return `longer than ${MAX_DECODED_BYTES} bytes once decoded (Content-Encoding: ${coding})`;
      return `not ${coding}, although its Content-Encoding says so`;
    }
  }
  const text = isUtf8(bytes);
  return {
    encoding: text ? 'utf8' : 'base64',
    content: bytes.toString(text ? 'utf8' : 'base64'),
    bytes: bytes.length,
    truncated: false,
  };
}

/** A body for display: decoded if possible. */
export function readableBody(body: Body, headers: Headers): Body {
  const inside = decodedBody(body, headers);
  return typeof inside === 'string' ? body : inside;
}

/**
 * Removes secrets from an encoded body: decodes it and, if cleaning changes it, encodes it again in the same way.
 * @param clean cleans an unencoded body
 */
export function cleanedEncoded(body: Body, headers: Headers, clean: (plain: Body) => Body): Body {
  if (!isEncoded(headers)) return body;
  const inside = decodedBody(body, headers);
  if (typeof inside === 'string' || inside === body) return body;
  const { encoding, content } = clean(inside);
  if (content === inside.content) return body;
  let bytes: Buffer = Buffer.from(content, encoding);
  for (const coding of codingsOf(headers)) if (isKnown(coding)) bytes = ENCODERS[coding](bytes);
  return { ...body, encoding: 'base64', content: bytes.toString('base64') };
}
