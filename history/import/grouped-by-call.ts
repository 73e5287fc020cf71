import type { Gathered, KeptInvitation, KeptNotifications } from './gathered';
import { callsOf, idsOf } from './ids';

/** A call with its invitations and notifications. */
export interface CallGroup {
  key: string;
  callId: string;
  invitations: KeptInvitation[];
  /** Each with the key of its call: this one, or one that an invitation to this one replaces. */
  notifications: { kept: KeptNotifications; call: string }[];
  /** The other calls that a request with notifications about this one is about: these have one callback. */
  sharesWith: Set<CallGroup>;
  from: number;
  until: number;
}

/** The recorded traffic of one target by call. */
export interface GroupedTraffic {
  /** By id of the call. */
  calls: Map<string, CallGroup>;
  /** Replaced calls without invitations of their own: the key of each, and the call of the invitation that replaces it. */
  replaced: Map<string, { key: string; by: string }>;
  /** Notifications about no such call. */
  strays: KeptNotifications[];
  /** Of these, the ones about invitations to another base URL. */
  ofOthers: Set<KeptNotifications>;
}

/**
 * Assigns notifications to the calls of invitations.
 * @param own the invitations to the target
 * @param startOf the time of an invitation or a notification, on the common clock
 */
export function groupedByCall(
  gathered: Gathered,
  own: readonly KeptInvitation[],
  startOf: (one: KeptInvitation | KeptNotifications) => number | undefined,
): GroupedTraffic {
  const grouped: GroupedTraffic = { calls: new Map(), replaced: new Map(), strays: [], ofOthers: new Set() };
  const { calls, replaced } = grouped;
  for (const one of own) groupOf(one.callId, calls).invitations.push(one);
  for (const { replaces, callId } of own) {
    if (replaces === undefined || calls.has(replaces) || replaced.has(replaces)) continue;
    replaced.set(replaces, { key: `recorded/replaced-call-${replaced.size + 1}#1`, by: callId });
  }
  assign(gathered, own, grouped);
  for (const group of calls.values()) {
    const all = [...group.invitations, ...group.notifications.map(({ kept }) => kept)];
    for (const time of all.flatMap((one) => startOf(one) ?? [])) {
      group.from = Math.min(group.from, time);
      group.until = Math.max(group.until, time);
    }
  }
  return grouped;
}

function groupOf(callId: string, calls: Map<string, CallGroup>): CallGroup {
  const known = calls.get(callId);
  if (known) return known;
  const key = `recorded/call-${calls.size + 1}#1`;
  const none = { invitations: [], notifications: [], sharesWith: new Set<CallGroup>() };
  const fresh: CallGroup = { key, callId, ...none, from: Infinity, until: -Infinity };
  calls.set(callId, fresh);
  return fresh;
}

function assign(
  { invitations, notifications }: Gathered,
  own: readonly KeptInvitation[],
  { calls, replaced, strays, ofOthers }: GroupedTraffic,
): void {
  const operations = callsOf(own);
  const ownIds = new Set(own.flatMap(idsOf));
  // If two services use the same ids, a notification may belong to either.
  const foreign = new Set(invitations.filter(({ base }) => base !== own[0]?.base).flatMap(idsOf));
  for (const one of notifications) {
    const ids = [...one.operations, ...one.calls];
    if (ids.some((id) => foreign.has(id))) {
      strays.push(one);
      if (!ids.some((id) => ownIds.has(id))) ofOthers.add(one);
      continue;
    }
    const about = [...one.operations.map((id) => operations.get(id) ?? ''), ...one.calls];
    connect([...new Set(about.flatMap((id) => calls.get(id) ?? []))]);
    // An operation's id is better evidence than the resource of a notification.
    const named = one.operations.map((id) => operations.get(id)).find((id) => id !== undefined);
    const callId = named ?? one.calls.find((id) => calls.has(id));
    const ended = callId === undefined ? one.calls.find((id) => replaced.has(id)) : undefined;
    const group = calls.get(callId ?? replaced.get(ended ?? '')?.by ?? '');
    if (!group) strays.push(one);
    else group.notifications.push({ kept: one, call: replaced.get(ended ?? '')?.key ?? group.key });
  }
}

/** Remembers that one request has notifications about several calls: each is connected with the first. */
function connect([first, ...others]: readonly CallGroup[]): void {
  for (const other of others) {
    first?.sharesWith.add(other);
    if (first) other.sharesWith.add(first);
  }
}
