// Generated from participant-info.schema.json by `npm run generate`. Do not edit.
import type { IdentitySet } from './identity-set';

/**
 * Information about a participant in a roster. Both types that the page uses for it are accepted.
 */
export interface ParticipantInfo {
  /**
   * The OData type that the service declares for this object.
   */
  '@odata.type'?: '#microsoft.graph.participantInfo' | '#microsoft.graph.invitationParticipantInfo' | null;
  identity: IdentitySet;
  /**
   * The kind of endpoint. Any string is accepted, since new kinds appear.
   */
  endpointType?: string | null;
  /**
   * The country of the participant.
   */
  countryCode?: string | null;
  /**
   * The language of the participant.
   */
  languageId?: string | null;
  /**
   * The region of the participant.
   */
  region?: string | null;
  /**
   * The id of the participant in the roster.
   */
  participantId?: string | null;
  /**
   * As in an invitation.
   */
  replacesCallId?: string | null;
  /**
   * As in an invitation.
   */
  hidden?: boolean | null;
  /**
   * As in an invitation.
   */
  removeFromDefaultAudioRoutingGroup?: boolean | null;
}
