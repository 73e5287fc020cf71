import type { AnyFactId, Finding } from '../../behaviors/behavior';
import type { Place, Value } from '../../behaviors/finding';

/** The expected values and places of each fact's findings, abbreviated; an asterisk stands for text that varies between histories. */
const TOLD: Partial<Record<AnyFactId, readonly string[]>> = {
  'invitation.accepted': ['status 2xx @ status'],
  'invitation.carried-out': [
    'outcome completed @ body $.status',
    'outcome completed @ body $.value[].resourceData.status',
  ],
  'invitation.refused': [
    'outcome refused @ status',
    'outcome refusedOrFailed @ status',
    'outcome refusedOrFailed @ status, body $.value[].resourceData.status',
    'outcome refusedOrFailed @ body $.value[].resourceData.status, status',
  ],
  'invitation.nobody-joins': ['identities none @ body $.value[].resourceData[], status'],
  'invitation.ignored-stay-out': ['identities invitee @ body $.value[].resourceData[]'],
  'refusal.client-error': ['status 4xx @ status'],
  'refusal.status-401': ['status 401 @ status'],
  'refusal.status-403': ['status 403 @ status'],
  'refusal.status-404': ['status 404 @ status'],
  'refusal.error-body': [
    'allowed {"error": {"code": …, "message": …}} @ body $',
    'allowed an object @ body $.error',
    'allowed a non-empty string @ body $.error.code',
    'allowed a non-empty string @ body $.error.message',
  ],
  'refusal.no-operation': ['absent @ body $.value[], status'],
  'response.status-200': ['status 200 @ status'],
  'response.location': ['allowed a URI, absolute or relative to the URI of the request @ header location'],
  'response.location-operation': ['resource /communications/calls/*/operations/* @ header location'],
  'response.json': ['json "application/json" @ header content-type', 'allowed JSON @ body $'],
  'response.operation': [
    'allowed an array @ body $.participants',
    'allowed an identitySet object @ body $.participants[].identity',
    'allowed an identitySet object @ body $.participants[].identity, body $.participants[].endpointType',
    'allowed an inviteParticipantsOperation object @ body $',
    'allowed notStarted, running, completed or failed (in any case), or null @ body $.status',
  ],
  'response.odata-type': [`json "#microsoft.graph.inviteParticipantsOperation" @ body $['@odata.type']`],
  'response.operation-id': ['allowed a non-empty string @ body $.id'],
  'response.operation-id-unique': ['allowed an id that no other invitation has @ body $.id'],
  'response.status-running': ['allowed "Running" (case-insensitive) @ body $.status'],
  'response.status-in-progress': [
    'allowed null, "notStarted" or "running" (case-insensitive), because notifications about the operation follow @ body $.status, time',
  ],
  'response.client-context': ['absent @ body $.clientContext', 'json * @ body $.clientContext'],
  'response.result-info': ['absent @ body $.resultInfo'],
  'response.participants': ['identities invitee @ body $.participants'],
  'response.replaces-call-id': ['json "call-2" @ body $.participants[].replacesCallId'],
  'notification.post': ['json "POST" @ method'],
  'notification.json': ['json "application/json" @ header content-type', 'allowed JSON @ body $'],
  'notification.envelope': [
    `allowed "#microsoft.graph.commsNotifications" @ body $['@odata.type']`,
    `allowed "#microsoft.graph.commsNotification" or null @ body $.value[]['@odata.type']`,
    'allowed an array of 1 or more @ body $.value',
    `allowed an array of 1 or more @ body $.value, body $['@odata.type']`,
  ],
  'notification.change-type': ['allowed "created", "updated" or "deleted" @ body $.value[].changeType'],
  'notification.resource-url': [
    'resource /communications/calls/{id of a call of this run}/… @ body $.value[].resourceUrl',
  ],
  'completion.arrives': [
    'allowed a notification about the operation with status completed or failed @ time',
    'allowed a notification about the operation with status completed or failed @ body $.value[], time',
    'allowed a notification about the operation with status completed or failed @ body $.value[].resourceData.status',
  ],
  'completion.in-time': ['delay 1000 of 1000 @ time'],
  'completion.change-type': ['json "deleted" @ body $.value[].changeType'],
  'completion.resource-url': ['resource /communications/calls/*/operations/* @ body $.value[].resourceUrl'],
  'completion.names-operation': ['resource /communications/calls/*/operations/* @ body $.value[].resourceUrl'],
  'completion.operation': [
    `json "#microsoft.graph.inviteParticipantsOperation" @ body $.value[].resourceData['@odata.type']`,
    'allowed an inviteParticipantsOperation object @ body $.value[].resourceData',
    'allowed an array @ body $.value[].resourceData.participants',
  ],
  'completion.status': [
    'allowed "completed" (case-insensitive) @ body $.value[].resourceData.status, body $.value[].resourceData.resultInfo',
  ],
  'completion.operation-id': ['json * @ body $.value[].resourceData.id'],
  'completion.client-context': [
    'absent @ body $.value[].resourceData.clientContext',
    'json * @ body $.value[].resourceData.clientContext',
  ],
  'completion.participants': ['identities invitee @ body $.value[].resourceData.participants'],
  'completion.names-no-others': ['identities invitee @ body $.value[].resourceData.participants'],
  'completion.once': ['count 1 @ body $.value[]'],
  'failure.status': ['allowed "failed" (case-insensitive) @ body $.value[].resourceData.status'],
  'failure.result-info': [
    'allowed a resultInfo with an integer code and subcode @ body $.value[].resourceData.resultInfo',
    'allowed an integer @ body $.value[].resourceData.resultInfo.code',
    'allowed an integer @ body $.value[].resourceData.resultInfo.subcode',
  ],
  'roster.announced': ['allowed a roster update to the callback of the call @ time', 'delay 1000 of 1000 @ time'],
  'roster.change-type': ['json "updated" @ body $.value[].changeType'],
  'roster.resource-url': ['resource /communications/calls/*/participants @ body $.value[].resourceUrl'],
  'roster.collection': [
    'allowed an array of participant @ body $.value[].resourceData',
    'allowed a participant @ body $.value[].resourceData[]',
    'allowed an integer @ body $.value[].resourceData[].sequenceNumber',
    'allowed a number greater than *, the previous one @ body $.value[].resourceData[].sequenceNumber',
  ],
  'roster.invitees': ['identities invitee @ body $.value[].resourceData'],
  'roster.participant': [
    'allowed a boolean @ body $.value[].resourceData[].isMuted',
    'allowed a boolean @ body $.value[].resourceData[].isInLobby',
    'allowed an array @ body $.value[].resourceData[].mediaStreams',
  ],
  'roster.media-streams': [
    'allowed at least one mediaStream @ body $.value[].resourceData[].mediaStreams',
    'allowed "inactive", "sendOnly", "receiveOnly" or "sendReceive" @ body $.value[].resourceData[].mediaStreams[].direction',
    'allowed a non-empty string @ body $.value[].resourceData[].mediaStreams[].sourceId',
    'allowed a boolean @ body $.value[].resourceData[].mediaStreams[].serverMuted',
  ],
  'roster.joined': [
    'json false @ body $.value[].resourceData[].isMuted',
    'json false @ body $.value[].resourceData[].isInLobby',
  ],
  'roster.hidden-absent': ['identities none @ body $.value[].resourceData[]'],
  'pstn.e164': [
    'allowed a number in E.164: a plus and up to 15 digits @ body $.participants[].identity.phone.id',
    'allowed a number in E.164: a plus and up to 15 digits @ body $.value[].resourceData.participants[].identity.phone.id',
    'allowed a number in E.164: a plus and up to 15 digits @ body $.value[].resourceData[]',
  ],
  'move.response-participant-id': ['json "p-1" @ body $.participants[].participantId'],
  'move.source-call-stays': [
    'allowed a meeting that continues @ body $.value[].resourceData.state',
    'allowed a meeting that continues @ body $.value[].changeType',
  ],
  'replace.peer-call-terminated': [
    'allowed a notification about the replaced call with state terminating or terminated @ time',
    'allowed a notification about the replaced call with state terminating or terminated @ body $.value[], time',
    'resource /communications/calls/call-2 @ body $.value[].resourceUrl',
  ],
  'replace.peer-call-deleted': [
    'allowed a notification about the replaced call with changeType deleted @ time',
    'allowed a notification about the replaced call with changeType deleted @ body $.value[], time',
    'resource /communications/calls/call-2 @ body $.value[].resourceUrl',
  ],
  'ordering.response-first': ['order response, operation @ time $.value[], time'],
  'ordering.completion-before-roster': ['order completion, roster @ time $.value[]'],
  'ordering.replaced-call-ends-after-completion': ['order completion, callEnd @ time $.value[]'],
  'ordering.terminated-before-deleted': ['order terminated, deleted @ time $.value[]'],
};

function expectedInShort(value: Value): string {
  switch (value.is) {
    case 'allowed':
      return `allowed ${value.allowed}`;
    case 'json':
      return `json ${JSON.stringify(value.value)}`;
    case 'resource':
      return `resource ${value.path}`;
    case 'status':
      return `status ${value.status}`;
    case 'outcome':
      return `outcome ${value.outcome}`;
    case 'count':
      return `count ${value.count}`;
    case 'order':
      return `order ${value.first.what}, ${value.then.what}`;
    case 'delay':
      return `delay ${value.ms} of ${value.limitMs}`;
    case 'identities': {
      const roles = new Set(value.identities.map(({ role }) => role.of));
      return `identities ${roles.size === 0 ? 'none' : [...roles].join(', ')}`;
    }
    default:
      return value.is;
  }
}

function placeInShort({ part, path }: Place): string {
  return path === undefined ? part : `${part} ${path.replaceAll(/\[\d+\]/g, '[]')}`;
}

function isLike(told: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return told === pattern;
  let at = told.startsWith(first) ? first.length : -1;
  for (const piece of rest) {
    const next = at === -1 ? -1 : told.indexOf(piece, at + 1);
    at = next === -1 ? -1 : next + piece.length;
  }
  return at === told.length;
}

/** Describes a finding that matches no row of its fact; undefined if it matches one. */
export function untold({ fact, expected, at }: Finding): string | undefined {
  const told = `${expectedInShort(expected)} @ ${[...new Set(at.map(placeInShort))].join(', ')}`;
  return (TOLD[fact] ?? []).some((pattern) => isLike(told, pattern)) ? undefined : `${fact}: ${told}`;
}
