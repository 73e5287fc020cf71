// Generated from invitation-participant-info.schema.json by `npm run generate`. Do not edit.
import type { IdentitySet } from './identity-set';

/**
 * Somebody who is invited to a call.
 */
export interface InvitationParticipantInfo {
  /**
   * The OData type that the service says this object has.
   */
  '@odata.type'?: '#microsoft.graph.invitationParticipantInfo' | null;
  identity: IdentitySet;
  /**
   * The call which the invitee is in now and leaves for this one.
   */
  replacesCallId?: string | null;
  /**
   * Whether the other participants do not see the invitee.
   */
  hidden?: boolean | null;
  /**
   * Whether the invitee is left out of the call's common audio mix.
   */
  removeFromDefaultAudioRoutingGroup?: boolean | null;
  /**
   * The id that the invitee has, or will have, in the roster.
   */
  participantId?: string | null;
  /**
   * The kind of endpoint. Any string is accepted.
   */
  endpointType?: string | null;
  /**
   * Shown by one example, always null.
   */
  id?: string | null;
}
