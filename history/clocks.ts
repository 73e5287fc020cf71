import { header as headerOf } from './body';
import type { ClockSample, HistoryEvent } from './events';

/** How far one clock is ahead of another: at least, and at most, ms. */
export interface Ahead {
  least: number;
  most: number;
}

/** How far our clock is ahead of another, and how wrong that may be, ms. */
export interface Offset {
  ms: number;
  uncertaintyMs: number;
}

/** So many times as wide as the narrowest look, and a look says nothing more. */
const WIDE = 3;

function aheadBy({ sentAt, receivedAt, shows, resolutionMs }: Omit<ClockSample, 'kind' | 'n' | 'of'>): Ahead {
  return { least: sentAt - shows - resolutionMs, most: receivedAt - shows };
}

/**
 * The offset that looks at another clock tell. The narrowest says it; how far the other narrow ones are off it, for
 * clocks drift, is part of the uncertainty.
 */
export function offsetOf(looks: readonly Ahead[]): Offset | undefined {
  const width = ({ least, most }: Ahead): number => most - least;
  const [best] = looks.toSorted((a, b) => width(a) - width(b));
  if (!best) return undefined;
  const ms = (best.least + best.most) / 2;
  const narrow = looks.filter((look) => width(look) <= WIDE * width(best));
  return { ms, uncertaintyMs: Math.max(...narrow.map(({ least, most }) => Math.max(ms - least, most - ms))) };
}

/** What all looks allow; undefined where they contradict each other. */
export function agreed(looks: readonly Ahead[]): Ahead | undefined {
  if (looks.length === 0) return undefined;
  const least = Math.max(...looks.map((look) => look.least));
  const most = Math.min(...looks.map((look) => look.most));
  return least <= most ? { least, most } : undefined;
}

/** The looks that a history holds at the listener's clock, and at the target's by its Date headers. */
export class Looks {
  readonly listener: Ahead[] = [];
  #target: Ahead | undefined | null = null;

  /** How far the clock is ahead of the target's; undefined: that is not known. */
  get target(): Ahead | undefined {
    return this.#target ?? undefined;
  }

  take(event: HistoryEvent): void {
    if (event.kind === 'clock') {
      if (event.of === 'listener') this.listener.push(aheadBy(event));
      else this.#narrow(aheadBy(event));
    } else if (event.kind === 'exchange' && event.purpose === 'invite' && event.response) {
      const shows = Date.parse(headerOf(event.response.headers, 'date') ?? '');
      if (Number.isNaN(shows)) return;
      const { sentAt } = event.request;
      this.#narrow(aheadBy({ sentAt, receivedAt: event.response.headersAt, shows, resolutionMs: 1000 }));
    }
  }

  #narrow(look: Ahead): void {
    if (this.#target === null) this.#target = look;
    else if (this.#target) this.#target = agreed([this.#target, look]);
  }
}
