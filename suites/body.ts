import { randomUUID } from 'node:crypto';
import type { InvitedIdentity } from '../history/events';
import type { InvitationWish } from './scenario';

/** What is said of a participant beside who it is. */
interface Particulars {
  replacesCallId?: string | undefined;
  participantId?: string | undefined;
  hidden?: boolean | undefined;
}

/** What stands beside an identity's id: of a phone nothing, of who is moved what Example 5 shows. */
function beside({ kind }: InvitedIdentity, { participantId }: Particulars): Record<string, string> {
  if (kind === 'phone') return {};
  return participantId === undefined ? { displayName: 'Conformance invitee' } : { identityProvider: 'AAD' };
}

/** One element of `participants`, as the page's requests show it (page line 78). */
function participant(identity: InvitedIdentity, particulars: Particulars): Record<string, unknown> {
  const { replacesCallId, participantId, hidden } = particulars;
  const named = { '@odata.type': '#microsoft.graph.identity', id: identity.id };
  return {
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    ...(replacesCallId === undefined ? {} : { replacesCallId }),
    ...(participantId === undefined ? {} : { participantId }),
    ...(hidden === true ? { hidden } : {}),
    identity: {
      '@odata.type': '#microsoft.graph.identitySet',
      [identity.kind]: { ...named, ...beside(identity, particulars) },
    },
  };
}

/**
 * A context that is this invitation's alone, with characters that a careless service changes: spaces at both ends and two
 * together, both cases, quotes, angle brackets, an ampersand, an escape of URLs, a plus, marks that lists and templates use.
 */
export function freshContext(key: string): string {
  return ` Invitation  ${key} "${randomUUID()}" <&> %2B+'/\\ ,;$1{} `;
}

/** The bytes of an invitation. @param clientContext absent: the body has none @param valid the valid token */
export function bytesOf(wish: InvitationWish, clientContext: string | undefined, valid?: string): Buffer {
  const replacesCallId = wish.replaces?.callId;
  const { participantId, hidden } = wish;
  const plain = {
    participants: [...wish.invitees, ...(wish.ignored ?? [])].map((identity, i) =>
      participant(identity, { replacesCallId, hidden, ...(i === 0 ? { participantId } : {}) }),
    ),
    ...(clientContext === undefined ? {} : { clientContext }),
  };
  const body = wish.body ? wish.body(plain, valid) : plain;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
