import type { InvitedIdentity } from '../../history/events';
import { rosterEntryIdentities } from '../../history/identities';
import { rosterOf, type Notification } from '../../history/notifications';
import type { Invitation, Run } from '../../history/run-view';

/** Indexes of a run of recorded traffic, built once. */
export interface RecordedRunIndex {
  /** By key of a call: the sources with notifications about it. */
  sources: Map<string, Set<number>>;
  /** The ids of all calls. */
  calls: Set<string>;
  /** Notifications about operations that match no invitation. */
  unmatched: Notification[];
  /** By identity: the rosters that show it. */
  shown: Map<string, Set<Notification>>;
  /** By key of a call: the identities invited to it. */
  invited: Map<string, Set<string>>;
  /** Operation ids that several responses contain. */
  shared: Set<string>;
  /** The keys of calls whose notifications arrived at several paths of one source. */
  scattered: Set<string>;
}

const known = new WeakMap<Run, RecordedRunIndex>();

/** An identity as a key. */
export function keyOf({ kind, id }: InvitedIdentity): string {
  return `${kind} ${id}`;
}

function put<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const there = map.get(key);
  if (there) there.add(value);
  else map.set(key, new Set([value]));
}

/** The index of a run; built on first use. */
export function indexOf(run: Run): RecordedRunIndex {
  const made = known.get(run) ?? indexed(run);
  known.set(run, made);
  return made;
}

function indexed(run: Run): RecordedRunIndex {
  const index: RecordedRunIndex = {
    sources: new Map(),
    calls: new Set(run.calls.map(({ callId }) => callId)),
    unmatched: [],
    shown: new Map(),
    invited: new Map(),
    shared: new Set(),
    scattered: new Set(),
  };
  const paths = new Map<string, string>();
  for (const { delivery } of run.deliveries) {
    if (delivery.call !== undefined) put(index.sources, delivery.call, delivery.recorded?.source ?? 0);
  }
  const taken = new Set(run.invitations.flatMap(({ operations }) => operations));
  for (const notification of run.notifications) {
    const { about, delivery } = notification;
    if (about === 'operation' && !taken.has(notification)) index.unmatched.push(notification);
    if (delivery.call !== undefined && (about === 'operation' || about === 'roster')) {
      const [key, [path = '']] = [`${delivery.recorded?.source} ${delivery.call}`, delivery.path.split('?')];
      if ((paths.get(key) ?? path) !== path) index.scattered.add(delivery.call);
      paths.set(key, path);
    }
    if (about !== 'roster') continue;
    for (const one of rosterOf(notification).flatMap(({ entry }) => rosterEntryIdentities(entry))) {
      put(index.shown, keyOf(one), notification);
    }
  }
  const ids = new Set<string>();
  for (const { record, operationId } of run.invitations) {
    for (const one of record.invitees) put(index.invited, record.call, keyOf(one));
    if (operationId === undefined) continue;
    if (ids.has(operationId)) index.shared.add(operationId);
    ids.add(operationId);
  }
  return index;
}

/** Whether a roster of another call shows invitees of this invitation who were not invited to that call. */
export function isShownElsewhere({ record, rosters }: Invitation, run: Run): boolean {
  const { shown, invited } = indexOf(run);
  const own = new Set(rosters);
  return record.invitees.some((one) =>
    [...(shown.get(keyOf(one)) ?? [])].some(
      (roster) => !own.has(roster) && invited.get(roster.delivery.call ?? '')?.has(keyOf(one)) !== true,
    ),
  );
}

/** Whether a roster of the call showed an invitee before the invitation was sent. */
export function isShownBefore({ record, rosters, exchange }: Invitation, run: Run): boolean {
  const { shown } = indexOf(run);
  const earlier = new Set(rosters.filter(({ delivery }) => delivery.headersAt < exchange.request.sentAt));
  return record.invitees.some((one) => [...(shown.get(keyOf(one)) ?? [])].some((roster) => earlier.has(roster)));
}
