import type { LeftOut, RecordedSource } from '../recording';
import type { HarTool } from './har-tools';
import type { Spool } from './spool';

/** What is kept of recorded traffic until it is judged. */

/** What is remembered of an exchange; all of it is in the spool. */
export interface Kept {
  source: number;
  /** Where it stands in the spool. */
  at: number;
  /** ms since 1970; none where that is not known. */
  startedAt: number | undefined;
  twice?: true;
}

export interface KeptInvitation extends Kept {
  base: string;
  callId: string;
  operationId: string | undefined;
  /** The call that its first participant leaves. */
  replaces: string | undefined;
  accepted: boolean;
  /** Whether a participant has members that only a later edition describes: who is moved, or hidden. */
  ofLaterEdition: boolean;
  endedAt: number | undefined;
  timed: boolean;
}

export interface KeptNotifications extends Kept {
  /** The ids of operations and of calls that it names. */
  operations: readonly string[];
  calls: readonly string[];
  /** Those of the operations that it ends, and how. */
  completed: readonly string[];
  failed: readonly string[];
  url: string;
}

/** A file, and what is known of how it was recorded. */
export interface GatheredSource extends RecordedSource {
  keepsAuthorization: boolean;
  first?: number;
  last?: number;
  startTimes: number;
  tool?: HarTool | undefined;
  /** How many bodies of invitations and of their responses were kept, and how many were not. */
  bodies: { kept: number; lost: number };
}

/** What several files of recorded traffic hold of invitations and notifications. */
export interface Gathered {
  sources: GatheredSource[];
  invitations: KeptInvitation[];
  notifications: KeptNotifications[];
  leftOut: Map<LeftOut, number>;
  /** How many notifications look as a library of ours or others would write them anew, and how many do not. */
  rewritten: { yes: number; no: number };
  spool: Spool;
}
