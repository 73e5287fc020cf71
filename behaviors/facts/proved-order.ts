import { callOf } from '../../history/lookup';
import { intervalOf, intervalOfResponse, saysTerminated, type Notification } from '../../history/notifications';
import { order, type Interval } from '../../history/order';
import { everyInvitation, type Invitation, type Run } from '../../history/run-view';

/** In which order things came, and when that tells on the target. */

/** So many other invitations at most that do something in the meantime leave a target undisturbed. */
const FEW_OTHERS = 8;
/** So many at most leave what stands between it and us undisturbed too: as many as the smallest attempt with several sends. */
const FEWEST_OTHERS = 3;
/**
 * So long, ms, a service that works on several invitations at once may take from letting somebody in to announcing it,
 * while it announces what became of another one.
 */
const ADMISSION_MS = 40;
/** Of recorded traffic: so much earlier is no matter of connections, ms. */
const LONG_BEFORE_MS = 250;
/** An acknowledgement that took so long shows whether the next one waited for it, ms; and how many must. */
const SLOW_ACKNOWLEDGEMENT_MS = 8;
const MIN_SLOW_ACKNOWLEDGEMENTS = 10;
/** How long before the first of two events what others do still counts, ms. */
const LEAD_MS = 50;

/** The order of two notifications, proved or not. */
export function orderOf(a: Notification, b: Notification): 'before' | 'after' | 'concurrent' {
  return order(intervalOf(a.delivery), intervalOf(b.delivery));
}

/**
 * Whether a notification was over before the response's first byte, by more than the round trip. A service does not wait until
 * its response has been read, and what stands between, such as a proxy, may hold the response up while it is busy: so it is
 * told by the invitations that few others disturb.
 */
export function precedesResponse(notification: Notification, invitation: Invitation, run: Run): boolean {
  const { response } = invitation.exchange;
  if (!response) return false;
  const [came, answered] = [intervalOf(notification.delivery), intervalOfResponse(response)];
  if (order(came, answered, run.header.roundTripMs) !== 'before') return false;
  if (came.slackMs === undefined || !hasUndisturbed(run, invitation)) return true;
  return (
    isUndisturbed(invitation, run, came, answered, FEWEST_OTHERS) &&
    waitingMeanwhile(notification, invitation, run, came, answered) <= FEW_OTHERS
  );
}

/**
 * How many other requests waited for their answers all the time from a notification to a response. They stand in the same
 * queue as this one, in the service or in what stands between.
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
  // The request of an invitation that has no answer is recorded with its invitation alone.
  const unanswered = run.unanswered.filter(({ n }) => n < delivery.n);
  return waited.filter((one) => one !== invitation).length + unanswered.length;
}

/** Whether a notification of an invitation came before another one which it should follow, and that tells on the target. */
export function overtakes(early: Notification, late: Notification, invitation: Invitation, run: Run): boolean {
  const [first, second] = [intervalOf(early.delivery), intervalOf(late.delivery)];
  return order(first, second) === 'before' && isReportable(invitation, run, first, second);
}

/**
 * Whether a wrong order that an invitation shows is told. Where the target waits for our acknowledgements, nothing but
 * its own plan made it; where it does not, a target that is busy with many others may be late with what it sent in order,
 * or with what it sent in no order, by chance. It is told then by the invitations that few others disturb, so that it is
 * told each time or not at all; where a run has none of these, by all.
 */
function isReportable(invitation: Invitation, run: Run, first: Interval, second: Interval): boolean {
  // What others recorded was acknowledged when they pleased: at once, mostly, which shows no order.
  if (run.header.recording) return second.from - first.from > LONG_BEFORE_MS || waitsForSlow(run);
  return first.slackMs === undefined || waitsForAcknowledgements(run) || isCalm(invitation, run, first, second);
}

/** Whether few others were active between two events of an invitation, or no invitation of the run that goes alone tells more. */
function isCalm(invitation: Invitation, run: Run, first: Interval, second: Interval): boolean {
  return isUndisturbed(invitation, run, first, second) || !hasUndisturbed(run, invitation);
}

/** Whether few other invitations did anything between two events of an invitation, or shortly before. */
function isUndisturbed(
  invitation: Invitation,
  run: Run,
  first: Interval,
  second: Interval,
  most = FEW_OTHERS,
): boolean {
  const from = first.from - LEAD_MS;
  const others = (instants.get(run) ?? allInstants(run)).filter(
    (one) => one.of !== invitation && one.at.some((at) => at >= from && at <= second.from),
  );
  return others.length <= most;
}

/**
 * Whether a notification of another invitation came so much before one of this invitation that no service that works on
 * both at once comes to it by chance, however slow its machine is: much time passed, few others were active, and in the
 * meantime the service sent two more notifications of the call, one after the other.
 */
export function isFarAhead(early: Notification, late: Notification, invitation: Invitation, run: Run): boolean {
  const [first, second] = [intervalOf(early.delivery), intervalOf(late.delivery)];
  const gap = (second.arrivedAfter ?? second.from) - (first.readAt ?? first.until);
  if (gap <= ADMISSION_MS || !isUndisturbed(invitation, run, first, second)) return false;
  const between = run.notifications.filter(
    (it) =>
      it.resource?.callId === invitation.callId && orderOf(early, it) === 'before' && orderOf(it, late) === 'before',
  );
  return between.some((one) => between.some((other) => orderOf(one, other) === 'before'));
}

interface Instants {
  of: Invitation;
  at: number[];
}

const instants = new WeakMap<Run, Instants[]>();

/** When each invitation did something: was sent, answered, announced. */
function allInstants(run: Run): Instants[] {
  const all = everyInvitation(run).map((of) => {
    const { request, response } = of.exchange;
    const answered = response ? [response.headersAt, response.endAt] : [];
    return { of, at: [request.sentAt, ...answered, ...of.operations.map(({ delivery }) => delivery.headersAt)] };
  });
  instants.set(run, all);
  return all;
}

/** Whether an attempt of the run goes alone that tries what this invitation tries of orders. */
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

const waiting = new WeakMap<Run, boolean>();

/** Whether the target sends nothing more of an invitation while we withhold an acknowledgement. */
function waitsForAcknowledgements(run: Run): boolean {
  const known = waiting.get(run);
  if (known !== undefined) return known;
  const waits = !everyInvitation(run).some((invitation) => overlaps(invitation, run));
  waiting.set(run, waits);
  return waits;
}

function overlaps({ record, exchange, operations, rosters }: Invitation, run: Run): boolean {
  const replaced = callOf(run, record.replaces)?.callId;
  const ends =
    replaced === undefined
      ? []
      : run.notifications.filter((it) => it.resource?.callId === replaced && saysTerminated(it));
  const deliveries = [...new Set([...operations, ...rosters, ...ends].map(({ delivery }) => delivery))];
  const sorted = deliveries.map(intervalOf).toSorted((a, b) => a.from - b.from);
  const answered = exchange.response?.headersAt;
  return (
    sorted.some((one, i) => one.until > (sorted[i + 1]?.from ?? Infinity)) ||
    operations
      .map(({ delivery }) => intervalOf(delivery))
      .some(({ from, until }) => answered !== undefined && from < answered && answered < until)
  );
}

const waitingForSlow = new WeakMap<Run, boolean>();

/** Whether, of recorded traffic, nothing came while a slow acknowledgement was outstanding, each of many times. */
function waitsForSlow(run: Run): boolean {
  const known = waitingForSlow.get(run);
  if (known !== undefined) return known;
  let waited = 0;
  let overlapped = false;
  for (const { operations, rosters } of run.invitations) {
    const deliveries = [...new Set([...operations, ...rosters].map(({ delivery }) => delivery))];
    const sorted = deliveries.map(intervalOf).toSorted((a, b) => a.from - b.from);
    for (const [i, { from, until }] of sorted.entries()) {
      const next = sorted[i + 1];
      if (!next || until - from < SLOW_ACKNOWLEDGEMENT_MS || until === Infinity) continue;
      if (next.from < until) overlapped = true;
      else waited += 1;
    }
  }
  const waits = waited >= MIN_SLOW_ACKNOWLEDGEMENTS && !overlapped;
  waitingForSlow.set(run, waits);
  return waits;
}
