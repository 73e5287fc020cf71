import type { LoadResult } from '../verdicts/load-measurements';
import type { Latency } from '../verdicts/histogram';

/** The times that a load run measures, in order, with their meanings. */
export const TIMES: readonly ['queued' | 'response' | 'completion', string][] = [
  ['queued', 'from the time when an invitation was due until it was sent'],
  ['response', 'from sending until the whole response had arrived'],
  ['completion', 'from sending until the completion arrived'],
];

const ANSWERS: readonly [keyof LoadResult['answers'], string][] = [
  ['accepted', 'accepted'],
  ['refused', 'refused'],
  ['throttled', 'throttled'],
  ['otherAnswer', 'answered otherwise'],
  ['noAnswer', 'not answered'],
];

/** `10,000` */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** `10,000 invitations sent: 9,990 accepted, 10 throttled; 200 a second offered, 199.6 achieved` */
export function loadText({ count, sent, answers, rate }: LoadResult): string {
  const of = sent === count ? '' : ` of ${grouped(count)}`;
  const how = ANSWERS.flatMap(([key, word]) => (answers[key] > 0 ? [`${grouped(answers[key])} ${word}`] : []));
  const rates = `${grouped(rate.offered)} a second offered, ${grouped(rate.achieved)} achieved`;
  return `${grouped(sent)}${of} invitations sent: ${how.join(', ') || 'none answered'}; ${rates}`;
}

/** `4.1 ms`, `1.2 s` */
export function duration(ms: number): string {
  return ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
}

/** The figures of a time, for a line or a table row. */
export function figures({ p50Ms, p95Ms, p99Ms, maxMs }: Latency): [name: string, value: string][] {
  return [
    ['p50', duration(p50Ms)],
    ['p95', duration(p95Ms)],
    ['p99', duration(p99Ms)],
    ['max', duration(maxMs)],
  ];
}
