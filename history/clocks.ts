import { headerValue as headerOf } from './body';
import type { ClockSample, HistoryEvent } from './events';

/** How far one clock is ahead of another: at least, and at most, ms. */
export interface ClockLead {
  least: number;
  most: number;
}

/** How far our clock is ahead of another, and how wrong that may be, ms. */
export interface ClockOffset {
  ms: number;
  uncertaintyMs: number;
}

/** A clock reading whose round trip is longer than the shortest one by this factor is ignored. */
const MAX_WIDTH_RATIO = 3;

function clockLead({ sentAt, receivedAt, shows, resolutionMs }: Omit<ClockSample, 'kind' | 'n' | 'of'>): ClockLead {
  return { least: sentAt - shows - resolutionMs, most: receivedAt - shows };
}

/**
 * The offset that looks at another clock tell. The narrowest says it; how far the other narrow ones are off it, for
 * clocks drift, is part of the uncertainty.
 */
export function clockOffset(samples: readonly ClockLead[]): ClockOffset | undefined {
  const width = ({ least, most }: ClockLead): number => most - least;
  const [best] = samples.toSorted((a, b) => width(a) - width(b));
  if (!best) return undefined;
  const ms = (best.least + best.most) / 2;
  const narrow = samples.filter((sample) => width(sample) <= MAX_WIDTH_RATIO * width(best));
  return { ms, uncertaintyMs: Math.max(...narrow.map(({ least, most }) => Math.max(ms - least, most - ms))) };
}

/** What all looks allow; undefined where they contradict each other. */
export function commonRange(samples: readonly ClockLead[]): ClockLead | undefined {
  if (samples.length === 0) return undefined;
  const least = Math.max(...samples.map((sample) => sample.least));
  const most = Math.min(...samples.map((sample) => sample.most));
  return least <= most ? { least, most } : undefined;
}

/** The looks that a history holds at the listener's clock, and at the target's by its Date headers. */
export class ClockSamples {
  readonly listener: ClockLead[] = [];
  #target: ClockLead | undefined | null = null;

  /** How far the clock is ahead of the target's; undefined: that is not known. */
  get target(): ClockLead | undefined {
    return this.#target ?? undefined;
  }

  take(event: HistoryEvent): void {
    if (event.kind === 'clock') {
      if (event.of === 'listener') this.listener.push(clockLead(event));
      else this.#narrow(clockLead(event));
    } else if (event.kind === 'exchange' && event.purpose === 'invite' && event.response) {
      const shows = Date.parse(headerOf(event.response.headers, 'date') ?? '');
      if (Number.isNaN(shows)) return;
      const { sentAt } = event.request;
      this.#narrow(clockLead({ sentAt, receivedAt: event.response.headersAt, shows, resolutionMs: 1000 }));
    }
  }

  #narrow(sample: ClockLead): void {
    if (this.#target === null) this.#target = sample;
    else if (this.#target) this.#target = commonRange([this.#target, sample]);
  }
}
