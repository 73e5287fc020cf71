import type { LeftOut, RecordedSource } from '../recording';
import type { HarTool } from './har-tools';
import type { Spool } from './spool';

/** Recorded traffic that is kept until it is judged. */

/** The part of an exchange that stays in memory; the whole is in the spool. */
export interface Kept {
  source: number;
  /** Its number in the spool. */
  at: number;
  /** ms since 1970; undefined if unknown. */
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
  /** Whether a participant has members that only a later edition describes: moved, or hidden. */
  ofLaterEdition: boolean;
  endedAt: number | undefined;
  timed: boolean;
}

export interface KeptNotifications extends Kept {
  /** The ids of operations and calls in it. */
  operations: readonly string[];
  calls: readonly string[];
  /** The operations that it ends, by outcome. */
  completed: readonly string[];
  failed: readonly string[];
  url: string;
}

/** A file, and how it was recorded. */
export interface GatheredSource extends RecordedSource {
  /** The base URLs of which an invitation has an Authorization header: then its absence elsewhere means that none was sent. */
  keepsAuthorization: Set<string>;
  first?: number;
  last?: number;
  startTimes: number;
  /** The finest unit, ms, in which its start times are whole numbers: 1000 if they are whole seconds. */
  unitMs: number;
  tool?: HarTool | undefined;
  /** The numbers of bodies of invitations and their responses that were kept and not kept. */
  bodies: { kept: number; lost: number };
}

/** The invitations and notifications in several files of recorded traffic. */
export interface Gathered {
  sources: GatheredSource[];
  invitations: KeptInvitation[];
  notifications: KeptNotifications[];
  leftOut: Map<LeftOut, number>;
  /** The numbers of notifications that look re-serialized by a library, and of others. */
  rewritten: { yes: number; no: number };
  spool: Spool;
}
