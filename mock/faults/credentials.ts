import type { Finding, HookMaker, RuleName } from '../hooks';
import { isObject, type Json } from '../json';
import type { Attempt } from '../model';
import { fault, type Fault } from '../fault-records';
import { lifts, onFinding } from '../hook-builders';

/** Faults that admit a request because of an earlier one, or by credentials outside the Authorization header. */

const bearer = ({ authorization }: Attempt): boolean => /^bearer(\s|$)/i.test(authorization?.trim() ?? '');
const anonymous = ({ authorization }: Attempt): boolean => (authorization ?? '').trim() === '';
const otherScheme = (attempt: Attempt): boolean => !anonymous(attempt) && !bearer(attempt);
const delegated = ({ claims }: Attempt): boolean => claims?.['scp'] !== undefined;

/**
 * Admits requests that a rule refuses, once a valid token was used on the same connection or call.
 * @param by returns the connection or the call of an attempt
 * @param who the attempts that it admits
 */
function onceLetIn(
  rule: RuleName,
  by: (attempt: Attempt) => object | undefined,
  who: (attempt: Attempt) => boolean,
): HookMaker {
  return () => {
    const known = new WeakSet<object>();
    const refused = new WeakSet<Attempt>();
    return {
      check(name, finding, attempt) {
        if (finding && (name === 'authentication' || name === 'authorization')) refused.add(attempt);
        const remembered = by(attempt);
        if (!remembered) return finding;
        // This rule follows both token rules, so an attempt that reaches it unrefused was admitted.
        if (name === 'call' && !refused.has(attempt)) known.add(remembered);
        return name === rule && finding && who(attempt) && known.has(remembered) ? undefined : finding;
      },
    };
  };
}

/** Admits a refused token when it is sent a second time. */
function refusedOnce(rule: RuleName, who: (attempt: Attempt) => boolean): HookMaker {
  return () => {
    const seen = new Set<string>();
    return onFinding(rule, (finding, attempt) => {
      if (!finding || !who(attempt)) return finding;
      const token = attempt.authorization ?? '';
      if (seen.has(token)) return undefined;
      seen.add(token);
      return finding;
    })();
  };
}

/** Gives every attempt on a connection or call the result of its first one for the rules about tokens. */
function firstDecides(by: (attempt: Attempt) => object | undefined): HookMaker {
  return () => {
    const decided = new WeakMap<object, Map<RuleName, Finding>>();
    return {
      check(name, finding, attempt) {
        const on = by(attempt);
        if ((name !== 'authentication' && name !== 'authorization') || !on) return finding;
        const first = decided.get(on) ?? new Map<RuleName, Finding>();
        decided.set(on, first);
        if (!first.has(name)) first.set(name, finding);
        return first.get(name);
      },
    };
  };
}

const callOf = ({ call }: Attempt): object | undefined => call;
const connectionOf = ({ connection }: Attempt): object => connection;

/** Whether a text has the form of the mock's own tokens. */
const looksLikeToken = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

const inBasic =
  (part: 'name' | 'password') =>
  (attempt: Attempt): boolean => {
    const encoded = /^basic\s+(\S+)$/i.exec(attempt.authorization ?? '')?.[1];
    if (encoded === undefined) return false;
    const [name = '', password = ''] = Buffer.from(encoded, 'base64').toString().split(':');
    return looksLikeToken(part === 'name' ? name : password);
  };

const inHeader =
  (...names: string[]) =>
  (attempt: Attempt): boolean =>
    anonymous(attempt) &&
    names.some((name) => looksLikeToken(String(attempt.headers[name] ?? '').replace(/^bearer\s+/i, '')));

const inMember = (body: Json | undefined): boolean =>
  isObject(body) && typeof body['access_token'] === 'string' && looksLikeToken(body['access_token']);

const STATUS_401 = ['authorization.status-401'];
const STATUS_403 = ['authorization.status-403'];

interface Kind {
  behavior: string;
  rule: RuleName;
  whom: string;
  who: (attempt: Attempt) => boolean;
  also: readonly string[];
}

const KINDS: readonly Kind[] = [
  { behavior: 'required', rule: 'authentication', whom: 'without Authorization', who: anonymous, also: STATUS_401 },
  { behavior: 'bearer', rule: 'authentication', whom: 'with another scheme', who: otherScheme, also: STATUS_401 },
  { behavior: 'unknown-token', rule: 'authentication', whom: 'with an unknown token', who: bearer, also: STATUS_401 },
  {
    behavior: 'application-permission',
    rule: 'authorization',
    whom: 'without the call permission',
    who: (attempt) => !delegated(attempt),
    also: STATUS_403,
  },
  { behavior: 'delegated', rule: 'authorization', whom: 'with a delegated token', who: delegated, also: STATUS_403 },
];

const remembered: readonly Fault[] = KINDS.flatMap(({ behavior, rule, whom, who, also }) => [
  fault(
    `authorization.${behavior}/connection-let-in`,
    `accepts requests ${whom} on a connection that sent a valid token before`,
    onceLetIn(rule, connectionOf, who),
    also,
  ),
  fault(
    `authorization.${behavior}/call-let-in`,
    `accepts requests ${whom} to a call that received a valid token before`,
    onceLetIn(rule, callOf, who),
    also,
  ),
]);

const FIRST = [
  'authorization.required',
  'authorization.bearer',
  'authorization.unknown-token',
  'authorization.application-permission',
  'authorization.delegated',
  'request.route',
  ...STATUS_401,
  ...STATUS_403,
];

export const credentialFaults: readonly Fault[] = [
  ...remembered,
  ...KINDS.slice(1).map(({ behavior, rule, whom, who, also }) =>
    fault(
      `authorization.${behavior}/refused-once`,
      `accepts requests ${whom} if the same credentials were refused before`,
      refusedOnce(rule, who),
      also,
    ),
  ),
  fault(
    'authorization.required/first-decides-for-the-connection',
    'decides about a whole connection by the credentials of its first request',
    firstDecides(connectionOf),
    FIRST,
  ),
  fault(
    'authorization.unknown-token/first-decides-for-the-call',
    'decides about all requests to a call by the credentials of the first one',
    firstDecides(callOf),
    FIRST,
  ),
  fault(
    'request.route/refused-after-a-refusal',
    'refuses valid tokens on a connection on which a token was refused before',
    () => {
      const refused = new WeakSet<object>();
      return onFinding('authentication', (finding, { connection }) => {
        if (finding) refused.add(connection);
        if (!refused.has(connection)) return finding;
        return finding ?? { refusal: { status: 401, code: 'InvalidAuthenticationToken', message: 'Refused before.' } };
      })();
    },
  ),

  fault(
    'authorization.bearer/basic-password',
    'accepts a token as the password of Basic credentials',
    lifts(['authentication'], inBasic('password')),
    STATUS_401,
  ),
  fault(
    'authorization.bearer/basic-name',
    'accepts a token as the user name of Basic credentials',
    lifts(['authentication'], inBasic('name')),
    STATUS_401,
  ),
  fault(
    'authorization.bearer/jwt-scheme',
    'accepts a token with the scheme JWT',
    lifts(['authentication'], ({ authorization }) => /^jwt\s/i.test(authorization ?? '')),
    STATUS_401,
  ),
  fault(
    'authorization.bearer/prefix-of-the-scheme',
    'accepts any scheme whose name begins with Bearer',
    lifts(['authentication'], ({ authorization }) => /^bearer\S+\s/i.test(authorization ?? '')),
    STATUS_401,
  ),
  fault(
    'authorization.required/token-in-query',
    'accepts a token in the query parameter access_token',
    lifts(['authentication'], (attempt) => anonymous(attempt) && /[?&]access_token=./.test(attempt.query)),
    STATUS_401,
  ),
  fault(
    'authorization.required/token-in-cookie',
    'accepts a token in the cookie token',
    lifts(['authentication'], (attempt) => anonymous(attempt) && /\btoken=./.test(attempt.headers.cookie ?? '')),
    STATUS_401,
  ),
  fault(
    'authorization.required/proxy-authorization',
    'accepts a token in the Proxy-Authorization header',
    lifts(['authentication'], inHeader('proxy-authorization')),
  ),
  fault(
    'authorization.required/authentication-header',
    'accepts a token in the Authentication header',
    lifts(['authentication'], inHeader('authentication')),
    STATUS_401,
  ),
  fault(
    'authorization.required/other-header',
    'accepts a token in the X-Auth-Token or X-Forwarded-Authorization header',
    lifts(['authentication'], inHeader('x-auth-token', 'x-forwarded-authorization')),
    STATUS_401,
  ),
  fault(
    'authorization.required/token-in-body',
    'accepts a token in the body property access_token',
    lifts(['authentication'], (attempt) => anonymous(attempt) && inMember(attempt.body)),
    STATUS_401,
  ),
];
