import type { ContractMismatch, ContractReason } from '../schemas/generated/result';
import type { LoadOptions } from '../schemas/run-options';
import type { RecordedIn, Recording } from './recording';

/**
 * The events of a history. Times are milliseconds on the run's own monotonic clock, which starts at zero; `n` is the
 * event's number, by which reports refer to it.
 */

/** A body as on the wire, capped; UTF-8 text or base64. */
export interface Body {
  encoding: 'utf8' | 'base64';
  content: string;
  /** Its full length in bytes, even if not all of it was kept. */
  bytes: number;
  /** True if it is incomplete: longer than the cap, or cut off by the sender. */
  truncated: boolean;
  /** True if the recorder kept nothing of it, or not the bytes on the wire: then its content is unknown. */
  notRecorded?: true;
}

/** Header names in lower case, in order of arrival, with duplicates. */
export type Headers = [name: string, value: string][];

/** An identity of an invitee: its key in the identitySet, and its id. */
export interface InvitedIdentity {
  kind: string;
  id: string;
}

/** One HTTP exchange with the target: request sent, first byte of the headers, end of the body. */
export interface Exchange {
  kind: 'exchange';
  n: number;
  purpose: 'invite' | 'provision' | 'release' | 'probe';
  scenario: string;
  /** The key of the invitation in the request, if any. */
  invitation?: string;
  request: { method: string; url: string; headers: Headers; body: Body; sentAt: number };
  response?: {
    status: number;
    headers: Headers;
    body: Body;
    headersAt: number;
    endAt: number;
    /** How long its first byte may have been unread, ms. */
    unreadMs?: number;
  };
  /** Why the response is missing or incomplete. */
  failure?: { reason: string; at: number; cause?: FailureCause };
  /** In recorded traffic: how it was recorded. */
  recorded?: RecordedIn;
}

/**
 * Why there is no response: the connection failed, broke, or timed out; the certificate was not accepted; the response
 * was not HTTP; or this machine had run out of files or ports, so that nothing was sent.
 */
export type FailureCause = 'refused' | 'broken' | 'late' | 'tls' | 'unreadable' | 'exhausted';

/** One request to the callback listener: headers, end of the body, the listener's acknowledgement. */
export interface Delivery {
  kind: 'delivery';
  n: number;
  method: string;
  path: string;
  /** The key of the call with this callback path; absent if no call has it. */
  call?: string;
  headers: Headers;
  body: Body;
  headersAt: number;
  bodyAt: number;
  /** When the acknowledgement was sent; absent if the sender had closed the connection before. */
  acknowledgedAt?: number;
  /** When a sender closed the connection without waiting for the acknowledgement. */
  leftAt?: number;
  /** When its connection was accepted, if that was new and carried nothing before. */
  openedAt?: number;
  /** How long it, or its new connection, may have been unread, ms. */
  unreadMs?: number;
  /** How long after `bodyAt` another event must arrive to provably follow, ms; absent if only acknowledgements prove order. */
  slackMs?: number;
  /** In recorded traffic: how it was recorded. */
  recorded?: RecordedIn;
}

/** A call provisioned for the run. */
export interface CallRecord {
  kind: 'call';
  n: number;
  /** `scenario/attempt#ordinal`, unique in the run. */
  key: string;
  scenario: string;
  shape: 'group' | 'peerToPeer' | 'unknown';
  callId: string;
  callbackUri: string;
  /** True if the call has no callback path of its own: then notifications that name it belong to it, wherever delivered. */
  sharedCallback?: boolean;
}

/** The intention of one invitation, written before it is sent. */
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
  /** As sent; absent if the invitation has none. */
  clientContext?: string;
  /** Participants who must be invited by it. */
  invitees: InvitedIdentity[];
  /** Participants in it who must be ignored. */
  ignored: InvitedIdentity[];
  /** The key of the call that it replaces: a peer-to-peer call, or the meeting that a participant is moved from. */
  replaces?: string;
  /** The id of a moved participant in that meeting. */
  participantId?: string;
  /** True if its invitees are hidden, so that no roster shows them. */
  hidden?: boolean;
  /** True if its invitees are already in the call, so a roster that lists them proves nothing. */
  alreadyInCall?: boolean;
  /** True if it was sent on the connection of its attempt's earlier such invitations; otherwise on a new one. */
  keptConnection?: boolean;
  /** The behaviour whose invitation must be accepted; otherwise the response to this one means nothing. */
  control: string;
  /** The documented outcome; `either`: two rules apply, so that both accepting and refusing are correct. */
  expect: 'accepted' | 'refused' | 'refusedOrFails' | 'fails' | 'either';
  /** What is particular about the request, in words; shown in findings. */
  says: string;
  /** The key of the same invitation in the first round of an attempt that was repeated. */
  repeats?: string;
  /** When it was due, if a rate is set; a later `sentAt` means that it waited for the target. */
  dueAt?: number;
}

/** An attempt that could not be made, and what was missing. */
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

/** An attempt ended normally: everything expected arrived, or its deadline passed. */
export interface AttemptEnd {
  kind: 'attemptEnd';
  n: number;
  scenario: string;
  attempt: string;
  at: number;
}

/** One sample of another clock: it showed `shows` at some moment between `sentAt` and `receivedAt`. */
export interface ClockSample {
  kind: 'clock';
  n: number;
  /** Whose clock: the listener's in a run on several machines, or the target's, by its Date header. */
  of: 'listener' | 'target';
  sentAt: number;
  receivedAt: number;
  /** The listener's: on the clock of its own history; the target's: ms since 1970. */
  shows: number;
  /** How much later the real time may be, ms: a Date header has whole seconds. */
  resolutionMs: number;
}

/**
 * Why a run could not continue: the target accepted no more connections (`unreachable`), did not know its calls
 * (`restarted`) or refused the valid token (`tokenRefused`), or this machine ran out of files or ports (`exhausted`).
 * Attempts that ended after `since` are not judged.
 */
export interface StoppedRecord {
  kind: 'stopped';
  n: number;
  cause: 'unreachable' | 'restarted' | 'tokenRefused' | 'exhausted';
  /** When the suite noticed it. */
  at: number;
  /** The last time at which the target was certainly available. */
  since: number;
  /** The first exchange that showed it; absent if none was running. */
  exchange?: number;
  /** The keys of the invitations in flight. */
  inFlight: string[];
  /** The target's response, or why it accepted no connection. */
  seen: string;
}

/** The result of a contract's interaction, from Pact's Verifier and from the suite's own checks. */
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
  /** Untested because of the environment. */
  environment?: true;
  /** The key of the invitation that the target answered, or that the notification follows, and of its call. */
  invitation?: string;
  call?: string;
}

/** The last event of a run that was not cut off: its quiet window was complete. */
export interface RunEnd {
  kind: 'end';
  n: number;
  at: number;
  interrupted: boolean;
  /** Present if the run ended at a failure, as requested; unfinished attempts count as not selected. */
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

/** A planned attempt: the behaviours that it tries, and whether the config excludes it. */
export interface PlannedAttempt {
  scenario: string;
  attempt: string;
  tries: string[];
  /** The capability whose declared absence prevents it. */
  withoutCapability?: string;
  /** True if the user selected other scenarios, or behaviours that do not need it. */
  notSelected?: boolean;
  /** The behaviours that the user selected among those it tries; absent: all. Others do not count. */
  asked?: string[];
  /** True if it runs while nothing else does. */
  alone?: boolean;
  /** The contract interaction that it verifies; such an attempt tries no behaviour. */
  contract?: PlannedContract;
}

/** An interaction of a contract. */
export interface PlannedContract {
  interaction: string;
  /** The bot with the contract; absent: the suite's own. */
  consumer?: string;
  /** The bot or the broker marks it as pending: no gate counts it. */
  pending?: true;
  /** The behaviours that it covers. */
  behaviors: string[];
}

/** The scenario of the attempts that verify contracts. */
export const CONTRACTS = 'contracts';

/** The first line of a history: plan, target and settings of the run. */
export interface HistoryHeader {
  kind: 'header';
  format: 1;
  suiteVersion: string;
  catalogDigest: string;
  /** The edition that the run is judged by; absent: 2021-02-16. */
  edition?: string;
  /** True if the target's bots asked for rosters with only changes. */
  deltaParticipants?: boolean;
  target: string;
  /** ISO 8601, wall clock. */
  startedAt: string;
  timeoutMs: number;
  quietMs: number;
  /** The shortest connection time to the target's host, ms; the slack for orders between a response and a notification. */
  roundTripMs: number;
  plan: PlannedAttempt[];
  /** In a load run: its requested size. Such a history is judged call by call. */
  load?: LoadOptions;
  /** In one machine's part of a run: the machine, and its role. */
  machine?: { name: string; role: 'sends' | 'listens' };
  /** In recorded traffic: its sources. It limits what absence, times and orders prove. */
  recording?: Recording;
}

/** A recorded run. */
export interface History {
  header: HistoryHeader;
  events: HistoryEvent[];
}
