// Generated from invitation-request.schema.json by `npm run generate`. Do not edit.
import type { InvitationParticipantInfo } from './invitation-participant-info';

/**
 * The body of an invitation.
 */
export interface InvitationRequest {
  /**
   * Those who are invited.
   */
  participants: InvitationParticipantInfo[];
  /**
   * A string of the inviter that comes back in the operation.
   */
  clientContext?: string | null;
}
