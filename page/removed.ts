import { NAMES, type Removed } from './drift-report';
import type { Page } from './page';
import type { Inventory, Unit, UnitKind } from './units';

/** The names of paragraphs, tables and so on that are gone as a whole, by the kind of a unit. */
const WHOLES: Partial<Record<UnitKind, string>> = {
  sentence: 'a paragraph',
  permission: 'a table',
  parameter: 'a table',
  row: 'a table',
  header: 'a request, response or notification',
  'example value': 'a request, response or notification',
};

/**
 * Lists content that no behaviour came from and that is gone: sections, paragraphs, tables and messages as a whole, and
 * parts of those that remain.
 *
 * @param gone the units that are on the page no longer
 * @param covered those that behaviours come from, which are reported there
 * @param into by unit: the include that it moved to
 */
export function removedIn(
  { sections }: Inventory,
  gone: ReadonlySet<Unit>,
  covered: ReadonlySet<Unit | undefined>,
  into: ReadonlyMap<Unit, Unit>,
  format: Page['format'],
): Removed[] {
  const removed: Removed[] = [];
  const isTold = (unit: Unit): boolean =>
    gone.has(unit) && !covered.has(unit) && !(format === 'html' && unit.kind === 'include');
  const add = (what: string, kind: UnitKind, units: readonly Unit[]): void => {
    const [first] = units;
    if (!first || !units.some(isTold)) return;
    const last = units.reduce((line, { lastLine }) => Math.max(line, lastLine), first.line);
    const file = into.get(first)?.text;
    removed.push({
      what,
      kind,
      was: first.line,
      ...(last > first.line ? { wasLast: last } : {}),
      ...(into.has(first) ? { into: file ?? '' } : {}),
    });
  };
  const isWhole = (units: readonly Unit[]): boolean =>
    units.length > 1 && units.every((unit) => gone.has(unit) && into.get(unit) === into.get(units[0] ?? unit));
  for (const { chunks } of sections) {
    const all = chunks.flatMap(({ units }) => units);
    if (isWhole(all) && all[0]?.kind === 'heading') {
      add('a section', 'heading', all);
      continue;
    }
    for (const { units } of chunks) {
      const whole = isWhole(units) ? units.flatMap(({ kind }) => WHOLES[kind] ?? [])[0] : undefined;
      if (whole !== undefined && units[0]) add(whole, units[0].kind, units);
      else for (const unit of units) add(NAMES[unit.kind], unit.kind, [unit]);
    }
  }
  return joined(removed);
}

/** Includes one after another are one item: the tabs of an example contain many. */
function joined(all: readonly Removed[]): Removed[] {
  const items: Removed[] = [];
  for (const one of all) {
    const last = items.at(-1);
    if (one.kind === 'include' && last?.kind === 'include') {
      last.what = 'includes';
      last.wasLast = one.was;
    } else items.push({ ...one });
  }
  return items;
}

/** Whether removed content may be a requirement: an include is none, and what moved into one still exists. */
export function mayMatter({ kind, into }: Removed): boolean {
  return kind !== 'include' && into === undefined;
}
