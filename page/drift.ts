import { catalogOf, type Catalog } from '../behaviors/catalog';
import { EDITION, type Edition } from '../behaviors/edition';
import {
  countsOf,
  NAMES,
  outcomeOf,
  DRIFT_STATUSES,
  type BehaviorDrift,
  type DriftReport,
  type PlaceDrift,
  type DriftStatus,
  type Uncovered,
} from './drift-report';
import { align, type Alignment } from './align';
import type { Fingerprints, Place } from './fingerprints';
import { isSampleCode, movedIntoIncludes } from './moved-includes';
import type { Page } from './page';
import { mayMatter, removedIn } from './removed';
import { refuseAnother, refuseLanguage } from './same-page';
import { exampleAt, inventoryOf, unitsOf, type Unit } from './units';

/**
 * Compares a page with the fingerprinted one, behaviour by behaviour. White space, formatting and link targets are
 * ignored.
 *
 * @param edition of the fingerprints
 * @throws UsageError if the page is in another language, or is another page
 */
export function drift(page: Page, fingerprints: Fingerprints, edition: Edition = EDITION): DriftReport {
  const catalog = catalogOf(edition);
  refuseLanguage(page);
  const now = inventoryOf(page, fingerprints.inventory);
  const alignment = align(fingerprints.inventory, now);
  refuseAnother(page, fingerprints.inventory, now, alignment);
  const old = unitsOf(fingerprints.inventory);
  const context: Context = { page, alignment, into: movedIntoIncludes(fingerprints.inventory, now, alignment) };
  const behaviors = [...fingerprints.behaviors].map(([id, { places }]) =>
    behaviorDrift(id, places, old, context, catalog),
  );
  const covered = new Set(
    [...fingerprints.behaviors.values()].flatMap(({ places }) => places.map((place) => unitOf(old, place))),
  );
  const uncovered = uncoveredIn(context, covered, now);
  const reworded = rewordedIn(context, covered, 'reworded');
  const removed = removedIn(fingerprints.inventory, new Set(alignment.gone), covered, context.into, page.format);
  const { others, counts } = countsOf(behaviors, uncovered, removed.filter(mayMatter).length, catalog);
  const exitCode = counts.changed + counts.gone > 0 ? 1 : counts.uncovered + counts.removed > 0 ? 3 : 0;
  const told = {
    title: page.title,
    format: page.format,
    samePage: now.title === fingerprints.inventory.title,
    behaviors,
    uncovered,
    reworded,
    removed,
    unread: page.unread,
  };
  return { ...told, others, counts, outcome: outcomeOf(told), exitCode };
}

/** The input of a drift comparison. */
interface Context {
  page: Page;
  alignment: Alignment;
  /** By removed unit: the include that it moved to. */
  into: ReadonlyMap<Unit, Unit>;
}

/** The unit at a place. */
export function unitOf(units: readonly Unit[], place: Place): Unit | undefined {
  return units.find((unit) => unit.line === place.line && unit.hash === place.hash);
}

function behaviorDrift(id: string, places: Place[], old: Unit[], context: Context, catalog: Catalog): BehaviorDrift {
  const units = places.map((place) => unitOf(old, place));
  const all = units.map((unit, i) => placeDrift(unit, places[i]?.line ?? 0, context));
  const behavior = catalog.behaviors.find((one) => one.id === id);
  const reordered = isReordered(units, context.alignment);
  return {
    id,
    ...(behavior ? { level: behavior.level, statement: behavior.statement } : {}),
    standing: reordered ? 'changed' : worstOf(all.map(({ standing }) => standing)),
    reordered,
    places: all,
  };
}

/** `gone` if all places are gone; `changed` if some are. */
function worstOf(all: readonly DriftStatus[]): DriftStatus {
  if (all.length === 0 || all.every((standing) => standing === 'gone')) return 'gone';
  const worst = DRIFT_STATUSES.findLast((standing) => all.includes(standing)) ?? 'stands';
  return worst === 'gone' ? 'changed' : worst;
}

function placeDrift(unit: Unit | undefined, was: number, { alignment, into, page }: Context): PlaceDrift {
  const match = unit === undefined ? undefined : alignment.matches.get(unit);
  const include = (unit && into.get(unit)) ?? (match?.now.kind === 'include' ? match.now : undefined);
  if (include) {
    const { line, text = '' } = include;
    return {
      standing: 'included',
      kind: unit?.kind ?? 'include',
      was,
      now: line,
      says: text,
      ...exampleOf(page, line),
    };
  }
  if (!match) return { standing: 'gone', kind: unit?.kind ?? 'sentence', was };
  const { now, how } = match;
  const standing = how === 'stands' && now.line !== was ? 'moved' : how;
  const elsewhere = how === 'moved' ? { elsewhere: true as const } : {};
  return {
    standing,
    kind: now.kind,
    was,
    now: now.line,
    says: now.text ?? '',
    ...elsewhere,
    ...exampleOf(page, now.line),
  };
}

function exampleOf(page: Page, line: number): { example?: string } {
  const heading = exampleAt(page, line)?.heading;
  return heading === undefined ? {} : { example: heading };
}

/** Whether a behaviour that comes only from the order of headings has lost that order. */
function isReordered(units: readonly (Unit | undefined)[], { matches }: Alignment): boolean {
  if (units.length < 2 || units.some((unit) => unit?.kind !== 'heading')) return false;
  const lines = units.flatMap((unit) => (unit ? (matches.get(unit)?.now.line ?? []) : []));
  return lines.some((line, i) => i > 0 && line < (lines[i - 1] ?? 0));
}

function uncoveredIn(
  context: Context,
  covered: ReadonlySet<Unit | undefined>,
  { sections }: ReturnType<typeof inventoryOf>,
): Uncovered[] {
  const { page, alignment } = context;
  const fresh = new Set(alignment.added);
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
    const samples = all.filter((unit) => fresh.has(unit) && isSampleCode(unit));
    add('sample code in other files', samples, samples.map(({ text = '' }) => text).join(', '));
    for (const { name, units } of chunks) {
      const isMessage = units.some(({ kind }) => kind === 'example value');
      if (isMessage && units.every((unit) => fresh.has(unit))) add(name, units, units[0]?.text ?? '');
      else {
        for (const unit of units.filter((one) => fresh.has(one) && !isSampleCode(one))) {
          add(NAMES[unit.kind], [unit], unit.text ?? '');
        }
      }
    }
  }
  return [...found, ...rewordedIn(context, covered, 'changed')].toSorted((a, b) => a.line - b.line);
}

/** Changed or reworded units that no behaviour comes from. */
function rewordedIn(
  { page, alignment }: Context,
  covered: ReadonlySet<Unit | undefined>,
  wanted: 'changed' | 'reworded',
): Uncovered[] {
  return [...alignment.matches]
    .filter(([unit, { how }]) => how === wanted && !covered.has(unit))
    .map(
      ([
        unit,
        {
          now: { kind, line, lastLine, text = '' },
        },
      ]) => ({
        what: NAMES[kind],
        line,
        lastLine,
        was: unit.line,
        says: text,
        ...exampleOf(page, line),
      }),
    )
    .toSorted((a, b) => a.line - b.line);
}
