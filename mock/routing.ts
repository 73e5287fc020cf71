import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { errorBody, refusal, type Refusal } from './errors';
import { LIMITS } from './limits';
import type { Json } from './json';
import type { MockRequest } from './traffic';

/** A request with its body, and the response to it. */
export interface RequestVisit {
  request: IncomingMessage;
  response: ServerResponse;
  /** empty if the request has none */
  body: Buffer;
  /** the variable segments of the path, decoded */
  ids: readonly string[];
  /** the record of the exchange; undefined if nothing is recorded */
  entry?: MockRequest | undefined;
}

/** A path, and the handler of each method. */
export interface Route {
  /** matches a whole path; its groups are the ids */
  path: RegExp;
  methods: Readonly<Record<string, (visit: RequestVisit) => Promise<void> | void>>;
}

/** Observes and may refuse each request. */
export interface Watch {
  /** Records a request that has arrived completely. */
  came: (request: IncomingMessage, body: Buffer) => MockRequest | undefined;
  /** Called when the response has been sent, or the client has disconnected. */
  left: (entry: MockRequest) => void;
  /** Refuses a request before it is routed. */
  refuses: (request: IncomingMessage) => Refusal | undefined;
}

/** Records the response to a request. */
export function enterAnswer(
  entry: MockRequest | undefined,
  status: number,
  headers: Record<string, string>,
  body: Json | undefined,
): void {
  if (!entry) return;
  entry.status = status;
  entry.answerHeaders = headers;
  entry.answer = body;
}

type Asked = Pick<RequestVisit, 'response' | 'entry'>;

/** Refuses a request that no route handles. */
function refuse({ response, entry }: Asked, { status, code, message, headers: more }: Refusal): void {
  if (response.headersSent) return;
  const headers = { 'Content-Type': 'application/json', ...more };
  const body = errorBody(code, message);
  enterAnswer(entry, status, headers, body);
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Makes the pattern of a path: resource names match in any case, ids do not; a slash at the end is ignored. */
export function path(prefix: string, ...segments: string[]): RegExp {
  const escaped = prefix.replaceAll('.', '\\.');
  const rest = segments.map((segment) => (segment === ':id' ? '/([^/]+)' : `/${segment}`)).join('');
  return new RegExp(`^${escaped}${rest}/?$`, 'i');
}

function decoded(segments: readonly string[]): string[] | undefined {
  try {
    return segments.map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment));
  } catch {
    return undefined;
  }
}

/** The origin of a request as its client sees it: `http://host:port`. */
export function originOf(request: IncomingMessage): string {
  return `${request.socket instanceof TLSSocket ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`;
}

/**
 * Reads a request's body, then calls `next`. A body longer than LIMITS.bodyBytes is refused, and the rest of it is
 * discarded. A body that breaks off is not answered, because the client has disconnected.
 */
function withBody(request: IncomingMessage, next: (body: Buffer | 'too long') => void): void {
  let chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    const fitted = length <= LIMITS.bodyBytes;
    length += chunk.length;
    if (length <= LIMITS.bodyBytes) {
      chunks.push(chunk);
    } else {
      chunks = [];
      if (fitted) next('too long');
    }
  });
  request.on('error', () => undefined);
  request.on('end', () => {
    if (length > LIMITS.bodyBytes) return;
    next(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  });
}

/** Waits until the response has been sent, and records how long that took. */
function follow(response: ServerResponse, entry: MockRequest, watch: Watch): void {
  const from = performance.now();
  response.once('close', () => {
    if (response.writableFinished) entry.tookMs = performance.now() - from;
    watch.left(entry);
  });
}

/** Makes a request listener: 404 if no path matches, 405 for an unsupported method, 500 for an internal error. */
export function listenerOf(routes: readonly Route[], watch?: Watch): RequestListener {
  async function answer(visit: Omit<RequestVisit, 'ids'>): Promise<void> {
    const { request } = visit;
    const refused = watch?.refuses(request);
    if (refused) return refuse(visit, refused);
    const [pathname = '/'] = (request.url ?? '/').split('?', 1);
    for (const route of routes) {
      const match = route.path.exec(pathname);
      if (!match) continue;
      const ids = decoded(match.slice(1));
      if (!ids) return refuse(visit, refusal(400, 'BadRequest', 'The path holds an invalid escape.'));
      const { method = '' } = request;
      const handle = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
      if (handle) return handle({ ...visit, ids });
      const allowed = Object.keys(route.methods).join(', ');
      const reason = `The method ${method} is not allowed here.`;
      return refuse(visit, refusal(405, 'BadRequest', reason, { Allow: allowed }));
    }
    return refuse(visit, refusal(404, 'ResourceNotFound', `There is no ${request.method} ${pathname}.`));
  }
  return (request, response) =>
    withBody(request, (read) => {
      const body = read === 'too long' ? Buffer.alloc(0) : read;
      const entry = watch?.came(request, body);
      if (watch && entry) follow(response, entry, watch);
      const visit = { request, response, body, entry };
      if (read === 'too long') {
        response.shouldKeepAlive = false;
        refuse(visit, refusal(413, 'RequestEntityTooLarge', `A body may have ${LIMITS.bodyBytes} bytes.`));
        return;
      }
      answer(visit).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        refuse(visit, refusal(500, 'InternalServerError', message));
        response.end();
      });
    });
}
