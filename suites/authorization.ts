import { randomBytes } from 'node:crypto';
import { behaviorsTriedBy, refusedInvitation, type RefusedInvitation } from './invitation-attempts';
import { truncated, foreignSignature, extended, otherCase, otherClaims, tampered, unsigned } from './forged-tokens';
import type { Attempt, Authorization, InvitationOptions, Scenario } from './scenario';
import { REFUSAL_BEHAVIORS } from './behavior-lists';
import { usersToRefuse } from './users';
import { withOtherInvitations } from './authorization-forms';

type Options = Partial<InvitationOptions>;

/** Creates the options once, so that repeated requests have the same header: a refused token must be refused again. */
function sameHeaderRepeated({
  says,
  behaviors,
  options,
}: RefusedInvitation): Pick<InvitationOptions, 'says' | 'expect' | 'tries'> & Options {
  const { authorization } = options;
  const whole = { ...options, says, expect: 'refused', tries: [...behaviors, ...REFUSAL_BEHAVIORS] } as const;
  if (typeof authorization !== 'function') return whole;
  let made: string | undefined;
  return { ...whole, authorization: (valid) => (made ??= authorization(valid)) };
}

/**
 * Sends each credential to a call, and on a connection, that has accepted an invitation with the valid token:
 * permission belongs to neither. Then sends it again on a new connection, because seeing it once must not make it
 * valid.
 */
function afterValid(name: string, credentials: readonly RefusedInvitation[]): Attempt {
  return {
    name,
    tries: behaviorsTriedBy(credentials),
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), usersToRefuse(context, 2 * credentials.length, 1)]);
      await context.invite(call, {
        name: 'before',
        says: 'with the valid token',
        invitees: users.own,
        tries: [],
        keptConnection: true,
      });
      const due: Promise<unknown>[] = [];
      let answers = true;
      for (const [i, door] of credentials.entries()) {
        const options = sameHeaderRepeated(door);
        const then = context.invite(call, {
          ...options,
          name: door.name,
          says: `${door.says}, after the valid token`,
          keptConnection: answers,
          invitees: users.at(i),
        });
        // If one of them times out, the others need not wait for it.
        if (answers) answers = (await then).answered;
        // Different users: one that was let in would be refused for being in the call.
        const others = users.at(credentials.length + i);
        const again = { ...options, name: `${door.name}-again`, says: `${door.says}, once more`, invitees: others };
        const whole = then.then(async (sent) => {
          await context.waitForOutcome(sent);
          await context.inviteAndWait(call, again);
        });
        // Its error is thrown by the Promise.all below.
        whole.catch(() => undefined);
        due.push(whole);
      }
      await Promise.all(due);
    },
  };
}

/**
 * The opposite order, on one connection: the first request must not decide for the call or the connection, so the valid
 * token is accepted after a refusal.
 */
function beforeValid(door: RefusedInvitation): Attempt {
  return {
    name: `${door.name}-first`,
    tries: [...behaviorsTriedBy([door]), 'request.route'],
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), usersToRefuse(context, 1, 1)]);
      await context.inviteAndWait(call, {
        ...sameHeaderRepeated(door),
        name: 'first',
        says: `${door.says}, before anything else`,
        invitees: users.at(0),
        keptConnection: true,
      });
      await context.inviteAndWait(call, {
        name: 'valid',
        says: 'with the valid token, after a refusal',
        tries: ['request.route'],
        invitees: users.own,
        keptConnection: true,
      });
    },
  };
}

const UNAUTHENTICATED = 'authorization.status-401';
const FORBIDDEN = 'authorization.status-403';
const NONE = ['authorization.required', UNAUTHENTICATED];
/**
 * These requests are unusual in another way too, so a service may refuse them before it checks the token: 404 for a
 * query, 400, 407.
 */
const ODD = ['authorization.required'];
const SCHEME = ['authorization.bearer', UNAUTHENTICATED];
const UNKNOWN = ['authorization.unknown-token', UNAUTHENTICATED];
const WITHOUT_PERMISSION = ['authorization.application-permission', FORBIDDEN];
const DELEGATED = ['authorization.delegated', FORBIDDEN];

const opaqueToken: Authorization = () => `Bearer ${randomBytes(24).toString('base64url')}`;
const CREDENTIALS = { authorization: () => `Basic ${Buffer.from('conformance:conformance').toString('base64')}` };

/** The valid token, or a placeholder if there is none. */
const tokenOrPlaceholder = (valid: string | undefined): string => valid ?? 'conformance';

/** The valid token under another scheme, or as Basic credentials. */
const withScheme = (write: (token: string) => string): Options => ({
  authorization: (valid) => write(tokenOrPlaceholder(valid)),
});
const asBasic = (write: (token: string) => string): Options =>
  withScheme((token) => `Basic ${Buffer.from(write(token)).toString('base64')}`);

/** The valid token at another place, without an Authorization header. */
function tokenElsewhere(headers: (token: string) => Record<string, string>): Options {
  return { authorization: 'none', headers: (valid) => headers(tokenOrPlaceholder(valid)) };
}

/** A credential that must be refused. */
const rejectedCredential = (
  name: string,
  says: string,
  tries: readonly string[],
  options: Options,
): RefusedInvitation => refusedInvitation(name, tries, says, options);

const none = rejectedCredential('none', 'without an Authorization header', NONE, { authorization: 'none' });
const basic = rejectedCredential('basic', 'with a name and a password, scheme Basic', SCHEME, CREDENTIALS);
const unknown = rejectedCredential('opaque', 'with a random string as token', UNKNOWN, { authorization: opaqueToken });
const withoutPermission = rejectedCredential(
  'without-permission',
  "with an application's token without the permission",
  WITHOUT_PERMISSION,
  { authorization: 'withoutPermission' },
);
const delegated = rejectedCredential('delegated', 'with a delegated token', DELEGATED, { authorization: 'delegated' });

/** These are also sent first, and with invitations of other forms. */
const FIRST = [none, basic, unknown, withoutPermission, delegated];

/** The valid token in places where a service must not look for it. */
const ELSEWHERE: readonly RefusedInvitation[] = [
  rejectedCredential('query', 'with the valid token in the query', ODD, {
    authorization: 'none',
    query: (valid) =>
      `?access_token=${encodeURIComponent(tokenOrPlaceholder(valid))}&token=${encodeURIComponent(tokenOrPlaceholder(valid))}`,
  }),
  rejectedCredential(
    'cookie',
    'with the valid token in cookies',
    NONE,
    tokenElsewhere((token) => ({
      Cookie: ['access_token', 'token', 'Authorization', 'session'].map((name) => `${name}=${token}`).join('; '),
    })),
  ),
  rejectedCredential(
    'proxy-authorization',
    'with the valid token in Proxy-Authorization',
    ODD,
    tokenElsewhere((token) => ({ 'Proxy-Authorization': `Bearer ${token}` })),
  ),
  rejectedCredential(
    'authentication',
    'with the valid token in a header Authentication',
    NONE,
    tokenElsewhere((token) => ({ Authentication: `Bearer ${token}` })),
  ),
  rejectedCredential(
    'other-headers',
    'with the valid token in headers X-Authorization, X-Access-Token, X-Auth-Token and X-Forwarded-Access-Token',
    NONE,
    tokenElsewhere((token) => ({
      'X-Authorization': `Bearer ${token}`,
      'X-Access-Token': token,
      'X-Auth-Token': token,
      'X-Forwarded-Access-Token': token,
      'X-Forwarded-Authorization': `Bearer ${token}`,
    })),
  ),
  rejectedCredential('in-body', 'with the valid token as a member of the body', ODD, {
    authorization: 'none',
    body: (plain, valid) => ({ ...plain, access_token: tokenOrPlaceholder(valid) }),
  }),
];

const SCHEMES: readonly RefusedInvitation[] = [
  rejectedCredential(
    'basic-token',
    'with the valid token under scheme Basic',
    SCHEME,
    withScheme((token) => `Basic ${token}`),
  ),
  rejectedCredential(
    'basic-password',
    'with the valid token as a password, scheme Basic',
    SCHEME,
    asBasic((token) => `conformance:${token}`),
  ),
  rejectedCredential(
    'basic-password-alone',
    'with the valid token as a password without a name, scheme Basic',
    SCHEME,
    asBasic((token) => `:${token}`),
  ),
  rejectedCredential(
    'basic-name',
    'with the valid token as a name without a password, scheme Basic',
    SCHEME,
    asBasic((token) => `${token}:`),
  ),
  rejectedCredential(
    'other-scheme',
    'with the valid token under scheme Token',
    SCHEME,
    withScheme((token) => `Token ${token}`),
  ),
  rejectedCredential(
    'jwt-scheme',
    'with the valid token under scheme JWT',
    SCHEME,
    withScheme((token) => `JWT ${token}`),
  ),
  rejectedCredential(
    'oauth-scheme',
    'with the valid token under scheme OAuth',
    SCHEME,
    withScheme((token) => `OAuth ${token}`),
  ),
  rejectedCredential(
    'scheme-colon',
    'with the valid token after Bearer and a colon',
    SCHEME,
    withScheme((it) => `Bearer: ${it}`),
  ),
  rejectedCredential(
    'scheme-longer',
    'with the valid token under scheme Bearers',
    SCHEME,
    withScheme((it) => `Bearers ${it}`),
  ),
  rejectedCredential('no-scheme', 'with the valid token under no scheme', SCHEME, {
    authorization: tokenOrPlaceholder,
  }),
];

const TOKENS: readonly RefusedInvitation[] = [
  rejectedCredential('empty', 'with an empty token', ['authorization.unknown-token'], {
    authorization: () => 'Bearer ',
  }),
  rejectedCredential('foreign-signature', 'with a token signed by another issuer', UNKNOWN, {
    authorization: foreignSignature,
  }),
  rejectedCredential('unsigned', 'with an unsigned token', UNKNOWN, { authorization: unsigned }),
  rejectedCredential('tampered', 'with the valid token, one character changed', UNKNOWN, { authorization: tampered }),
  rejectedCredential('other-case', 'with the valid token in the other case', UNKNOWN, { authorization: otherCase }),
  rejectedCredential('cut-short', 'with the valid token, cut off at its end', UNKNOWN, {
    authorization: truncated,
  }),
  rejectedCredential('lengthened', 'with the valid token and more after it', UNKNOWN, { authorization: extended }),
  rejectedCredential('other-claims', "with other claims under the valid token's signature", UNKNOWN, {
    authorization: otherClaims,
  }),
];

/** Invitations without the permission to invite. */
export const authorization: Scenario = {
  name: 'authorization',
  attempts: [
    afterValid('no-authorization', [none, ...ELSEWHERE]),
    afterValid('schemes', [basic, ...SCHEMES]),
    afterValid('tokens', [unknown, ...TOKENS]),
    afterValid('without-permission', [withoutPermission]),
    afterValid('delegated', [delegated]),
    ...FIRST.map(beforeValid),
    ...withOtherInvitations(FIRST),
  ],
};
