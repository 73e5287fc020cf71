import type { Latency } from '../../verdicts/histogram';
import type { LoadResult } from '../../verdicts/load-measurements';
import type { Result } from '../../verdicts/result';
import { duration, figures, loadText, TIMES } from '../load-text';
import { markup, type Markup } from './markup';

const WIDTH = 880;
const HEIGHT = 260;
const LEFT = 54;
const RIGHT = 24;
const TOP = 12;
const BOTTOM = 30;

type Curve = { name: (typeof TIMES)[number][0]; latency: Latency };

function curvesOf(load: LoadResult): Curve[] {
  return TIMES.flatMap(([name]) => {
    const latency = load[name];
    return latency ? [{ name, latency }] : [];
  });
}

/** The tick times between two times: 1, 2 and 5 times powers of ten. */
function ticksOf(from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(from)); power <= to; power *= 10) {
    ticks.push(...[power, 2 * power, 5 * power].filter((at) => at >= from && at <= to));
  }
  return ticks;
}

/**
 * The share of invitations that took at most a given time: one curve for each measured time, on a logarithmic time
 * scale.
 */
function plot(curves: readonly Curve[]): Markup {
  const ends = curves.flatMap(({ latency }) => latency.buckets.map(([upToMs]) => upToMs));
  const least = Math.max(0.1, Math.min(...ends) / 1.1);
  const most = Math.max(least * 10, Math.max(...ends) * 1.1);
  const scale = (WIDTH - LEFT - RIGHT) / Math.log(most / least);
  const xOf = (ms: number): number => LEFT + Math.log(Math.max(ms, least) / least) * scale;
  const yOf = (share: number): number => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
  const times = ticksOf(least, most).map((ms) => {
    const x = xOf(ms).toFixed(1);
    return markup`<line class="tick" x1="${x}" y1="${TOP}" x2="${x}" y2="${HEIGHT - BOTTOM}"/><text class="tick-name" x="${x}" y="${HEIGHT - BOTTOM + 15}">${duration(Number(ms.toPrecision(2)))}</text>`;
  });
  const shares = [0, 0.5, 0.95, 1].map((share) => {
    const y = yOf(share).toFixed(1);
    return markup`<line class="tick" x1="${LEFT}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}"/><text class="share-name" x="${LEFT - 6}" y="${yOf(share) + 4}">${share * 100} %</text>`;
  });
  const drawn = curves.map(({ name, latency }) => {
    let seen = 0;
    const steps = latency.buckets.map(([upToMs, count]) => {
      const x = xOf(upToMs).toFixed(1);
      seen += count;
      return `H${x}V${yOf(seen / latency.count).toFixed(1)}`;
    });
    const path = `M${LEFT} ${yOf(0).toFixed(1)}${steps.join('')}H${WIDTH - RIGHT}`;
    return markup`<path class="curve ${name}" d="${path}"><title>${name}</title></path>`;
  });
  const label = curves
    .map(
      ({ name, latency }) =>
        `${name}: ${figures(latency)
          .map(([what, value]) => `${what} ${value}`)
          .join(', ')}`,
    )
    .join('; ');
  return markup`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">${times}${shares}${drawn}</svg>`;
}

/** The figures of a load run: rates, responses and times. */
export function loadSection({ load }: Result): Markup | undefined {
  if (!load) return undefined;
  const curves = curvesOf(load);
  const meanings = new Map(TIMES);
  const rows = curves.map(
    ({ name, latency }) =>
      markup`<tr><th scope="row"><span class="swatch ${name}"></span>${name}</th>${figures(latency).map(([, value]) => markup`<td>${value}</td>`)}<td>${meanings.get(name)}</td></tr>`,
  );
  const shown =
    curves.length === 0
      ? undefined
      : markup`<p class="quiet">Share of the invitations that took at most this time.</p>
<div class="scroll" tabindex="0" role="group" aria-label="How long things took, drawn">${plot(curves)}</div>
<div class="scroll" tabindex="0" role="group" aria-label="How long things took"><table class="times"><thead><tr><th scope="col">time</th>${['p50', 'p95', 'p99', 'max'].map((name) => markup`<th scope="col">${name}</th>`)}<th scope="col">what it is</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return markup`<section aria-labelledby="load-title"><h2 id="load-title">Load</h2><p>${loadText(load)}</p>
${shown}</section>`;
}
