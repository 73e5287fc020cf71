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
   * Names the operation; the Location header and the notifications refer to it.
   */
  id: string;
  /**
   * How far the operation has come. Letters of either case are accepted.
   */
  status?: string | null;
  /**
   * The string that the inviter sent, for matching notifications with requests.
   */
  clientContext?: string | null;
  /**
   * Why the operation ended as it did. Null while it is under way.
   */
  resultInfo?: ResultInfo | null;
  /**
   * Those whom the operation invites.
   */
  participants: InvitationParticipantInfo[];
}
