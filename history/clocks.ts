import { headerValue as headerOf } from './body';
import type { ClockSample, HistoryEvent } from './events';

/** The bounds of one clock's lead over another, ms. */
export interface ClockLead {
  least: number;
  most: number;
}

/** Our clock's lead over another, and its uncertainty, ms. */
export interface ClockOffset {
  ms: number;
  uncertaintyMs: number;
}

/** Samples whose round trip exceeds the shortest one by this factor are ignored. */
const MAX_WIDTH_RATIO = 3;

function clockLead({ sentAt, receivedAt, shows, resolutionMs }: Omit<ClockSample, 'kind' | 'n' | 'of'>): ClockLead {
  return { least: sentAt - shows - resolutionMs, most: receivedAt - shows };
}

/**
 * The offset of another clock from samples. The sample with the shortest round trip gives the value; because clocks
 * drift, the deviation of other short ones counts as uncertainty.
 */
export function clockOffset(samples: readonly ClockLead[]): ClockOffset | undefined {
  const width = ({ least, most }: ClockLead): number => most - least;
  const [best] = samples.toSorted((a, b) => width(a) - width(b));
  if (!best) return undefined;
  const ms = (best.least + best.most) / 2;
  const narrow = samples.filter((sample) => width(sample) <= MAX_WIDTH_RATIO * width(best));
  return { ms, uncertaintyMs: Math.max(...narrow.map(({ least, most }) => Math.max(ms - least, most - ms))) };
}

/** The lead that all samples allow; undefined if they contradict each other. */
export function commonRange(samples: readonly ClockLead[]): ClockLead | undefined {
  if (samples.length === 0) return undefined;
  const least = Math.max(...samples.map((sample) => sample.least));
  const most = Math.min(...samples.map((sample) => sample.most));
  return least <= most ? { least, most } : undefined;
}

/** A history's samples of the listener's clock, and of the target's clock by its Date headers. */
export class ClockSamples {
  readonly listener: ClockLead[] = [];
  #target: ClockLead | undefined | null = null;

  /** The lead of the own clock over the target's; undefined if unknown. */
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
