import { randomUUID } from 'node:crypto';
import type { InvitedIdentity } from '../history/events';
import type { InvitationWish } from './scenario';

/** One element of `participants`, as the page's requests show it (page line 78). */
function participant(identity: InvitedIdentity, replacesCallId: string | undefined): Record<string, unknown> {
  const named = { '@odata.type': '#microsoft.graph.identity', id: identity.id };
  return {
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    ...(replacesCallId === undefined ? {} : { replacesCallId }),
    identity: {
      '@odata.type': '#microsoft.graph.identitySet',
      [identity.kind]: identity.kind === 'phone' ? named : { ...named, displayName: 'Conformance invitee' },
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
  const replaced = wish.replaces?.callId;
  const plain = {
    participants: [...wish.invitees, ...(wish.ignored ?? [])].map((identity) => participant(identity, replaced)),
    ...(clientContext === undefined ? {} : { clientContext }),
  };
  const body = wish.body ? wish.body(plain, valid) : plain;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
