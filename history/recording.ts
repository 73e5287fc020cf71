/** What a history says of traffic that was recorded by others. */

/** Of what was not recorded by the suite: where it comes from, and how well its times are known. */
export interface RecordedIn {
  /** The index of its source in the header. Each source has a clock of its own. */
  source: number;
  /** `full`: when it began and ended; `coarse`: about when it was; `none`: its times mean nothing. */
  times: 'full' | 'coarse' | 'none';
  /** True where the recording has it more than once, so that how often it came is not known. */
  twice?: true;
}

/** One file of recorded traffic, and what of it is judged. */
export interface RecordedSource {
  /** The file's name. */
  name: string;
  kind: 'har' | 'ngrok' | 'wiremock';
  /** How many exchanges it holds, whatever they are about. */
  entries: number;
  invitations: number;
  notifications: number;
  /** The times of its first and last exchange, as the history's; none where it gives no times. */
  from?: number;
  until?: number;
  /** True where the file breaks off. */
  cutOff?: true;
}

/** What a history made of recorded traffic was made from. */
export interface Recording {
  sources: RecordedSource[];
  calls: number;
  invitations: number;
  notifications: number;
  /** Where notifications were delivered: origin and path, a few of them. */
  callbacks: string[];
  /** How many invitations and notifications are not judged, by why. */
  leftOut: { why: LeftOut; count: number }[];
  /** True where notifications were written anew by a library, so that casing, types and order of members are not the target's. */
  reserialized?: true;
}

/**
 * Why something in a recording is not judged: the invitation's body was not kept; it is of a form of which this edition says
 * nothing; it goes to another base URL; the recording has it twice; a notification names no call or operation that the
 * recording shows; a request to a callback is no notification that can be read; an entry is none of its format.
 */
export type LeftOut = 'noBody' | 'otherForm' | 'otherTarget' | 'twice' | 'unknownCall' | 'unreadable' | 'notAnEntry';
