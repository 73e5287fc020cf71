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

function attempt(name: string, says: string, tries: readonly string[], wish: Partial<InvitationWish>): Attempt {
  return {
    name,
    tries: [...tries, ...REFUSAL],
    act: async (stage) => {
      const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
      await stage.see(call, { says, expect: 'refused', invitees, ...wish });
    },
  };
}

const UNAUTHENTICATED = 'authorization.status-401';
const FORBIDDEN = 'authorization.status-403';
const UNKNOWN = ['authorization.unknown-token', UNAUTHENTICATED];

/** Invitations by those who may not invite, and one by somebody who may. */
export const authorization: Scenario = {
  name: 'authorization',
  attempts: [
    {
      name: 'control',
      tries: [],
      act: async (stage) => {
        const [call, invitees] = await Promise.all([stage.groupCall(), stage.users(1)]);
        await stage.invite(call, { says: 'with the valid token', invitees });
      },
    },
    attempt('none', 'without an Authorization header', ['authorization.required', UNAUTHENTICATED], {
      authorization: 'none',
    }),
    attempt('basic', 'with a name and a password, scheme Basic', ['authorization.bearer', UNAUTHENTICATED], {
      authorization: () => `Basic ${Buffer.from('conformance:conformance').toString('base64')}`,
    }),
    attempt('other-scheme', 'with the valid token under scheme Basic', ['authorization.bearer', UNAUTHENTICATED], {
      authorization: (valid) => `Basic ${valid ?? 'conformance'}`,
    }),
    attempt('opaque', 'with a random string as token', UNKNOWN, {
      authorization: () => `Bearer ${randomBytes(24).toString('base64url')}`,
    }),
    attempt('foreign-signature', 'with a token that somebody else signed', UNKNOWN, {
      authorization: foreignSignature,
    }),
    attempt('unsigned', 'with an unsigned token', UNKNOWN, { authorization: unsigned }),
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
