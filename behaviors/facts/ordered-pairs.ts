import { intervalOf, intervalOfResponse, type Notification } from '../../history/notifications';
import { everyInvitation, type Invitation, type Run } from '../../history/run-view';
import { roundTripOf, slackOf } from './acknowledgements';
import {
  completionOf,
  replacedCallDeleted,
  replacedCallEnds,
  replacedCallTerminated,
  rostersShowing,
} from './evidence';
import { isUnexplained } from './proved-order';

/** The events that facts about order compare, and wrong orders that are seen without being proved. */

/** Two events that must arrive in this order; undefined means the response. */
export interface Pair {
  first: Notification | undefined;
  then: Notification;
}

/** The pairs of events that a fact orders; none if it orders nothing. */
export function pairsOf(fact: string, invitation: Invitation, run: Run): Pair[] {
  const ending = completionOf(invitation);
  const after = (all: readonly Notification[]): Pair[] =>
    ending === undefined ? [] : all.map((then) => ({ first: ending, then }));
  if (fact === 'ordering.response-first') return invitation.operations.map((then) => ({ first: undefined, then }));
  if (fact === 'ordering.completion-before-roster') return after(rostersShowing(invitation));
  if (fact === 'ordering.replaced-call-ends-after-completion') return after(replacedCallEnds(invitation, run));
  if (fact === 'completion.once') {
    const others = invitation.operations.filter((one) => one !== ending);
    return ending === undefined ? [] : others.map((other) => ({ first: other, then: ending }));
  }
  if (fact !== 'ordering.terminated-before-deleted') return [];
  const deleted = replacedCallDeleted(invitation, run);
  if (!deleted) return [];
  return replacedCallTerminated(invitation, run).flatMap((first) =>
    first === deleted ? [] : [{ first, then: deleted }],
  );
}

/** Whether a pair seems to have arrived in the wrong order, by what would prove it on a machine that is not busy. */
function seemsReversed({ first, then }: Pair, invitation: Invitation, run: Run): boolean {
  const { response } = invitation.exchange;
  const { readAt = Infinity } = intervalOf(then.delivery);
  const other = first ? intervalOf(first.delivery) : response && intervalOfResponse(response);
  const slack = (slackOf(then.delivery, run) ?? 0) + (first ? 0 : roundTripOf(run));
  return readAt + slack < (other?.arrivedAfter ?? -Infinity) && isUnexplained(then, first, invitation, run);
}

/** The behaviour of several invitations at once, whose rosters may show invitees of each other. */
const SEVERAL = 'ordering.concurrent-invitations';

const reversed = new WeakMap<Run, Map<string, ReadonlySet<Invitation>>>();

/**
 * Whether the order of a fact seems wrong in this invitation, as in most that were sent while nothing else was under
 * way: too often for chance, although this machine was too busy to prove it of one.
 */
export function seemsReversedMostly(fact: string, invitation: Invitation, run: Run): boolean {
  if (!fact.startsWith('ordering.')) return false;
  const byFact = reversed.get(run) ?? new Map<string, ReadonlySet<Invitation>>();
  reversed.set(run, byFact);
  const known = byFact.get(fact) ?? mostlyReversed(fact, run);
  byFact.set(fact, known);
  return known.has(invitation);
}

function mostlyReversed(fact: string, run: Run): ReadonlySet<Invitation> {
  const alone = run.header.plan.filter((one) => one.alone === true && !one.tries.includes(SEVERAL));
  const tried = everyInvitation(run).filter(
    (one) =>
      alone.some(({ scenario, attempt }) => scenario === one.record.scenario && attempt === one.record.attempt) &&
      pairsOf(fact, one, run).length > 0,
  );
  const wrong = tried.filter((one) => pairsOf(fact, one, run).some((pair) => seemsReversed(pair, one, run)));
  return new Set(2 * wrong.length > tried.length ? wrong : []);
}
