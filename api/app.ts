import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../common/errors';

/** The part of a Koa application that is used. */
interface HasCallback {
  callback(): (req: IncomingMessage, res: ServerResponse) => unknown;
}

/** The part of a Fastify instance that is used. */
interface HasReady {
  ready(): PromiseLike<unknown>;
  server: Server;
}

/**
 * An application in this process: a request listener of Express or Node's `createServer`, a server, a Koa application,
 * or a Fastify instance. For Hono, the value of `getRequestListener(app.fetch)` from @hono/node-server.
 */
export type App = RequestListener | Server | HasCallback | HasReady;

function has<K extends string>(value: unknown, ...names: K[]): value is Record<K, unknown> {
  const members = (value ?? {}) as Record<string, unknown>;
  return names.every((name) => members[name] !== undefined);
}

/** @throws UsageError if it is not an application that can be served */
async function serverOf(app: App): Promise<Server> {
  // An Express application is a function too; a Fastify instance is not.
  if (typeof app === 'function') return createServer(app);
  if (has(app, 'ready', 'server')) {
    await app.ready();
    return app.server;
  }
  if (has(app, 'callback')) return createServer(app.callback());
  if (has(app, 'listen', 'address')) return app;
  const advice = has(app, 'fetch')
    ? 'pass getRequestListener(app.fetch), from @hono/node-server'
    : 'it must be a request listener, a server, a Koa application or a Fastify instance';
  throw new UsageError(`target is neither a URL nor an application that the suite can serve: ${advice}`);
}

/**
 * Serves an application of this process on its own port, unless it already listens.
 * @returns its origin, and a function that stops serving it
 * @throws UsageError if it can't be served
 */
export async function serve(app: App): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = await serverOf(app);
  const listens = server.listening;
  if (!listens) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  }
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (listens) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { origin: `http://127.0.0.1:${port}`, close };
}
