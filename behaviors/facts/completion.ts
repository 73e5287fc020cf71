import { participantsOf } from '../../history/identities';
import { arrivedAfter, statusOf, type Notification } from '../../history/notifications';
import { arrayMember, isObject, member } from '../../history/values';
import { reaches, type Invitation, type Run } from '../../history/run-view';
import { check } from '../../schemas';
import type { Deviation, Place, Value } from '../finding';
import { memberOf, identitiesValue, resourceOf, valueOf } from '../finding-values';
import { arrivals, bodyOf, completionOf, inNotification, momentOf, namesInvitees, violates } from './evidence';
import { fact, type Fact } from './fact';
import { overtakes } from './proved-order';
import { isContextOf, leakedContext } from './requests';
import { OPERATION_TYPE } from './response';

/** Facts about the notification that ends the operation of an accepted invitation, with status completed or failed. */

/** Statuses of a running operation. */
const RUNNING_STATUSES = new Set(['notstarted', 'running']);

/**
 * The time, ms, after which a sender may have given up waiting for an acknowledgement. The suite is as late as that only
 * if its process was blocked.
 */
const LATE_ACKNOWLEDGEMENT_MS = 1000;

const TERMINAL_STATUSES: Value = {
  is: 'allowed',
  allowed: 'a notification about the operation with status completed or failed',
};

/** If no notification arrived, the finding's place is the response. */
function responsePlace({ exchange }: Invitation): Place {
  return { event: exchange.n, part: 'time' };
}

const arrives = fact(['accepted'], (invitation, run) => {
  const { endings, operations, call } = invitation;
  const first = endings.find((ending) => reaches(call, ending));
  if (!first) {
    const came = endings.length > 0 ? endings : operations;
    const at = came.map((one) => inNotification(one));
    return {
      expected: TERMINAL_STATUSES,
      observed: arrivals(run, invitation, came),
      at: [...at, responsePlace(invitation)],
    };
  }
  if (!RUNNING_STATUSES.has(statusOf(first) ?? '')) return undefined;
  const at = [inNotification(first, '.resourceData.status')];
  return { expected: TERMINAL_STATUSES, observed: memberOf(first.data, 'status'), at };
});

const inTime = fact(['ended'], (invitation, run) => {
  const first = invitation.endings.find((ending) => reaches(invitation.call, ending));
  if (!first) return undefined;
  return lateDeviation(arrivedAfter(first.delivery, invitation.exchange.response?.endAt ?? 0), run, first.delivery.n);
});

/** The deviation of a late arrival. @param ms since it was due */
export function lateDeviation(ms: number, { header: { timeoutMs } }: Run, event: number): Deviation | undefined {
  if (ms <= timeoutMs) return undefined;
  const observed: Value = { is: 'delay', ms: Math.round(ms), limitMs: timeoutMs };
  return { expected: { is: 'delay', ms: timeoutMs, limitMs: timeoutMs }, observed, at: [{ event, part: 'time' }] };
}

/** Creates a fact about the notification that ends the operation. */
function endingFact(
  deviation: (ending: Notification, invitation: Invitation, run: Run) => Deviation | undefined,
  needs: Fact['needs'] = ['ended'],
): Fact {
  return fact(needs, (invitation, run) => {
    const ending = completionOf(invitation);
    return ending && deviation(ending, invitation, run);
  });
}

/** A deviation of a member of the completion's operation. */
function deviates(ending: Notification, key: string, expected: Value, belongsTo?: string): Deviation {
  const observed = memberOf(ending.data, key);
  const at = [inNotification(ending, `.resourceData.${key}`)];
  return { expected, observed, at, ...(belongsTo === undefined ? {} : { belongsTo }) };
}

/** The key of another invitation of the run to which the observed value belongs. */
function otherInvitationKey(run: Run, invitation: Invitation, is: (other: Invitation) => boolean): string | undefined {
  return run.invitations.find((other) => other !== invitation && is(other))?.record.key;
}

const changeType = endingFact((ending) =>
  ending.changeType === 'deleted'
    ? undefined
    : {
        expected: { is: 'json', value: 'deleted' },
        observed: memberOf(ending.item, 'changeType'),
        at: [inNotification(ending, '.changeType')],
      },
);

const resourceUrl = endingFact((ending, invitation) => {
  const { resource } = ending;
  const { callId, operationId } = invitation;
  const right = resource?.documented === true && resource.part === 'operation' && resource.callId === callId;
  if (right && (operationId === undefined || resource.id === operationId)) return undefined;
  return {
    expected: resourceOf(`/communications/calls/${callId}/operations/${operationId ?? '{operation id}'}`),
    observed: memberOf(ending.item, 'resourceUrl'),
    at: [inNotification(ending, '.resourceUrl')],
  };
});

/** The resourceUrl names this call and operation in any notation: checked for failures and for concurrent invitations. */
const namesOperation = endingFact(
  (ending, invitation) => {
    const { resource } = ending;
    const { callId, operationId = '' } = invitation;
    if (resource?.callId === callId && resource.id === operationId) return undefined;
    return {
      expected: resourceOf(`/communications/calls/${callId}/operations/${operationId}`),
      observed: memberOf(ending.item, 'resourceUrl'),
      at: [inNotification(ending, '.resourceUrl')],
    };
  },
  ['ended', 'operationId'],
);

const operationType = endingFact((ending) => {
  if (member(ending.data, '@odata.type') === OPERATION_TYPE) return undefined;
  return {
    expected: { is: 'json', value: OPERATION_TYPE },
    observed: memberOf(ending.data, '@odata.type'),
    at: [inNotification(ending, ".resourceData['@odata.type']")],
  };
});

const operation = endingFact((ending, invitation, run) => {
  // What is there, but is not an object, is wrong as a whole.
  const isWhole = ending.data !== undefined && !isObject(ending.data);
  const typed = isWhole ? undefined : operationType.deviation(invitation, run);
  return (
    typed ??
    violates(check('invite-participants-operation', ending.data ?? null), inNotification(ending, '.resourceData'))
  );
});

const status = endingFact(
  (ending) =>
    statusOf(ending) === 'completed'
      ? undefined
      : {
          ...deviates(ending, 'status', { is: 'allowed', allowed: '"completed" (case-insensitive)' }),
          at: [inNotification(ending, '.resourceData.status'), inNotification(ending, '.resourceData.resultInfo')],
        },
  ['ended', 'completedOrPlain'],
);

const operationId = endingFact(
  (ending, invitation, run) => {
    const id = invitation.operationId;
    const found = member(ending.data, 'id');
    if (found === id) return undefined;
    const other = otherInvitationKey(run, invitation, (one) => found !== undefined && one.operationId === found);
    return deviates(ending, 'id', valueOf(id), other);
  },
  ['ended', 'operationId'],
);

const clientContext = endingFact((ending, invitation, run) => {
  const sent = invitation.record.clientContext;
  const found = member(ending.data, 'clientContext');
  if (sent !== undefined) {
    if (isContextOf(invitation, found)) return undefined;
    const other = otherInvitationKey(
      run,
      invitation,
      ({ record }) => found !== undefined && record.clientContext === found,
    );
    return deviates(ending, 'clientContext', { is: 'json', value: sent }, other);
  }
  // A context that the response also has is reported there.
  if (found === member(bodyOf(invitation), 'clientContext')) return undefined;
  const leak = leakedContext(invitation, found, run);
  return leak && deviates(ending, 'clientContext', { is: 'absent' }, leak.belongsTo);
});

const participants = endingFact((ending, invitation, run) => {
  if (namesInvitees(invitation, ending.data)) return undefined;
  const found = participantsOf(ending.data).flatMap(({ identities }) => identities);
  const other =
    found.length > 0 ? otherInvitationKey(run, invitation, (one) => namesInvitees(one, ending.data)) : undefined;
  return {
    expected: identitiesValue(invitation.record.invitees, invitation, run),
    observed: arrayMember(ending.data, 'participants')
      ? identitiesValue(found, invitation, run)
      : memberOf(ending.data, 'participants'),
    at: [inNotification(ending, '.resourceData.participants')],
    ...(other === undefined ? {} : { belongsTo: other }),
  };
});

/** A failure may omit its participants, but must not name others. */
const namesNoOthers = endingFact((ending, invitation, run) =>
  participantsOf(ending.data).length === 0 ? undefined : participants.deviation(invitation, run),
);

const once = fact(['ended'], (invitation, run) => {
  const { operations } = invitation;
  // If the suite acknowledged a delivery late or not at all, the sender may repeat it.
  const limit = run.header.recording ? Infinity : LATE_ACKNOWLEDGEMENT_MS;
  const taken = invitation.endings.filter(
    ({ delivery: { bodyAt, acknowledgedAt = Infinity } }) => acknowledgedAt - bodyAt < limit,
  );
  const endings = taken.length > 0 ? taken : invitation.endings;
  const [first] = endings;
  const expected: Value = { is: 'count', count: 1 };
  if (endings.length > 1) {
    return {
      expected,
      observed: { is: 'count', count: endings.length },
      at: endings.map((one) => inNotification(one)),
    };
  }
  const later = first && operations.find((other) => overtakes(first, other, invitation, run));
  if (!first || !later) return undefined;
  const observed: Value = { is: 'order', first: momentOf(first, 'completion'), then: momentOf(later, 'operation') };
  return { expected, observed, at: [inNotification(later), inNotification(first)] };
});

const statusFailed = endingFact((ending) =>
  statusOf(ending) === 'failed'
    ? undefined
    : deviates(ending, 'status', { is: 'allowed', allowed: '"failed" (case-insensitive)' }),
);

const resultInfo = endingFact((ending) => {
  const found = member(ending.data, 'resultInfo');
  if (found === undefined) {
    return deviates(ending, 'resultInfo', { is: 'allowed', allowed: 'a resultInfo with an integer code and subcode' });
  }
  return violates(check('result-info', found), inNotification(ending, '.resourceData.resultInfo'));
});

export const completionFacts = {
  'completion.arrives': arrives,
  'completion.in-time': inTime,
  'completion.change-type': changeType,
  'completion.resource-url': resourceUrl,
  'completion.names-operation': namesOperation,
  'completion.operation': operation,
  'completion.operation-type': operationType,
  'completion.status': status,
  'completion.operation-id': operationId,
  'completion.client-context': clientContext,
  'completion.participants': participants,
  'completion.names-no-others': namesNoOthers,
  'completion.once': once,
  'failure.status': statusFailed,
  'failure.result-info': resultInfo,
};
