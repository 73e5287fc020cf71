import type { InvitedIdentity } from '../history/events';

/**
 * What a fact says where it does not hold, as data. Words are made of it in one place (reporters/wording); nothing reads
 * a sentence back.
 */

/** A place in the history: an event, and the part of it that shows what differs. */
export interface Place {
  /** Number of the event. */
  event: number;
  part: 'status' | 'header' | 'body' | 'time' | 'method';
  /** With `body` a JSON path, with `header` the header's name. */
  path?: string;
}

/** Whom an identity stands for in the run. */
export type Role =
  | { of: 'invitee'; number: number; count: number }
  | { of: 'ignored' }
  | { of: 'another'; invitation: string }
  | { of: 'otherKind'; invited: string }
  | { of: 'unknown' };

/** An identity as a finding names it. */
export interface Who extends InvitedIdentity {
  role: Role;
}

/** Something that came, in short: what a reader wants to know where something else was expected. */
export interface Arrival {
  event: number;
  about: 'operation' | 'roster' | 'call' | 'other';
  changeType: string | undefined;
  resourceUrl: string | undefined;
  /** Of an operation its status, of a call its state. */
  state: string | undefined;
  /** The key of the call whose callback it came to; none where no call has that path. */
  call: string | undefined;
}

/** A moment of the exchange or of a delivery, for findings about order. */
export interface Moment {
  event: number;
  what: 'response' | 'completion' | 'operation' | 'roster' | 'terminated' | 'deleted' | 'callEnd';
}

/** What was expected, or what was observed instead. */
export type Value =
  /** Nothing there. */
  | { is: 'absent' }
  /** A value of JSON, whole; also a header, a method. */
  | { is: 'json'; value: unknown }
  /** A value too long to be kept whole. @property length characters */
  | { is: 'cut'; type: 'string' | 'array' | 'object'; beginning: string; length: number }
  /** What a schema allows at a place. */
  | { is: 'allowed'; allowed: string; present?: string[] }
  /** A text that is not JSON. */
  | { is: 'unreadable'; reason: string; beginning: string }
  /** An answer's status, or a class of them. */
  | { is: 'status'; status: number | '2xx' | '4xx' }
  /** An answer, with the code and message of its error where it has them, and where a redirect leads. */
  | { is: 'answer'; status: number; code?: string; message?: string; location?: string }
  /** No answer. */
  | { is: 'noAnswer'; reason: string }
  /** The path of a resource of the API. */
  | { is: 'resource'; path: string }
  | { is: 'identities'; identities: Who[] }
  /** One thing before another; @property ms between them, where it is known. */
  | { is: 'order'; first: Moment; then: Moment; ms?: number }
  | { is: 'count'; count: number }
  /** What came instead. @property unread deliveries to the call's callback that are not JSON */
  | { is: 'arrivals'; arrivals: Arrival[]; unread: number; astray: number; inRun: number }
  /** @property ms how long it took @property limitMs how long it may take */
  | { is: 'delay'; ms: number; limitMs: number }
  /** How an operation ended after it had been accepted. */
  | {
      is: 'outcome';
      outcome: 'refused' | 'refusedOrFailed' | 'accepted' | 'completed' | 'failed' | 'running' | 'both';
    };

/** What differs: the part of a finding that a fact gives. */
export interface Deviation {
  expected: Value;
  observed: Value;
  /** At least one place, the most telling one first. */
  at: Place[];
  /** The key of another invitation whose value was observed instead: a mix-up. */
  belongsTo?: string;
}

/** The invitation or delivery that a finding is about. */
export interface AttemptRef {
  scenario: string;
  /** The attempt's name within its scenario. */
  name: string;
  /** The invitation's key; none where the finding is about a delivery. */
  invitation?: string;
  /** The key of the call. */
  call?: string;
}
