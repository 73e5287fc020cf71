import type { CallRecord, Headers, HistoryEvent, InvitationRecord, InvitedIdentity } from '../../history/events';
import type { Edit } from './edits';

/** How a made-up invitation differs from a plain one, which invites one user to a call of its own. */
export interface InvitationOptions extends Partial<
  Pick<
    InvitationRecord,
    'scenario' | 'attempt' | 'alreadyInCall' | 'keptConnection' | 'control' | 'expect' | 'participantId' | 'hidden'
  >
> {
  name?: string;
  tries?: readonly string[];
  invitees?: readonly InvitedIdentity[];
  ignored?: readonly InvitedIdentity[];
  /** null: sent without clientContext. */
  clientContext?: string | null;
  /** The name of its call; invitations with the same name share one. */
  call?: string;
  callId?: string;
  shape?: CallRecord['shape'];
  /** Its call has no callback path of its own. */
  sharedCallback?: boolean;
  /** The key of the invitation that it repeats. */
  repeats?: string;
  /** It replaces a peer-to-peer call. */
  replacing?: boolean;
  operationId?: string;
}

/** How a response differs from 200 with a Location. */
export interface ResponseOptions {
  status?: number;
  headers?: Headers;
  /** Times of its headers and of its end. */
  from?: number;
  until?: number;
  /** Sent instead of JSON. */
  raw?: string | Buffer;
  /** Only a part of the body was kept. */
  truncated?: boolean;
}

/** How a delivery differs from a POST of JSON to the callback of the invitation's call. */
export interface DeliveryOptions {
  method?: string;
  headers?: Headers;
  /** The key of the call whose callback receives it; null: a path of no call. */
  to?: string | null;
  from?: number;
  until?: number;
  /** Time for which it may have waited unread, ms. */
  unreadMs?: number;
  /** It was never acknowledged. */
  unacknowledged?: boolean;
  /** Only a part of the body was kept. */
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

/** An event before it has a number. */
export type Unnumbered = HistoryEvent extends infer E ? (E extends HistoryEvent ? Omit<E, 'n'> : never) : never;
