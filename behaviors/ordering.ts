import { saysTerminated, type Notification } from '../history/notifications';
import type { Invitation, Run } from '../history/view';
import type { Behavior } from './behavior';
import { completionOf, placeOf, rostersShowing, earlyRoster, SHOWN } from './evidence';
import { orderOf, overtakes, precedesResponse } from './order-evidence';
import { concurrent } from './concurrent-invitations';
import { failed, passed, perInvitation, whenAccepted, type Said, waiting } from './judging';
import { aboutReplacedCall, replacedCallEnds } from './replace';

const NOT_PROVABLE = 'the deliveries overlap, so that their order cannot be proved';

/** How much later one notification began than another one had been received, `12.3 ms`. */
function aheadOf(late: Notification, early: Notification): string {
  return `${(late.delivery.headersAt - early.delivery.bodyAt).toFixed(1)} ms`;
}

function responseFirst(invitation: Invitation, run: Run): Said {
  const { operations, exchange } = invitation;
  if (operations.length === 0) return waiting('no notification about the operation came', 'completion.announced');
  const early = operations.find((it) => precedesResponse(it, invitation, run));
  if (!early) return passed();
  const response = exchange.response?.headersAt ?? 0;
  return failed(
    `${placeOf(early)} had been received ${(response - early.delivery.bodyAt).toFixed(1)} ms before the response's first byte`,
    'Answer the request first, and queue the notifications until the answer is written.',
    [early.delivery.n],
  );
}

function completionBeforeRoster(invitation: Invitation, run: Run): Said {
  const ending = completionOf(invitation);
  const rosters = rostersShowing(invitation);
  if (!ending) return waiting('no notification ended the operation', 'completion.announced');
  if (rosters.length === 0) return waiting('no roster update shows an invitee', ...SHOWN);
  const early = earlyRoster(invitation, run);
  if (early) {
    return failed(
      `the roster (${placeOf(early)}) had been received ${aheadOf(ending, early)} before the completion (${placeOf(ending)})`,
      'Deliver the notifications of a call one after the other: the completion, then the roster.',
      [early.delivery.n, ending.delivery.n],
    );
  }
  return rosters.some((it) => orderOf(ending, it) === 'before') ? passed() : passed(NOT_PROVABLE);
}

function replacedCallEndsAfter(invitation: Invitation, run: Run): Said {
  const ending = completionOf(invitation);
  const ends = replacedCallEnds(invitation, run);
  if (!ending) return waiting('no notification ended the operation', 'completion.announced');
  if (ends.length === 0)
    return waiting(
      'no notification says that the replaced call ended',
      'replace.peer-call-terminated',
      'replace.peer-call-deleted',
    );
  const early = ends.find((it) => overtakes(it, ending, invitation, run));
  if (!early) return passed();
  return failed(
    `${placeOf(early)}, ${early.changeType} of the replaced call, had been received ${aheadOf(ending, early)} before the completion (${placeOf(ending)})`,
    'Drop the replaced call once the participant has been added, and announce it after the completion.',
    [early.delivery.n, ending.delivery.n],
  );
}

function terminatedBeforeDeleted(invitation: Invitation, run: Run): Said {
  const about = aboutReplacedCall(invitation, run);
  const deleted = about.find(({ changeType }) => changeType === 'deleted');
  const terminated = about.filter((it) => saysTerminated(it) && it.changeType !== 'deleted');
  if (!deleted) return waiting('no notification says that the replaced call was deleted', 'replace.peer-call-deleted');
  if (terminated.length === 0) {
    return saysTerminated(deleted)
      ? passed('one notification says both')
      : waiting('no notification says that the replaced call was terminated', 'replace.peer-call-terminated');
  }
  const late = terminated.find((it) => overtakes(deleted, it, invitation, run));
  if (!late) return passed();
  return failed(
    `deleted (${placeOf(deleted)}) had been received ${aheadOf(late, deleted)} before terminated (${placeOf(late)})`,
    "Announce the call's last states before its deletion.",
    [deleted.delivery.n, late.delivery.n],
  );
}

export const ordering: Behavior[] = [
  {
    id: 'ordering.response-first',
    level: 'shown',
    statement: 'the response comes before the notifications of its operation',
    source: { lines: [112, 150] },
    judge: perInvitation(whenAccepted(responseFirst)),
  },
  {
    id: 'ordering.completion-before-roster',
    level: 'shown',
    statement: 'the completion comes before the roster update with the invitees',
    source: { lines: [150, 194] },
    judge: perInvitation(whenAccepted(completionBeforeRoster)),
  },
  {
    id: 'ordering.replaced-call-ends-after-completion',
    level: 'stated',
    statement: 'the replaced call ends after the completion',
    source: { lines: [699] },
    judge: perInvitation(whenAccepted(replacedCallEndsAfter)),
  },
  {
    id: 'ordering.terminated-before-deleted',
    level: 'linked',
    statement: 'of the replaced call, terminated comes before deleted',
    source: { linked: 'call-delete' },
    judge: perInvitation(whenAccepted(terminatedBeforeDeleted)),
  },
  {
    id: 'ordering.concurrent-invitations',
    level: 'shown',
    statement:
      'with several invitations under way at once, each completion carries its own id, clientContext and participants, and each keeps the order of response, completion, roster',
    source: { lines: [112, 150, 194] },
    judge: perInvitation(concurrent),
  },
];
