import { intervalOf, intervalOfResponse, type Notification } from '../../history/notifications';
import { order, type Interval } from '../../history/order';
import { everyInvitation, type Invitation, type Run } from '../../history/run-view';
import { acknowledgedInterval, waitsForAcknowledgements, waitsForSlow } from './acknowledgements';

/** The order of arrivals, and when a wrong order is the target's defect. */

/** With at most this many other active invitations, a target counts as undisturbed. */
const FEW_OTHERS = 8;
/** The limit that also excludes delays in proxies: the size of the smallest attempt with several invitations. */
const FEWEST_OTHERS = 3;
/**
 * The longest time, in ms, that a service with concurrent invitations may take between admitting a participant and
 * announcing it, while it sends notifications of another invitation.
 */
const ADMISSION_MS = 40;
/** A lead that neither separate connections nor a delay in a busy proxy explain, ms. */
const LONG_BEFORE_MS = 250;
/** Activity of others counts from so long before the first of two events, ms. */
const LEAD_MS = 50;

/** The proved order of two notifications. */
export function orderOf(a: Notification, b: Notification, run: Run): 'before' | 'after' | 'concurrent' {
  const of = waitsForAcknowledgements(run) ? acknowledgedInterval : intervalOf;
  return order(of(a.delivery, run), of(b.delivery, run));
}

/**
 * Whether a notification was over before the response's first byte, by more than the round trip, and the target is to
 * blame. A service does not wait until its response has been read, and a busy machine or proxy may delay a response: so
 * a late response counts if it is late by far, or in most rounds of an attempt that runs alone. In a run without such
 * attempts, it counts if nothing disturbed it, or if half of all are late.
 */
export function precedesResponse(notification: Notification, invitation: Invitation, run: Run): boolean {
  const { response } = invitation.exchange;
  if (!response || !isAnsweredAfter(notification, invitation, run)) return false;
  const [came, answered] = [intervalOf(notification.delivery), intervalOfResponse(response)];
  if (came.slackMs === undefined) return true;
  const undelayed = isUndelayed(notification, invitation, run, came, answered);
  const isLong = response.headersAt - notification.delivery.bodyAt > LONG_BEFORE_MS;
  if (!hasUndisturbed(run, invitation)) return undelayed || isLong || mostAnsweredLate(run);
  return undelayed && (isLong || (ranAlone(run, invitation) && isLateInMostRounds(invitation, run)));
}

/** Whether nothing in the service or in a proxy explains that a response came so long after a notification. */
function isUndelayed(
  notification: Notification,
  invitation: Invitation,
  run: Run,
  came: Interval,
  answered: Interval,
): boolean {
  return (
    isUndisturbed(invitation, run, came, answered, FEWEST_OTHERS) &&
    waitingMeanwhile(notification, invitation, run, came, answered) <= FEW_OTHERS
  );
}

/** Whether nothing else explains that an event came so long after a notification. @param late undefined: the response */
export function isUnexplained(
  early: Notification,
  late: Notification | undefined,
  invitation: Invitation,
  run: Run,
): boolean {
  const came = intervalOf(early.delivery);
  if (late) return isUndisturbed(invitation, run, came, intervalOf(late.delivery));
  const { response } = invitation.exchange;
  return response !== undefined && isUndelayed(early, invitation, run, came, intervalOfResponse(response));
}

/** Whether the response to an invitation began after a notification was over. */
export function isAnsweredAfter({ delivery }: Notification, { exchange }: Invitation, run: Run): boolean {
  return (
    exchange.response !== undefined &&
    order(intervalOf(delivery), intervalOfResponse(exchange.response), run.header.roundTripMs) === 'before'
  );
}

/** Whether the attempt of an invitation runs alone. */
function ranAlone({ header }: Run, { record }: Invitation): boolean {
  return header.plan.some(
    ({ scenario, attempt, alone }) => alone === true && scenario === record.scenario && attempt === record.attempt,
  );
}

/** Whether an invitation was answered late in more than half of the rounds of its attempt. */
function isLateInMostRounds(invitation: Invitation, run: Run): boolean {
  const rounds = everyInvitation(run).filter((one) => firstRoundOf(one) === firstRoundOf(invitation));
  return 2 * rounds.filter((one) => isAnsweredLate(one, run)).length > rounds.length;
}

/** The key of an invitation in the first round of its attempt. */
function firstRoundOf({ record }: Invitation): string {
  return record.repeats ?? record.key;
}

function isAnsweredLate(invitation: Invitation, run: Run): boolean {
  return invitation.operations.some((it) => isAnsweredAfter(it, invitation, run));
}

const mostLate = new WeakMap<Run, boolean>();

/** Whether at least half of the invitations with a response and notifications were answered late. */
function mostAnsweredLate(run: Run): boolean {
  const known = mostLate.get(run);
  if (known !== undefined) return known;
  const answered = everyInvitation(run).filter(
    ({ exchange, operations }) => exchange.response !== undefined && operations.length > 0,
  );
  const late = answered.filter((one) => isAnsweredLate(one, run));
  const most = 2 * late.length >= answered.length;
  mostLate.set(run, most);
  return most;
}

/**
 * The number of other requests that waited for their responses all the time from a notification to a response. They are
 * in the same queue as this one, in the service or in a proxy.
 */
function waitingMeanwhile(
  { delivery }: Notification,
  invitation: Invitation,
  run: Run,
  from: Interval,
  to: Interval,
): number {
  const waited = everyInvitation(run).filter(({ exchange: { request, response, failure } }) => {
    const endedAt = response?.headersAt ?? failure?.at ?? Infinity;
    return request.sentAt < from.from && endedAt > to.from;
  });
  // A request without a response is recorded only with its own invitation.
  const unanswered = run.unanswered.filter(({ n }) => n < delivery.n);
  return waited.filter((one) => one !== invitation).length + unanswered.length;
}

/** Whether a notification arrived before one that it should follow, and the target is to blame. */
export function overtakes(early: Notification, late: Notification, invitation: Invitation, run: Run): boolean {
  const [first, second] = [intervalOf(early.delivery), intervalOf(late.delivery)];
  return orderOf(early, late, run) === 'before' && isReportable(invitation, run, first, second);
}

/**
 * Whether to report a wrong order. If the target waits for acknowledgements, it sent in this order. If not, a target
 * busy with many invitations may be late by chance, whether it sends in order or not. Then only invitations that few
 * others disturb are reported, so that a defect is reported in every run or in none; if the run has none of these, all
 * are.
 */
function isReportable(invitation: Invitation, run: Run, first: Interval, second: Interval): boolean {
  // Other recorders acknowledge at any time, which proves no order; a slow acknowledgement is no gap.
  if (run.header.recording) return second.from - first.until > LONG_BEFORE_MS || waitsForSlow(run);
  return first.slackMs === undefined || waitsForAcknowledgements(run) || isCalm(invitation, run, first, second);
}

/** Whether few others were active between two events of an invitation, or the run has no attempt that runs alone to decide. */
function isCalm(invitation: Invitation, run: Run, first: Interval, second: Interval): boolean {
  return isUndisturbed(invitation, run, first, second) || !hasUndisturbed(run, invitation);
}

/** Whether few other invitations were active between two events of an invitation, or shortly before. */
function isUndisturbed(
  invitation: Invitation,
  run: Run,
  first: Interval,
  second: Interval,
  most = FEW_OTHERS,
): boolean {
  const from = first.from - LEAD_MS;
  const active = (instants.get(run) ?? allInstants(run)).filter((one) =>
    one.at.some((at) => at >= from && at <= second.from),
  );
  // Rounds of an attempt follow each other.
  const others = new Set(active.map(({ of }) => firstRoundOf(of)));
  others.delete(firstRoundOf(invitation));
  return others.size <= most;
}

/**
 * Whether a roster arrived so long before the completion that concurrency cannot explain it, even on a slow machine:
 * much time passed, few others were active, and in between the service sent two more notifications of the call, one
 * after the other.
 */
export function isFarAhead(early: Notification, late: Notification, invitation: Invitation, run: Run): boolean {
  const [first, second] = [intervalOf(early.delivery), intervalOf(late.delivery)];
  const gap = (second.arrivedAfter ?? second.from) - (first.readAt ?? first.until);
  if (gap <= ADMISSION_MS || !isUndisturbed(invitation, run, first, second)) return false;
  const between = run.notifications.filter(
    (it) =>
      it.resource?.callId === invitation.callId &&
      orderOf(early, it, run) === 'before' &&
      orderOf(it, late, run) === 'before',
  );
  return between.some((one) => between.some((other) => orderOf(one, other, run) === 'before'));
}

interface Instants {
  of: Invitation;
  at: number[];
}

const instants = new WeakMap<Run, Instants[]>();

/** The instants at which each invitation was sent, answered and announced. */
function allInstants(run: Run): Instants[] {
  const all = everyInvitation(run).map((of) => {
    const { request, response } = of.exchange;
    const answered = response ? [response.headersAt, response.endAt] : [];
    return { of, at: [request.sentAt, ...answered, ...of.operations.map(({ delivery }) => delivery.headersAt)] };
  });
  instants.set(run, all);
  return all;
}

/** Whether the run has an attempt that runs alone and tries an ordering behaviour of this invitation. */
function hasUndisturbed(run: Run, { record }: Invitation): boolean {
  const orders = record.tries.filter((id) => id.startsWith('ordering.'));
  return run.header.plan.some(
    ({ alone, notSelected, withoutCapability, tries }) =>
      alone === true &&
      notSelected !== true &&
      withoutCapability === undefined &&
      orders.some((id) => tries.includes(id)),
  );
}
