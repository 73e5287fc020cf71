import { check } from '../schemas';
import { named } from '../history/identities';
import { show, shown } from '../history/values';
import type { Invitation, Run } from '../history/view';
import type { Behavior } from './behavior';
import { broughtByAnother, entriesFor, placeOf, rostersShowingAnywhere } from './evidence';
import {
  answerOf,
  brokenControl,
  failed,
  hiddenBehind,
  isUnavailableEachTime,
  passed,
  perInvitation,
  type Said,
} from './judging';

function clientError(invitation: Invitation, run: Run): Said | undefined {
  if (invitation.outcome === 'refused') return passed();
  if (invitation.outcome !== 'otherAnswer' && !isUnavailableEachTime(invitation)) return undefined;
  const broken = brokenControl(invitation, run);
  if (broken !== undefined) return hiddenBehind(broken);
  return failed(
    answerOf(invitation),
    'Answer with a 4xx what the caller got wrong; look for an unhandled error behind a 5xx.',
  );
}

function errorBody(invitation: Invitation): Said | undefined {
  if (invitation.outcome !== 'refused') return undefined;
  const hint =
    'Answer every refusal with {"error": {"code": …, "message": …}}, also those that a framework or proxy makes.';
  if (!invitation.json.ok) {
    return failed(
      `${answerOf(invitation)}, and its body is not JSON (${invitation.json.reason}): ${show(invitation.exchange.response?.body.content)}`,
      hint,
    );
  }
  const [violation] = check('odata-error', invitation.json.value);
  if (violation) return failed(`${answerOf(invitation)}, and ${violation.path} is ${violation.found}`, hint);
  return passed();
}

function noEffect(invitation: Invitation, run: Run): Said | undefined {
  if (invitation.outcome !== 'refused') return undefined;
  const [about] = invitation.operations;
  const hint = 'Stop at the refusal: nothing may be queued, announced or joined before the whole request was checked.';
  if (about) {
    return failed(
      `${answerOf(invitation)}, and yet a notification about its operation followed: ${placeOf(about)}, status ${shown(about.data, 'status')}`,
      hint,
      [about.delivery.n],
    );
  }
  const roster = invitation.record.alreadyInCall === true ? undefined : rostersShowingAnywhere(invitation)[0];
  if (!roster) return passed();
  const who = invitation.record.invitees.find((identity) => entriesFor(roster, [identity]).length > 0);
  // Whom another invitation brought into the call is no effect of this one.
  if (who && broughtByAnother([who], invitation, run)) return passed();
  return failed(
    `${answerOf(invitation)}, and yet a roster update shows ${who ? named(who) : 'somebody it names'}: ${placeOf(roster)}`,
    hint,
    [roster.delivery.n],
  );
}

export const refusal: Behavior[] = [
  {
    id: 'refusal.client-error',
    level: 'linked',
    statement: 'every refusal is a 4xx, never a 5xx',
    source: { linked: 'errors' },
    judge: perInvitation(clientError),
  },
  {
    id: 'refusal.error-body',
    level: 'linked',
    statement: 'a refusal\'s body is JSON, {"error": {"code", "message"}}, both strings that are not empty',
    source: { linked: 'errors' },
    judge: perInvitation(errorBody),
  },
  {
    id: 'refusal.no-effect',
    level: 'linked',
    statement:
      'no notification about an operation of this kind, and no roster with a would-be invitee, follows a refusal that was answered at once',
    source: { linked: 'commsOperation' },
    judge: perInvitation(noEffect),
  },
];
