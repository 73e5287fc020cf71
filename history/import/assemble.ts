import type { CallRecord, Delivery, Exchange, History, HistoryEvent, HistoryHeader, InvitationRecord } from '../events';
import type { LeftOut, RecordedIn } from '../recording';
import type { Gathered, KeptInvitation, KeptNotifications } from './gathered';
import { notRecorded } from './bodies';
import type { RecordedExchange } from './importer';
import type { HarTool } from './har-tools';
import { groupedByCall, type CallGroup, type GroupedTraffic } from './grouped-by-call';
import { deliveryEvent, exchangeEvent } from './recorded-events';
import type { Assembling } from './plan';
import { summaryOf } from './summary';
import { alignedTo, failedIn, ofTwoClocks, overlapsOf, precisionOf, roundTripOf, timesOf, type Overlap } from './times';

/** Recorded traffic as histories: one, or several if it has many invitations. */
export interface Assembled {
  /** The header of the whole; complete once all histories were read. */
  header: () => HistoryHeader;
  histories: Iterable<History>;
  /** The base URLs of the invitations, and the number of invitations to each. */
  targets: ReadonlyMap<string, number>;
  /** Files with invitations but without any body of them or their responses, with the recording tool if known. */
  withoutBodies: readonly { name: string; tool?: HarTool | undefined }[];
  close(): void;
}

/** The most invitations in one history; longer recordings are split, because each invitation is compared with the others. */
const MOST_AS_ONE = 1000;
const MOST_TOGETHER = 200;
/** The most exchanges in one history, in bytes; in a longer call, the bodies of the rest count as not recorded. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Assembles histories from gathered traffic: assigns notifications to calls, and orders events by time. */
export function assemble(gathered: Gathered, options: Assembling): Assembled {
  const targets = new Map<string, number>();
  for (const { base } of gathered.invitations) targets.set(base, (targets.get(base) ?? 0) + 1);
  const [most] = [...targets].toSorted((a, b) => b[1] - a[1]);
  const target = options.target?.replace(/\/+$/, '') ?? most?.[0] ?? '';
  const own = gathered.invitations.filter(({ base }) => base.toLowerCase() === target.toLowerCase());
  const work = new Assembly(gathered, own, target, options);
  return {
    header: () => work.header(),
    histories: work.histories(),
    targets,
    withoutBodies: gathered.sources.filter(({ bodies }) => bodies.lost > 0 && bodies.kept === 0),
    close: () => gathered.spool.close(),
  };
}

class Assembly {
  readonly #grouped: GroupedTraffic;
  readonly #number = new Map<KeptInvitation | KeptNotifications, number>();
  readonly #overlaps: Map<KeptInvitation, Overlap>;
  readonly #failed: Set<string>;
  readonly #offsets: number[];
  readonly #twoClocks: ReadonlySet<number>;
  readonly #origin: number;
  /** The highest event number so far. */
  #last = 0;
  /** How much of the history that is being made may still be read, in bytes. */
  #left = 0;
  #unread = 0;
  #summary: ReturnType<typeof summaryOf> | undefined;
  #roundTrip: number | undefined;
  #leftOut: Map<LeftOut, number>;

  constructor(
    private readonly gathered: Gathered,
    private readonly own: readonly KeptInvitation[],
    private readonly target: string,
    private readonly options: Assembling,
  ) {
    const { notifications } = gathered;
    this.#leftOut = new Map(gathered.leftOut);
    const others = gathered.invitations.length - own.length;
    if (others > 0) this.#leftOut.set('otherTarget', others);
    this.#offsets = alignedTo(gathered, own);
    this.#failed = failedIn(notifications, (one) => this.#startOf(one));
    this.#twoClocks = ofTwoClocks(gathered, own);
    const starts = [...own, ...notifications].flatMap((one) => this.#startOf(one) ?? []);
    this.#origin = starts.reduce((least, one) => Math.min(least, one), starts[0] ?? 0);
    this.#grouped = groupedByCall(gathered, own, (one) => this.#startOf(one));
    const strays = this.#grouped.strays.length;
    if (strays > 0) this.#leftOut.set('unknownCall', strays);
    const kept = [...own, ...notifications];
    const sorted = kept.toSorted((a, b) => (this.#startOf(a) ?? Infinity) - (this.#startOf(b) ?? Infinity) || 0);
    for (const one of sorted) this.#number.set(one, this.#next());
    this.#overlaps = overlapsOf(own, notifications, options.timeoutMs);
  }

  #startOf({ startedAt, source }: { startedAt: number | undefined; source: number }): number | undefined {
    return startedAt === undefined ? undefined : startedAt + (this.#offsets[source] ?? 0);
  }

  /** Summary of the whole recording; complete after its histories were read. */
  header(): HistoryHeader {
    const { gathered, own, target, options } = this;
    this.#roundTrip ??= roundTripOf(own);
    const leftOut = [...this.#leftOut].map(([why, count]) => ({ why, count }));
    const shifts = this.#offsets.map((offset) => offset - this.#origin);
    const notifications = gathered.notifications.length - this.#grouped.strays.length;
    this.#summary ??= summaryOf(gathered, shifts);
    const recording = {
      ...this.#summary,
      calls: this.#grouped.calls.size,
      invitations: own.length,
      notifications,
      leftOut,
    };
    const { suiteVersion, catalogDigest, timeoutMs, quietMs, edition } = options;
    const startedAt = new Date(this.#origin).toISOString();
    const settings = { suiteVersion, catalogDigest, timeoutMs, quietMs, roundTripMs: this.#roundTrip };
    const by = edition === undefined ? {} : { edition };
    return { kind: 'header', format: 1, target, startedAt, ...settings, ...by, plan: [], recording };
  }

  *histories(): Generator<History> {
    const most = this.options.most ?? (this.own.length <= MOST_AS_ONE ? MOST_AS_ONE : MOST_TOGETHER);
    const groups = [...this.#grouped.calls.values()].toSorted((a, b) => a.from - b.from);
    for (let at = 0; at < groups.length || at === 0;) {
      const together: CallGroup[] = [];
      let bytes = 0;
      for (let count = 0; count === 0 || count < most; at += 1) {
        const group = groups[at];
        if (!group) break;
        bytes += this.#lengthOf(group);
        if (count > 0 && bytes > this.#mostBytes) break;
        together.push(group);
        count += Math.max(1, group.invitations.length);
      }
      yield this.#history(together, groups.length === together.length);
      if (groups.length === 0) return;
    }
  }

  get #mostBytes(): number {
    return this.options.mostBytes ?? MOST_BYTES;
  }

  #lengthOf({ invitations, notifications }: CallGroup): number {
    const all = [...invitations, ...notifications.map(({ kept }) => kept)];
    return all.reduce((sum, { at }) => sum + this.gathered.spool.lengthOf(at), 0);
  }

  #history(groups: readonly CallGroup[], whole: boolean): History {
    [this.#left, this.#unread] = [this.#mostBytes, 0];
    const events: HistoryEvent[] = [];
    const plan: HistoryHeader['plan'] = [];
    const attempts: string[] = [];
    const calls = new Map<string, CallRecord>();
    for (const { key, callId, notifications, sharesWith } of groups) {
      const call = this.#call(key, callId, notifications[0]?.kept.url);
      calls.set(callId, sharesWith.size > 0 ? { ...call, sharedCallback: true } : call);
    }
    for (const { key, invitations, notifications } of groups) {
      for (const kept of invitations) {
        const { record, exchange } = this.#invitation(kept, key, calls);
        plan.push({ scenario: 'recorded', attempt: record.attempt, tries: record.tries });
        attempts.push(record.attempt);
        events.push(record, exchange);
      }
      for (const { kept, call } of notifications) events.push(this.#delivery(kept, call));
    }
    const margin = this.options.timeoutMs;
    const [from, until] = [Math.min(...groups.map((one) => one.from)), Math.max(...groups.map((one) => one.until))];
    for (const kept of this.#grouped.strays) {
      if (this.#grouped.ofOthers.has(kept)) continue;
      const time = this.#startOf(kept);
      if (whole || time === undefined || (time >= from - margin && time <= until + margin))
        events.push(this.#delivery(kept));
    }
    events.push(...calls.values());
    const end = this.#end();
    for (const attempt of attempts) {
      events.push({ kind: 'attemptEnd', n: this.#next(), scenario: 'recorded', attempt, at: end });
    }
    events.push({ kind: 'end', n: this.#next(), at: end, interrupted: false, remarks: [] });
    const header = this.header();
    const { recording } = header;
    const together = new Set(groups);
    // Notifications that are in another part can't be told from missing ones.
    const isElsewhere = groups.some(({ sharesWith }) => [...sharesWith].some((other) => !together.has(other)));
    const leftOut = [...(recording?.leftOut ?? []), { why: 'unreadable' as const, count: Math.max(1, this.#unread) }];
    const part = recording && (isElsewhere || this.#unread > 0) ? { recording: { ...recording, leftOut } } : {};
    return { header: { ...header, ...part, plan }, events: events.toSorted((a, b) => a.n - b.n) };
  }

  #end(): number {
    return Math.max(
      0,
      ...this.gathered.sources.map(({ last }, i) =>
        last === undefined ? 0 : last + (this.#offsets[i] ?? 0) - this.#origin,
      ),
    );
  }

  #recorded(kept: KeptInvitation | KeptNotifications, timed: boolean): RecordedIn {
    const known = kept.startedAt !== undefined && timesOf(this.gathered, kept.source);
    return {
      source: kept.source,
      times: known ? (timed ? 'full' : 'coarse') : 'none',
      ...(kept.twice ? { twice: true } : {}),
    };
  }

  #invitation(
    kept: KeptInvitation,
    call: string,
    calls: Map<string, CallRecord>,
  ): { record: InvitationRecord; exchange: Exchange } {
    const read = this.#read(kept);
    const { request } = read;
    const planned = this.options.planOf({
      request,
      keepsAuthorization: this.gathered.sources[kept.source]?.keepsAuthorization.has(kept.base) === true,
      overlap: this.#overlaps.get(kept) ?? 'no',
      failed: kept.operationId !== undefined && this.#failed.has(kept.operationId),
    });
    const { name, replaces: replacedId, leftOut, ...plan } = planned;
    if (leftOut !== undefined) this.#leftOut.set(leftOut, (this.#leftOut.get(leftOut) ?? 0) + 1);
    const number = this.#number.get(kept) ?? 0;
    const attempt = `${name}-${number}`;
    const key = `recorded/${attempt}/invitation`;
    const replaces = replacedId === undefined ? undefined : this.#replacedCall(replacedId, calls);
    const record: InvitationRecord = {
      kind: 'invitation',
      n: this.#next(),
      key,
      scenario: 'recorded',
      attempt,
      call,
      ...plan,
      ...(replaces === undefined ? {} : { replaces }),
    };
    const at = {
      n: number,
      at: this.#timeOf(kept),
      recorded: this.#recorded(kept, kept.timed && read.resolutionMs <= 1),
    };
    const exchange = exchangeEvent(read, at, key);
    return { record, exchange };
  }

  /** The key of the call that an invitation replaces. */
  #replacedCall(callId: string, calls: Map<string, CallRecord>): string {
    const key = (this.#grouped.calls.get(callId) ?? this.#grouped.replaced.get(callId))?.key ?? '';
    const known = calls.get(callId) ?? this.#call(key, callId);
    calls.set(callId, known);
    return known.key;
  }

  #call(key: string, callId: string, callbackUri = ''): CallRecord {
    return { kind: 'call', n: this.#next(), key, scenario: 'recorded', shape: 'unknown', callId, callbackUri };
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  #delivery(kept: KeptNotifications, call?: string): Delivery {
    const read = this.#read(kept);
    const isExact = read.durations !== undefined && read.resolutionMs <= 1;
    const n = this.#number.get(kept) ?? 0;
    return deliveryEvent(
      read,
      {
        n,
        at: this.#timeOf(kept),
        recorded: this.#recorded(kept, isExact && !this.#twoClocks.has(kept.source)),
      },
      call,
    );
  }

  #read({ at, source }: KeptInvitation | KeptNotifications): RecordedExchange {
    this.#left -= this.gathered.spool.lengthOf(at);
    const whole = this.gathered.spool.read(at) as RecordedExchange;
    if (this.#left < 0) this.#unread += 1;
    const read = this.#left < 0 ? withoutBodies(whole) : whole;
    return { ...read, resolutionMs: Math.max(read.resolutionMs, precisionOf(this.gathered, source)) };
  }

  /** The beginning of an exchange, on the history's clock. */
  #timeOf(kept: KeptInvitation | KeptNotifications): number {
    return (this.#startOf(kept) ?? this.#origin) - this.#origin;
  }
}

function withoutBodies({ request, response, ...rest }: RecordedExchange): RecordedExchange {
  return {
    ...rest,
    request: { ...request, body: notRecorded(request.headers) },
    ...(response ? { response: { ...response, body: notRecorded(response.headers) } } : {}),
  };
}
