import type { Edition } from '../behaviors/edition';
import type {
  CallRecord,
  ContractRecord,
  Exchange,
  HistoryHeader,
  InvitationRecord,
  InvitedIdentity,
  PlannedContract,
} from '../history/events';
import type { Notification } from '../history/notifications';
import type { Capabilities } from '../schemas/options';
import type { Tokens } from '../target/tokens';
import type { InvitationExchange, SentInvitation } from '../target/notification-watch';

/** A capability that the config can declare absent. */
export type Capability = keyof Capabilities;

/** The Authorization header of an invitation: a token of the run, none, or a value made from the valid token. */
export type Authorization =
  'valid' | 'withoutPermission' | 'delegated' | 'none' | ((valid: string | undefined) => string);

/** An invitation that a scenario sends; omitted members are those of a plain invitation. */
export interface InvitationOptions {
  /** Its name within the attempt. */
  name?: string;
  /** What is special about it, as text. */
  says?: string;
  /** The behaviours that it tries; by default the attempt's. */
  tries?: readonly string[];
  expect?: InvitationRecord['expect'];
  /** The behaviour whose invitation must be accepted for the response to be meaningful; by default request.route. */
  control?: string;
  invitees: InvitedIdentity[];
  /** Named after the invitees; the service must ignore them. */
  ignored?: InvitedIdentity[];
  /** The call that every participant's replacesCallId names. */
  replaces?: CallRecord;
  /** For a participant to be moved out of that call: the first invitee's id in it. */
  participantId?: string;
  /** Whether they are invited as hidden. */
  hidden?: boolean;
  /** null: the request has none. */
  clientContext?: string | null;
  alreadyInCall?: boolean;
  /** When to send it, by the run's clock, if a rate is given; ms. */
  dueAt?: number;
  authorization?: Authorization;
  /** Sent on the attempt's own connection, which is kept, instead of a new one. */
  keptConnection?: boolean;
  /** Additional headers, made from the valid token. */
  headers?: (valid: string | undefined) => Record<string, string>;
  /** The part of the URL after the path, made from the valid token: `?…`. */
  query?: (valid: string | undefined) => string;
  /** null: the request has no such header. */
  contentType?: string | null;
  /** Replaces the plain body; made from it and the valid token. A string is sent unchanged. */
  body?: (plain: { participants: unknown[]; clientContext?: string }, valid: string | undefined) => unknown;
}

/** A meeting with a user in it, who may be moved to another one. */
export interface Meeting {
  call: CallRecord;
  user: InvitedIdentity;
  /** The user's id in the roster of that meeting. */
  participantId: string;
}

/**
 * What an attempt can do. Each method may throw NotProvided; the behaviours that the attempt tries are then untested.
 */
export interface AttemptContext {
  groupCall(options?: { chatInfo?: boolean; pstnNumber?: boolean }): Promise<CallRecord>;
  /** A live peer-to-peer call and the user in it. */
  peerToPeerCall(): Promise<{ call: CallRecord; user: InvitedIdentity }>;
  /** A meeting of the application that the run's token belongs to, or of another one. */
  meeting(application: 'same' | 'another'): Promise<Meeting>;
  /** A call that does not exist. @param callId its id; by default random */
  unknownCall(callId?: string): CallRecord;
  /** Distinct users. @param toRefuse how many of them, the last, are for invitations that must be refused */
  users(count: number, toRefuse?: number): Promise<InvitedIdentity[]>;
  unreachableUser(): Promise<InvitedIdentity>;
  /** The phone that may be dialled. @param anew it must not be in any call of the run yet, even if all share one */
  phone(anew?: boolean): InvitedIdentity;
  /** A phone whose id no network can dial. Throws like `phone` if no phone may be dialled. */
  undialablePhone(id: string): InvitedIdentity;
  /** Sends an invitation and waits for its response. */
  invite(call: CallRecord, options: InvitationOptions): Promise<SentInvitation>;
  /** Waits for everything that is due after a response: the completion, the roster, the end of the replaced call. */
  waitForOutcome(sent: SentInvitation): Promise<void>;
  /** Sends an invitation and waits for everything that is due. */
  inviteAndWait(call: CallRecord, options: InvitationOptions): Promise<SentInvitation>;
  /** Closes the kept connection after the attempt. */
  close(): void;
}

/** What the attempt of a contract's interaction can do in addition. */
export interface ContractContext extends AttemptContext {
  /** The target's base URL, without a slash at its end. */
  base: string;
  tokens: Tokens;
  /** The header of the history. */
  header: HistoryHeader;
  /**
   * Sends a request of Pact's Verifier, and again if the target asks to wait.
   * @param about the invitation that it is, and its call; undefined: it is not an invitation
   */
  forward(request: ForwardedRequest, about?: { call: CallRecord; options: InvitationOptions }): Promise<Forwarded>;
  /**
   * Waits for what follows an invitation; each notification to its call restarts the wait.
   * @param other another call whose notifications count
   * @returns whether the condition became true
   */
  waitUntil(sent: SentInvitation, isTrue: () => boolean, other?: CallRecord): Promise<boolean>;
  /** The notifications so far that end the operation of an invitation. */
  endingsOf(sent: SentInvitation): Notification[];
  /** The notifications to a call so far. */
  notificationsTo(call: CallRecord): Notification[];
  /** Records the result of the interaction. */
  recordResult(verdict: ContractVerdict): void;
}

/** A request of Pact's Verifier. */
export interface ForwardedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** The part of it that a target may return as evidence: it contains no token of the run. */
  own: string;
}

/** The result of a forwarded request: the last exchange, and the invitation, if it was one. */
export interface Forwarded {
  exchange: Exchange;
  invited?: InvitationExchange;
}

/** The result of an interaction. */
export type ContractVerdict = Pick<
  ContractRecord,
  'result' | 'behaviors' | 'mismatches' | 'reason' | 'environment' | 'invitation' | 'call'
>;

/** One thing to try on calls of its own. */
export interface Attempt {
  name: string;
  tries: readonly string[];
  /** The first and last edition that it belongs to; by default all. */
  since?: Edition;
  until?: Edition;
  /** Without it the attempt does not run, and behaviours that only it tries are not applicable. */
  capability?: Capability;
  /** Whether it runs when nothing else does, so that results that depend on the machine's load are reproducible. */
  alone?: boolean;
  /** Whether other attempts try the same: it begins after them, so that scarce calls and users go to them. */
  variation?: boolean;
  /** Whether its invitations or their notifications follow one another, so that it takes longer than most. */
  long?: boolean;
  act(context: AttemptContext): Promise<void>;
}

/** The attempt of a contract's interaction. It tries no behaviour: Pact's Verifier determines the result. */
export interface ContractAttempt {
  name: string;
  contract: PlannedContract;
  act(context: ContractContext): Promise<void>;
}

/** The attempts of contracts, and the resources that they use: Pact's Verifier and the gateway before it. */
export interface Contracts {
  /** Values to mask in addition to the tokens, such as a broker's credentials. */
  secrets: readonly string[];
  attempts: readonly ContractAttempt[];
  /** Starts the preparation; each attempt reports if it failed. */
  prepare(): void;
  /** Ends what was started; never throws. */
  close(): Promise<void>;
}

/** Attempts that belong together. They only act and judge nothing. */
export interface Scenario {
  name: string;
  attempts: readonly Attempt[];
}
