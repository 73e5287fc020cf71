import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { API_PATH, createApp, limitServer, STATES_PATH } from './app';
import { FAULTS, pick, VARIANTS } from './catalog';
import { combineHooks } from './hooks';
import { checkOptions } from './options';
import type { TokenOptions } from './tokens';
import { World } from './world';

export type { Fault, Variant } from './records';
export type { TokenOptions } from './tokens';

/** How a mock without a listener behaves; everything has a default. */
export interface CreateMockOptions {
  /** URL prefix of the API as clients see it, `http://host:port/v1.0`; default: derived from each request's Host */
  url?: string;
  /** milliseconds by which each notification is late; default 0 */
  latencyMs?: number;
  /** ids of faults to have (see catalog.ts) */
  faults?: readonly string[];
  /** ids of variants to have (see catalog.ts) */
  variants?: readonly string[];
  /** whether callbacks may be on other machines; default false */
  allowRemoteCallbacks?: boolean;
}

/** How a listening mock behaves; everything has a default. */
export interface MockOptions extends Omit<CreateMockOptions, 'url'> {
  /** default 0: a free one */
  port?: number;
  /** address to listen on; default 127.0.0.1 */
  host?: string;
}

/** Tokens of one bot. */
export interface MockTokens {
  /** an application token with the call permission */
  valid: string;
  /** an application token without it */
  withoutPermission: string;
  /** a delegated token */
  delegated: string;
}

/** A mock that does not listen. */
export interface MockApp {
  /** a request listener, for `http.createServer` or supertest */
  app: RequestListener;
  tokens: MockTokens;
  /** Mints another token: of another bot, with other permissions, expired, … */
  mintToken: (options?: TokenOptions) => string;
  /** Resolves when every request has been answered, and no notification waits or is under way. */
  settled: () => Promise<void>;
  /** Stops every notification under way and forgets every call. */
  close(): void;
}

/** A mock that listens. */
export interface Mock {
  /** base URL of the API, `http://127.0.0.1:PORT/v1.0` */
  url: string;
  /** URL of the states endpoint */
  states: string;
  tokens: MockTokens;
  /** Mints another token: of another bot, with other permissions, expired, … */
  mintToken: (options?: TokenOptions) => string;
  /** Resolves when every request has been answered, and no notification waits or is under way. */
  settled: () => Promise<void>;
  /** Ends at once: no socket, timer or port is left. May be called twice. */
  close(): Promise<void>;
}

/**
 * Makes a mock that does not listen, for use inside a process: the API is below `/v1.0`, the states endpoint is
 * `/_states`.
 * @throws Error for an option, fault or variant that does not exist, or a value that an option can't have
 */
export function createMock(options: CreateMockOptions = {}): MockApp {
  checkOptions(options, ['url']);
  const chosen = [...pick('fault', FAULTS, options.faults ?? []), ...pick('variant', VARIANTS, options.variants ?? [])];
  const world = new World(combineHooks(chosen.map((one) => one.hooks())), options.latencyMs ?? 0);
  const app = createApp(world, { base: options.url, allowRemoteCallbacks: options.allowRemoteCallbacks ?? false });
  const mintToken = (wish?: TokenOptions): string => world.tokens.mint(wish);
  return {
    app,
    tokens: {
      valid: mintToken(),
      withoutPermission: mintToken({ permissions: ['Calls.JoinGroupCall.All'] }),
      delegated: mintToken({ kind: 'delegated' }),
    },
    mintToken,
    settled: async () => world.dispatcher.settled(),
    close: () => world.close(),
  };
}

/**
 * Starts a mock.
 * @returns once it listens
 * @throws Error for an option, fault or variant that does not exist, a value that an option can't have, or a port that is taken
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  checkOptions(options, ['port', 'host']);
  const { port = 0, host = '127.0.0.1', ...rest } = options;
  const mock = createMock(rest);
  const server = createServer(mock.app);
  limitServer(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  let closing: Promise<void> | undefined;
  return {
    url: `${origin}${API_PATH}`,
    states: `${origin}${STATES_PATH}`,
    tokens: mock.tokens,
    mintToken: mock.mintToken,
    settled: mock.settled,
    close() {
      closing ??= new Promise<void>((resolve) => {
        mock.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}
