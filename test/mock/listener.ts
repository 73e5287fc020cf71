import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json, JsonObject } from '../../mock/json';
import { isObject, parseJson } from '../../mock/json';

/** A request that a callback has received. */
export interface Delivery {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  text: string;
  body: Json | undefined;
  /** the changes in its body, if any */
  changes: JsonObject[];
}

/** A bot's callback for tests. */
export interface Listener {
  url: string;
  deliveries: Delivery[];
  /** Resolves when `count` requests have been received in all. */
  received(count: number): Promise<Delivery[]>;
  /** Resolves with the first request that fits, past or future. */
  find(fits: (delivery: Delivery) => boolean): Promise<Delivery>;
  /** Answers no request until the returned function is called. */
  hold(): () => void;
  close(): Promise<void>;
}

function changesOf(body: Json | undefined): JsonObject[] {
  const value = isObject(body) ? body['value'] : undefined;
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Starts a callback that acknowledges every request with 202. */
export async function startListener(): Promise<Listener> {
  const deliveries: Delivery[] = [];
  const waiting = new Set<() => void>();
  let released: Promise<void> = Promise.resolve();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const body = parseJson(bytes);
      const { method = '', url = '', headers, rawHeaders } = request;
      deliveries.push({
        method,
        path: url,
        headers,
        rawHeaders,
        text: bytes.toString(),
        body,
        changes: changesOf(body),
      });
      for (const check of waiting) check();
      void released.then(() => response.writeHead(202).end());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const until = async <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    deliveries,
    received: async (count) => until(() => (deliveries.length >= count ? deliveries.slice(0, count) : undefined)),
    find: async (fits) => until(() => deliveries.find(fits)),
    hold() {
      let release = (): void => undefined;
      released = new Promise<void>((resolve) => {
        release = resolve;
      });
      return release;
    },
    close: async () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
