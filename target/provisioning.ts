import { MASK } from '../history/redact';

/** What calls and invitees a run can be given, however it is done. */
export interface GroupCallOptions {
  /** Whether the call has chat info. */
  chatInfo: boolean;
  /** Whether its application instance has a PSTN number. */
  pstnNumber: boolean;
  callbackUri: string;
}

/** What meeting a participant is to be moved out of. */
export interface MeetingOptions {
  /** Whether the application that the run's token is of created it, or another one. */
  application: 'same' | 'another';
  callbackUri: string;
}

/** Gets calls and invitees from the target. Each method throws NotProvided, saying why, where it can't. */
export interface Provisioner {
  /** True where the service posts to one URL for all calls, set up by hand. */
  sharedCallback?: boolean;
  groupCall(options: GroupCallOptions): Promise<{ callId: string }>;
  /** A live call between the bot and one user. */
  peerToPeerCall(callbackUri: string): Promise<{ callId: string; userId: string }>;
  /** A meeting with one user in it, and the user's id in its roster. */
  meeting(options: MeetingOptions): Promise<{ callId: string; userId: string; participantId: string }>;
  /**
   * Users who can be invited, all different.
   * @param toRefuse how many of them, the last, are for invitations that must be refused: where users are scarce, these may
   * have been given before for the same, and there may be fewer of them, six at least where more are wanted
   */
  users(count: number, toRefuse?: number): Promise<string[]>;
  /** A user to whom an invitation cannot be carried out. */
  unreachableUser(): Promise<string>;
  /** Why none of all this can be had, where that is one fault; undefined where it is not. Asked when a group call is not known. */
  unavailableReason?(): Promise<string | undefined>;
  /**
   * Gives back what was provisioned, also what is still being provisioned; never throws.
   * @param gone whether the target takes no connection any more, so that nothing is tried twice
   * @returns how many could not be released
   */
  release(gone?: boolean): Promise<number>;
}

/** The longest id that is taken, in characters. */
export const MAX_ID_LENGTH = 512;

/** What keeps a value of the target's from being an id, in words; undefined: nothing. */
export function idProblem(id: string): string | undefined {
  if (id.length > MAX_ID_LENGTH) return `${id.length} characters long; the longest id allowed is ${MAX_ID_LENGTH}`;
  return undefined;
}

/**
 * What keeps an id from being one segment of a path, in words: it must have whole characters, take no step to another folder,
 * hold no token of the run, and not be too long. undefined: nothing.
 */
export function pathSegmentProblem(id: string): string | undefined {
  if (/^\.{0,2}$|\p{Surrogate}/u.test(id) || id.includes(MASK)) return 'not an id that fits in a URL';
  return idProblem(id);
}

/** What was provisioned or is being provisioned, and must be released. */
export class ProvisionedItems<T> {
  private readonly held: T[] = [];
  private readonly pending = new Set<Promise<unknown>>();

  /** Notes that something is under way, which `release` waits for. */
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

  /** Gives everything back. @param giveBack says whether that could be done @returns how many could not */
  async release(giveBack: (one: T) => Promise<boolean>): Promise<number> {
    const all = async (): Promise<number> => {
      const done = await Promise.all(this.held.splice(0).map(giveBack));
      return done.filter((well) => !well).length;
    };
    const [first] = await Promise.all([all(), Promise.allSettled(this.pending)]);
    return first + (await all());
  }
}
