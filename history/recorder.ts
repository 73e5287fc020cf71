import { performance } from 'node:perf_hooks';
import { cleanedEncoded } from './content-encoding';
import type { Body, Delivery, History, HistoryEvent, HistoryHeader } from './events';
import type { Redact } from './redact';

type Unnumbered<T> = T extends HistoryEvent ? Omit<T, 'n'> : never;

/** A delivery of nothing, to clean a body alone. */
const EMPTY_DELIVERY = { kind: 'delivery' as const, method: '', path: '', headers: [], headersAt: 0, bodyAt: 0 };

/**
 * Writes a run's history: numbers each event, strips secrets from what went over the wire, keeps it, and tells whoever waits for something
 * that something came. It is the one place where events are made.
 */
export class Recorder {
  readonly header: HistoryHeader;
  private readonly events: HistoryEvent[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly origin = performance.now();
  /** Strips the run's secrets; for messages that go elsewhere than into the history, too. */
  readonly clean: Redact;
  private readonly sink: ((line: HistoryEvent | HistoryHeader) => void) | undefined;
  private readonly keeps: boolean;
  private count = 0;
  private phase: 'open' | 'wrappingUp' | 'closed' = 'open';

  /**
   * @param sink takes the header and each event as it is kept, in order; for the history's file
   * @param keeps whether events stay in memory too, for `history`; a run of any length leaves them to the sink
   */
  constructor(
    header: HistoryHeader,
    redact: Redact,
    sink?: (line: HistoryEvent | HistoryHeader) => void,
    keeps = true,
  ) {
    this.header = header;
    this.clean = redact;
    this.sink = sink;
    this.keeps = keeps;
    sink?.(this.header);
  }

  /** Milliseconds since the run began, monotonic. */
  now(): number {
    return performance.now() - this.origin;
  }

  /** The number for an event that is still going on. */
  reserve(): number {
    this.count += 1;
    return this.count;
  }

  /**
   * Keeps an event that is over. What is still under way when a run has ended goes on for a while: nothing of it is kept.
   * @param n a number reserved before; a new one by default
   */
  add(event: Unnumbered<HistoryEvent>, n: number = this.reserve()): HistoryEvent {
    for (const text of ownTexts(event)) this.clean.excludeOwnText(text);
    const kept = { ...this.clean.event(this.cleanEncoded(event)), n };
    if (this.phase === 'closed') return kept;
    if (this.phase === 'wrappingUp' && kept.kind !== 'end' && !isRelease(kept)) return kept;
    if (kept.kind === 'end') this.phase = 'closed';
    if (this.keeps) this.events.push(kept);
    this.sink?.(kept);
    for (const listener of this.listeners) listener();
    return kept;
  }

  /** Takes secrets out of bodies that came encoded: there they stand in none of their forms. */
  private cleanEncoded(event: Unnumbered<HistoryEvent>): Unnumbered<HistoryEvent> {
    const inside = <T extends Pick<Delivery, 'headers' | 'body'>>(message: T): T => {
      const clean = (body: Body): Body => this.clean.event({ ...EMPTY_DELIVERY, body }).body;
      const body = cleanedEncoded(message.body, message.headers, clean);
      return body === message.body ? message : { ...message, body };
    };
    if (event.kind === 'delivery') return inside(event);
    if (event.kind !== 'exchange' || !event.response) return event;
    return { ...event, response: inside(event.response) };
  }

  /** From now on only what gives back is kept, and then the run's end, after which nothing is. */
  finish(): void {
    if (this.phase === 'open') this.phase = 'wrappingUp';
  }

  history(): History {
    return { header: this.header, events: [...this.events].toSorted((a, b) => a.n - b.n) };
  }

  /** Calls back at each new event until the returned function is called. */
  onEvent(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** What a target gives back as evidence of what the suite sent. */
function ownTexts(event: Unnumbered<HistoryEvent>): string[] {
  if (event.kind === 'call') return [event.callId];
  if (event.kind !== 'invitation') return [];
  return [event.clientContext ?? '', ...[...event.invitees, ...event.ignored].map(({ id }) => id)];
}

function isRelease(event: HistoryEvent): boolean {
  return event.kind === 'exchange' && event.purpose === 'release';
}
