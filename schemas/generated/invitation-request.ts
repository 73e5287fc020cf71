// Generated from invitation-request.schema.json by `npm run generate`. Do not edit.
import type { InvitationParticipantInfo } from './invitation-participant-info';

/**
 * The body of an invitation.
 */
export interface InvitationRequest {
  /**
   * The invitees.
   */
  participants: InvitationParticipantInfo[];
  /**
   * A string from the inviter that the operation contains unchanged.
   */
  clientContext?: string | null;
}
