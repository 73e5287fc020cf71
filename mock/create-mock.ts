import type { RequestListener } from 'node:http';
import { createApp, isOfApi } from './app';
import { chosen, find } from './catalog';
import { Clock } from './clock';
import { MOCK_EDITIONS } from './edition';
import { HookSet, type Injection, type Scope } from './injection';
import { checkOptions, checkScope, checkStep, checkThrottle, type CreateMockOptions, type MockTokens } from './options';
import { setUp, type MockStates } from './states';
import { Throttles, type ThrottleOptions, type Throttling } from './throttle';
import { createTokens, type TokenOptions, type Tokens } from './tokens';
import { Traffic, type MockNotification, type MockRequest } from './traffic';
import { World } from './world';

/** What a bot's test can observe and do while the mock runs. */
export interface MockControls {
  tokens: MockTokens;
  /** Mints another token: for another bot, with other permissions, expired, … */
  mintToken: (options?: TokenOptions) => string;
  /**
   * Sets up a state, as the states endpoint does: `setup('a group call', { callbackUri })` returns `{ callId }`.
   * @throws Error for an unknown state, or invalid params
   */
  setup: <N extends keyof MockStates>(state: N, params: MockStates[N]['params']) => MockStates[N]['values'];
  /**
   * The requests to the API so far, in the order of arrival, at most the last 1000; without those to the states
   * endpoint. The array stays the same one.
   */
  readonly requests: readonly MockRequest[];
  /** The notifications so far, in the order of sending, at most the last 1000. The array stays the same one. */
  readonly notifications: readonly MockNotification[];
  /**
   * Injects a fault or a variant until it is removed.
   * @param id as `mock --list` shows it
   * @param options the maximum number of requests that it changes, and the call; default: all requests, any call
   * @throws Error for an unknown id; it names the nearest
   */
  inject: (id: string, options?: Scope) => Injection;
  /**
   * Answers requests to the API with 429 and Retry-After: the next `times` requests, or without `times` all until
   * `retryAfter` seconds have passed by the mock's clock.
   * @param options `call`: only requests to this call; `retryAfter`: default 1
   */
  throttle: (options?: ThrottleOptions) => Throttling;
  /** The mock's clock; delays and expiry use it, network deadlines do not. */
  clock: {
    /** ms since 1970 */
    now: () => number;
    /**
     * Advances the clock by `ms` milliseconds at once: delayed notifications are sent, tokens expire, throttling ends.
     */
    step: (ms: number) => void;
  };
  /** Resolves when every request has been answered, and no notification is waiting or being sent. */
  settled: () => Promise<void>;
  /**
   * Restores the state after the start: no calls, requests, notifications, injections or throttling, and the machine's
   * time. Whatever is being sent is cut off. URL, tokens, and the faults and variants of the start remain.
   */
  reset(): void;
}

/** A mock that does not listen. */
export interface MockApp extends MockControls {
  /** a request listener, for `http.createServer` or supertest */
  app: RequestListener;
  /** Stops every notification that is being sent and forgets every call. */
  close(): void;
}

function tokensOf(tokens: Tokens, given: Partial<MockTokens>): MockTokens {
  const token = (name: keyof MockTokens, options: TokenOptions): string => {
    const own = given[name];
    if (own === undefined) return tokens.mint(options);
    tokens.accept(own, options);
    return own;
  };
  return {
    valid: token('valid', {}),
    withoutPermission: token('withoutPermission', { permissions: ['Calls.JoinGroupCall.All'] }),
    delegated: token('delegated', { kind: 'delegated' }),
  };
}

/**
 * Makes a mock that does not listen, for use inside a process: the API is below `/v1.0`, the states endpoint is
 * `/_states`.
 * @throws Error for an unknown option, fault or variant, or an invalid value of an option
 */
export function createMock(options: CreateMockOptions = {}): MockApp {
  checkOptions(options, ['url']);
  const {
    edition = MOCK_EDITIONS[0],
    latencyMs = 0,
    allowRemoteCallbacks = false,
    record = true,
    onRequest,
    onNotification,
  } = options;
  const hooks = new HookSet([
    ...chosen('faults', options.faults ?? [], edition),
    ...chosen('variants', options.variants ?? [], edition),
  ]);
  const clock = new Clock();
  const wall = (): number => clock.wall();
  const tokens = createTokens(wall, edition);
  const traffic = new Traffic(
    record,
    { ...(onRequest && { onRequest }), ...(onNotification && { onNotification }) },
    wall,
  );
  const throttles = new Throttles(() => clock.now());
  const newWorld = (): World => new World(hooks, latencyMs, { clock, tokens, traffic, edition });
  let world = newWorld();
  const app = createApp(() => world, {
    base: options.url,
    allowRemoteCallbacks,
    watch: {
      came: (request, body) => traffic.request(request, body, isOfApi(request)),
      left: (entry) => traffic.answered(entry),
      refuses: (request) => (isOfApi(request) ? throttles.refuses(request.url ?? '') : undefined),
    },
  });
  return {
    app,
    tokens: tokensOf(tokens, options.tokens ?? {}),
    mintToken: (token) => tokens.mint(token),
    setup: (state, params) => setUp(world, state, params, allowRemoteCallbacks),
    requests: traffic.requests,
    notifications: traffic.notifications,
    inject(id, scope = {}) {
      checkScope(scope);
      return hooks.inject(find(id, edition), scope);
    },
    throttle(limits = {}) {
      checkThrottle(limits);
      return throttles.add(limits);
    },
    clock: {
      now: wall,
      step(ms) {
        checkStep(ms);
        clock.step(ms);
      },
    },
    settled: async () => world.dispatcher.settled(),
    reset() {
      world.close();
      clock.reset();
      hooks.reset();
      throttles.reset();
      traffic.clear();
      world = newWorld();
    },
    close: () => world.close(),
  };
}
