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

/** What the config can declare absent. */
export type Capability = keyof Capabilities;

/** Which Authorization header an invitation is sent with: a token of the run, none, or one made of the valid token. */
export type Authorization =
  'valid' | 'withoutPermission' | 'delegated' | 'none' | ((valid: string | undefined) => string);

/** An invitation that a scenario wants to be sent; what is left out is as for any plain invitation. */
export interface InvitationOptions {
  /** Its name within the attempt. */
  name?: string;
  /** In words, what is particular about it. */
  says?: string;
  /** The behaviours that it tries; the attempt's by default. */
  tries?: readonly string[];
  expect?: InvitationRecord['expect'];
  /** The behaviour whose invitation must be accepted for the answer to mean anything; request.route by default. */
  control?: string;
  invitees: InvitedIdentity[];
  /** Named after the invitees, and to be passed over. */
  ignored?: InvitedIdentity[];
  /** The call that every participant's replacesCallId names. */
  replaces?: CallRecord;
  /** Of somebody to be moved out of that call: the first invitee's id in it. */
  participantId?: string;
  /** Whether they are invited hidden. */
  hidden?: boolean;
  /** null: the request has none. */
  clientContext?: string | null;
  alreadyInCall?: boolean;
  /** When it is to be sent, by the run's clock, where a rate says so; ms. */
  dueAt?: number;
  authorization?: Authorization;
  /** Sent on the attempt's own connection, which is kept, in place of a new one. */
  keptConnection?: boolean;
  /** Further headers, made of the valid token. */
  headers?: (valid: string | undefined) => Record<string, string>;
  /** What follows the path of the URL, made of the valid token: `?…`. */
  query?: (valid: string | undefined) => string;
  /** null: the request has no such header. */
  contentType?: string | null;
  /** The request's body in place of the plain one, made from it and of the valid token; a string is sent as it is. */
  body?: (plain: { participants: unknown[]; clientContext?: string }, valid: string | undefined) => unknown;
}

/** A meeting with somebody in it, who may be moved to another one. */
export interface Meeting {
  call: CallRecord;
  user: InvitedIdentity;
  /** The user's id in the roster of that meeting. */
  participantId: string;
}

/** What an attempt can do. Each method may throw NotProvided, which makes what the attempt tries untested. */
export interface AttemptContext {
  groupCall(options?: { chatInfo?: boolean; pstnNumber?: boolean }): Promise<CallRecord>;
  /** A live peer-to-peer call and the user in it. */
  peerToPeerCall(): Promise<{ call: CallRecord; user: InvitedIdentity }>;
  /** A meeting of the application that the run's token is of, or of another one. */
  meeting(application: 'same' | 'another'): Promise<Meeting>;
  /** A call id that does not exist. @param callId a random one by default */
  unknownCall(callId?: string): CallRecord;
  /** Users, all different. @param toRefuse how many of them, the last, are for invitations that must be refused */
  users(count: number, toRefuse?: number): Promise<InvitedIdentity[]>;
  unreachableUser(): Promise<InvitedIdentity>;
  /** The phone that may be dialled. @param anew it must be in no call of the run yet, also where all share one */
  phone(anew?: boolean): InvitedIdentity;
  /** A phone with an id that no network can dial. Throws as `phone` does where none may be dialled at all. */
  undialablePhone(id: string): InvitedIdentity;
  /** Sends an invitation and waits for its answer. */
  invite(call: CallRecord, options: InvitationOptions): Promise<SentInvitation>;
  /** Waits for what is due after an answer: the end of the operation, the roster, the end of the replaced call. */
  waitForOutcome(sent: SentInvitation): Promise<void>;
  /** Sends an invitation and waits for what is due. */
  inviteAndWait(call: CallRecord, options: InvitationOptions): Promise<SentInvitation>;
  /** Closes the connection that was kept, once the attempt is over. */
  close(): void;
}

/** What the attempt of a contract's interaction can do beside. */
export interface ContractContext extends AttemptContext {
  /** The target's base URL, without a slash at its end. */
  base: string;
  tokens: Tokens;
  /** The history's. */
  header: HistoryHeader;
  /**
   * Sends a request as Pact's Verifier makes it, and again where the target asks to wait.
   * @param about the invitation that it is, and to which call; undefined: it is not an invitation
   */
  forward(request: ForwardedRequest, about?: { call: CallRecord; options: InvitationOptions }): Promise<Forwarded>;
  /**
   * Waits for what follows an invitation; the time is counted anew from each notification to its call.
   * @param other another call whose notifications count
   * @returns whether it came
   */
  waitUntil(sent: SentInvitation, isTrue: () => boolean, other?: CallRecord): Promise<boolean>;
  /** The notifications that end the operation of an invitation, so far. */
  endingsOf(sent: SentInvitation): Notification[];
  /** The notifications that came to a call, so far. */
  notificationsTo(call: CallRecord): Notification[];
  /** Keeps what the interaction came to. */
  recordResult(verdict: ContractVerdict): void;
}

/** A request that somebody else made. */
export interface ForwardedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** What of it a target may give back as evidence: it holds no token of the run. */
  own: string;
}

/** What became of a request that somebody else made: the last exchange, and the invitation that it was. */
export interface Forwarded {
  exchange: Exchange;
  invited?: InvitationExchange;
}

/** What an interaction came to. */
export type ContractVerdict = Pick<
  ContractRecord,
  'result' | 'behaviors' | 'mismatches' | 'reason' | 'environment' | 'invitation' | 'call'
>;

/** One thing to try on calls of its own. */
export interface Attempt {
  name: string;
  tries: readonly string[];
  /** The first edition that it is made for, and the last; default: all. */
  since?: Edition;
  until?: Edition;
  /** Without it the attempt is not made, and what only it tries does not apply. */
  capability?: Capability;
  /** True where it is made when nothing else is under way: what depends on the machine's load shows alike each time. */
  alone?: boolean;
  /** True where others try the same as well: it begins after them, so that what is scarce is theirs. */
  variation?: boolean;
  act(context: AttemptContext): Promise<void>;
}

/** The attempt of a contract's interaction. It tries no behaviour: Pact's Verifier says what it came to. */
export interface ContractAttempt {
  name: string;
  contract: PlannedContract;
  act(context: ContractContext): Promise<void>;
}

/** The attempts of contracts, with what is held while they are under way: Pact's Verifier and the gateway before it. */
export interface Contracts {
  /** What is shown nowhere beside the tokens, such as what a broker was asked with. */
  secrets: readonly string[];
  attempts: readonly ContractAttempt[];
  /** Starts the preparation; each attempt reports if it failed. */
  prepare(): void;
  /** Ends what was started; never throws. */
  close(): Promise<void>;
}

/** Attempts that belong together. They only act: nothing is judged here. */
export interface Scenario {
  name: string;
  attempts: readonly Attempt[];
}
