import { randomBytes } from 'node:crypto';
import { triedBy, wrong, type Wrong } from './invitations';
import { cutShort, foreignSignature, lengthened, otherCase, otherClaims, tampered, unsigned } from './made-up-tokens';
import type { Attempt, Authorization, InvitationWish, Scenario } from './scenario';
import { REFUSAL } from './tries';
import { usersToRefuse } from './users';

type Wish = Partial<InvitationWish>;

/** The same header each time it is made: a token that was refused must be refused again. */
function alike({ says, behaviors, wish }: Wrong): Pick<InvitationWish, 'says' | 'expect' | 'tries'> & Wish {
  const { authorization } = wish;
  const whole = { ...wish, says, expect: 'refused', tries: [...behaviors, ...REFUSAL] } as const;
  if (typeof authorization !== 'function') return whole;
  let made: string | undefined;
  return { ...whole, authorization: (valid) => (made ??= authorization(valid)) };
}

/**
 * Each goes to a call, and on a connection, that has taken an invitation with the valid token: permission is not a thing of
 * either. Then once more, on a connection of its own: what was refused once is not let in by having been seen.
 * @param twiceElsewhere those that another attempt sends more than once
 */
function afterValid(name: string, doors: readonly Wrong[], twiceElsewhere: readonly Wrong[]): Attempt {
  return {
    name,
    tries: triedBy(doors),
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), usersToRefuse(stage, 2 * doors.length, 1)]);
      await stage.invite(call, {
        name: 'before',
        says: 'with the valid token',
        invitees: users.own,
        tries: [],
        keptConnection: true,
      });
      const due: Promise<unknown>[] = [];
      let answers = true;
      for (const [i, door] of doors.entries()) {
        const wish = alike(door);
        const then = stage.invite(call, {
          ...wish,
          name: door.name,
          says: `${door.says}, after the valid token`,
          keptConnection: answers,
          invitees: users.at(i),
        });
        // Where one waits in vain, the others do not wait for it.
        if (answers) answers = (await then).answered;
        // Somebody else: whom it let in would be refused for being in the call.
        const others = users.at(doors.length + i);
        const again = { ...wish, name: `${door.name}-again`, says: `${door.says}, once more`, invitees: others };
        const whole = then.then(async (sent) => {
          await stage.settled(sent);
          if (!twiceElsewhere.includes(door)) await stage.see(call, again);
        });
        // What it throws is thrown at the end.
        whole.catch(() => undefined);
        due.push(whole);
      }
      await Promise.all(due);
    },
  };
}

/**
 * The same the other way round, all on one connection: what is asked first must decide neither for the call nor for the
 * connection, so that the valid token is taken after a refusal, and what was refused before is refused after it.
 */
function askedFirst(door: Wrong): Attempt {
  return {
    name: `${door.name}-first`,
    tries: [...triedBy([door]), 'request.route'],
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), usersToRefuse(stage, 2, 1)]);
      const kept = { ...alike(door), keptConnection: true };
      const { says } = door;
      await stage.see(call, { ...kept, name: 'first', says: `${says}, before anything else`, invitees: users.at(0) });
      await stage.see(call, {
        name: 'valid',
        says: 'with the valid token, after a refusal',
        tries: ['request.route'],
        invitees: users.own,
        keptConnection: true,
      });
      await stage.see(call, { ...kept, name: 'then', says: `${says}, after the valid token`, invitees: users.at(1) });
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
const asBasic = (write: (token: string) => string): Wish =>
  under((token) => `Basic ${Buffer.from(write(token)).toString('base64')}`);

/** The valid token at another place than the Authorization header, which is missing. */
function elsewhere(headers: (token: string) => Record<string, string>): Wish {
  return { authorization: 'none', headers: (valid) => headers(held(valid)) };
}

/** A credential that lets nobody in. */
const door = (name: string, says: string, tries: readonly string[], wish: Wish): Wrong =>
  wrong(name, tries, says, wish);

const none = door('none', 'without an Authorization header', NONE, { authorization: 'none' });
const basic = door('basic', 'with a name and a password, scheme Basic', SCHEME, CREDENTIALS);
const unknown = door('opaque', 'with a random string as token', UNKNOWN, { authorization: opaque });
const withoutPermission = door(
  'without-permission',
  "with an application's token without the permission",
  WITHOUT_PERMISSION,
  { authorization: 'withoutPermission' },
);
const delegated = door('delegated', 'with a delegated token', DELEGATED, { authorization: 'delegated' });

/** What is sent first, too, and so twice. */
const FIRST = [none, basic, unknown, withoutPermission, delegated];

/** The valid token where nobody should look for it. */
const ELSEWHERE: readonly Wrong[] = [
  door('query', 'with the valid token in the query', ODD, {
    authorization: 'none',
    query: (valid) => `?access_token=${encodeURIComponent(held(valid))}&token=${encodeURIComponent(held(valid))}`,
  }),
  door(
    'cookie',
    'with the valid token in cookies',
    NONE,
    elsewhere((token) => ({
      Cookie: ['access_token', 'token', 'Authorization', 'session'].map((name) => `${name}=${token}`).join('; '),
    })),
  ),
  door(
    'proxy-authorization',
    'with the valid token in Proxy-Authorization',
    ODD,
    elsewhere((token) => ({ 'Proxy-Authorization': `Bearer ${token}` })),
  ),
  door(
    'authentication',
    'with the valid token in a header Authentication',
    NONE,
    elsewhere((token) => ({ Authentication: `Bearer ${token}` })),
  ),
  door(
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
  door('in-body', 'with the valid token as a member of the body', ODD, {
    authorization: 'none',
    body: (plain, valid) => ({ ...plain, access_token: held(valid) }),
  }),
];

const SCHEMES: readonly Wrong[] = [
  door(
    'basic-token',
    'with the valid token under scheme Basic',
    SCHEME,
    under((token) => `Basic ${token}`),
  ),
  door(
    'basic-password',
    'with the valid token as a password, scheme Basic',
    SCHEME,
    asBasic((token) => `conformance:${token}`),
  ),
  door(
    'basic-password-alone',
    'with the valid token as a password without a name, scheme Basic',
    SCHEME,
    asBasic((token) => `:${token}`),
  ),
  door(
    'basic-name',
    'with the valid token as a name without a password, scheme Basic',
    SCHEME,
    asBasic((token) => `${token}:`),
  ),
  door(
    'other-scheme',
    'with the valid token under scheme Token',
    SCHEME,
    under((token) => `Token ${token}`),
  ),
  door(
    'jwt-scheme',
    'with the valid token under scheme JWT',
    SCHEME,
    under((token) => `JWT ${token}`),
  ),
  door(
    'oauth-scheme',
    'with the valid token under scheme OAuth',
    SCHEME,
    under((token) => `OAuth ${token}`),
  ),
  door(
    'scheme-colon',
    'with the valid token after Bearer and a colon',
    SCHEME,
    under((it) => `Bearer: ${it}`),
  ),
  door(
    'scheme-longer',
    'with the valid token under scheme Bearers',
    SCHEME,
    under((it) => `Bearers ${it}`),
  ),
  door('no-scheme', 'with the valid token under no scheme', SCHEME, { authorization: held }),
];

const TOKENS: readonly Wrong[] = [
  door('empty', 'with an empty token', ['authorization.unknown-token'], { authorization: () => 'Bearer ' }),
  door('foreign-signature', 'with a token that somebody else signed', UNKNOWN, {
    authorization: foreignSignature,
  }),
  door('unsigned', 'with an unsigned token', UNKNOWN, { authorization: unsigned }),
  door('tampered', 'with the valid token, one character changed', UNKNOWN, { authorization: tampered }),
  door('other-case', 'with the valid token in the other case', UNKNOWN, { authorization: otherCase }),
  door('cut-short', 'with the valid token without its last characters', UNKNOWN, { authorization: cutShort }),
  door('lengthened', 'with the valid token and more after it', UNKNOWN, { authorization: lengthened }),
  door('other-claims', "with other claims under the valid token's signature", UNKNOWN, {
    authorization: otherClaims,
  }),
];

/** Invitations by those who may not invite. */
export const authorization: Scenario = {
  name: 'authorization',
  attempts: [
    afterValid('no-authorization', [none, ...ELSEWHERE], FIRST),
    afterValid('schemes', [basic, ...SCHEMES], FIRST),
    afterValid('tokens', [unknown, ...TOKENS], FIRST),
    afterValid('without-permission', [withoutPermission], FIRST),
    afterValid('delegated', [delegated], FIRST),
    ...FIRST.map(askedFirst),
  ],
};
