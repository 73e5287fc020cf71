import { addTo } from '../../common/lists';
import type { BehaviorResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';
import { contradictions } from '../../behaviors/contradictions';
import { countText } from '../wording/count-text';
import { VERDICT_WORDS } from '../verdict-words';
import { link, markup, type Markup } from './markup';
import { folded } from './notes';

/** Worst first: the worst verdict colours a line that several behaviours come from. */
const WORST: readonly Verdict[] = ['failed', 'waived', 'untested', 'notApplicable', 'notSelected', 'passed'];
const PER_ROW = 50;
const CELL = 15;
const ROW = 17;
const LEFT = 44;

function grouped<K>(
  behaviors: readonly BehaviorResult[],
  keys: (one: BehaviorResult) => K[],
): Map<K, BehaviorResult[]> {
  const groups = new Map<K, BehaviorResult[]>();
  for (const one of behaviors) for (const key of keys(one)) addTo(groups, key, one);
  return groups;
}

function worst(behaviors: readonly BehaviorResult[]): Verdict {
  return WORST.find((verdict) => behaviors.some((one) => one.verdict === verdict)) ?? 'passed';
}

/** `12 passed, 1 failed` in a cell's title */
function cellTitle(line: number, own: readonly BehaviorResult[]): string {
  return `line ${line}: ${own.map(({ id, verdict }) => `${id} ${VERDICT_WORDS[verdict]}`).join(', ')}`;
}

/** A map of the page: one cell per line, fifty in a row, coloured if behaviours come from the line. */
function map(lines: Map<number, BehaviorResult[]>, noted: ReadonlySet<number>): Markup {
  const last = Math.max(PER_ROW, ...lines.keys(), ...noted);
  const rows = Array.from({ length: Math.ceil(last / PER_ROW) }, (_, i) => i);
  const width = LEFT + PER_ROW * CELL + 4;
  const height = rows.length * ROW + 4;
  const place = (line: number): { x: number; y: number } => ({
    x: LEFT + ((line - 1) % PER_ROW) * CELL,
    y: Math.floor((line - 1) / PER_ROW) * ROW + 2,
  });
  const grounds = rows.map(
    (row) =>
      markup`<text class="tick-name" x="${LEFT - 8}" y="${row * ROW + 14}" text-anchor="end">${row * PER_ROW + 1}</text><rect class="lane" x="${LEFT}" y="${row * ROW + 2}" width="${PER_ROW * CELL - 2}" height="13" rx="2"/>`,
  );
  const cells = [...lines].map(([line, own]) => {
    const { x, y } = place(line);
    return markup`<rect class="cell ${worst(own)}" data-line="${line}" x="${x}" y="${y}" width="13" height="13" rx="2"><title>${cellTitle(line, own)}</title></rect>`;
  });
  const notes = [...noted].map((line) => {
    const { x, y } = place(line);
    return markup`<circle class="note" cx="${x + 6.5}" cy="${y + 6.5}" r="2.5"><title>line ${line}: the page contradicts itself here</title></circle>`;
  });
  return markup`<svg class="map" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Map of the page: which of its lines behaviours come from. The table below says the same.">${grounds}${cells}${notes}</svg>`;
}

function links(own: readonly BehaviorResult[]): Markup {
  return markup`<ul class="inline">${own.map(
    ({ id, verdict }) =>
      markup`<li><a href="#${id}">${id}</a> <span class="badge ${verdict}">${VERDICT_WORDS[verdict]}</span></li>`,
  )}</ul>`;
}

/** The lines of the documentation that behaviours cover, with their verdicts. */
export function coverage({ behaviors, contradictions: met }: Result): Markup {
  const lines = new Map(
    [...grouped(behaviors, ({ source }) => source.page?.lines ?? [])].toSorted(([a], [b]) => a - b),
  );
  const linked = grouped(behaviors, ({ source }) => (source.linked ? [source.linked.name] : []));
  const known = new Set(met.map(({ id }) => id));
  const noted = new Set(contradictions.filter(({ id }) => known.has(id)).flatMap((one) => one.lines));
  const rows = [...lines].map(
    ([line, own]) =>
      markup`<tr id="line-${line}" tabindex="-1"><th scope="row">${line}</th><td>${links(own)}</td></tr>`,
  );
  const others = [...linked].map(
    ([name, own]) =>
      markup`<tr><th scope="row">${link(own[0]?.source.linked?.url ?? '', name)}</th><td>${links(own)}</td></tr>`,
  );
  const content = markup`<p>Behaviours come from ${countText(lines.size, 'line')} of the page; a line has the colour of its worst verdict. A dot marks where the page contradicts itself.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Map of the page">${map(lines, noted)}</div>
<details><summary>As a table</summary>
<table><thead><tr><th scope="col">Line</th><th scope="col">Behaviours</th></tr></thead><tbody>${rows}</tbody></table></details>
<details><summary>Pages that it links to</summary>
<table><thead><tr><th scope="col">Page</th><th scope="col">Behaviours</th></tr></thead><tbody>${others}</tbody></table></details>`;
  return folded('coverage', 'The page, line by line', content);
}
