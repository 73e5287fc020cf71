import type { InvitationRecord } from '../events';
import type { LeftOut } from '../recording';
import type { RecordedExchange } from './importer';
import type { Overlap } from './times';

/** A recorded invitation, as input for its plan. */
export interface SeenInvitation {
  request: RecordedExchange['request'];
  /** Whether the recording keeps Authorization headers, so that an absent one was not sent. */
  keepsAuthorization: boolean;
  /** Whether accepted invitations to the same call were running at the same time. */
  overlap: Overlap;
  /** Whether its operation was announced as failed, and not as completed before. */
  failed: boolean;
}

/** The behaviours that an invitation tries, and its documented outcome. */
export type InvitationPlan = Pick<
  InvitationRecord,
  'tries' | 'clientContext' | 'invitees' | 'ignored' | 'control' | 'expect' | 'says'
> & {
  /** A short name for this kind of invitation, such as `one-user`. */
  name: string;
  /** The id of the call that it replaces. */
  replaces?: string;
  participantId?: string;
  hidden?: true;
  /** Why only its refusal is judged, if so. */
  leftOut?: Extract<LeftOut, 'noBody' | 'otherForm'>;
};

export interface Assembling {
  /** The base URL whose invitations are judged; default: the one with the most. */
  target?: string | undefined;
  timeoutMs: number;
  quietMs: number;
  suiteVersion: string;
  catalogDigest: string;
  /** The edition to judge by; absent: the first. */
  edition?: string;
  /** The most invitations per history, so that a long recording is judged in parts. */
  most?: number;
  /** The most exchanges per history, in bytes. */
  mostBytes?: number;
  planOf: (seen: SeenInvitation) => InvitationPlan;
}
