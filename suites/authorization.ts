import { createHmac, randomBytes } from 'node:crypto';
import type { Attempt, InvitationWish, Scenario } from './scenario';
import { REFUSAL } from './tries';

const ENDLESS = 4_102_444_800;

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Header and claims of the valid token where it is a JWT, or such as a valid one might have. */
function partsOf(valid: string | undefined): { claims: string } {
  const [, claims, signature] = valid?.split('.') ?? [];
  if (claims !== undefined && signature !== undefined) return { claims };
  return { claims: part({ aud: 'https://graph.microsoft.com', roles: ['Calls.InitiateGroupCall.All'], exp: ENDLESS }) };
}

/** The claims of the valid token under a signature by a key of our own. */
function foreignSignature(valid: string | undefined): string {
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${partsOf(valid).claims}`;
  return `Bearer ${signed}.${createHmac('sha256', randomBytes(32)).update(signed).digest('base64url')}`;
}

/** The claims of the valid token under no signature at all. */
function unsigned(valid: string | undefined): string {
  return `Bearer ${part({ alg: 'none', typ: 'JWT' })}.${partsOf(valid).claims}.`;
}

/** The valid token with one character changed, near its end: a JWT whose signature is not right, or another opaque token. */
function tampered(valid: string | undefined): string {
  if (valid === undefined) return foreignSignature(valid);
  const at = Math.max(0, valid.length - 4);
  return `Bearer ${valid.slice(0, at)}${valid[at] === 'A' ? 'B' : 'A'}${valid.slice(at + 1)}`;
}

/** The valid token without its last characters. */
function cutShort(valid: string | undefined): string {
  return valid === undefined ? foreignSignature(valid) : `Bearer ${valid.slice(0, -4)}`;
}

/** The valid token with characters added. */
function lengthened(valid: string | undefined): string {
  return valid === undefined ? foreignSignature(valid) : `Bearer ${valid}conformance`;
}

/** Other claims under the valid token's signature, where it is a JWT. */
function otherClaims(valid: string | undefined): string {
  const [head, claims, signature] = valid?.split('.') ?? [];
  if (head === undefined || claims === undefined || signature === undefined) return foreignSignature(valid);
  const other = part({ conformance: true, roles: ['Calls.InitiateGroupCall.All'], exp: ENDLESS });
  return `Bearer ${head}.${other}.${signature}`;
}

/** The valid token with the case of its letters changed; something random where that changes nothing. */
function otherCase(valid: string | undefined): string {
  const swapped = (valid ?? '').replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return `Bearer ${swapped === valid || swapped === '' ? randomBytes(24).toString('base64url') : swapped}`;
}

/** Each goes to a call that has just taken an invitation with the valid token: permission is not a thing of the call. */
function attempt(name: string, says: string, tries: readonly string[], wish: Partial<InvitationWish>): Attempt {
  return {
    name,
    tries: [...tries, ...REFUSAL],
    act: async (stage) => {
      const [call, users] = await Promise.all([stage.groupCall(), stage.users(2)]);
      await stage.invite(call, {
        name: 'before',
        says: 'with the valid token',
        invitees: users.slice(0, 1),
        tries: [],
      });
      await stage.see(call, { says, expect: 'refused', invitees: users.slice(1), ...wish });
    },
  };
}

const UNAUTHENTICATED = 'authorization.status-401';
const FORBIDDEN = 'authorization.status-403';
const UNKNOWN = ['authorization.unknown-token', UNAUTHENTICATED];

/** Invitations by those who may not invite. */
export const authorization: Scenario = {
  name: 'authorization',
  attempts: [
    attempt('none', 'without an Authorization header', ['authorization.required', UNAUTHENTICATED], {
      authorization: 'none',
    }),
    attempt('basic', 'with a name and a password, scheme Basic', ['authorization.bearer', UNAUTHENTICATED], {
      authorization: () => `Basic ${Buffer.from('conformance:conformance').toString('base64')}`,
    }),
    attempt('basic-token', 'with the valid token under scheme Basic', ['authorization.bearer', UNAUTHENTICATED], {
      authorization: (valid) => `Basic ${valid ?? 'conformance'}`,
    }),
    attempt('other-scheme', 'with the valid token under scheme Token', ['authorization.bearer', UNAUTHENTICATED], {
      authorization: (valid) => `Token ${valid ?? 'conformance'}`,
    }),
    attempt('no-scheme', 'with the valid token under no scheme', ['authorization.bearer', UNAUTHENTICATED], {
      authorization: (valid) => valid ?? 'conformance',
    }),
    attempt('opaque', 'with a random string as token', UNKNOWN, {
      authorization: () => `Bearer ${randomBytes(24).toString('base64url')}`,
    }),
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
    attempt(
      'without-permission',
      "with an application's token without the permission",
      ['authorization.application-permission', FORBIDDEN],
      {
        authorization: 'withoutPermission',
      },
    ),
    attempt('delegated', 'with a delegated token', ['authorization.delegated', FORBIDDEN], {
      authorization: 'delegated',
    }),
  ],
};
