import { namedAll } from '../history/identities';
import { isObject } from '../history/values';
import type { Invitation, Run } from '../history/view';
import type { Behavior } from './behavior';
import {
  absentFromRosters,
  bodyOf,
  completionOf,
  failedLater,
  participantsFault,
  placeOf,
  rostersSince,
} from './evidence';
import { failed, hiddenBehind, passed, perInvitation, whenAccepted, type Said, waiting } from './judging';
import { completionsNameOthers, responsesNameOthers, rostersLackInvitees } from './general-faults';
import { accepted, refused } from './request';

const HINT = 'Keep the phone identity as it was sent: identity.phone.id, digit by digit, with its +.';

function inResponse(invitation: Invitation, run: Run): Said {
  const body = bodyOf(invitation);
  if (!isObject(body)) return waiting("the response's body is no JSON object", 'response.json', 'response.operation');
  const fault = participantsFault(invitation, body);
  if (fault === undefined) return passed();
  return responsesNameOthers(run) ? hiddenBehind('response.participants') : failed(`$.${fault}`, HINT);
}

function inCompletion(invitation: Invitation, run: Run): Said {
  const ending = completionOf(invitation);
  if (!ending) return waiting('no notification ended the operation', 'completion.announced');
  const fault = participantsFault(invitation, ending.data);
  if (fault === undefined) return passed();
  if (completionsNameOthers(run)) return hiddenBehind('completion.participants');
  return failed(`${placeOf(ending)}.resourceData.${fault}`, HINT, [ending.delivery.n]);
}

function inRoster(invitation: Invitation, run: Run): Said {
  if (failedLater(invitation)) return waiting('the operation was announced as failed', 'completion.status');
  const rosters = rostersSince(invitation);
  if (rosters.length === 0) return waiting('no roster update came', 'roster.announced', 'roster.resource-url');
  const absent = absentFromRosters(invitation, invitation.record.invitees);
  if (absent.length === 0) return passed();
  if (rostersLackInvitees(run)) return hiddenBehind('roster.invitees');
  return failed(
    `${namedAll(absent)} in none of ${rosters.length} roster update(s)`,
    HINT,
    rosters.map((n) => n.delivery.n),
  );
}

export const pstn: Behavior[] = [
  {
    id: 'pstn.accepted',
    level: 'stated',
    statement: 'a phone identity is accepted on a call whose application instance has a PSTN number',
    source: { lines: [701, 703] },
    judge: perInvitation(accepted('Accept identity.phone where the application instance has a number.')),
  },
  {
    id: 'pstn.number-required',
    level: 'stated',
    statement: 'without a PSTN number of the application instance a phone identity is refused, or fails later',
    source: { lines: [703] },
    judge: perInvitation(
      refused('Refuse a phone identity where the application instance of the call has no PSTN number.', true),
    ),
  },
  {
    id: 'pstn.phone-response',
    level: 'shown',
    statement: 'the response names identity.phone with the number as sent',
    source: { lines: [798] },
    judge: perInvitation(whenAccepted(inResponse)),
  },
  {
    id: 'pstn.phone-completion',
    level: 'shown',
    statement: 'the completion names identity.phone with the number as sent',
    source: { lines: [835] },
    judge: perInvitation(whenAccepted(inCompletion)),
  },
  {
    id: 'pstn.phone-roster',
    level: 'shown',
    statement: 'the roster shows identity.phone with the number as sent',
    source: { lines: [878] },
    judge: perInvitation(whenAccepted(inRoster)),
  },
];
