import type { Delivery } from '../../history/events';
import { callOf } from '../../history/lookup';
import { intervalOf, saysTerminated } from '../../history/notifications';
import type { Interval } from '../../history/order';
import { everyInvitation, type Invitation, type Run } from '../../history/run-view';

/** Whether a target waits for acknowledgements, and what these prove. */

/**
 * The duration, in ms, from which an acknowledgement shows whether the next delivery waited for it, and how many such
 * acknowledgements are needed.
 */
const SLOW_ACKNOWLEDGEMENT_MS = 8;
const MIN_SLOW_ACKNOWLEDGEMENTS = 10;

const shortest = new WeakMap<Run, number>();

/**
 * An upper bound of the round trip to the target, ms: that of the preflight, or the time of the fastest response. The
 * preflight of a busy machine finds too long a time.
 */
export function roundTripOf(run: Run): number {
  const known = shortest.get(run);
  if (known !== undefined) return known;
  let least = run.header.roundTripMs;
  for (const { exchange } of everyInvitation(run)) {
    const { request, response } = exchange;
    if (response) least = Math.min(least, response.headersAt - request.sentAt);
  }
  shortest.set(run, least);
  return least;
}

/**
 * From the first byte of a delivery until its acknowledgement was sent, and until a sender that does not wait for it
 * would have sent the next one: the interval by which targets that wait are told from others, and judged.
 */
export function acknowledgedInterval(delivery: Delivery, run: Run): Interval {
  const interval = intervalOf(delivery);
  const { bodyAt, acknowledgedAt = Infinity } = delivery;
  const slack = slackOf(delivery, run);
  return slack === undefined ? interval : { ...interval, until: Math.max(acknowledgedAt, bodyAt + slack) };
}

/** A delivery's slack with the round trip of `roundTripOf`, ms; undefined if its time of arrival is not known. */
export function slackOf({ slackMs }: Delivery, run: Run): number | undefined {
  return slackMs === undefined ? undefined : slackMs - run.header.roundTripMs + roundTripOf(run);
}

const waiting = new WeakMap<Run, boolean>();

/**
 * Whether the target sends nothing more of an invitation while the suite withholds an acknowledgement. A response that
 * may have arrived before the notification, and was read later, shows nothing.
 */
export function waitsForAcknowledgements(run: Run): boolean {
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
  const sorted = deliveries.map((one) => acknowledgedInterval(one, run)).toSorted((a, b) => a.from - b.from);
  const { headersAt: answered = Infinity, unreadMs = 0 } = exchange.response ?? {};
  return (
    sorted.some((one, i) => one.until > (sorted[i + 1]?.from ?? Infinity)) ||
    operations
      .map(({ delivery }) => acknowledgedInterval(delivery, run))
      .some(({ from, until }) => from < answered - unreadMs && answered < until)
  );
}

const waitingForSlow = new WeakMap<Run, boolean>();

/** For recorded traffic: whether no delivery arrived during any of many slow acknowledgements. */
export function waitsForSlow(run: Run): boolean {
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
