import { randomUUID } from 'node:crypto';
import type { InvitedIdentity } from '../history/events';
import type { InvitationOptions } from './scenario';

/** What is said of a participant beside who it is. */
interface ParticipantOptions {
  replacesCallId?: string | undefined;
  participantId?: string | undefined;
  hidden?: boolean | undefined;
}

/** What stands beside an identity's id: of a phone nothing, of who is moved what Example 5 shows. */
function identityDetails({ kind }: InvitedIdentity, { participantId }: ParticipantOptions): Record<string, string> {
  if (kind === 'phone') return {};
  return participantId === undefined ? { displayName: 'Conformance invitee' } : { identityProvider: 'AAD' };
}

/** One element of `participants`, as the page's requests show it (page line 78). */
function participant(identity: InvitedIdentity, particulars: ParticipantOptions): Record<string, unknown> {
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
 * A context that is this invitation's alone, with characters that a careless service changes: spaces at both ends and two
 * together, both cases, quotes, angle brackets, an ampersand, an escape of URLs, a plus, marks that lists and templates use.
 */
export function uniqueContext(key: string): string {
  return ` Invitation  ${key} "${randomUUID()}" <&> %2B+'/\\ ,;$1{} `;
}

/** The bytes of an invitation. @param clientContext absent: the body has none @param valid the valid token */
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
