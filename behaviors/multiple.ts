import { namedAll } from '../history/identities';
import { isObject } from '../history/values';
import type { Invitation, Run } from '../history/view';
import type { Behavior } from './behavior';
import { absentFromRosters, bodyOf, completionOf, participantsFault, placeOf, rostersSince } from './evidence';
import { failed, hiddenBehind, perInvitation, type Said, waiting } from './judging';
import { completionsNameOthers, responsesNameOthers, rostersLackInvitees } from './general-faults';
import { accepted, refused } from './request';

/** Five are more than two: each place that names the invitees must name all of them. */
function five(invitation: Invitation, run: Run): Said {
  const hint = 'Carry all five through: into the operation, its completion and the roster.';
  const taken = accepted('Accept up to and including five participants.')(invitation, run);
  if (taken.verdict !== 'passed') return taken;
  const body = bodyOf(invitation);
  if (!isObject(body)) return waiting("the response's body is no JSON object", 'response.json', 'response.operation');
  const inResponse = participantsFault(invitation, body);
  if (inResponse !== undefined) {
    return responsesNameOthers(run)
      ? hiddenBehind('response.participants')
      : failed(`in the response ${inResponse}`, hint);
  }
  const ending = completionOf(invitation);
  const rosters = rostersSince(invitation);
  if (!ending || rosters.length === 0)
    return waiting('no completion or no roster update came', 'completion.announced', 'roster.announced');
  const inCompletion = participantsFault(invitation, ending.data);
  if (inCompletion !== undefined) {
    if (completionsNameOthers(run)) return hiddenBehind('completion.participants');
    return failed(`in the completion (${placeOf(ending)}) ${inCompletion}`, hint, [ending.delivery.n]);
  }
  const absent = absentFromRosters(invitation, invitation.record.invitees);
  if (absent.length === 0) return taken;
  if (rostersLackInvitees(run)) return hiddenBehind('roster.invitees');
  return failed(
    `${namedAll(absent)} in none of ${rosters.length} roster update(s)`,
    hint,
    rosters.map((n) => n.delivery.n),
  );
}

export const multiple: Behavior[] = [
  {
    id: 'multiple.accepted',
    level: 'stated',
    statement: 'two participants in one invitation to a call with chat info are accepted',
    source: { lines: [250] },
    judge: perInvitation(accepted('Accept several participants in one invitation where the call has chat info.')),
  },
  {
    id: 'multiple.five-accepted',
    level: 'stated',
    statement:
      'five participants in one invitation are accepted, and all of them are in response, completion and roster',
    source: { lines: [250] },
    judge: perInvitation(five),
  },
  {
    id: 'multiple.six-refused',
    level: 'stated',
    statement: 'six participants in one invitation are refused, or fail later',
    source: { lines: [250] },
    judge: perInvitation(refused('Refuse more than five participants in one invitation.', true)),
  },
  {
    id: 'multiple.chat-info-required',
    level: 'stated',
    statement: 'several participants invited to a call without chat info are refused, or fail later',
    source: { lines: [250] },
    judge: perInvitation(refused('Refuse several participants where the call has no chat info.', true)),
  },
];
