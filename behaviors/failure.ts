import { statusOf, type Notification } from '../history/notifications';
import { named, participantsOf } from '../history/identities';
import { member, shown } from '../history/values';
import { reaches, type Invitation, type Run } from '../history/view';
import { check } from '../schemas';
import type { Behavior } from './behavior';
import { isContextOf } from './client-contexts';
import { completionOf, failedLater, participantsFault, placeOf, rostersShowingAnywhere } from './evidence';
import {
  answerOf,
  failed,
  hiddenBehind,
  passed,
  perInvitation,
  showsInGeneral,
  untested,
  acceptanceOf,
  whenAccepted,
  type Said,
  waiting,
} from './judging';
import { completionsAreMissing } from './general-faults';
import { OPERATION_TYPE, tooMuch } from './completion';

const HINT =
  'Announce what could not be carried out by one notification: changeType deleted, resourceData the operation with status failed and resultInfo {code, subcode}.';

/** What the notification shares with one that says completed, and the behaviour that asks for it there. */
const OWN: {
  general: string;
  isWrong: (ending: Notification, invitation: Invitation) => boolean;
  seen: (ending: Notification) => string;
}[] = [
  {
    general: 'completion.change-type',
    isWrong: ({ changeType }) => changeType !== 'deleted',
    seen: ({ item }) => `.changeType is ${shown(item, 'changeType')}`,
  },
  {
    general: 'completion.operation-id',
    isWrong: ({ data }, { operationId }) => operationId !== undefined && member(data, 'id') !== operationId,
    seen: ({ data }) => `.resourceData.id is ${shown(data, 'id')}, not that of the response`,
  },
  {
    general: 'completion.resource-url',
    isWrong: ({ resource }, { operationId, callId }) =>
      operationId !== undefined && (resource?.id !== operationId || resource.callId !== callId),
    seen: ({ item }) => `.resourceUrl is ${shown(item, 'resourceUrl')}, not that of the operation`,
  },
  {
    general: 'completion.operation',
    isWrong: ({ data }) => member(data, '@odata.type') !== OPERATION_TYPE,
    seen: ({ data }) => `.resourceData['@odata.type'] is ${shown(data, '@odata.type')}`,
  },
  {
    general: 'completion.participants',
    // That it names those invited is asked for where it says completed; others it must not name here either.
    isWrong: ({ data }, invitation) =>
      participantsOf(data).length > 0 && participantsFault(invitation, data) !== undefined,
    seen: ({ data }) => `.resourceData.participants is ${shown(data, 'participants')}`,
  },
  {
    general: 'completion.client-context',
    isWrong: ({ data }, invitation) =>
      invitation.record.clientContext !== undefined && !isContextOf(invitation, member(data, 'clientContext')),
    seen: ({ data }) => `.resourceData.clientContext is ${shown(data, 'clientContext')}, not what was sent`,
  },
];

function announced(invitation: Invitation, run: Run): Said | undefined {
  const { expect } = invitation.record;
  // Where a refusal at once is as right, there is a failure to judge only if it was announced as one.
  if (expect !== 'fails' && !failedLater(invitation)) return undefined;
  if (invitation.outcome !== 'accepted') {
    return untested(
      `no accepted invitation: ${answerOf(invitation)}`,
      'Where the service always refuses at once whom it cannot reach, declare capabilities.failure false.',
      [],
      acceptanceOf(invitation),
    );
  }
  const ending = invitation.endings.find((it) => reaches(invitation.call, it));
  if (!ending) {
    if (completionsAreMissing(run)) return hiddenBehind('completion.announced');
    const [elsewhere] = invitation.endings;
    return elsewhere
      ? failed(`it came to the callback of another call: ${placeOf(elsewhere)}`, HINT, [elsewhere.delivery.n])
      : failed('no notification ended the operation', HINT);
  }
  const at = placeOf(ending);
  const events = [ending.delivery.n];
  if (statusOf(ending) !== 'failed') {
    return failed(`${at}.resourceData.status is ${shown(ending.data, 'status')}`, HINT, events);
  }
  const resultInfo = member(ending.data, 'resultInfo');
  const [violation] = resultInfo === undefined ? [] : check('result-info', resultInfo);
  if (resultInfo === undefined || violation) {
    const what = violation
      ? `${violation.path.slice(1)} is ${violation.found}, not ${violation.expected}`
      : ` is ${shown(ending.data, 'resultInfo')}`;
    return failed(`${at}.resourceData.resultInfo${what}`, HINT, events);
  }
  for (const { general, isWrong, seen } of OWN) {
    if (!isWrong(ending, invitation)) continue;
    const alone = showsInGeneral(run, general, (it) => {
      const other = completionOf(it);
      return other !== undefined && isWrong(other, it);
    });
    return alone ? hiddenBehind(general) : failed(`${at}${seen(ending)}`, HINT, events);
  }
  const more = tooMuch(invitation, run);
  if (!more) return passed();
  if (showsInGeneral(run, 'completion.once', (it) => tooMuch(it, run) !== undefined))
    return hiddenBehind('completion.once');
  return failed(more.seen, HINT, more.events);
}

function noRoster(invitation: Invitation): Said {
  const ending = completionOf(invitation);
  if (ending && statusOf(ending) === 'completed')
    return waiting('the operation was announced as completed', 'failure.announced');
  const roster = rostersShowingAnywhere(invitation)[0];
  if (!roster) return passed();
  const [who] = invitation.record.invitees;
  return failed(
    `${placeOf(roster)} shows ${who ? named(who) : 'the invitee'}`,
    'Leave out of the roster who never joined.',
    [roster.delivery.n],
  );
}

export const failure: Behavior[] = [
  {
    id: 'failure.announced',
    level: 'linked',
    statement:
      'an invitation that was accepted and cannot be carried out ends in one notification: changeType deleted, status failed, resultInfo with an integer code and subcode',
    source: { linked: 'commsOperation, resultInfo' },
    judge: perInvitation(announced),
  },
  {
    id: 'failure.no-roster',
    level: 'linked',
    statement: 'the invitee of an invitation that failed is in no roster',
    source: { linked: 'commsOperation' },
    judge: perInvitation(whenAccepted(noRoster)),
  },
];
