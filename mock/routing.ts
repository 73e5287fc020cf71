import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { errorBody } from './errors';
import { LIMITS } from './limits';

/** A request with its body, and the response to it. */
export interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  /** empty if the request has none */
  body: Buffer;
  /** the variable segments of the path, decoded */
  ids: readonly string[];
}

/** A path, and what answers each method there. */
export interface Route {
  /** matches a whole path; its groups are the ids */
  path: RegExp;
  methods: Readonly<Record<string, (visit: Visit) => Promise<void> | void>>;
}

/** Answers a request that no route takes. */
function refuse(response: ServerResponse, status: number, code: string, message: string, allow?: string): void {
  if (response.headersSent) return;
  const headers = { 'Content-Type': 'application/json', ...(allow === undefined ? {} : { Allow: allow }) };
  response.writeHead(status, headers).end(JSON.stringify(errorBody(code, message)));
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
function withBody(request: IncomingMessage, response: ServerResponse, next: (body: Buffer) => void): void {
  let chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LIMITS.bodyBytes) return void chunks.push(chunk);
    chunks = [];
    response.shouldKeepAlive = false;
    return refuse(response, 413, 'RequestEntityTooLarge', `A body may have ${LIMITS.bodyBytes} bytes.`);
  });
  request.on('error', () => undefined);
  request.on('end', () => {
    if (length > LIMITS.bodyBytes) return;
    next(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  });
}

/** Makes a listener of routes: 404 where no path matches, 405 for a method that a path has not, 500 for a fault of its own. */
export function listenerOf(routes: readonly Route[]): RequestListener {
  async function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const [pathname = '/'] = (request.url ?? '/').split('?', 1);
    for (const route of routes) {
      const match = route.path.exec(pathname);
      if (!match) continue;
      const ids = decoded(match.slice(1));
      if (!ids) return refuse(response, 400, 'BadRequest', 'The path holds an escape that is none.');
      const { method = '' } = request;
      const handle = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
      if (handle) return handle({ request, response, body, ids });
      const allowed = Object.keys(route.methods).join(', ');
      return refuse(response, 405, 'BadRequest', `The method ${method} is not allowed here.`, allowed);
    }
    return refuse(response, 404, 'ResourceNotFound', `There is no ${request.method} ${pathname}.`);
  }
  return (request, response) =>
    withBody(request, response, (body) => {
      answer(request, response, body).catch((error: unknown) => {
        refuse(response, 500, 'InternalServerError', error instanceof Error ? error.message : String(error));
        response.end();
      });
    });
}
