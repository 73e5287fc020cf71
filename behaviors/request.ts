import {
  bodyOf,
  broughtByAnother,
  completionOf,
  entriesFor,
  failedLater,
  participantsFault,
  placeOf,
  rostersShowingAnywhere,
} from './evidence';
import { namedAll, same } from '../history/identities';
import { statusOf } from '../history/notifications';
import { show, shown, text } from '../history/values';
import type { Invitation, Run } from '../history/view';
import type { Behavior } from './behavior';
import { isLikeAnId, namesTheSameOperation } from './request-facts';
import {
  completionsAreMissing,
  completionsLoseContext,
  completionsNameOthers,
  contextIsLost,
  responsesNameOthers,
} from './general-faults';
import {
  answerOf,
  brokenControl,
  failed,
  hiddenBehind,
  isUnavailableEachTime,
  passed,
  perInvitation,
  throttled,
  trying,
  untested,
  waiting,
  type Said,
} from './judging';

/** An invitation that the documentation lets one expect to be taken. */
export function accepted(hint: string) {
  return (invitation: Invitation, run: Run): Said => {
    if (invitation.outcome === 'throttled') return throttled(invitation);
    if (invitation.outcome !== 'accepted') {
      const broken = brokenControl(invitation, run);
      return broken === undefined ? failed(answerOf(invitation), hint) : hiddenBehind(broken);
    }
    if (!failedLater(invitation)) return passed();
    if (trying(run, 'request.route').some(failedLater)) return hiddenBehind('completion.status');
    const ending = completionOf(invitation);
    return failed(
      `it was answered ${invitation.exchange.response?.status}, and then its operation was announced as failed`,
      hint,
      ending ? [ending.delivery.n] : [],
    );
  };
}

/** Where a roster shows somebody whom a refused invitation names, in words. */
function joinedAllTheSame(invitation: Invitation): { seen: string; n: number } | undefined {
  const roster = invitation.record.alreadyInCall === true ? undefined : rostersShowingAnywhere(invitation)[0];
  if (!roster) return undefined;
  const who = invitation.record.invitees.filter((identity) => entriesFor(roster, [identity]).length > 0);
  return { seen: `and yet a roster shows ${namedAll(who)}: ${placeOf(roster)}`, n: roster.delivery.n };
}

/**
 * An invitation that must be refused: with a 4xx at once or, where the behaviour concerns the call's preconditions or
 * the invitees, with an operation announced as failed. Either way nobody it names may turn up in a roster.
 */
export function refused(hint: string, mayFailLater = false) {
  return (invitation: Invitation, run: Run): Said => {
    if (invitation.outcome === 'throttled' && !isUnavailableEachTime(invitation)) return throttled(invitation);
    const broken = brokenControl(invitation, run);
    if (broken !== undefined) return hiddenBehind(broken);
    const answer = answerOf(invitation);
    const joined = joinedAllTheSame(invitation);
    if (invitation.outcome === 'refused') {
      const another =
        invitation.record.alreadyInCall === true
          ? undefined
          : broughtByAnother(invitation.record.invitees, invitation, run);
      if (another) {
        const missing = `${answer}, which tells nothing: somebody it names was let in by ${another.record.key}`;
        return waiting(missing, ...another.record.tries);
      }
      // No refusal then, but not this one's finding alone: refusal.no-effect tells it for all of them.
      return joined
        ? untested(`${answer}, ${joined.seen}`, 'Mend refusal.no-effect first.', [joined.n], ['refusal.no-effect'])
        : passed();
    }
    if (invitation.outcome !== 'accepted') return failed(`${answer}, which is no refusal: only a 4xx is`, hint);
    if (!mayFailLater) return failed(answer, hint);
    const ending = completionOf(invitation);
    const events = ending ? [ending.delivery.n] : [];
    if (failedLater(invitation)) {
      const after = invitation.endings.find((other) => statusOf(other) === 'completed');
      if (after)
        return failed(`it was announced as failed, and then as completed`, hint, [...events, after.delivery.n]);
      if (joined) return failed(`it was announced as failed, ${joined.seen}`, hint, [...events, joined.n]);
      return passed('accepted at first, then announced as failed');
    }
    if (!ending && completionsAreMissing(run)) return hiddenBehind('completion.announced');
    const then = ending
      ? `its operation ended as ${shown(ending.data, 'status')}`
      : 'no failed operation was announced';
    return failed(`${answer}, and ${then}`, hint, events);
  };
}

const COMPLETION = 'the completion';

function contextAtLimit(invitation: Invitation, run: Run): Said {
  const taken = accepted('Accept a clientContext of up to and including 256 characters.')(invitation, run);
  if (taken.verdict !== 'passed') return taken;
  const sent = invitation.record.clientContext ?? '';
  const ending = completionOf(invitation);
  const places: [string, string | undefined, number[]][] = [
    ['the response', text(bodyOf(invitation), 'clientContext'), []],
  ];
  if (ending) places.push([COMPLETION, text(ending.data, 'clientContext'), [ending.delivery.n]]);
  for (const [place, found, events] of places) {
    if (found === sent) continue;
    if (contextIsLost(run)) return hiddenBehind('response.client-context');
    if (place === COMPLETION && completionsLoseContext(run)) return hiddenBehind('completion.client-context');
    return failed(
      `clientContext in ${place} has ${found?.length ?? 0} characters: ${show(found)}`,
      'Store and send back all 256 characters; look for a shorter column or a cut.',
      events,
    );
  }
  return passed();
}

/** What was read of such parameters must last until the operation ends. */
function namesAnyCaseLater(invitation: Invitation, run: Run, hint: string): Said {
  const ending = completionOf(invitation);
  if (!ending) return passed();
  const events = [ending.delivery.n];
  if (text(ending.data, 'clientContext') !== invitation.record.clientContext) {
    if (completionsLoseContext(run)) return hiddenBehind('completion.client-context');
    const seen = `accepted, but clientContext in the completion is ${shown(ending.data, 'clientContext')}`;
    return failed(seen, hint, events);
  }
  const fault = participantsFault(invitation, ending.data);
  if (fault === undefined) return passed();
  return completionsNameOthers(run)
    ? hiddenBehind('completion.participants')
    : failed(`accepted, but in the completion ${fault}`, hint, events);
}

function namesAnyCase(invitation: Invitation, run: Run): Said {
  const hint = 'Read the parameters `participants` and `clientContext` without regard to the case of their names.';
  const taken = accepted(hint)(invitation, run);
  if (taken.verdict !== 'passed') return taken;
  const body = bodyOf(invitation);
  const fault = participantsFault(invitation, body);
  if (fault !== undefined) {
    return responsesNameOthers(run)
      ? hiddenBehind('response.participants')
      : failed(`accepted, but in the response ${fault}`, hint);
  }
  const context = text(body, 'clientContext');
  if (context !== invitation.record.clientContext) {
    if (contextIsLost(run)) return hiddenBehind('response.client-context');
    return failed(`accepted, but $.clientContext of the response is ${shown(body, 'clientContext')}`, hint);
  }
  return namesAnyCaseLater(invitation, run, hint);
}

/** Different in each attempt: some must be taken and some refused. */
function contentType(invitation: Invitation, run: Run): Said {
  return invitation.record.expect === 'accepted'
    ? accepted('Allow parameters such as charset after application/json.')(invitation, run)
    : refused('Refuse (415 or 400) a body whose Content-Type is not application/json, before reading it.')(
        invitation,
        run,
      );
}

function unknownCall(invitation: Invitation, run: Run): Said {
  const hint = 'Answer 404 for a call id that does not exist.';
  const said = refused(hint)(invitation, run);
  if (said.verdict !== 'passed' || invitation.exchange.response?.status === 404) return said;
  return isLikeAnId(invitation, run) ? failed(answerOf(invitation), hint) : said;
}

/** Only where the identity is in the call by an earlier invitation, so far as that was not announced as failed. */
function duplicate(invitation: Invitation, run: Run): Said {
  const { call, invitees } = invitation.record;
  const joined = run.invitations.some(
    (other) =>
      other.record.call === call &&
      other.exchange.n < invitation.exchange.n &&
      other.record.invitees.some((one) => invitees.some((again) => same(one, again))) &&
      other.outcome === 'accepted' &&
      !failedLater(other),
  );
  if (!joined) return waiting('no earlier invitation brought the identity into the call', 'request.route');
  return namesTheSameOperation(invitation, run)
    ? passed('the answer names the operation of the same request before')
    : refused('Refuse to invite an identity that is in the call already.', true)(invitation, run);
}

function route(invitation: Invitation): Said {
  if (invitation.outcome === 'throttled') return throttled(invitation);
  if (invitation.outcome === 'accepted') return passed();
  return failed(
    answerOf(invitation),
    'Check the base URL (does it end where /communications begins?), the route, the method, and that the valid token is one.',
  );
}

export const request: Behavior[] = [
  {
    id: 'request.route',
    level: 'stated',
    statement:
      'POST on /communications/calls/{id}/participants/invite under the base URL takes an invitation to an established group call',
    source: { lines: [32] },
    judge: perInvitation(route),
  },
  {
    id: 'request.content-type',
    level: 'stated',
    statement: 'a body sent as anything but application/json is refused; parameters such as charset are allowed',
    source: { lines: [39] },
    judge: perInvitation(contentType),
  },
  {
    id: 'request.malformed-json',
    level: 'linked',
    statement: 'a body that is not JSON is refused with a 4xx',
    source: { linked: 'errors' },
    judge: perInvitation(refused('Answer 400 when the body cannot be parsed.')),
  },
  {
    id: 'request.participants-required',
    level: 'linked',
    statement: 'an invitation whose participants are absent, null, or no collection is refused',
    source: { linked: 'metadata, action invite: participants is not nullable' },
    judge: perInvitation(refused('Refuse (400) an invitation whose participants is not an array.')),
  },
  {
    id: 'request.participant-identity',
    level: 'linked',
    statement: 'an invitation with a participant that has no identity is refused',
    source: { linked: 'metadata, invitationParticipantInfo: identity is not nullable' },
    judge: perInvitation(refused('Refuse (400) an invitation in which any participant has no identity.')),
  },
  {
    id: 'request.client-context-optional',
    level: 'linked',
    statement: 'an invitation without clientContext is accepted',
    source: { linked: 'metadata, action invite: clientContext is nullable' },
    judge: perInvitation(accepted('Do not require clientContext.')),
  },
  {
    id: 'request.client-context-at-limit',
    level: 'stated',
    statement: 'a clientContext of exactly 256 ASCII characters is accepted and comes back whole',
    source: { lines: [47] },
    judge: perInvitation(contextAtLimit),
  },
  {
    id: 'request.client-context-over-limit',
    level: 'stated',
    statement: 'a clientContext of 257 characters is refused',
    source: { lines: [47] },
    judge: perInvitation(refused('Refuse (400) a clientContext of more than 256 characters.')),
  },
  {
    id: 'request.parameter-names-any-case',
    level: 'linked',
    statement: 'Participants and CLIENTCONTEXT are the same parameters as participants and clientContext',
    source: { linked: 'call-api' },
    judge: perInvitation(namesAnyCase),
  },
  {
    id: 'request.group-calls-only',
    level: 'stated',
    statement: 'an invitation to a peer-to-peer call is refused, or fails later',
    source: { lines: [18] },
    judge: perInvitation(refused('Refuse an invitation to a call that is no group call.', true)),
  },
  {
    id: 'request.unknown-call',
    level: 'linked',
    statement: 'an invitation to a call id that does not exist is answered 404',
    source: { linked: 'errors' },
    judge: perInvitation(unknownCall),
  },
  {
    id: 'request.duplicate-invitee',
    level: 'linked',
    statement: 'inviting an identity that is in the call already is refused, or fails later',
    source: { linked: 'call' },
    judge: perInvitation(duplicate),
  },
];
