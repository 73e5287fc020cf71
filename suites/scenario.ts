import type { CallRecord, InvitationRecord, InvitedIdentity } from '../history/events';
import type { Capabilities } from '../schemas/options';
import type { Sent } from '../target/watch';

/** What the config can declare absent. */
export type Capability = keyof Capabilities;

/** Which Authorization header an invitation is sent with: a token of the run, none, or one made of the valid token. */
export type Authorization =
  'valid' | 'withoutPermission' | 'delegated' | 'none' | ((valid: string | undefined) => string);

/** An invitation that a scenario wants to be sent; what is left out is as for any plain invitation. */
export interface InvitationWish {
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
  /** The peer-to-peer call that every participant's replacesCallId names. */
  replaces?: CallRecord;
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

/** What an attempt can do. Each method may throw NotProvided, which makes what the attempt tries untested. */
export interface Stage {
  groupCall(wish?: { chatInfo?: boolean; pstnNumber?: boolean }): Promise<CallRecord>;
  /** A live peer-to-peer call and the user in it. */
  peerToPeerCall(): Promise<{ call: CallRecord; user: InvitedIdentity }>;
  /** A call id that does not exist. @param callId a random one by default */
  unknownCall(callId?: string): CallRecord;
  /** Users, all different. @param toRefuse how many of them, the last, are for invitations that must be refused */
  users(count: number, toRefuse?: number): Promise<InvitedIdentity[]>;
  unreachableUser(): Promise<InvitedIdentity>;
  /** The phone that may be dialled. */
  phone(): InvitedIdentity;
  /** Sends an invitation and waits for its answer. */
  invite(call: CallRecord, wish: InvitationWish): Promise<Sent>;
  /** Waits for what is due after an answer: the end of the operation, the roster, the end of the replaced call. */
  settled(sent: Sent): Promise<void>;
  /** Sends an invitation and waits for what is due. */
  see(call: CallRecord, wish: InvitationWish): Promise<Sent>;
  /** Closes the connection that was kept, once the attempt is over. */
  leave(): void;
}

/** One thing to try on calls of its own. */
export interface Attempt {
  name: string;
  tries: readonly string[];
  /** Without it the attempt is not made, and what only it tries does not apply. */
  capability?: Capability;
  /** True where it is made when nothing else is under way: what depends on the machine's load shows alike each time. */
  alone?: boolean;
  /** True where others try the same as well: it begins after them, so that what is scarce is theirs. */
  variation?: boolean;
  act(stage: Stage): Promise<void>;
}

/** Attempts that belong together. They only act: nothing is judged here. */
export interface Scenario {
  name: string;
  attempts: readonly Attempt[];
}
