// Generated from invite-participants-operation.schema.json by `npm run generate`. Do not edit.
import type { InvitationParticipantInfo } from './invitation-participant-info';
import type { ResultInfo } from './result-info';

/**
 * The operation that an invitation creates.
 */
export interface InviteParticipantsOperation {
  /**
   * The OData type of the operation. Only its JSON type is judged here.
   */
  '@odata.type'?: string | null;
  /**
   * The id of the operation; the Location header and the notifications refer to it.
   */
  id: string;
  /**
   * The status of the operation. Case does not matter.
   */
  status?: string | null;
  /**
   * The string that the inviter sent, for matching notifications with requests.
   */
  clientContext?: string | null;
  /**
   * Why the operation ended. Null while it is running.
   */
  resultInfo?: ResultInfo | null;
  /**
   * The invitees of the operation.
   */
  participants: InvitationParticipantInfo[];
}
