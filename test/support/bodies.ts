import type { InvitedIdentity } from '../../history/events';

/** Bodies like the documentation's examples, about made-up calls and people. */

export function user(id: string): InvitedIdentity {
  return { kind: 'user', id };
}

/** `count` different users. */
export function users(count: number): InvitedIdentity[] {
  return Array.from({ length: count }, (_, i) => user(`user-${i + 1}`));
}

export const PHONE: InvitedIdentity = { kind: 'phone', id: '+12345678901' };

function identity({ kind, id }: InvitedIdentity): Record<string, unknown> {
  const named = { '@odata.type': '#microsoft.graph.identity', id };
  return kind === 'user' ? { ...named, displayName: 'string' } : named;
}

function identitySet(invitee: InvitedIdentity): Record<string, unknown> {
  return { '@odata.type': '#microsoft.graph.identitySet', [invitee.kind]: identity(invitee) };
}

export interface OperationMembers {
  id: string;
  clientContext: string | undefined;
  invitees: readonly InvitedIdentity[];
  replacesCallId?: string | undefined;
}

/** The body of the response: padded with nulls, like the documentation's. */
export function responseBody({ id, clientContext, invitees, replacesCallId }: OperationMembers) {
  return {
    '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
    id,
    status: 'Running',
    clientContext: clientContext ?? null,
    resultInfo: null,
    participants: invitees.map((invitee) => ({
      endpointType: null,
      replacesCallId: replacesCallId ?? null,
      identity: {
        user: null,
        application: null,
        device: null,
        phone: null,
        [invitee.kind]: identity(invitee),
      },
    })),
  };
}

function item(changeType: string, resourceUrl: string, resourceData: unknown) {
  return { '@odata.type': '#microsoft.graph.commsNotification', changeType, resourceUrl, resourceData };
}

/** The notification about an operation. */
export function operationItem(callId: string, members: OperationMembers, status: string, changeType = 'deleted') {
  const { id, clientContext, invitees } = members;
  return item(changeType, `/communications/calls/${callId}/operations/${id}`, {
    '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
    participants: invitees.map((invitee) => ({
      '@odata.type': '#microsoft.graph.invitationParticipantInfo',
      identity: identitySet(invitee),
    })),
    status,
    clientContext: clientContext ?? null,
    id,
    ...(status === 'failed' ? { resultInfo: { code: 400, subcode: 7507, message: 'nobody answered' } } : {}),
  });
}

/** One entry of a roster. */
export function rosterEntry(invitee: InvitedIdentity, sourceId = '1') {
  return {
    '@odata.type': '#microsoft.graph.participant',
    info: {
      '@odata.type': '#microsoft.graph.invitationParticipantInfo',
      identity: identitySet(invitee),
      endpointType: 'default',
    },
    mediaStreams: [
      {
        '@odata.type': '#microsoft.graph.mediaStream',
        mediaType: 'audio',
        sourceId,
        direction: 'sendReceive',
        serverMuted: false,
      },
    ],
    isMuted: false,
    isInLobby: false,
    id: null,
  };
}

/** The roster update. */
export function rosterItem(callId: string, listed: readonly InvitedIdentity[]) {
  const entries = listed.map((invitee, i) => rosterEntry(invitee, String(i + 1)));
  return item('updated', `/communications/calls/${callId}/participants`, entries);
}

/** An update of a call. */
export function callItem(callId: string, state: string, changeType = 'updated') {
  return item(changeType, `/communications/calls/${callId}`, { '@odata.type': '#microsoft.graph.call', state });
}

export function envelope(items: readonly unknown[]) {
  return { '@odata.type': '#microsoft.graph.commsNotifications', value: items };
}

export function errorBody(code = 'BadRequest', message = 'The request is malformed.') {
  return { error: { code, message } };
}
