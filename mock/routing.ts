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
  /** where the answer is entered; none where nobody looks */
  entry?: MockRequest | undefined;
}

/** A path, and what answers each method there. */
export interface Route {
  /** matches a whole path; its groups are the ids */
  path: RegExp;
  methods: Readonly<Record<string, (visit: RequestVisit) => Promise<void> | void>>;
}

/** What is done with each request beside answering it. */
export interface Watch {
  /** Enters a request that has come in full. */
  came: (request: IncomingMessage, body: Buffer) => MockRequest | undefined;
  /** The answer has left, or the client has gone away. */
  left: (entry: MockRequest) => void;
  /** Refuses a request before any route is looked for. */
  refuses: (request: IncomingMessage) => Refusal | undefined;
}

/** Enters what a request is answered with. */
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

/** Answers a request that no route takes. */
function refuse({ response, entry }: Asked, { status, code, message, headers: more }: Refusal): void {
  if (response.headersSent) return;
  const headers = { 'Content-Type': 'application/json', ...more };
  const body = errorBody(code, message);
  enterAnswer(entry, status, headers, body);
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Names of resources may be in any case, ids keep theirs; a slash at the end is passed over. */
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

/** Where a request came in, as its client sees it: `http://host:port`. */
export function originOf(request: IncomingMessage): string {
  return `${request.socket instanceof TLSSocket ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`;
}

/**
 * Reads a request's body, and goes on with it. Of one that is longer than LIMITS.bodyBytes nothing is kept: it is
 * refused, and what else comes is let run out. One that breaks off is not answered: nobody is there any more.
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

/** Waits until the answer has left, and enters how long that took. */
function follow(response: ServerResponse, entry: MockRequest, watch: Watch): void {
  const from = performance.now();
  response.once('close', () => {
    if (response.writableFinished) entry.tookMs = performance.now() - from;
    watch.left(entry);
  });
}

/** Makes a listener of routes: 404 where no path matches, 405 for a method that a path has not, 500 for a fault of its own. */
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
