import type { Invitation, Outcome } from '../history/run-view';
import type { LoadResult } from '../schemas/generated/result';
import type { LoadOptions } from '../schemas/run-options';
import { Histogram } from './histogram';

export type { LoadResult };

/** Below this share of the requested rate, the target did not keep up. */
const MIN_RATE_SHARE = 0.95;

/** Measures the invitations of a load run, one by one. */
export class LoadMeasurements {
  readonly #requested: LoadOptions;
  readonly #queued = new Histogram();
  readonly #response = new Histogram();
  readonly #completion = new Histogram();
  readonly #answers: Record<Outcome, number> = {
    accepted: 0,
    refused: 0,
    throttled: 0,
    otherAnswer: 0,
    noAnswer: 0,
  };
  #sent = 0;
  #first = Infinity;
  #last = -Infinity;

  constructor(requested: LoadOptions) {
    this.#requested = requested;
  }

  add({ record, exchange, outcome, endings }: Invitation): void {
    const { sentAt } = exchange.request;
    this.#sent += 1;
    this.#answers[outcome] += 1;
    this.#first = Math.min(this.#first, sentAt);
    this.#last = Math.max(this.#last, sentAt);
    if (record.dueAt !== undefined) this.#queued.add(sentAt - record.dueAt);
    if (exchange.response) this.#response.add(exchange.response.endAt - sentAt);
    const [ending] = endings;
    if (ending) this.#completion.add(ending.delivery.headersAt - sentAt);
  }

  result(): LoadResult {
    const { count, rate } = this.#requested;
    const seconds = (this.#last - this.#first) / 1000;
    const achieved = this.#sent > 1 && seconds > 0 ? (this.#sent - 1) / seconds : 0;
    const [queued, response, completion] = [this.#queued, this.#response, this.#completion].map((one) => one.latency());
    return {
      // With several machines, only their load engine knows the requested number.
      count: Math.max(count, this.#sent),
      sent: this.#sent,
      answers: this.#answers,
      rate: { offered: rate, achieved: Number(achieved.toPrecision(4)) },
      ...(queued ? { queued } : {}),
      ...(response ? { response } : {}),
      ...(completion ? { completion } : {}),
    };
  }
}

/** Whether the requested rate was reached. */
export function keptUp({ rate, sent }: Pick<LoadResult, 'rate' | 'sent'>): boolean {
  return sent < 2 || rate.achieved >= MIN_RATE_SHARE * rate.offered;
}
