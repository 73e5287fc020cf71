import type { CallRecord, Headers, HistoryEvent, InvitationRecord, InvitedIdentity } from '../../history/events';
import type { Edit } from './edits';

/** What a made-up invitation differs in from a plain one: one user, to a call of its own. */
export interface Wish extends Partial<
  Pick<InvitationRecord, 'scenario' | 'attempt' | 'alreadyInCall' | 'control' | 'expect' | 'participantId' | 'hidden'>
> {
  name?: string;
  tries?: readonly string[];
  invitees?: readonly InvitedIdentity[];
  ignored?: readonly InvitedIdentity[];
  /** null: it is sent without. */
  clientContext?: string | null;
  /** The name of the call that it goes to; invitations of the same name share one. */
  call?: string;
  callId?: string;
  shape?: CallRecord['shape'];
  /** Its call has no callback path of its own. */
  sharedCallback?: boolean;
  /** It replaces a peer-to-peer call. */
  replacing?: boolean;
  operationId?: string;
}

/** How an answer differs from 200 with a Location. */
export interface Reply {
  status?: number;
  headers?: Headers;
  /** When its headers came, and when it was over. */
  from?: number;
  until?: number;
  /** Sent in place of JSON. */
  raw?: string | Buffer;
  /** What was kept is not all of it. */
  truncated?: boolean;
}

/** How a delivery differs from a POST of JSON to the callback of the invitation's call. */
export interface How {
  method?: string;
  headers?: Headers;
  /** The key of the call whose callback it comes to; null: a path that belongs to none. */
  to?: string | null;
  from?: number;
  until?: number;
  /** How long it may have lain unread, ms. */
  unreadMs?: number;
  /** It was never acknowledged. */
  unacknowledged?: boolean;
  /** What was kept is not all of it. */
  truncated?: boolean;
  envelope?: Edit;
  raw?: string | Buffer;
}

export interface Told {
  record: InvitationRecord;
  call: CallRecord;
  peer: CallRecord | undefined;
  operationId: string;
  sentAt: number;
}

/** An event before it has its number. */
export type Unnumbered = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'n'> : never) : never;
