import { headerValue, isJsonType } from '../../history/body';
import { participantsOf } from '../../history/identities';
import { leadsToOperation, resolveLocation } from '../../history/location';
import { arrayMember, member, stringMember } from '../../history/values';
import type { Invitation } from '../../history/run-view';
import { check } from '../../schemas';
import type { Deviation, Place } from '../finding';
import { memberOf, identitiesValue, resourceOf, valueOf } from '../finding-values';
import { atStatus, bodyOf, inResponse, namesInvitees, replacedCallOf, replacingEntry, violates } from './evidence';
import { fact } from './fact';
import { isContextOf, leakedContext } from './requests';

/** Facts about the response to an accepted invitation. */

export const OPERATION_TYPE = '#microsoft.graph.inviteParticipantsOperation';

function headerOf(invitation: Invitation, name: string): string | undefined {
  return headerValue(invitation.exchange.response?.headers ?? [], name);
}

function atHeader({ exchange }: Invitation, name: string): Place {
  return { event: exchange.n, part: 'header', path: name };
}

/** A deviation of a member of the response's body. */
function differs(invitation: Invitation, key: string, expected: Deviation['expected']): Deviation {
  const path = key.startsWith('@') ? `['${key}']` : `.${key}`;
  return { expected, observed: memberOf(bodyOf(invitation), key), at: [inResponse(invitation, path)] };
}

const status200 = fact(['accepted'], (invitation) => {
  const status = invitation.exchange.response?.status ?? 0;
  if (status === 200) return undefined;
  return { expected: { is: 'status', status: 200 }, observed: { is: 'answer', status }, at: [atStatus(invitation)] };
});

const location = fact(['accepted'], (invitation) => {
  const found = headerOf(invitation, 'location');
  if (found !== undefined && resolveLocation(found, invitation.exchange.request.url)) return undefined;
  return {
    expected: { is: 'allowed', allowed: 'a URI, absolute or relative to the URI of the request' },
    observed: valueOf(found),
    at: [atHeader(invitation, 'location')],
  };
});

const locationOperation = fact(['accepted', 'location', 'operationIdText'], (invitation) => {
  const found = headerOf(invitation, 'location') ?? '';
  const uri = resolveLocation(found, invitation.exchange.request.url);
  const id = invitation.operationId ?? '';
  if (uri && leadsToOperation(uri, invitation.callId, id)) return undefined;
  return {
    expected: resourceOf(`/communications/calls/${invitation.callId}/operations/${id}`),
    observed: valueOf(found),
    at: [atHeader(invitation, 'location')],
  };
});

const json = fact(['accepted'], (invitation) => {
  const { json: parsed, exchange } = invitation;
  const type = headerOf(invitation, 'content-type');
  if (!isJsonType(type)) {
    return {
      expected: { is: 'json', value: 'application/json' },
      observed: valueOf(type),
      at: [atHeader(invitation, 'content-type')],
    };
  }
  if (parsed.ok) return undefined;
  return {
    expected: { is: 'allowed', allowed: 'JSON' },
    observed: {
      is: 'unreadable',
      reason: parsed.reason,
      beginning: exchange.response?.body.content.slice(0, 160) ?? '',
    },
    at: [inResponse(invitation)],
  };
});

const operation = fact(['accepted', 'json'], (invitation) => {
  const value = invitation.json.ok ? invitation.json.value : undefined;
  return violates(check('invite-participants-operation', value), inResponse(invitation));
});

const odataType = fact(['body'], (invitation) =>
  member(bodyOf(invitation), '@odata.type') === OPERATION_TYPE
    ? undefined
    : differs(invitation, '@odata.type', { is: 'json', value: OPERATION_TYPE }),
);

const operationId = fact(['body'], (invitation) =>
  (stringMember(bodyOf(invitation), 'id') ?? '') !== ''
    ? undefined
    : differs(invitation, 'id', { is: 'allowed', allowed: 'a non-empty string' }),
);

const statusRunning = fact(['body'], (invitation) =>
  stringMember(bodyOf(invitation), 'status')?.toLowerCase() === 'running'
    ? undefined
    : differs(invitation, 'status', { is: 'allowed', allowed: '"Running" (case-insensitive)' }),
);

const IN_PROGRESS = new Set(['notstarted', 'running']);

/** If notifications follow, the response must not announce the outcome (linked: commsOperation). */
const statusInProgress = fact(['body', 'operationNotification'], (invitation) => {
  const found = member(bodyOf(invitation), 'status');
  if (found === undefined || (typeof found === 'string' && IN_PROGRESS.has(found.toLowerCase()))) return undefined;
  const allowed =
    'null, "notStarted" or "running" (case-insensitive), because notifications about the operation follow';
  const deviation = differs(invitation, 'status', { is: 'allowed', allowed });
  const followed = invitation.operations.map(({ delivery }): Place => ({ event: delivery.n, part: 'time' }));
  return { ...deviation, at: [...deviation.at, ...followed] };
});

const clientContext = fact(['body'], (invitation, run) => {
  const sent = invitation.record.clientContext;
  const found = member(bodyOf(invitation), 'clientContext');
  if (sent !== undefined) {
    if (isContextOf(invitation, found)) return undefined;
    return {
      ...differs(invitation, 'clientContext', { is: 'json', value: sent }),
      ...leakedContext(invitation, found, run),
    };
  }
  const leak = leakedContext(invitation, found, run);
  return leak && { ...differs(invitation, 'clientContext', { is: 'absent' }), ...leak };
});

const resultInfo = fact(['body'], (invitation) =>
  member(bodyOf(invitation), 'resultInfo') === undefined
    ? undefined
    : differs(invitation, 'resultInfo', { is: 'absent' }),
);

const participants = fact(['body'], (invitation, run) => {
  const body = bodyOf(invitation);
  if (namesInvitees(invitation, body)) return undefined;
  const found = participantsOf(body).flatMap(({ identities }) => identities);
  return {
    expected: identitiesValue(invitation.record.invitees, invitation, run),
    observed: arrayMember(body, 'participants')
      ? identitiesValue(found, invitation, run)
      : memberOf(body, 'participants'),
    at: [inResponse(invitation, '.participants')],
  };
});

const replacesCallId = fact(['replacingEntry'], (invitation, run) => {
  const replaced = replacedCallOf(invitation, run)?.callId;
  const at = replacingEntry(invitation);
  const entry = arrayMember(bodyOf(invitation), 'participants')?.[at];
  if (member(entry, 'replacesCallId') === replaced) return undefined;
  return {
    expected: valueOf(replaced),
    observed: memberOf(entry, 'replacesCallId'),
    at: [inResponse(invitation, `.participants[${at}].replacesCallId`)],
  };
});

export const responseFacts = {
  'response.status-200': status200,
  'response.location': location,
  'response.location-operation': locationOperation,
  'response.json': json,
  'response.operation': operation,
  'response.odata-type': odataType,
  'response.operation-id': operationId,
  'response.status-running': statusRunning,
  'response.status-in-progress': statusInProgress,
  'response.client-context': clientContext,
  'response.result-info': resultInfo,
  'response.participants': participants,
  'response.replaces-call-id': replacesCallId,
};
