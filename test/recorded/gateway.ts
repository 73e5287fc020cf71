import { isUtf8 } from 'node:buffer';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';
import { bytesOf } from '../support/bytes-of';

/** One entry, as HAR 1.2 describes it. */
export interface HarEntry {
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    cookies: never[];
    headers: HarHeader[];
    queryString: HarHeader[];
    headersSize: number;
    bodySize: number;
    postData?: { mimeType: string; text: string };
  };
  response: {
    status: number;
    statusText: string;
    httpVersion: string;
    cookies: never[];
    headers: HarHeader[];
    content: { size: number; mimeType: string; text?: string; encoding?: string };
    redirectURL: string;
    headersSize: number;
    bodySize: number;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
}

interface HarHeader {
  name: string;
  value: string;
}

export interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; entries: HarEntry[] };
}

/** The content of a HAR file with these entries. */
export function harOf(entries: HarEntry[]): Har {
  return { log: { version: '1.2', creator: { name: 'recording-gateway', version: '1.0' }, entries } };
}

const ORIGIN = Date.now() - performance.now();

function headersOf({ rawHeaders }: IncomingMessage): HarHeader[] {
  return rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [{ name, value: rawHeaders[i + 1] ?? '' }] : []));
}

function contentOf(message: IncomingMessage, sent: Buffer): HarEntry['response']['content'] {
  const coded = message.headers['content-encoding'] === 'gzip';
  let bytes = sent;
  try {
    bytes = coded ? gunzipSync(sent) : sent;
  } catch {
    // A body that is not gzip despite its Content-Encoding is kept as received.
  }
  const mimeType = message.headers['content-type'] ?? '';
  if (bytes.length === 0) return { size: 0, mimeType };
  if (isUtf8(bytes)) return { size: bytes.length, mimeType, text: bytes.toString('utf8') };
  return { size: bytes.length, mimeType, text: bytes.toString('base64'), encoding: 'base64' };
}

const NO_RESPONSE: HarEntry['response'] = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: '' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

/** A reverse proxy that records its traffic exactly as HAR 1.2 describes, with one clock for both directions. */
export class Gateway {
  readonly entries: HarEntry[] = [];
  readonly #servers: Server[] = [];

  /** Forwards everything to a host and port. @returns the URL of this entrance */
  async open(to: { host: string; port: number }): Promise<string> {
    const server = createServer((incoming, outgoing) => {
      void this.#carry(incoming, outgoing, to).catch(() => outgoing.destroy());
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #carry(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    { host, port }: { host: string; port: number },
  ): Promise<void> {
    const began = performance.now();
    const sent = await bytesOf(incoming);
    const whole = performance.now();
    const { method = 'GET', url = '/', rawHeaders } = incoming;
    const forward = request({
      host,
      port,
      method,
      path: url,
      agent: false,
      setHost: false,
      headers: rawHeaders as never,
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      forward.on('response', resolve).on('error', reject);
    });
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) forward.destroy();
    });
    forward.end(sent);
    const entry = {
      startedDateTime: new Date(ORIGIN + began).toISOString(),
      request: {
        method,
        url: `http://${incoming.headers.host ?? `${host}:${port}`}${url}`,
        httpVersion: `HTTP/${incoming.httpVersion}`,
        cookies: [],
        headers: headersOf(incoming),
        queryString: [],
        headersSize: -1,
        bodySize: sent.length,
        ...(sent.length > 0 && isUtf8(sent)
          ? { postData: { mimeType: incoming.headers['content-type'] ?? '', text: sent.toString('utf8') } }
          : {}),
      },
      cache: {},
    };
    const send = whole - began;
    let [first, end] = [0, 0];
    let response: IncomingMessage;
    let body: Buffer;
    try {
      response = await answered;
      first = performance.now();
      body = await bytesOf(response);
      end = performance.now();
    } catch (error) {
      // If one side disconnects, proxies record status 0, with the request as sent.
      const timings = { send, wait: performance.now() - whole, receive: 0 };
      this.entries.push({ ...entry, time: send + timings.wait, response: NO_RESPONSE, timings });
      throw error;
    }
    outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, rawHeadersOf(response));
    outgoing.end(body);
    this.entries.push({
      ...entry,
      time: end - began,
      response: {
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? '',
        httpVersion: `HTTP/${response.httpVersion}`,
        cookies: [],
        headers: headersOf(response),
        content: contentOf(response, body),
        redirectURL: response.headers.location ?? '',
        headersSize: -1,
        bodySize: body.length,
      },
      timings: { send, wait: first - whole, receive: end - first },
    });
  }
}

/** Headers as received, without those of the connection. */
function rawHeadersOf({ rawHeaders }: IncomingMessage): string[] {
  const own = new Set(['connection', 'keep-alive', 'transfer-encoding']);
  return rawHeaders.filter((_, i) => !own.has((rawHeaders[i - (i % 2)] ?? '').toLowerCase()));
}
