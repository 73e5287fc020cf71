import { createSecureContext } from 'node:tls';
import { MOCK_EDITIONS, type MockEdition } from './edition';
import { nearestName } from '../common/nearest-name';
import type { Scope } from './injection';
import type { ThrottleOptions } from './throttle';
import type { Observers } from './traffic';

/** The tokens of one bot. */
export interface MockTokens {
  /** an application token with the call permission */
  valid: string;
  /** an application token without the call permission */
  withoutPermission: string;
  /** a delegated token */
  delegated: string;
}

/** The names of the tokens. */
export const TOKEN_NAMES = ['valid', 'withoutPermission', 'delegated'] as const;

/** The options of a mock without a listener; all have defaults. */
export interface CreateMockOptions extends Observers {
  /** URL prefix of the API as clients see it, `http://host:port/v1.0`; default: derived from each request's Host */
  url?: string;
  /** delay of each notification, ms; default 0 */
  latencyMs?: number;
  /** the edition of the documentation that it implements; default: the first, 2021-02-16 */
  edition?: MockEdition;
  /** ids of faults to inject (see `mockCatalog`) */
  faults?: readonly string[];
  /** ids of variants to use (see `mockCatalog`) */
  variants?: readonly string[];
  /** whether callbacks may be on other machines; default false */
  allowRemoteCallbacks?: boolean;
  /** fixed tokens that replace the minted ones, by name; they never expire */
  tokens?: Partial<MockTokens>;
  /** whether requests and notifications are kept for tests; default true */
  record?: boolean;
}

/** A certificate that is made at the start, or an existing one. */
export type MockTls =
  | boolean
  /** make one that is also valid for these names and IP addresses of the machine */
  | { names: readonly string[] }
  /** PEM text of a certificate, followed by those of its authorities, and of its key */
  | { cert: string; key: string };

/** The options of a listening mock; all have defaults. */
export interface MockOptions extends Omit<CreateMockOptions, 'url'> {
  /** default 0: a free port */
  port?: number;
  /** address to listen on; default 127.0.0.1; 0.0.0.0 or :: for all addresses of the machine */
  host?: string;
  /** whether it serves https; default false */
  tls?: MockTls;
}

/** Maximum delay, ms: no run waits longer for anything. */
const MOST_MS = 3_600_000;
/** Maximum Retry-After, seconds. */
const MOST_SECONDS = 86_400;
/** Maximum length of a token, in characters: it must fit into a header. */
const LONGEST_TOKEN = 8192;

type Test = readonly [allowed: string, is: (value: unknown) => boolean];
type Tests = Readonly<Record<string, Test>>;

const isObjectValue = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isNumber = (value: unknown, most: number): boolean => typeof value === 'number' && value >= 0 && value <= most;
const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isFunction = (value: unknown): boolean => typeof value === 'function';

/** The token syntax of RFC 6750; the header cannot contain other characters. */
function isToken(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_TOKEN && /^[\w.~+/-]+=*$/.test(value);
}

function isTokens(value: unknown): boolean {
  if (!isObjectValue(value)) return false;
  const given = Object.values(value).filter((one) => one !== undefined);
  const named = Object.keys(value).every((name) => (TOKEN_NAMES as readonly string[]).includes(name));
  return named && given.every(isToken) && new Set(given).size === given.length;
}

function isTls(value: unknown): boolean {
  if (!isObjectValue(value)) return isFlag(value);
  const { names, cert, key } = value;
  if (names !== undefined) return isStrings(names);
  if (typeof cert !== 'string' || typeof key !== 'string') return false;
  try {
    createSecureContext({ cert, key });
    return true;
  } catch {
    return false;
  }
}

const COMMON: Tests = {
  latencyMs: [`a number from 0 to ${MOST_MS}`, (value) => isNumber(value, MOST_MS)],
  faults: ['an array of ids', isStrings],
  variants: ['an array of ids', isStrings],
  edition: [`one of ${MOCK_EDITIONS.join(', ')}`, (value) => MOCK_EDITIONS.some((one) => one === value)],
  allowRemoteCallbacks: ['true or false', isFlag],
  record: ['true or false', isFlag],
  onRequest: ['a function', isFunction],
  onNotification: ['a function', isFunction],
  tokens: [`some of ${TOKEN_NAMES.join(', ')}, each another text of letters, digits and -._~+/`, isTokens],
};

const OWN: Tests = {
  url: ['an http or https URL', isUrl],
  port: ['an integer from 0 to 65535', (value) => isWhole(value, 0, 65_535)],
  host: [
    'an IP address or the name of a host, without http:// and without a port',
    (value) => typeof value === 'string' && /^[\w.:%-]+$|^\[[\w.:%]+\]$/.test(value) && !/^[^:]+:\d*$/.test(value),
  ],
  tls: ['the PEM text of a certificate and of the key that fits it, { names }, true or false', isTls],
};

const SCOPE: Tests = {
  times: ['an integer from 1 up', (value) => isWhole(value, 1, Number.MAX_SAFE_INTEGER)],
  call: ['the id of a call', (value) => typeof value === 'string' && value !== ''],
};

const THROTTLE: Tests = {
  ...SCOPE,
  retryAfter: [`an integer from 1 to ${MOST_SECONDS}`, (value) => isWhole(value, 1, MOST_SECONDS)],
};

function check(whose: string, options: object, tests: Tests): void {
  const known = Object.keys(tests);
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
    if (!test) {
      const near = nearestName(name, known);
      const hint = near === undefined ? '.' : `: did you mean "${near}"?`;
      throw new Error(`${whose} has no option "${name}"${hint} It takes ${known.join(', ')}.`);
    }
    const [allowed, is] = test;
    if (value !== undefined && !is(value)) throw new Error(`${whose}'s option ${name} must be ${allowed}.`);
  }
}

/**
 * Checks the options of a mock.
 * @param own the options it accepts in addition to the common ones
 * @throws Error that names the option and the allowed values
 */
export function checkOptions(options: object, own: readonly ('url' | 'port' | 'host' | 'tls')[]): void {
  check('The mock', options, {
    ...COMMON,
    ...Object.fromEntries(Object.entries(OWN).filter(([name]) => (own as readonly string[]).includes(name))),
  });
}

/** Checks the options of an injection. @throws Error as `checkOptions` does */
export function checkScope(options: Scope): void {
  check('inject', options, SCOPE);
}

/** Checks the options of throttling. @throws Error as `checkOptions` does */
export function checkThrottle(options: ThrottleOptions): void {
  check('throttle', options, THROTTLE);
}

/** Checks a step of the clock. @throws Error that says what is allowed */
export function checkStep(ms: unknown): void {
  if (typeof ms === 'number' && ms >= 0 && Number.isFinite(ms)) return;
  throw new Error('The clock can be stepped by a number of milliseconds, 0 or more.');
}
