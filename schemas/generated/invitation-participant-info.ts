// Generated from invitation-participant-info.schema.json by `npm run generate`. Do not edit.
import type { IdentitySet } from './identity-set';

/**
 * A participant invited to a call.
 */
export interface InvitationParticipantInfo {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.invitationParticipantInfo' | null;
  identity: IdentitySet;
  /**
   * The id of the call that the invitee leaves for this one.
   */
  replacesCallId?: string | null;
  /**
   * Whether the invitee is hidden from the other participants.
   */
  hidden?: boolean | null;
  /**
   * Whether the invitee is excluded from the call's common audio mix.
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
   * Occurs in one example, where it is null.
   */
  id?: string | null;
}
