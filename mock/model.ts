import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from './identity';
import type { Json, JsonObject } from './json';

/** A member of a call. */
export interface Member {
  /** participant id */
  id: string;
  identities: readonly Identity[];
  identity: JsonObject;
  /** number of the member's audio stream in this call */
  sourceId: string;
  /** whether rosters omit it */
  hidden?: boolean;
}

/** A call. Group calls accept invitations, peer-to-peer calls can be replaced. */
export interface Call {
  id: string;
  kind: 'group' | 'peerToPeer';
  /** application id of the bot that made it; undefined: made by a state, and visible to every bot */
  owner: string | undefined;
  callbackUri: string;
  /** chat of the call, required to invite several people at once; null: none */
  chatInfo: JsonObject | null;
  /** whether its application instance has a phone number, required to invite a phone */
  pstnNumber: boolean;
  state: 'establishing' | 'established' | 'terminating' | 'terminated';
  members: Member[];
  /** the keys of everybody in it (see identity.ts) */
  present: Set<string>;
  /** running operations, by id */
  operations: Map<string, Invitation>;
  /** the keys of the invitees who have not joined yet, with the number of operations that contain each */
  expected: Map<string, number>;
  /** number of stream ids assigned so far */
  sources: number;
  queue: NotificationQueue;
  /** bytes of request bodies that it keeps: of the request that made it, and of invitations to it */
  bytes: number;
  /** the body of the create request, or the equivalent of a state */
  created: JsonObject;
}

/** How a body is written in several pieces. */
export interface Pieces {
  count: number;
  /** milliseconds between two pieces */
  pauseMs: number;
  /** for a response: milliseconds between its headers and the first piece; default 0 */
  afterHeadersMs?: number;
}

/** A notification to be sent; it can be changed until its turn comes. */
export interface Planned {
  /** its subject */
  kind: 'operation' | 'roster' | 'call';
  /** the call in whose queue it is sent */
  call: Call;
  /** URL it is sent to */
  to: string;
  method: string;
  headers: Record<string, string>;
  /** the body */
  envelope: Json;
  /** the body's text, instead of `envelope` as JSON */
  text?: string;
  pieces?: Pieces;
  /** earliest send time, ms after it was queued; if detached, ms after its turn came */
  delayMs: number;
  /** whether the next notification does not wait for this one */
  detached: boolean;
  /** whether it is sent before, together with or after the response */
  phase: 'before-answer' | 'with-answer' | 'after-answer';
  /** whether its connection is kept open for the next one */
  keepAlive: boolean;
  /** whether it is discarded instead of sent */
  dropped: boolean;
}

/** The notifications of one call, in order. */
export interface NotificationQueue {
  /** number of unsent notifications */
  readonly waiting: number;
  /** Adds notifications at the end. */
  add(batch: readonly Planned[], before?: () => void, queuedAt?: number): Promise<void>;
  /** Drops all notifications that have not been sent, and all later ones. */
  discard(): void;
}

/** A participant of an invitation. */
export interface Participant {
  identities: readonly Identity[];
  identity: JsonObject;
  replacesCallId: string | null;
  /** its participant id in the call that it is to be moved from */
  participantId: string | null;
  /** whether rosters must omit it */
  hidden: boolean;
}

/** Why an operation failed; code and subcode are integers. */
export interface ResultInfo {
  code: number;
  subcode: number;
  message: string;
}

/** An accepted invitation with its running inviteParticipantsOperation. */
export interface Invitation {
  /** operation id */
  id: string;
  call: Call;
  /** the participants that count: only the first if a call is replaced */
  participants: readonly Participant[];
  /** all participants that were sent */
  sent: readonly Participant[];
  clientContext: string | null;
  /** the peer-to-peer call that is replaced, if any */
  replaced: Call | undefined;
  /** the meeting that the participant is moved from, if any */
  movedFrom: Call | undefined;
  /** set if the operation will fail */
  failure: ResultInfo | undefined;
}

/** The content of a request for an invitation, as far as it can be parsed, before any rule is applied. */
export interface Attempt {
  authorization: string | undefined;
  contentType: string | undefined;
  /** the claims of the token, whoever signed it; `undefined`: unreadable */
  claims: JsonObject | undefined;
  /** all headers, names in lower case */
  headers: IncomingHttpHeaders;
  /** the query of the URL, with its question mark; empty if there is none */
  query: string;
  /** the same object for all requests on one connection */
  connection: object;
  /** value of `client-request-id`, returned in error bodies */
  clientRequestId: string | undefined;
  /** URL prefix of the API, `http://host:port/v1.0` */
  base: string;
  /** the call id in the path */
  callId: string;
  /** the call, if it exists and the caller may see it */
  call: Call | undefined;
  /** returns the live calls, whoever may see them */
  calls: () => readonly Call[];
  /** length of the body, in bytes */
  bytes: number;
  /** the body as text */
  text: string;
  /** the body, `undefined` if it is not JSON */
  body: Json | undefined;
  /** names of parameters that occur twice in different case */
  repeated: readonly string[];
  /** the raw value of the `participants` parameter */
  given: Json | undefined;
  /** the raw value of the `clientContext` parameter */
  clientContext: Json | undefined;
  /** the participants that contain an identity */
  sent: readonly Participant[];
  /** those of `sent` that count: only the first if any has `replacesCallId` */
  participants: readonly Participant[];
  /** whether an entry that counts contains no identity */
  anonymous: boolean;
}
