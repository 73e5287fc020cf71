import { MASK } from '../history/redact';

/** The options of a group call, for every kind of provisioning. */
export interface GroupCallOptions {
  /** Whether the call has chat info. */
  chatInfo: boolean;
  /** Whether its application instance has a PSTN number. */
  pstnNumber: boolean;
  callbackUri: string;
}

/** The options of a meeting that a participant is moved out of. */
export interface MeetingOptions {
  /** Whether the application of the run's token created it, or another one. */
  application: 'same' | 'another';
  callbackUri: string;
}

/** Gets calls and invitees from the target. Each method throws NotProvided, with the reason, if it can't. */
export interface Provisioner {
  /** True if the service posts to one URL for all calls, which the user configured. */
  sharedCallback?: boolean;
  groupCall(options: GroupCallOptions): Promise<{ callId: string }>;
  /** A live call between the bot and one user. */
  peerToPeerCall(callbackUri: string): Promise<{ callId: string; userId: string }>;
  /** A meeting with one user in it, and the user's id in its roster. */
  meeting(options: MeetingOptions): Promise<{ callId: string; userId: string; participantId: string }>;
  /**
   * Distinct users who can be invited.
   * @param toRefuse how many of them, the last, are for invitations that must be refused. If users are scarce, these
   * may be reused for that purpose, and fewer are returned, but at least six if more are wanted.
   */
  users(count: number, toRefuse?: number): Promise<string[]>;
  /** A user for whom an invitation cannot be carried out. */
  unreachableUser(): Promise<string>;
  /** Why nothing can be provisioned, if there is one reason for all. Called when a group call is unknown. */
  unavailableReason?(): Promise<string | undefined>;
  /**
   * Releases what was provisioned, including what is still being provisioned; never throws.
   * @param gone whether the target accepts no connection any more, so that nothing is tried twice
   * @returns how many could not be released
   */
  release(gone?: boolean): Promise<number>;
}

/** The longest id that is accepted, in characters. */
export const MAX_ID_LENGTH = 512;

/** Says why a value of the target can't be an id; undefined if it can. */
export function idProblem(id: string): string | undefined {
  if (id.length > MAX_ID_LENGTH) return `${id.length} characters long; the longest id allowed is ${MAX_ID_LENGTH}`;
  return undefined;
}

/**
 * Says why an id can't be one segment of a path; undefined if it can. It must have no lone surrogate, not be a dot
 * segment, contain no token of the run, and not be too long.
 */
export function pathSegmentProblem(id: string): string | undefined {
  if (/^\.{0,2}$|\p{Surrogate}/u.test(id) || id.includes(MASK)) return 'not an id that fits in a URL';
  return idProblem(id);
}

/** The ids of the calls that were provided so far. */
export class CallIds {
  private readonly seen = new Set<string>();

  /** Says why an id is not that of a new call; undefined if it is. */
  problem(id: string): string | undefined {
    if (this.seen.has(id))
      return 'the id of an earlier call; each must be a call of its own, with a callback of its own';
    this.seen.add(id);
    return undefined;
  }
}

/** Items that were provisioned or are being provisioned, and must be released. */
export class ProvisionedItems<T> {
  private readonly held: T[] = [];
  private readonly pending = new Set<Promise<unknown>>();

  /** Registers work in progress, which `release` waits for. */
  async during<R>(work: Promise<R>): Promise<R> {
    this.pending.add(work);
    try {
      return await work;
    } finally {
      this.pending.delete(work);
    }
  }

  add(one: T): void {
    this.held.push(one);
  }

  /** Releases everything. @param giveBack returns whether an item was released @returns how many could not be */
  async release(giveBack: (one: T) => Promise<boolean>): Promise<number> {
    const all = async (): Promise<number> => {
      const done = await Promise.all(this.held.splice(0).map(giveBack));
      return done.filter((well) => !well).length;
    };
    const [first] = await Promise.all([all(), Promise.allSettled(this.pending)]);
    return first + (await all());
  }
}
