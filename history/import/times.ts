import { addTo } from '../../common/lists';
import type { Gathered, KeptInvitation, KeptNotifications } from './gathered';

/** What the times of recorded traffic prove. */

/** In fewer exchanges, times that are all whole seconds may be a coincidence. */
const FEW = 3;

/** Whether the times of a source are meaningful. */
export function timesOf({ sources }: Gathered, index: number): boolean {
  const source = sources[index];
  return source !== undefined && (source.startTimes > 1 || source.entries === 1);
}

/**
 * The precision of a source's start times, ms. Some tools round them, although they write more digits; in few entries
 * whole seconds may be a coincidence.
 */
export function precisionOf({ sources }: Gathered, index: number): number {
  const source = sources[index];
  return source !== undefined && source.entries >= FEW ? source.unitMs : 1;
}

/**
 * The shift of each source's clock, ms. A notification follows the invitation of its operation: if the times say
 * otherwise, the source's clock is slow by at least the difference.
 */
export function alignedTo(gathered: Gathered, own: readonly KeptInvitation[]): number[] {
  const sent = new Map<string, KeptInvitation>();
  for (const one of own) if (one.operationId !== undefined) sent.set(one.operationId, one);
  const shifts = gathered.sources.map(() => 0);
  for (const { startedAt, source, operations } of gathered.notifications) {
    for (const id of operations) {
      const invitation = sent.get(id);
      if (!invitation || invitation.source === source) continue;
      if (startedAt === undefined || invitation.startedAt === undefined) continue;
      shifts[source] = Math.max(shifts[source] ?? 0, invitation.startedAt - startedAt);
    }
  }
  return shifts;
}

/**
 * The sources in which a notification about an operation precedes its invitation: one clock timed the requests, another the
 * notifications, as in a file that was merged from two.
 */
export function ofTwoClocks(gathered: Gathered, own: readonly KeptInvitation[]): ReadonlySet<number> {
  const sent = new Map<string, KeptInvitation | 'several'>();
  for (const one of own) {
    if (one.operationId !== undefined) sent.set(one.operationId, sent.has(one.operationId) ? 'several' : one);
  }
  const found = new Set<number>();
  for (const { startedAt, source, operations } of gathered.notifications) {
    for (const invitation of operations.map((id) => sent.get(id))) {
      if (!invitation || invitation === 'several' || invitation.source !== source) continue;
      if ((startedAt ?? Infinity) < (invitation.startedAt ?? -Infinity)) found.add(source);
    }
  }
  return found;
}

/**
 * The operations that were announced as failed, and not as completed before.
 * @param startOf the time of a notification, on the common clock
 */
export function failedIn(
  notifications: readonly KeptNotifications[],
  startOf: (one: KeptNotifications) => number | undefined,
): Set<string> {
  const completed = new Map<string, number>();
  for (const one of notifications) {
    const at = startOf(one) ?? -Infinity;
    for (const id of one.completed) completed.set(id, Math.min(completed.get(id) ?? at, at));
  }
  const isFirst = (one: KeptNotifications, id: string): boolean =>
    !completed.has(id) || (startOf(one) ?? Infinity) < (completed.get(id) ?? -Infinity);
  return new Set(notifications.flatMap((one) => one.failed.filter((id) => isFirst(one, id))));
}

/**
 * Whether others ran at the same time. If the recording does not show it: `unknown`, or `unended` if that is because it
 * does not show the end of this one.
 */
export type Overlap = 'yes' | 'no' | 'unknown' | 'unended';

/** An invitation, and until when it was under way: surely, and at most. */
interface Span {
  one: KeptInvitation;
  sure: number;
  most: number;
}

/**
 * Which accepted invitations ran at the same time as others to the same call. One whose end is not recorded surely ran
 * until its response, and at most as long as a notification may take.
 */
export function overlapsOf(
  own: readonly KeptInvitation[],
  notifications: readonly KeptNotifications[],
  timeoutMs: number,
): Map<KeptInvitation, Overlap> {
  const ends = new Map<string, number>();
  const untimed = new Set<string>();
  for (const { startedAt, completed, failed } of notifications) {
    for (const id of [...completed, ...failed]) {
      if (startedAt === undefined) untimed.add(id);
      else ends.set(id, Math.max(ends.get(id) ?? -Infinity, startedAt));
    }
  }
  const unknownFor = ({ operationId }: KeptInvitation): Overlap =>
    operationId === undefined || ends.has(operationId) || untimed.has(operationId) ? 'unknown' : 'unended';
  const byCall = new Map<string, KeptInvitation[]>();
  for (const one of own) {
    if (one.accepted) addTo(byCall, one.callId, one);
  }
  const found = new Map<KeptInvitation, Overlap>();
  for (const all of byCall.values()) {
    if (all.length < 2) continue;
    const sorted = all.toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
    if (sorted.some(({ timed, startedAt }) => !timed || startedAt === undefined)) {
      for (const one of sorted) found.set(one, unknownFor(one));
      continue;
    }
    // The earlier invitations that ran longest: comparing with them is enough to find any overlap.
    let [surest, longest]: (Span | undefined)[] = [];
    for (const one of sorted) {
      const { startedAt = 0, endedAt = startedAt, operationId = '' } = one;
      const end = ends.get(operationId);
      const span: Span = { one, sure: end ?? endedAt, most: end ?? endedAt + timeoutMs };
      if (longest && startedAt < longest.most) {
        for (const both of [one, longest.one]) if (found.get(both) !== 'yes') found.set(both, unknownFor(both));
      }
      if (surest && startedAt < surest.sure) found.set(one, 'yes').set(surest.one, 'yes');
      if (!surest || span.sure > surest.sure) surest = span;
      if (!longest || span.most > longest.most) longest = span;
    }
  }
  return found;
}

/** The shortest response time of the target, ms: an upper bound of the round trip. */
export function roundTripOf(own: readonly KeptInvitation[]): number {
  const times = own.flatMap(({ startedAt, endedAt, timed }) =>
    timed && startedAt !== undefined && endedAt !== undefined ? [endedAt - startedAt] : [],
  );
  return times.reduce((least, one) => Math.min(least, one), times[0] ?? 0);
}
