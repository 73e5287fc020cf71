import type { InvitationRecord } from '../events';
import type { LeftOut } from '../recording';
import type { RecordedExchange } from './importer';
import type { Overlap } from './times';

/** An invitation as it was recorded, for whoever says what the documentation says of it. */
export interface SeenInvitation {
  request: RecordedExchange['request'];
  /** Whether the recording keeps Authorization headers, so that one that is not there was not sent. */
  keepsAuthorization: boolean;
  /** Whether others to the same call that were accepted were under way at the same time. */
  overlap: Overlap;
  /** Whether its operation was announced as failed, and never as completed. */
  failed: boolean;
}

/** What an invitation tries, and what the documentation says becomes of it. */
export type InvitationPlan = Pick<
  InvitationRecord,
  'tries' | 'clientContext' | 'invitees' | 'ignored' | 'control' | 'expect' | 'says'
> & {
  /** A short name for invitations of its kind, such as `one-user`. */
  name: string;
  /** The id of the call that it replaces. */
  replaces?: string;
  participantId?: string;
  hidden?: true;
};

export interface Assembling {
  /** The base URL whose invitations are judged; by default that to which most were sent. */
  target?: string | undefined;
  timeoutMs: number;
  quietMs: number;
  suiteVersion: string;
  catalogDigest: string;
  /** The edition that it is judged by, where that is not the first. */
  edition?: string;
  /** How many invitations a history holds at most, so that one of any length can be judged part by part. */
  most?: number;
  planOf: (seen: SeenInvitation) => InvitationPlan | Extract<LeftOut, 'noBody' | 'otherForm'>;
}
