import { randomBytes } from 'node:crypto';
import { cutShort, foreignSignature, lengthened, otherCase, otherClaims, tampered, unsigned } from './made-up-tokens';
import type { Attempt, Authorization, InvitationWish, Scenario } from './scenario';
import { REFUSAL } from './tries';
import { usersUpTo } from './users';

type Wish = Partial<InvitationWish>;

/** The same header each time it is made: a token that was refused must be refused again. */
function alike(wish: Wish): Wish {
  const { authorization } = wish;
  if (typeof authorization !== 'function') return wish;
  let made: string | undefined;
  return { ...wish, authorization: (valid) => (made ??= authorization(valid)) };
}

/**
 * Each goes to a call, and on a connection, that has just taken an invitation with the valid token: permission is not a
 * thing of either. Then once more, on a connection of its own: what was refused once is not let in by having been seen.
 */
function attempt(name: string, says: string, tries: readonly string[], wish: Wish): Attempt {
  return {
    name,
    tries: [...tries, ...REFUSAL],
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), usersUpTo(stage, 3, 2)]);
      const [valid, bad, again] = users.map((user) => [user]);
      const wrong = { expect: 'refused', ...alike(wish) } as const;
      await stage.invite(call, {
        name: 'before',
        says: 'with the valid token',
        invitees: valid ?? [],
        tries: [],
        keptConnection: true,
      });
      const then = `${says}, after the valid token`;
      await stage.see(call, { name: 'then', says: then, keptConnection: true, invitees: bad ?? [], ...wrong });
      // Somebody else: whom it let in would be refused for being in the call.
      if (again) await stage.see(call, { name: 'again', says: `${says}, once more`, invitees: again, ...wrong });
    },
  };
}

/**
 * The same the other way round, all on one connection: what is asked first must decide neither for the call nor for the
 * connection, so that the valid token is taken after a refusal, and what was refused before is refused after it.
 */
function askedFirst(name: string, says: string, tries: readonly string[], wish: Wish): Attempt {
  return {
    name: `${name}-first`,
    tries: [...tries, ...REFUSAL, 'request.route'],
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), usersUpTo(stage, 3, 2)]);
      const [valid, bad, again] = users.map((user) => [user]);
      const wrong = { expect: 'refused', tries: [...tries, ...REFUSAL], keptConnection: true, ...alike(wish) } as const;
      await stage.see(call, { name: 'first', says: `${says}, before anything else`, invitees: bad ?? [], ...wrong });
      await stage.see(call, {
        name: 'valid',
        says: 'with the valid token, after a refusal',
        tries: ['request.route'],
        invitees: valid ?? [],
        keptConnection: true,
      });
      if (again)
        await stage.see(call, { name: 'then', says: `${says}, after the valid token`, invitees: again, ...wrong });
    },
  };
}

const UNAUTHENTICATED = 'authorization.status-401';
const FORBIDDEN = 'authorization.status-403';
const NONE = ['authorization.required', UNAUTHENTICATED];
/** Odd in another way too, for which a service may refuse it before it looks for a token: 404 for a query, 400, 407. */
const ODD = ['authorization.required'];
const SCHEME = ['authorization.bearer', UNAUTHENTICATED];
const UNKNOWN = ['authorization.unknown-token', UNAUTHENTICATED];
const WITHOUT_PERMISSION = ['authorization.application-permission', FORBIDDEN];
const DELEGATED = ['authorization.delegated', FORBIDDEN];

const opaque: Authorization = () => `Bearer ${randomBytes(24).toString('base64url')}`;
const CREDENTIALS = { authorization: () => `Basic ${Buffer.from('conformance:conformance').toString('base64')}` };

/** The valid token where it is, or something that stands for it. */
const held = (valid: string | undefined): string => valid ?? 'conformance';

/** The valid token under another scheme, or as Basic credentials. */
const under = (write: (token: string) => string): Wish => ({ authorization: (valid) => write(held(valid)) });
const basic = (write: (token: string) => string): Wish =>
  under((token) => `Basic ${Buffer.from(write(token)).toString('base64')}`);

/** The valid token at another place than the Authorization header, which is missing. */
function elsewhere(headers: (token: string) => Record<string, string>): Wish {
  return { authorization: 'none', headers: (valid) => headers(held(valid)) };
}

/** Invitations by those who may not invite. */
export const authorization: Scenario = {
  name: 'authorization',
  attempts: [
    attempt('none', 'without an Authorization header', NONE, { authorization: 'none' }),
    attempt('basic', 'with a name and a password, scheme Basic', SCHEME, CREDENTIALS),
    attempt(
      'basic-token',
      'with the valid token under scheme Basic',
      SCHEME,
      under((token) => `Basic ${token}`),
    ),
    attempt(
      'basic-password',
      'with the valid token as a password, scheme Basic',
      SCHEME,
      basic((token) => `conformance:${token}`),
    ),
    attempt(
      'basic-password-alone',
      'with the valid token as a password without a name, scheme Basic',
      SCHEME,
      basic((token) => `:${token}`),
    ),
    attempt(
      'basic-name',
      'with the valid token as a name without a password, scheme Basic',
      SCHEME,
      basic((token) => `${token}:`),
    ),
    attempt(
      'other-scheme',
      'with the valid token under scheme Token',
      SCHEME,
      under((token) => `Token ${token}`),
    ),
    attempt(
      'jwt-scheme',
      'with the valid token under scheme JWT',
      SCHEME,
      under((token) => `JWT ${token}`),
    ),
    attempt(
      'oauth-scheme',
      'with the valid token under scheme OAuth',
      SCHEME,
      under((token) => `OAuth ${token}`),
    ),
    attempt(
      'scheme-colon',
      'with the valid token after Bearer and a colon',
      SCHEME,
      under((it) => `Bearer: ${it}`),
    ),
    attempt(
      'scheme-longer',
      'with the valid token under scheme Bearers',
      SCHEME,
      under((it) => `Bearers ${it}`),
    ),
    attempt('no-scheme', 'with the valid token under no scheme', SCHEME, { authorization: held }),
    attempt('query', 'with the valid token in the query', ODD, {
      authorization: 'none',
      query: (valid) => `?access_token=${encodeURIComponent(held(valid))}&token=${encodeURIComponent(held(valid))}`,
    }),
    attempt(
      'cookie',
      'with the valid token in cookies',
      NONE,
      elsewhere((token) => ({
        Cookie: ['access_token', 'token', 'Authorization', 'session'].map((name) => `${name}=${token}`).join('; '),
      })),
    ),
    attempt(
      'proxy-authorization',
      'with the valid token in Proxy-Authorization',
      ODD,
      elsewhere((token) => ({ 'Proxy-Authorization': `Bearer ${token}` })),
    ),
    attempt(
      'authentication',
      'with the valid token in a header Authentication',
      NONE,
      elsewhere((token) => ({ Authentication: `Bearer ${token}` })),
    ),
    attempt(
      'other-headers',
      'with the valid token in headers X-Authorization, X-Access-Token, X-Auth-Token and X-Forwarded-Access-Token',
      NONE,
      elsewhere((token) => ({
        'X-Authorization': `Bearer ${token}`,
        'X-Access-Token': token,
        'X-Auth-Token': token,
        'X-Forwarded-Access-Token': token,
        'X-Forwarded-Authorization': `Bearer ${token}`,
      })),
    ),
    attempt('in-body', 'with the valid token as a member of the body', ODD, {
      authorization: 'none',
      body: (plain, valid) => ({ ...plain, access_token: held(valid) }),
    }),
    attempt('opaque', 'with a random string as token', UNKNOWN, { authorization: opaque }),
    attempt('empty', 'with an empty token', ['authorization.unknown-token'], { authorization: () => 'Bearer ' }),
    attempt('foreign-signature', 'with a token that somebody else signed', UNKNOWN, {
      authorization: foreignSignature,
    }),
    attempt('unsigned', 'with an unsigned token', UNKNOWN, { authorization: unsigned }),
    attempt('tampered', 'with the valid token, one character changed', UNKNOWN, { authorization: tampered }),
    attempt('other-case', 'with the valid token in the other case', UNKNOWN, { authorization: otherCase }),
    attempt('cut-short', 'with the valid token without its last characters', UNKNOWN, { authorization: cutShort }),
    attempt('lengthened', 'with the valid token and more after it', UNKNOWN, { authorization: lengthened }),
    attempt('other-claims', "with other claims under the valid token's signature", UNKNOWN, {
      authorization: otherClaims,
    }),
    attempt('without-permission', "with an application's token without the permission", WITHOUT_PERMISSION, {
      authorization: 'withoutPermission',
    }),
    attempt('delegated', 'with a delegated token', DELEGATED, { authorization: 'delegated' }),

    askedFirst('none', 'without an Authorization header', NONE, { authorization: 'none' }),
    askedFirst('basic', 'with a name and a password, scheme Basic', SCHEME, CREDENTIALS),
    askedFirst('opaque', 'with a random string as token', UNKNOWN, { authorization: opaque }),
    askedFirst('without-permission', "with an application's token without the permission", WITHOUT_PERMISSION, {
      authorization: 'withoutPermission',
    }),
    askedFirst('delegated', 'with a delegated token', DELEGATED, { authorization: 'delegated' }),
  ],
};
