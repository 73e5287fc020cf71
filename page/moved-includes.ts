import type { Alignment } from './align';
import { unitsOf, type Chunk, type Inventory, type Unit } from './units';

/** Includes that occur on most pages, or contain sample code: content of a page never moves into them. */
const BOILERPLATE =
  /(?:^|\/)snippets?\/|sdk-documentation|tutorial|disclaimer|(?:^|[/-])(?:beta|preview)(?:[.-]|$)|national-cloud|all-clouds|(?:^|\/)(?:global|china|us|usgov)[-\w]*\.md$/i;

/** Whether an include contains sample code, which does not concern traffic. */
export function isSampleCode({ kind, text = '' }: Unit): boolean {
  return kind === 'include' && /(?:^|\/)snippets?\/|sdk-documentation|(?:^|\/)(?:sdk|code)-?samples?\b/i.test(text);
}

/**
 * Finds content that moved from the page to another file: a removed table, paragraph, note, message or section, if a
 * new include stands between its former neighbours.
 *
 * @returns by old unit: the include on this page
 */
export function movedIntoIncludes(old: Inventory, now: Inventory, { matches, added }: Alignment): Map<Unit, Unit> {
  const moved = new Map<Unit, Unit>();
  const includes = added.filter((unit) => unit.kind === 'include' && !BOILERPLATE.test(unit.text ?? ''));
  if (includes.length === 0) return moved;
  const after = unitsOf(now);
  const indexes = new Map(after.map((unit, i) => [unit, i]));
  const fresh = new Set(added);
  for (const run of goneRuns(old, matches)) {
    const from = indexOf(indexes, matches.get(run.before ?? EMPTY)?.now, -1);
    const to = indexOf(indexes, matches.get(run.after ?? EMPTY)?.now, after.length);
    const between = after.slice(from + 1, Math.max(from + 1, to));
    const here = includes.filter((unit) => between.includes(unit));
    if (here.length === 0) continue;
    const section = run.chunks.some(({ units }) => units[0]?.kind === 'heading');
    for (const { units } of run.chunks) {
      // Other new text of the same kind has replaced it.
      const replaced = !section && units.some(({ kind }) => between.some((one) => one.kind === kind && fresh.has(one)));
      const into = here.find((unit) => units.some(({ kind }) => unit.text?.toLowerCase().includes(kind))) ?? here[0];
      if (into && !replaced) for (const unit of units) moved.set(unit, into);
    }
  }
  return moved;
}

/** A unit that occurs on no page. */
const EMPTY: Unit = { kind: 'code', line: 0, lastLine: 0, hash: '', key: '', traces: '' };

interface Run {
  before: Unit | undefined;
  chunks: Chunk[];
  after: Unit | undefined;
}

function indexOf(indexes: ReadonlyMap<Unit, number>, unit: Unit | undefined, otherwise: number): number {
  return (unit && indexes.get(unit)) ?? otherwise;
}

/** Runs of consecutive removed chunks, with the remaining units before and after each run. */
function goneRuns(old: Inventory, matches: Alignment['matches']): Run[] {
  const runs: Run[] = [];
  let before: Unit | undefined;
  let open: Run | undefined;
  for (const chunk of old.sections.flatMap(({ chunks }) => chunks)) {
    const left = chunk.units.filter((unit) => matches.has(unit));
    if (left.length === 0 && chunk.units.length > 0) {
      if (!open) runs.push((open = { before, chunks: [], after: undefined }));
      open.chunks.push(chunk);
    } else if (left.length > 0) {
      if (open) [open.after] = left;
      open = undefined;
      before = left.at(-1);
    }
  }
  return runs;
}
