import type { AttemptRef, Place } from '../../behaviors/finding';
import type { Delivery, Exchange, History, InvitationRecord } from '../../history/events';
import { readDelivery, statusOf } from '../../history/notifications';
import { linesAt, payloadOf, type Lines, type Payload } from './payload';

/** One event of the timeline. */
export interface Span {
  n: number;
  kind: 'exchange' | 'delivery';
  label: string;
  /** When it began, ms on the run's clock. */
  from: number;
  /** When the response began, for an exchange with a response. */
  answeredAt?: number | undefined;
  until: number;
  /** Whether the finding points at it. */
  guilty: boolean;
  /** Lines of its payload that the finding points at. */
  marks: Lines[];
}

/** The subject of the timeline: a finding, or a difference from a contract. */
export interface Shown {
  at: readonly Place[];
  attempt: AttemptRef;
  /** The run of a merged result that it belongs to: it points at another history. */
  of?: string;
}

/** The requests and deliveries around a finding. */
export interface Scene {
  spans: Span[];
  /** The number of events above the limit, which are left out. */
  leftOut: number;
  /** When the attempt ended, if it ended by itself. */
  endedAt?: number | undefined;
}

const MOST_SPANS = 24;
/** The maximum number of payload lines in a report; for more, the user must read the history. */
const MOST_LINES = 60_000;

function labelOf(event: Exchange | Delivery): string {
  if (event.kind === 'exchange') return `${event.purpose} → ${event.response?.status ?? 'no response'}`;
  const labels = readDelivery(event).notifications.map((one) => {
    const status = statusOf(one);
    return `${one.about}${status === undefined ? '' : ` ${status}`}`;
  });
  return labels.slice(0, 2).join(', ') || 'delivery';
}

function linesOf(payload: Payload, place: Place): Lines[] {
  const lines = linesAt(payload, place);
  return lines ? [lines] : [];
}

/** A history, indexed to find the events around a finding. */
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

  /** The payloads that the scenes so far need, by event number. */
  get shown(): [number, string[]][] {
    return [...this.#payloads].map(([n, { lines }]) => [n, lines]);
  }

  /**
   * The events on the calls of a finding; undefined if it points at no event of this history, such as a finding of a
   * merged result.
   */
  scene({ at, attempt, of }: Shown): Scene | undefined {
    const numbers = new Set(at.map(({ event }) => event));
    const named = of === undefined ? this.#events.filter(({ n }) => numbers.has(n)) : [];
    if (named.length === 0) return undefined;
    const calls = new Set([
      ...named.flatMap((event) => this.#callsOf(event)),
      ...(attempt.call === undefined ? [] : [attempt.call]),
    ]);
    const request = this.#requestOf(attempt.invitation);
    const first = [...new Set([...(request ? [request] : []), ...named])].slice(0, MOST_SPANS);
    const related = this.#events.filter(
      (event) => first.includes(event) || this.#callsOf(event).some((call) => calls.has(call)),
    );
    const others = related.filter((event) => !first.includes(event)).slice(0, MOST_SPANS - first.length);
    const kept = related.filter((event) => first.includes(event) || others.includes(event));
    const spans = kept.map((event) => this.#span(event, at)).toSorted((a, b) => a.from - b.from);
    const endedAt = this.#ends.get(`${attempt.scenario}/${attempt.name}`);
    return { spans, leftOut: related.length - kept.length, endedAt };
  }

  /** The request of a finding: the one with its invitation, or one that it points at. */
  request({ at, attempt, of }: Shown): Exchange | undefined {
    if (of !== undefined) return undefined;
    const pointedAt = this.#events.find(({ kind, n }) => kind === 'exchange' && at.some(({ event }) => event === n));
    const found = this.#requestOf(attempt.invitation) ?? pointedAt;
    return found?.kind === 'exchange' ? found : undefined;
  }

  #requestOf(invitation: string | undefined): Exchange | Delivery | undefined {
    if (invitation === undefined) return undefined;
    return this.#events.find((event) => event.kind === 'exchange' && event.invitation === invitation);
  }

  #callsOf(event: Exchange | Delivery): string[] {
    if (event.kind === 'delivery') return event.call === undefined ? [] : [event.call];
    const record = event.invitation === undefined ? undefined : this.#records.get(event.invitation);
    if (!record) return [];
    return record.replaces === undefined ? [record.call] : [record.call, record.replaces];
  }

  #span(event: Exchange | Delivery, at: readonly Place[]): Span {
    const payload = this.#payload(event);
    const own = at.filter((place) => place.event === event.n);
    const marks = payload ? own.flatMap((place) => linesOf(payload, place)) : [];
    const common = { n: event.n, kind: event.kind, label: labelOf(event), guilty: own.length > 0, marks };
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
