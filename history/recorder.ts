import { performance } from 'node:perf_hooks';
import { cleanedEncoded } from './content-encoding';
import type { Body, Delivery, History, HistoryEvent, HistoryHeader } from './events';
import type { Redact } from './redact';

type Unnumbered<T> = T extends HistoryEvent ? Omit<T, 'n'> : never;

/** An empty delivery, used to clean a body alone. */
const EMPTY_DELIVERY = { kind: 'delivery' as const, method: '', path: '', headers: [], headersAt: 0, bodyAt: 0 };

/**
 * Writes a run's history: numbers each event, removes secrets from its network data, keeps it, and notifies listeners.
 * All events are created here.
 */
export class Recorder {
  readonly header: HistoryHeader;
  private readonly events: HistoryEvent[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly origin = performance.now();
  /** Removes the run's secrets; also for messages outside the history. */
  readonly clean: Redact;
  private readonly sink: ((line: HistoryEvent | HistoryHeader) => void) | undefined;
  private readonly keeps: boolean;
  private count = 0;
  private phase: 'open' | 'wrappingUp' | 'closed' = 'open';

  /**
   * @param sink receives the header and each kept event in order; writes the history file
   * @param keeps whether events also stay in memory, for `history`; a long run keeps them only in the file
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

  /** Reserves a number for an event that has not ended. */
  reserve(): number {
    this.count += 1;
    return this.count;
  }

  /**
   * Adds an event that has ended. Events that end after the run are dropped.
   * @param n a reserved number; default: a new one
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

  /** Removes secrets from encoded bodies, where they do not appear in any of their textual forms. */
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

  /** From now on, only releases are kept, and the run's end; after that, nothing. */
  finish(): void {
    if (this.phase === 'open') this.phase = 'wrappingUp';
  }

  history(): History {
    return { header: this.header, events: [...this.events].toSorted((a, b) => a.n - b.n) };
  }

  /** Calls the listener at each new event, until the returned function is called. */
  onEvent(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Values that the suite sends and a target returns as evidence. */
function ownTexts(event: Unnumbered<HistoryEvent>): string[] {
  if (event.kind === 'call') return [event.callId];
  if (event.kind !== 'invitation') return [];
  return [event.clientContext ?? '', ...[...event.invitees, ...event.ignored].map(({ id }) => id)];
}

function isRelease(event: HistoryEvent): boolean {
  return event.kind === 'exchange' && event.purpose === 'release';
}
