import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseJson, plainMediaType } from '../../history/body';
import { readableBody } from '../../history/content-encoding';
import type { Exchange } from '../../history/events';

/**
 * Stands between the Verifier and the target. The sender behind it adds the tokens, enforces the deadlines, and
 * records.
 */
export interface Gateway {
  /** Opens a route to the target for one interaction. @returns its unguessable base URL */
  open(way: GatewayRoute): string;
  close(): Promise<void>;
}

/** A request as it arrived, below the target's base URL. */
export interface GatewayRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** How the requests of one interaction reach the target. */
export interface GatewayRoute {
  /** Sends a request with the right token; the exchange contains no secret of the run. */
  send: (request: GatewayRequest) => Promise<Exchange>;
  /** The real call id, and the stand-in that the Verifier uses in its paths. */
  callId?: { standIn: string; real: string };
  /** Whether a JSON body is passed on as JSON, whatever its media type. */
  asJson: boolean;
}

/** Headers that belong to one connection, or that are created again for the other one. */
const OF_ONE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'proxy-authorization',
  'proxy-authenticate',
  'content-length',
  'host',
  'accept',
  'accept-encoding',
]);
const BODY_CAP = 1024 * 1024;

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total <= BODY_CAP) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function passedOn(req: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(req.headers).flatMap(([name, value]) => {
      if (value === undefined || OF_ONE_CONNECTION.has(name)) return [];
      return [[name, Array.isArray(value) ? value.join(', ') : value]];
    }),
  );
}

/**
 * Passes a response on. It removes the location of a redirect, which must not be followed past the gateway, and a byte
 * order mark, which a JSON parser may skip and Pact does not.
 */
function answer(res: ServerResponse, { response, failure }: Exchange, asJson: boolean): void {
  if (!response || response.body.truncated) {
    res.writeHead(502, { 'Content-Type': 'text/plain' }).end(failure?.reason ?? 'the response was too long');
    return;
  }
  const redirects = response.status >= 300 && response.status < 400;
  const json = parseJson(response.body, response.headers).ok;
  // A compressed body is passed on decoded.
  const left = new Set(['content-encoding']);
  if (redirects) left.add('location');
  if (json && asJson) left.add('content-type');
  for (const [name, value] of response.headers) {
    if (OF_ONE_CONNECTION.has(name) || left.has(name)) continue;
    res.appendHeader(name, name === 'content-type' ? plainMediaType(value) : value);
  }
  if (json && asJson) res.setHeader('Content-Type', 'application/json');
  const { encoding, content } = readableBody(response.body, response.headers);
  const text = json ? content.replace(/^\uFEFF/, '') : content;
  const bytes = encoding === 'utf8' ? Buffer.from(text) : Buffer.from(content, 'base64');
  res.writeHead(response.status, { 'Content-Length': bytes.length }).end(bytes);
}

/** Starts the gateway, on a loopback port. */
export async function startGateway(): Promise<Gateway> {
  const ways = new Map<string, GatewayRoute>();

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [, secret = '', path = ''] = /^\/([^/?]+)(.*)$/s.exec(req.url ?? '') ?? [];
    const way = ways.get(secret);
    const body = await bodyOf(req);
    if (!way) {
      res.writeHead(404).end();
      return;
    }
    const { method = 'GET' } = req;
    const { standIn, real } = way.callId ?? { standIn: '', real: '' };
    const meant = standIn === '' ? path : path.replaceAll(standIn, encodeURIComponent(real));
    const exchange = await way.send({ method, path: meant, headers: passedOn(req), body });
    answer(res, exchange, way.asJson);
  }

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      // A header that Node refuses to write, or a closed connection.
      if (!res.headersSent) res.writeHead(502, { 'Content-Type': 'text/plain' });
      res.end(error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    open: (way) => {
      const secret = randomBytes(16).toString('hex');
      ways.set(secret, way);
      return `http://127.0.0.1:${port}/${secret}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
