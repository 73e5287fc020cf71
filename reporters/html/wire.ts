import type { Finding } from '../../behaviors/behavior';
import type { Delivery, Exchange, History, InvitationRecord } from '../../history/events';
import { readDelivery, statusOf } from '../../history/notifications';
import { payloadOf, placeOf, pointsOf, type Payload, type Place, type Point } from './payload';

/** One event of the wire as the picture shows it. */
export interface Span {
  n: number;
  kind: 'exchange' | 'delivery';
  label: string;
  /** When it began; ms on the run's clock. */
  from: number;
  /** When the answer began, where the event is an exchange that was answered. */
  answeredAt?: number | undefined;
  until: number;
  /** Whether the finding points at it. */
  guilty: boolean;
  /** Lines of its payload that the finding points at. */
  marks: Place[];
}

/** What came over the wire around a finding. */
export interface Scene {
  spans: Span[];
  /** How many events were left out, for there were too many. */
  leftOut: number;
  /** When the attempt ended, by itself. */
  endedAt?: number | undefined;
}

const MOST_SPANS = 24;
/** How many lines of payloads a report holds in all; beyond that, the history has to be looked at. */
const MOST_LINES = 60_000;

function labelOf(event: Exchange | Delivery): string {
  if (event.kind === 'exchange') return `${event.purpose} → ${event.response?.status ?? 'no answer'}`;
  const said = readDelivery(event).notifications.map((one) => {
    const status = statusOf(one);
    return `${one.about}${status === undefined ? '' : ` ${status}`}`;
  });
  return said.slice(0, 2).join(', ') || 'delivery';
}

/** A point and the event that it means. */
interface Meant {
  n: number | undefined;
  path: string | undefined;
}

/** A history, ready to be asked what happened around a finding. */
export class Wire {
  readonly #events: (Exchange | Delivery)[];
  readonly #records: Map<string, InvitationRecord>;
  readonly #ends: Map<string, number>;
  readonly #payloads = new Map<number, Payload>();
  #lines = 0;

  constructor({ events }: History) {
    this.#events = events.flatMap((event) => (event.kind === 'exchange' || event.kind === 'delivery' ? [event] : []));
    this.#records = new Map(events.flatMap((event) => (event.kind === 'invitation' ? [[event.key, event]] : [])));
    this.#ends = new Map(
      events.flatMap((event) =>
        event.kind === 'attemptEnd' ? [[`${event.scenario}/${event.attempt}`, event.at]] : [],
      ),
    );
  }

  /** The payloads that the scenes so far have asked for, by the events' numbers. */
  get shown(): [number, string[]][] {
    return [...this.#payloads].map(([n, { lines }]) => [n, lines]);
  }

  /** What happened on the calls that a finding is about; undefined where it points at nothing on the wire. */
  scene({ events: numbers, seen }: Finding): Scene | undefined {
    const named = this.#events.filter(({ n }) => numbers.includes(n));
    const calls = new Set(named.flatMap((event) => this.#callsOf(event)));
    const related = this.#events.filter(
      (event) => named.includes(event) || this.#callsOf(event).some((call) => calls.has(call)),
    );
    if (related.length === 0) return undefined;
    const room = Math.max(0, MOST_SPANS - named.length);
    const others = related.filter((event) => !named.includes(event)).slice(0, room);
    const kept = related.filter((event) => named.slice(0, MOST_SPANS).includes(event) || others.includes(event));
    const points = pointsOf(seen).map((point) => ({ n: this.#meant(point, named), path: point.path }));
    const pointed = numbers.filter((n) => points.some((point) => point.n === n));
    const guilty = pointed.length > 0 ? pointed : numbers;
    const spans = kept.map((event) => this.#span(event, guilty, points)).toSorted((a, b) => a.from - b.from);
    const record = this.#records.get(named.find((event) => event.kind === 'exchange')?.invitation ?? '');
    const endedAt = record && this.#ends.get(`${record.scenario}/${record.attempt}`);
    return { spans, leftOut: related.length - kept.length, endedAt };
  }

  #callsOf(event: Exchange | Delivery): string[] {
    if (event.kind === 'delivery') return event.call === undefined ? [] : [event.call];
    const record = event.invitation === undefined ? undefined : this.#records.get(event.invitation);
    if (!record) return [];
    return record.replaces === undefined ? [record.call] : [record.call, record.replaces];
  }

  /** The event that a point means: the one it names, or the one in which most of its path is found. */
  #meant({ n, path }: Point, named: (Exchange | Delivery)[]): number | undefined {
    if (n !== undefined || path === undefined) return n;
    const known = (event: Exchange | Delivery): number => {
      const payload = this.#payload(event);
      return (payload && placeOf(payload, path)?.known) ?? 0;
    };
    return named.toSorted((a, b) => known(b) - known(a))[0]?.n;
  }

  #span(event: Exchange | Delivery, guilty: number[], points: Meant[]): Span {
    const payload = this.#payload(event);
    const marks = points.flatMap(({ n, path }) => {
      const found = payload && n === event.n && path !== undefined ? placeOf(payload, path) : undefined;
      return found ? [found.place] : [];
    });
    const common = { n: event.n, kind: event.kind, label: labelOf(event), guilty: guilty.includes(event.n), marks };
    if (event.kind === 'delivery') {
      return { ...common, from: event.headersAt, until: event.acknowledgedAt ?? event.bodyAt };
    }
    const { request, response, failure } = event;
    const until = response?.endAt ?? failure?.at ?? request.sentAt;
    return { ...common, from: request.sentAt, answeredAt: response?.headersAt, until };
  }

  #payload(event: Exchange | Delivery): Payload | undefined {
    const known = this.#payloads.get(event.n);
    if (known || this.#lines > MOST_LINES) return known;
    const payload = payloadOf(event);
    this.#lines += payload.lines.length;
    this.#payloads.set(event.n, payload);
    return payload;
  }
}
