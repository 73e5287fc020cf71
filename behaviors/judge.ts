import { invitationsTrying } from '../history/lookup';
import type { Invitation, Run } from '../history/run-view';
import type { Judge, Outcome, Unjudged } from './behavior';
import { DELIVERY_FACTS, FACTS, type DeliveryFactId, type FactId } from './facts';
import { deliveriesOf } from './facts/deliveries';
import { failedLater, isUnavailableEachTime } from './facts/evidence';
import type { Fact } from './facts/fact';
import { seemsReversedMostly } from './facts/ordered-pairs';
import type { AttemptRef, Deviation } from './finding';
import { factsBehindNeed, isPrecondition, isShown, type Need } from './needs';
import type { BehaviorRecord, Selection } from './record';
import { doubtOf, doubtOfDelivery, leftOpen, speaksAgainst, unrecordedFor } from './recorded-traffic/limits';

/** Turns a behaviour's record into its judge. */

const SELECTIONS: Record<Selection, (invitation: Invitation) => boolean> = {
  all: () => true,
  refusals: (invitation) =>
    invitation.outcome === 'refused' || invitation.outcome === 'otherAnswer' || isUnavailableEachTime(invitation),
  refusedAtOnce: ({ outcome }) => outcome === 'refused',
  // If an immediate refusal is equally correct, there is a failure to judge only if it was announced.
  failing: (invitation) => invitation.record.expect === 'fails' || failedLater(invitation),
};

/** Facts that plain invitations show under another id, with the behaviour that checks them there. */
const GENERAL: Partial<Record<FactId, { behavior: string; shownBy?: string }>> = {
  'completion.arrives': { behavior: 'completion.announced' },
  'completion.in-time': { behavior: 'completion.announced' },
  'invitation.carried-out': { behavior: 'completion.status', shownBy: 'request.route' },
  'completion.names-operation': { behavior: 'completion.resource-url' },
  'completion.operation-type': { behavior: 'completion.operation' },
  'completion.names-no-others': { behavior: 'completion.participants' },
};

/** The behaviour that checks a fact in plain invitations. */
export function behaviorOfFact(fact: FactId): string {
  return GENERAL[fact]?.behavior ?? fact;
}

/**
 * Whether plain invitations deviate too: then the finding belongs to the behaviour that checks the fact there, because
 * a particular behaviour cannot be distinguished from it.
 */
function isGeneral(id: FactId, run: Run): boolean {
  return invitationsTrying(run, GENERAL[id]?.shownBy ?? behaviorOfFact(id)).some((other) => {
    if (other.outcome !== 'accepted' || unrecordedFor(id, other, run) !== undefined) return false;
    const found = deviationOf(id, other, run);
    return found !== undefined && doubtOf(id, other, run, found) === undefined;
  });
}

/** The first need of a fact that an invitation does not show. */
function missingNeed(id: FactId, invitation: Invitation, run: Run): Need | undefined {
  const { needs }: Fact = FACTS[id];
  return needs.find((need) => !isShown(need, invitation, run));
}

/** How an invitation deviates from a fact; undefined if it does not, or does not show the fact's needs. */
export function deviationOf(id: FactId, invitation: Invitation, run: Run): Deviation | undefined {
  return missingNeed(id, invitation, run) === undefined ? FACTS[id].deviation(invitation, run) : undefined;
}

export function attemptOf({ record }: Invitation): AttemptRef {
  const { scenario, attempt: name, key: invitation, call } = record;
  return { scenario, name, invitation, call };
}

function unjudged(
  invitation: Invitation,
  lacks: Unjudged['lacks'],
  restsOn: readonly string[],
  against = false,
): Outcome {
  const events = [invitation.exchange.n];
  const of = { lacks, restsOn, attempt: attemptOf(invitation), events };
  return { verdict: 'untested', unjudged: against ? { ...of, against } : of };
}

/** The facts or behaviours that explain a missing need. */
function restingOn(need: Need, invitation: Invitation): readonly string[] {
  return need === 'controlled' ? [invitation.record.control] : factsBehindNeed(need);
}

/** Judges one invitation: a deviation fails the behaviour, even if other facts could not be checked. */
function judgeInvitation(id: string, record: BehaviorRecord, invitation: Invitation, run: Run): Outcome {
  let open: Outcome | undefined;
  const unsettled = leftOpen(id, invitation, run);
  if (unsettled !== undefined) return unjudged(invitation, unsettled, [], true);
  const missing = record.needs?.find((need) => !isShown(need, invitation, run));
  if (missing !== undefined) open = unjudged(invitation, missing, restingOn(missing, invitation));
  for (const fact of record.facts ?? [id as FactId]) {
    const { about, deviation }: Fact = FACTS[fact];
    if (about && !about(invitation)) continue;
    const unrecorded = unrecordedFor(fact, invitation, run);
    if (unrecorded !== undefined) {
      const against = unrecorded === 'response' && (fact === 'invitation.accepted' || fact === 'invitation.refused');
      open ??= unjudged(invitation, unrecorded, [], against);
      continue;
    }
    const lacks = missingNeed(fact, invitation, run);
    if (lacks !== undefined) {
      open ??= unjudged(invitation, lacks, restingOn(lacks, invitation));
      continue;
    }
    const found = deviation(invitation, run);
    const doubt = doubtOf(fact, invitation, run, found);
    if (doubt !== undefined) {
      const against = speaksAgainst(fact, invitation, doubt, found);
      if (against || open === undefined) open = unjudged(invitation, doubt, [], against);
      continue;
    }
    if (!found) {
      if (seemsReversedMostly(fact, invitation, run)) open = unjudged(invitation, 'orderProof', [], true);
      continue;
    }
    // Only the general behaviour reports a general deviation; but the behaviour of concurrent invitations also reports
    // values that belong to another invitation.
    const elsewhere = behaviorOfFact(fact) !== id && (found.belongsTo === undefined || record.together !== true);
    if (elsewhere && isGeneral(fact, run)) open ??= unjudged(invitation, 'general', [behaviorOfFact(fact)]);
    else if (missing === undefined || !isPrecondition(missing))
      return { verdict: 'failed', finding: { ...found, fact, attempt: attemptOf(invitation) } };
  }
  return open ?? { verdict: 'passed', attempt: attemptOf(invitation) };
}

/** Creates a judge of the invitations that try a behaviour. */
export function judgeInvitations(id: string, record: BehaviorRecord): Judge {
  const selected = SELECTIONS[record.over ?? 'all'];
  return (run) =>
    invitationsTrying(run, id)
      .filter(selected)
      .map((invitation) => judgeInvitation(id, record, invitation, run));
}

/**
 * Counts the invitations that show the needs of some facts, and those that deviate from one of them: for behaviours
 * that the edition does not require.
 */
export function countDeviations(
  { facts = [], needs = [] }: Pick<BehaviorRecord, 'facts' | 'needs'>,
  run: Run,
): { deviating: number; tried: number } {
  const wanted = facts.map((id): Fact => FACTS[id]);
  const tried = run.invitations.filter(
    (invitation) =>
      needs.every((need) => isShown(need, invitation, run)) &&
      wanted.every((fact) => fact.needs.every((need) => isShown(need, invitation, run))),
  );
  const deviating = tried.filter((invitation) => wanted.some((fact) => fact.deviation(invitation, run) !== undefined));
  return { deviating: deviating.length, tried: tried.length };
}

/** Creates a judge of every delivery to a callback of the run, whatever its invitation. */
export function judgeDeliveries(id: DeliveryFactId): Judge {
  const deviation = DELIVERY_FACTS[id];
  return (run) => {
    const deliveries = deliveriesOf(run);
    if (deliveries.length === 0) {
      const recorded = run.header.recording !== undefined;
      const restsOn = recorded ? [] : ['completion.announced', 'roster.announced'];
      const lacks = recorded ? 'notifications' : 'delivery';
      const nothing: Unjudged = { lacks, restsOn, attempt: { scenario: '', name: '' }, events: [] };
      return [{ verdict: 'untested', unjudged: nothing }];
    }
    return deliveries.flatMap(({ delivery, call }): Outcome[] => {
      // The content of a body that is not JSON cannot be checked.
      if (!delivery.json.ok && id !== 'notification.post' && id !== 'notification.json') return [];
      if (delivery.notifications.length === 0 && NEEDS_ITEMS.has(id)) return [];
      const [, name = ''] = call.key.split('#')[0]?.split('/') ?? [];
      const attempt: AttemptRef = { scenario: call.scenario, name, call: call.key };
      const found = deviation(delivery, run);
      const doubt = doubtOfDelivery(id, delivery, run, found);
      if (doubt !== undefined) {
        const events = [delivery.delivery.n];
        const against = found ? { against: true as const } : {};
        return [{ verdict: 'untested', unjudged: { lacks: doubt, restsOn: [], attempt, events, ...against } }];
      }
      return [found ? { verdict: 'failed', finding: { ...found, fact: id, attempt } } : { verdict: 'passed', attempt }];
    });
  };
}

/** Facts that are checked in each notification of a delivery. */
const NEEDS_ITEMS = new Set<DeliveryFactId>(['notification.change-type', 'notification.resource-url']);
