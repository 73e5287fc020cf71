import type { Call, Invitation, Member, Participant, Planned, ResultInfo } from './model';
import type { Identity } from './identity';
import { isObject, type Json, type JsonObject } from './json';

const OPERATION = '#microsoft.graph.inviteParticipantsOperation';

const nulls = (...names: string[]): JsonObject => Object.fromEntries(names.map((name): [string, Json] => [name, null]));

const paddings: readonly { kind: string; identity: JsonObject; entry: JsonObject }[] = [
  {
    kind: 'phone',
    identity: nulls(
      'user',
      'guest',
      'encrypted',
      'onPremises',
      'applicationInstance',
      'application',
      'device',
      'phone',
    ),
    entry: { endpointType: null, id: null },
  },
  { kind: '', identity: nulls('user', 'application', 'device', 'phone'), entry: { endpointType: null } },
];

function typed(type: string, value: Json | undefined): JsonObject {
  return { '@odata.type': `#microsoft.graph.${type}`, ...(isObject(value) ? value : {}) };
}

function namedIdentities(participant: { identities: readonly Identity[]; identity: JsonObject }): JsonObject {
  const named = participant.identities.map(({ kind }): [string, Json] => [
    kind,
    typed('identity', participant.identity[kind]),
  ]);
  return Object.fromEntries(named);
}

function paddedParticipant(participant: Participant): JsonObject {
  const padding = paddings.find(
    ({ kind }) => kind === '' || participant.identities.some((identity) => identity.kind === kind),
  );
  return {
    ...padding?.entry,
    replacesCallId: participant.replacesCallId,
    ...(participant.participantId === null ? {} : { id: null, participantId: participant.participantId }),
    identity: { ...padding?.identity, ...namedIdentities(participant) },
  };
}

/** The operation in responses, padded with nulls as in the page's examples. */
export function operationAnswer(invitation: Invitation): JsonObject {
  return {
    '@odata.type': OPERATION,
    id: invitation.id,
    status: 'Running',
    clientContext: invitation.clientContext,
    resultInfo: null,
    participants: invitation.participants.map(paddedParticipant),
  };
}

/** The operation in notifications: without nulls, with a type on every object. */
export function operationNotified(invitation: Invitation): JsonObject {
  const failure = invitation.failure ? { resultInfo: resultInfo(invitation.failure) } : {};
  return {
    '@odata.type': OPERATION,
    participants: invitation.participants.map((participant) =>
      typed('invitationParticipantInfo', { identity: typed('identitySet', namedIdentities(participant)) }),
    ),
    status: invitation.failure ? 'failed' : 'completed',
    clientContext: invitation.clientContext,
    ...failure,
    id: invitation.id,
  };
}

/** A resultInfo. */
export function resultInfo(info: ResultInfo): JsonObject {
  return typed('resultInfo', { ...info });
}

/** The participant of a roster that describes a member. */
export function rosterEntry(member: Member): JsonObject {
  const stream = { mediaType: 'audio', sourceId: member.sourceId, direction: 'sendReceive', serverMuted: false };
  return typed('participant', {
    info: typed('participantInfo', {
      identity: typed('identitySet', namedIdentities(member)),
      endpointType: 'default',
    }),
    mediaStreams: [typed('mediaStream', stream)],
    isMuted: false,
    isInLobby: false,
    id: member.id,
  });
}

/** A call in responses. */
export function callAnswer(call: Call): JsonObject {
  return typed('call', {
    ...call.created,
    id: call.id,
    state: call.state,
    direction: 'outgoing',
    callbackUri: call.callbackUri,
    chatInfo: call.chatInfo,
    resultInfo: null,
  });
}

/** A call in notifications. */
export function callNotified(call: Call, state: Call['state'], result?: ResultInfo): JsonObject {
  return typed('call', { state, ...(result ? { resultInfo: resultInfo(result) } : {}), id: call.id });
}

/**
 * Makes one notification with one item, to be sent after the response, in the queue of the call.
 * @param call the call whose callback receives it
 * @param path path of the changed resource, after `/calls/{id}`
 */
export function notification(
  kind: Planned['kind'],
  call: Call,
  changeType: 'created' | 'updated' | 'deleted',
  path: string,
  resourceData: Json,
): Planned {
  const change = typed('commsNotification', {
    changeType,
    resource: `/app/calls/${call.id}${path}`,
    resourceUrl: `/communications/calls/${call.id}${path}`,
    resourceData,
  });
  return {
    kind,
    call,
    to: call.callbackUri,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    envelope: typed('commsNotifications', { value: [change] }),
    delayMs: 0,
    detached: false,
    phase: 'after-answer',
    keepAlive: true,
    dropped: false,
  };
}
