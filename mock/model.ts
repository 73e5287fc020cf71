import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from './identity';
import type { Json, JsonObject } from './json';

/** Somebody in a call. */
export interface Member {
  /** participant id */
  id: string;
  identities: readonly Identity[];
  identity: JsonObject;
  /** number of the member's audio stream in this call */
  sourceId: string;
  /** whether no roster lists it */
  hidden?: boolean;
}

/** A call the mock knows. Group calls take invitations, peer-to-peer calls can be replaced. */
export interface Call {
  id: string;
  kind: 'group' | 'peerToPeer';
  /** application id of the bot that made it; none: it was made by a state and belongs to every bot */
  owner: string | undefined;
  callbackUri: string;
  /** whether it has a chat, which inviting several people at once needs */
  chatInfo: JsonObject | null;
  /** whether its application instance has a phone number, which inviting a phone needs */
  pstnNumber: boolean;
  state: 'establishing' | 'established' | 'terminating' | 'terminated';
  members: Member[];
  /** the keys of everybody in it (see identity.ts) */
  present: Set<string>;
  /** operations that have not ended, by id */
  operations: Map<string, Invitation>;
  /** the keys of everybody on the way into it, and how many of its operations each is in */
  expected: Map<string, number>;
  /** streams handed out so far */
  sources: number;
  queue: NotificationQueue;
  /** how many bytes of bodies it keeps: of the request that made it, and of invitations to it */
  bytes: number;
  /** the body of the create request, or what a state stands for */
  created: JsonObject;
}

/** A body written in several pieces. */
export interface Pieces {
  count: number;
  /** milliseconds between two pieces */
  pauseMs: number;
  /** of an answer: milliseconds between its headers and the first piece; default 0 */
  afterHeadersMs?: number;
}

/** One notification that is to be sent: everything about it can be changed until its turn comes. */
export interface Planned {
  /** what it is about */
  kind: 'operation' | 'roster' | 'call';
  /** the call in whose order it is sent */
  call: Call;
  /** URL it is sent to */
  to: string;
  method: string;
  headers: Record<string, string>;
  /** the body */
  envelope: Json;
  /** the body's bytes, instead of the envelope in JSON */
  text?: string;
  pieces?: Pieces;
  /** milliseconds after it was queued at which it is sent at the earliest; if it is detached: after its turn came */
  delayMs: number;
  /** whether the next notification does not wait for this one */
  detached: boolean;
  /** sent before the request is answered, while it is, or after */
  phase: 'before-answer' | 'with-answer' | 'after-answer';
  /** whether its connection is kept for the next one */
  keepAlive: boolean;
  /** whether it is not sent after all */
  dropped: boolean;
}

/** The notifications of one call, in their order. */
export interface NotificationQueue {
  /** how many have not been sent yet */
  readonly waiting: number;
  /** Adds notifications at the end. */
  add(batch: readonly Planned[], before?: () => void, queuedAt?: number): Promise<void>;
  /** Drops everything that has not been sent, now and later. */
  discard(): void;
}

/** Somebody an invitation names. */
export interface Participant {
  identities: readonly Identity[];
  identity: JsonObject;
  replacesCallId: string | null;
  /** its id in the call that it is to be moved out of */
  participantId: string | null;
  /** whether no roster is to list it */
  hidden: boolean;
}

/** Why an operation failed; code and subcode are integers. */
export interface ResultInfo {
  code: number;
  subcode: number;
  message: string;
}

/** An accepted invitation: an inviteParticipantsOperation under way. */
export interface Invitation {
  /** operation id */
  id: string;
  call: Call;
  /** the participants that were read: the first alone if a call is replaced */
  participants: readonly Participant[];
  /** all participants that were sent */
  sent: readonly Participant[];
  clientContext: string | null;
  /** the call that is replaced, if any */
  replaced: Call | undefined;
  /** the meeting that the participant is moved out of, if any */
  movedFrom: Call | undefined;
  /** set if the invitation is bound to fail */
  failure: ResultInfo | undefined;
}

/** Everything a request for an invitation says, read as far as it can be read, before any rule is applied. */
export interface Attempt {
  authorization: string | undefined;
  contentType: string | undefined;
  /** what the token claims, whoever signed it; `undefined`: nothing that can be read */
  claims: JsonObject | undefined;
  /** all headers, names in lower case */
  headers: IncomingHttpHeaders;
  /** what follows the path of the URL, with its question mark; empty if nothing does */
  query: string;
  /** the same for all requests that come on one connection */
  connection: object;
  /** value of `client-request-id`, returned in error bodies */
  clientRequestId: string | undefined;
  /** URL prefix of the API, `http://host:port/v1.0` */
  base: string;
  /** the id in the path */
  callId: string;
  /** the call, if it exists and the caller may see it */
  call: Call | undefined;
  /** the live calls, whoever may see them */
  calls: () => readonly Call[];
  /** how long the body is, in bytes */
  bytes: number;
  /** the body as text */
  text: string;
  /** the body, `undefined` if it is not JSON */
  body: Json | undefined;
  /** names of parameters that were given twice in different case */
  repeated: readonly string[];
  /** the `participants` parameter as it came */
  given: Json | undefined;
  /** the `clientContext` parameter as it came */
  clientContext: Json | undefined;
  /** the participants that were sent and name an identity */
  sent: readonly Participant[];
  /** those of them that count: the first alone if any has `replacesCallId` */
  participants: readonly Participant[];
  /** whether an entry that counts names no identity */
  anonymous: boolean;
}
