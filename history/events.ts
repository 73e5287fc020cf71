import type { ContractMismatch, ContractReason } from '../schemas/generated/result';
import type { RecordedIn, Recording } from './recording';

/**
 * What a history is made of. Times are milliseconds on the run's own monotonic clock, zero where the run began;
 * `n` is the event's number in the history, by which reports point at it.
 */

/** A body as it went over the wire, capped; text where it is UTF-8, base64 where it is not. */
export interface Body {
  encoding: 'utf8' | 'base64';
  content: string;
  /** How long it was in bytes, also where not all was kept. */
  bytes: number;
  /** True where not all of it is there: it was longer than what is kept, or it ended before it was whole. */
  truncated: boolean;
  /** True where whoever recorded it kept nothing of it, or not what was on the wire: nothing is known of it then. */
  notRecorded?: true;
}

/** Header names in lower case, in the order they came; a name that came twice stands twice. */
export type Headers = [name: string, value: string][];

/** An identity that an invitation names: the key of the identitySet that holds it, and its id. */
export interface InvitedIdentity {
  kind: string;
  id: string;
}

/** One HTTP exchange of ours with the target: request sent, first byte of the headers, end of the body. */
export interface Exchange {
  kind: 'exchange';
  n: number;
  purpose: 'invite' | 'provision' | 'release' | 'probe';
  scenario: string;
  /** The key of the invitation that it carries, where it carries one. */
  invitation?: string;
  request: { method: string; url: string; headers: Headers; body: Body; sentAt: number };
  response?: {
    status: number;
    headers: Headers;
    body: Body;
    headersAt: number;
    endAt: number;
    /** How long its first byte may have lain unread, ms. */
    unreadMs?: number;
  };
  /** Why there is no (whole) response. */
  failure?: { reason: string; at: number; cause?: FailureCause };
  /** Of recorded traffic: how it was recorded. */
  recorded?: RecordedIn;
}

/**
 * What kept a response from coming: no connection could be had, it broke off, it took too long, the certificates did not
 * suit, what came was not HTTP, or this machine had run out of files or ports, so that nothing was sent.
 */
export type FailureCause = 'refused' | 'broken' | 'late' | 'tls' | 'unreadable' | 'exhausted';

/** One request that reached the callback listener: headers, end of the body, our acknowledgement. */
export interface Delivery {
  kind: 'delivery';
  n: number;
  method: string;
  path: string;
  /** The key of the call whose callback path it came to; none where no call has that path. */
  call?: string;
  headers: Headers;
  body: Body;
  headersAt: number;
  bodyAt: number;
  /** When the acknowledgement was sent; none where the sender was gone before it had left. */
  acknowledgedAt?: number;
  /** When a sender that waited for no acknowledgement was gone. */
  leftAt?: number;
  /** When its connection was accepted, where that had just happened and nothing else had come by it. */
  openedAt?: number;
  /** How long it, or its new connection, may have waited for us to read it, ms. */
  unreadMs?: number;
  /** How much later than `bodyAt` something else must have arrived to come after it, ms. Absent where orders go by acknowledgements alone. */
  slackMs?: number;
  /** Of recorded traffic: how it was recorded. */
  recorded?: RecordedIn;
}

/** A call that was provisioned for the run. */
export interface CallRecord {
  kind: 'call';
  n: number;
  /** `scenario/attempt#ordinal`, unique in the run. */
  key: string;
  scenario: string;
  shape: 'group' | 'peerToPeer' | 'unknown';
  callId: string;
  callbackUri: string;
  /** True where the call has no callback path of its own: what names it is meant for it, wherever it is delivered. */
  sharedCallback?: boolean;
}

/** What the suite set out to do with one invitation, written before it is sent. */
export interface InvitationRecord {
  kind: 'invitation';
  n: number;
  /** `scenario/attempt/name`, unique in the run. */
  key: string;
  scenario: string;
  attempt: string;
  /** The behaviours that this invitation tries. */
  tries: string[];
  call: string;
  /** As sent; absent where the invitation carries none. */
  clientContext?: string;
  /** Who must be invited by it. */
  invitees: InvitedIdentity[];
  /** Who is named in it and must not be invited by it. */
  ignored: InvitedIdentity[];
  /** The key of the call that it replaces: a peer-to-peer call, or the meeting that somebody is moved out of. */
  replaces?: string;
  /** Of somebody who is moved: the participant's id in that meeting. */
  participantId?: string;
  /** True where those it names are invited hidden, so that no roster shows them. */
  hidden?: boolean;
  /** True if its invitees are already in the call, so a roster that lists them proves nothing. */
  alreadyInCall?: boolean;
  /** The behaviour whose invitation must be accepted for the answer to this one to mean anything. */
  control: string;
  /** What the documentation says becomes of it; `either`: two of its rules apply, so that taking and refusing it are both right. */
  expect: 'accepted' | 'refused' | 'refusedOrFails' | 'fails' | 'either';
  /** In words, what is particular about the request; shown in findings. */
  says: string;
  /** When it was to be sent, where a rate says so; what it was sent later than that, it waited for the target. */
  dueAt?: number;
}

/** An attempt that could not be made, in whole: what was missing. */
export interface MissingRecord {
  kind: 'missing';
  n: number;
  scenario: string;
  attempt: string;
  tries: string[];
  cause: 'environment' | 'unsupported' | 'notAllowed' | 'prerequisite';
  missing: string;
  hint: string;
}

/** An attempt ended by itself: all that it waited for came, or its deadline passed. */
export interface AttemptEnd {
  kind: 'attemptEnd';
  n: number;
  scenario: string;
  attempt: string;
  at: number;
}

/** One look at another clock: it showed `shows` at some moment between `sentAt` and `receivedAt`. */
export interface ClockSample {
  kind: 'clock';
  n: number;
  /** Whose clock: the one listener's of a run on several machines, or the target's, by its Date header. */
  of: 'listener' | 'target';
  sentAt: number;
  receivedAt: number;
  /** The listener's by its own history's clock; the target's in ms since 1970. */
  shows: number;
  /** How much later it may have been, ms: a Date knows no more than seconds. */
  resolutionMs: number;
}

/**
 * Why a run could not go on: the target took no connection any more (`unreachable`), no longer knew the calls that it had
 * set up (`restarted`), or no longer took the valid token (`tokenRefused`); or this machine ran out of files or ports
 * (`exhausted`). What had not ended by `since` says nothing.
 */
export interface StoppedRecord {
  kind: 'stopped';
  n: number;
  cause: 'unreachable' | 'restarted' | 'tokenRefused' | 'exhausted';
  /** When it was known. */
  at: number;
  /** Until when the target was surely there. */
  since: number;
  /** The exchange that showed it first; none where nothing was under way. */
  exchange?: number;
  /** The keys of the invitations that were in flight. */
  inFlight: string[];
  /** What the target answered, or why it took no connection. */
  seen: string;
}

/** What an interaction of a contract came to: what Pact's Verifier, and what it compares nothing with, said of the evidence. */
export interface ContractRecord {
  kind: 'contract';
  n: number;
  scenario: string;
  attempt: string;
  at: number;
  result: 'passed' | 'failed' | 'untested' | 'notApplicable';
  /** After a failure the behaviours that failed; otherwise the behaviours that it covers. */
  behaviors: string[];
  mismatches: ContractMismatch[];
  reason?: ContractReason;
  /** Untested for want of something in the environment. */
  environment?: true;
  /** The key of the invitation that the target answered, or that the notification follows, and that of its call. */
  invitation?: string;
  call?: string;
}

/** The last event of a run that was not cut off: the quiet window was kept to the end. */
export interface RunEnd {
  kind: 'end';
  n: number;
  at: number;
  interrupted: boolean;
  /** There where it ended at a failure, as the user asked; what had not ended by then was left out. */
  bailed?: boolean;
  remarks: string[];
}

export type HistoryEvent =
  | Exchange
  | Delivery
  | CallRecord
  | InvitationRecord
  | MissingRecord
  | AttemptEnd
  | ClockSample
  | StoppedRecord
  | ContractRecord
  | RunEnd;

/** What an attempt is, as far as the judges need it: which behaviours it tries, and whether the config leaves it out. */
export interface PlannedAttempt {
  scenario: string;
  attempt: string;
  tries: string[];
  /** The capability that the config declares absent, where that is why it is not made. */
  withoutCapability?: string;
  /** True where the user chose other scenarios, or behaviours that do not need it. */
  notSelected?: boolean;
  /** Of what it tries, the behaviours that the user asked for; absent: all. What else it shows counts nothing. */
  asked?: string[];
  /** True where it is made when nothing else is under way. */
  alone?: boolean;
  /** The interaction of a contract that is verified by it; such an attempt tries no behaviour. */
  contract?: PlannedContract;
}

/** An interaction of a contract. */
export interface PlannedContract {
  interaction: string;
  /** The bot whose contract it is, where it is not the project's own. */
  consumer?: string;
  /** Its bot or the broker marks it as pending: no gate counts it. */
  pending?: true;
  /** The behaviours that it covers. */
  behaviors: string[];
}

/** The scenario of the attempts by which contracts are verified. */
export const CONTRACTS = 'contracts';

/** How many invitations a load run sends, and how many a second. */
export interface LoadOptions {
  count: number;
  rate: number;
}

/** The first line of a history: what was run, against what, with which settings. */
export interface HistoryHeader {
  kind: 'header';
  format: 1;
  suiteVersion: string;
  catalogDigest: string;
  /** The edition of the page that the run was to be judged by; absent: 2021-02-16. */
  edition?: string;
  /** True where the target's bots asked for rosters that tell what has changed alone. */
  deltaParticipants?: boolean;
  target: string;
  /** ISO 8601, of the wall clock. */
  startedAt: string;
  timeoutMs: number;
  quietMs: number;
  /** The shortest time in which the target's host answered a connection, ms; the slack of an order between a response and a notification. */
  roundTripMs: number;
  plan: PlannedAttempt[];
  /** Of a load run: what was to be sent. Its history is judged call by call, as it is read. */
  load?: LoadOptions;
  /** Of a part of a run that several machines take part in: which machine, and whether it sends or listens. */
  machine?: { name: string; role: 'sends' | 'listens' };
  /** Of a history that was made of traffic which others recorded: absence, times and orders count as far as it shows them. */
  recording?: Recording;
}

/** A recorded run. */
export interface History {
  header: HistoryHeader;
  events: HistoryEvent[];
}
