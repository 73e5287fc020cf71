import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { EnvironmentError, UsageError } from '../../target/errors';

/** A request to a broker. */
export interface BrokerRequest {
  /** The whole Authorization header. */
  authorization: string | undefined;
  /** The longest wait for a complete response, ms. */
  timeoutMs: number;
  /** The longest response, in bytes, compressed or not. */
  cap: number;
  /** The JSON to post; undefined for a GET. */
  body: unknown;
}

export interface BrokerAnswer {
  status: number;
  body: Buffer;
  /** The target of a redirect. */
  location: string | undefined;
}

/** A URL for messages: without user name, password and query values, which may be secrets. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

const DECODERS: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const ADVICE = 'Check the URL in --pact; if the broker uses a private certificate authority, set NODE_EXTRA_CA_CERTS.';

function noAnswer(url: URL, reason: string): EnvironmentError {
  return new EnvironmentError('broker', `${shownUrl(url)}: no response (${reason})`, ADVICE);
}

function tooLong(url: URL, cap: number): UsageError {
  return new UsageError(`${shownUrl(url)}: the response is longer than ${cap} bytes`);
}

/** Decodes a compressed body, which was not requested, up to the limit. */
async function decoded(url: URL, body: Buffer, encoding: string | undefined, cap: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decode)
    throw new UsageError(`${shownUrl(url)}: the response has the unsupported Content-Encoding ${JSON.stringify(name)}`);
  try {
    return await decode(body, { maxOutputLength: cap });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLong(url, cap);
    throw new UsageError(`${shownUrl(url)}: the response is not ${name}, although its Content-Encoding says so`);
  }
}

async function bodyOf(url: URL, response: IncomingMessage, cap: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > cap) throw tooLong(url, cap);
    chunks.push(chunk);
  }
  return decoded(url, Buffer.concat(chunks), response.headers['content-encoding'], cap);
}

/**
 * Sends one request to a broker. It follows no redirects, so that a secret is not sent elsewhere, and reads and decodes
 * a response only up to the limit.
 * @throws UsageError if the response is too long or can't be decoded
 * @throws EnvironmentError if no complete response arrives in time
 */
export async function askBroker(
  url: URL,
  { authorization, timeoutMs, cap, body }: BrokerRequest,
): Promise<BrokerAnswer> {
  const posted = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const signal = AbortSignal.timeout(timeoutMs);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = send(url, {
    method: posted ? 'POST' : 'GET',
    agent: false,
    signal,
    headers: {
      Accept: 'application/hal+json, application/json',
      'Accept-Encoding': 'identity',
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(posted ? { 'Content-Type': 'application/json', 'Content-Length': posted.length } : {}),
    },
  });
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on('error', reject).on('response', resolve).end(posted);
    });
    const read = await bodyOf(url, response, cap);
    return { status: response.statusCode ?? 0, body: read, location: response.headers.location };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw noAnswer(url, signal.aborted ? `no complete response within ${timeoutMs} ms` : (code ?? message));
  } finally {
    request.destroy();
  }
}
