import { plain } from '../plain';
import { markup, type Markup } from './markup';
import type { Scene, Span } from './wire';

const WIDTH = 960;
const LEFT = 84;
/** Room for the label of the last event: labels are to the right of their bars. */
const RIGHT = 270;
const ROW = 22;
const TOP = 26;
/** The maximum width of a label's character: 11 px of a monospaced font. */
const CHARACTER = 6.8;
const LONGEST_LABEL = 29;
/** Intervals are to scale, but at least this wide, so that they are visible. */
const NARROWEST = 3;
const LANES = ['suite', 'target', 'callback'] as const;

type Lane = (typeof LANES)[number];

interface Bar {
  lane: Lane;
  span: Span;
  x: number;
  width: number;
  label: string;
  row: number;
}

/** `+0.4 ms`, counted from the first event of the scene. */
export function offset(at: number, start: number): string {
  const ms = at - start;
  return `+${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
}

/** The tick interval for about six ticks: 1, 2 or 5 times a power of ten. */
function stepOf(range: number): number {
  const rough = range / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((one) => one * power >= rough) ?? 10) * power;
}

function labelOf({ label }: Span): string {
  const characters = Array.from(plain(label));
  return characters.length <= LONGEST_LABEL
    ? characters.join('')
    : `${characters.slice(0, LONGEST_LABEL - 1).join('')}…`;
}

/** Arranges the bars of each lane in rows, so that neither they nor their labels overlap. */
function arranged(bars: Omit<Bar, 'row'>[]): Bar[] {
  const ends = new Map<string, number>();
  return bars.map((bar) => {
    const end = bar.label === '' ? bar.x + bar.width + 1 : labelX(bar) + bar.label.length * CHARACTER + 8;
    let row = 0;
    while ((ends.get(`${bar.lane} ${row}`) ?? 0) > bar.x) row += 1;
    ends.set(`${bar.lane} ${row}`, end);
    return { ...bar, row };
  });
}

function labelX({ x, width }: Pick<Bar, 'x' | 'width'>): number {
  return x + width + 5;
}

function barsOf({ spans }: Scene, xOf: (at: number) => number): Bar[] {
  const bar = (lane: Lane, span: Span, from: number, until: number, label: string): Omit<Bar, 'row'> => {
    const x = Math.min(xOf(from), WIDTH - RIGHT - NARROWEST);
    return { lane, span, x, width: Math.max(NARROWEST, xOf(until) - x), label };
  };
  return arranged(
    spans.flatMap((span) => {
      const label = `${span.guilty ? '✗ ' : ''}#${span.n} ${labelOf(span)}`;
      if (span.kind === 'delivery') return [bar('callback', span, span.from, span.until, label)];
      const waiting = bar('suite', span, span.from, span.until, label);
      if (span.answeredAt === undefined) return [waiting];
      return [waiting, bar('target', span, span.answeredAt, span.until, '')];
    }),
  );
}

/** The requests and deliveries around a finding as swimlanes, to scale. */
export function timeline(scene: Scene, title: string): Markup {
  const start = Math.min(...scene.spans.map(({ from }) => from));
  const end = Math.max(...scene.spans.map(({ until }) => until), start + 0.1);
  const range = (end - start) * 1.02;
  const xOf = (at: number): number => LEFT + ((at - start) / range) * (WIDTH - LEFT - RIGHT);
  const bars = barsOf(scene, xOf);
  const rows = LANES.map((lane) => 1 + Math.max(0, ...bars.filter((bar) => bar.lane === lane).map(({ row }) => row)));
  const tops = LANES.map((_, i) => TOP + rows.slice(0, i).reduce((sum, count) => sum + count * ROW + 14, 0));
  const top = (lane: Lane): number => tops[LANES.indexOf(lane)] ?? 0;
  const height = (tops.at(-1) ?? 0) + (rows.at(-1) ?? 1) * ROW + 12;
  const yOf = ({ lane, row }: Bar): number => top(lane) + row * ROW + 4;

  const lanes = LANES.map((lane, i) => {
    const laneHeight = (rows[i] ?? 1) * ROW + 4;
    return markup`<rect class="lane" x="0" y="${top(lane)}" width="${WIDTH}" height="${laneHeight}" rx="4"/><text class="lane-name" x="10" y="${top(lane) + 17}">${lane}</text>`;
  });
  const step = stepOf(range);
  const ticks = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => {
    const x = xOf(start + i * step).toFixed(1);
    return markup`<line class="tick" x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${height}"/><text class="tick-name" x="${x}" y="${TOP - 11}">${Number((i * step).toPrecision(6))} ms</text>`;
  });
  const drawn = bars.map((bar) => {
    const { span, x, width, label } = bar;
    const kind = `bar ${bar.lane}${span.guilty ? ' guilty' : ''}`;
    return markup`<g class="${kind}"><rect x="${x.toFixed(1)}" y="${yOf(bar)}" width="${width.toFixed(1)}" height="14" rx="2"><title>${label || `#${span.n} is answered`}: ${offset(span.from, start)} to ${offset(span.until, start)}</title></rect><text x="${labelX(bar).toFixed(1)}" y="${yOf(bar) + 11}">${label}</text></g>`;
  });
  return markup`<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${title}">${lanes}${ticks}${arrows(bars, yOf, top('target'))}${drawn}</svg>`;
}

/** The directions: the request down to the target, its response back, each delivery down to the callback. */
function arrows(bars: Bar[], yOf: (bar: Bar) => number, target: number): Markup[] {
  return bars.flatMap((bar) => {
    const { lane, span, x } = bar;
    if (lane === 'callback') return [arrow(x, target + 11, yOf(bar) - 1, span.guilty)];
    if (lane === 'suite') return [arrow(x, yOf(bar) + 14, target + 11, span.guilty)];
    const asking = bars.find((other) => other.lane === 'suite' && other.span === span);
    return asking ? [arrow(x, yOf(bar) - 1, yOf(asking) + 16, span.guilty)] : [];
  });
}

function arrow(x: number, from: number, to: number, guilty: boolean): Markup {
  const head = to > from ? -4 : 4;
  return markup`<path class="arrow${guilty ? ' guilty' : ''}" d="M${x.toFixed(1)} ${from}V${to}m-3 ${head}l3 ${-head}l3 ${head}"/>`;
}
