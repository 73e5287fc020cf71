import { randomUUID } from 'node:crypto';
import type { InvitedIdentity } from '../history/events';
import type { InvitationOptions } from './scenario';

/** The members of a participant other than its identity. */
interface ParticipantOptions {
  replacesCallId?: string | undefined;
  participantId?: string | undefined;
  hidden?: boolean | undefined;
}

/** The members of an identity besides its id: none for a phone; for a moved participant those of Example 5. */
function identityDetails({ kind }: InvitedIdentity, { participantId }: ParticipantOptions): Record<string, string> {
  if (kind === 'phone') return {};
  return participantId === undefined ? { displayName: 'Conformance invitee' } : { identityProvider: 'AAD' };
}

/** Builds one element of `participants` like the page's requests (page line 78). */
export function participant(identity: InvitedIdentity, particulars: ParticipantOptions = {}): Record<string, unknown> {
  const { replacesCallId, participantId, hidden } = particulars;
  const named = { '@odata.type': '#microsoft.graph.identity', id: identity.id };
  return {
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    ...(replacesCallId === undefined ? {} : { replacesCallId }),
    ...(participantId === undefined ? {} : { participantId }),
    ...(hidden === true ? { hidden } : {}),
    identity: {
      '@odata.type': '#microsoft.graph.identitySet',
      [identity.kind]: { ...named, ...identityDetails(identity, particulars) },
    },
  };
}

/**
 * Creates a unique context with characters that careless services change: leading, trailing and double spaces, both
 * cases, quotes, angle brackets, an ampersand, a URL escape, a plus, and separators of lists and templates.
 */
export function uniqueContext(key: string): string {
  return ` Invitation  ${key} "${randomUUID()}" <&> %2B+'/\\ ,;$1{} `;
}

/** Builds the bytes of an invitation. @param clientContext absent: the body has none @param valid the valid token */
export function invitationBytes(options: InvitationOptions, clientContext: string | undefined, valid?: string): Buffer {
  const replacesCallId = options.replaces?.callId;
  const { participantId, hidden } = options;
  const plain = {
    participants: [...options.invitees, ...(options.ignored ?? [])].map((identity, i) =>
      participant(identity, { replacesCallId, hidden, ...(i === 0 ? { participantId } : {}) }),
    ),
    ...(clientContext === undefined ? {} : { clientContext }),
  };
  const body = options.body ? options.body(plain, valid) : plain;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
