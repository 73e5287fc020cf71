import { BEHAVIORS } from '../behaviors/catalog';
import type { Level } from '../behaviors/behavior';
import { align, type Alignment, type Match } from './align';
import type { Fingerprints, Place } from './fingerprints';
import type { Page } from './page';
import { exampleAt, inventoryOf, unitsOf, type Unit, type UnitKind } from './units';

export type Standing = 'stands' | 'moved' | 'changed' | 'gone';

/** What became of one place that a behaviour comes from. */
export interface PlaceDrift {
  standing: Standing;
  kind: UnitKind;
  /** Its line on the page that was fingerprinted. */
  was: number;
  /** Its line on this page; none where it is gone. */
  now?: number;
  /** What stands there now; none where it is gone. */
  says?: string;
  /** The example's heading, where it is part of one. */
  example?: string;
}

/** What became of all the places that a behaviour comes from. */
export interface BehaviorDrift {
  id: string;
  level?: Level;
  statement?: string;
  standing: Standing;
  /** True where the places all stand, and yet their order, which is what the behaviour comes from, is another. */
  reordered: boolean;
  places: PlaceDrift[];
}

/** Something new that no behaviour covers. */
export interface Uncovered {
  /** What it is, such as `a sentence` or `an example`. */
  what: string;
  line: number;
  lastLine: number;
  /** The line of what stood there before, where it was changed and not added. */
  was?: number;
  says: string;
  example?: string;
}

/** How a page differs from the one that the behaviours came from. */
export interface DriftReport {
  title: string;
  /** False where the page bears another title than the one that was fingerprinted. */
  samePage: boolean;
  behaviors: BehaviorDrift[];
  uncovered: Uncovered[];
  /** What no behaviour came from, and is no more. */
  removed: { what: string; was: number }[];
  counts: Record<Standing, number> & { uncovered: number };
  /** 1 where a behaviour's place changed or is gone, 3 where there is only something new, else 0. */
  exitCode: 0 | 1 | 3;
}

const NAMES: Record<UnitKind, string> = {
  heading: 'a heading',
  sentence: 'a sentence',
  permission: 'a permission',
  parameter: 'a parameter',
  row: "a table's row",
  signature: 'the request of the API',
  'request line': 'a request line',
  'status line': 'a status line',
  header: 'a header',
  'example value': 'a value in an example',
  code: 'code',
};

const WORST: readonly Standing[] = ['stands', 'moved', 'changed', 'gone'];

/**
 * Tells how a page differs from the one that was fingerprinted, behaviour by behaviour. White space, formatting, link
 * targets and the order of sections are no difference.
 */
export function drift(page: Page, fingerprints: Fingerprints): DriftReport {
  const now = inventoryOf(page);
  const alignment = align(fingerprints.inventory, now);
  const old = unitsOf(fingerprints.inventory);
  const behaviors = [...fingerprints.behaviors].map(([id, { places }]) =>
    behaviorDrift(id, places, old, alignment, page),
  );
  const covered = new Set(
    [...fingerprints.behaviors.values()].flatMap(({ places }) => places.map((place) => unitOf(old, place))),
  );
  const uncovered = uncoveredIn(page, alignment, covered, now);
  const removed = alignment.gone
    .filter((unit) => !covered.has(unit))
    .map((unit) => ({ what: NAMES[unit.kind], was: unit.line }));
  const count = (standing: Standing): number => behaviors.filter((one) => one.standing === standing).length;
  const counts = {
    stands: count('stands'),
    moved: count('moved'),
    changed: count('changed'),
    gone: count('gone'),
    uncovered: uncovered.length,
  };
  const exitCode = counts.changed + counts.gone > 0 ? 1 : uncovered.length > 0 ? 3 : 0;
  return {
    title: page.title,
    samePage: now.title === fingerprints.inventory.title,
    behaviors,
    uncovered,
    removed,
    counts,
    exitCode,
  };
}

/** The unit that a place names. */
export function unitOf(units: readonly Unit[], place: Place): Unit | undefined {
  return units.find((unit) => unit.line === place.line && unit.hash === place.hash);
}

function behaviorDrift(id: string, places: Place[], old: Unit[], alignment: Alignment, page: Page): BehaviorDrift {
  const units = places.map((place) => unitOf(old, place));
  const all = units.map((unit, i) => placeDrift(unit, places[i]?.line ?? 0, alignment, page));
  const behavior = BEHAVIORS.find((one) => one.id === id);
  const reordered = isReordered(units, alignment);
  return {
    id,
    ...(behavior ? { level: behavior.level, statement: behavior.statement } : {}),
    standing: reordered ? 'changed' : worstOf(all.map(({ standing }) => standing)),
    reordered,
    places: all,
  };
}

/** Gone is what has lost all its places; what has lost some of them has changed. */
function worstOf(all: readonly Standing[]): Standing {
  if (all.length === 0 || all.every((standing) => standing === 'gone')) return 'gone';
  const worst = WORST.findLast((standing) => all.includes(standing)) ?? 'stands';
  return worst === 'gone' ? 'changed' : worst;
}

function placeDrift(unit: Unit | undefined, was: number, { matches }: Alignment, page: Page): PlaceDrift {
  const match = unit === undefined ? undefined : matches.get(unit);
  if (!match) return { standing: 'gone', kind: unit?.kind ?? 'sentence', was };
  const { now, how } = match;
  return { standing: how, kind: now.kind, was, now: now.line, says: now.text ?? '', ...exampleOf(page, now.line) };
}

function exampleOf(page: Page, line: number): { example?: string } {
  const heading = exampleAt(page, line)?.heading;
  return heading === undefined ? {} : { example: heading };
}

/** Whether a behaviour that comes from nothing but the order of headings has lost that order. */
function isReordered(units: readonly (Unit | undefined)[], { matches }: Alignment): boolean {
  if (units.length < 2 || units.some((unit) => unit?.kind !== 'heading')) return false;
  const lines = units.flatMap((unit) => (unit ? (matches.get(unit)?.now.line ?? []) : []));
  return lines.some((line, i) => i > 0 && line < (lines[i - 1] ?? 0));
}

function uncoveredIn(
  page: Page,
  { matches, added }: Alignment,
  covered: ReadonlySet<Unit | undefined>,
  { sections }: ReturnType<typeof inventoryOf>,
): Uncovered[] {
  const fresh = new Set(added);
  const found: Uncovered[] = [];
  const add = (what: string, units: readonly Unit[], says: string): void => {
    const [first] = units;
    if (!first) return;
    found.push({
      what,
      line: first.line,
      lastLine: units.reduce((last, unit) => Math.max(last, unit.lastLine), first.line),
      says,
      ...exampleOf(page, first.line),
    });
  };
  for (const { chunks } of sections) {
    const all = chunks.flatMap(({ units }) => units);
    if (all.length > 1 && all.every((unit) => fresh.has(unit))) {
      const isExample = page.examples.some(({ lines }) => lines.first === all[0]?.line);
      add(isExample ? 'an example' : 'a section', all, all[0]?.text ?? '');
      continue;
    }
    for (const { name, units } of chunks) {
      const isMessage = units.some(({ kind }) => kind === 'example value');
      if (isMessage && units.every((unit) => fresh.has(unit))) add(name, units, units[0]?.text ?? '');
      else for (const unit of units.filter((one) => fresh.has(one))) add(NAMES[unit.kind], [unit], unit.text ?? '');
    }
  }
  for (const [unit, match] of matches) {
    if (match.how === 'changed' && !covered.has(unit)) found.push(changed(unit, match, page));
  }
  return found.toSorted((a, b) => a.line - b.line);
}

function changed(unit: Unit, { now }: Match, page: Page): Uncovered {
  const { line, lastLine, text = '' } = now;
  return { what: NAMES[now.kind], line, lastLine, was: unit.line, says: text, ...exampleOf(page, line) };
}
