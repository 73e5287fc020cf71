import type { Run } from '../history/view';

/** How strong the evidence is: the page's prose or a table says it; only its examples show it; a page it links to says it. */
export type Level = 'stated' | 'shown' | 'linked';

export const LEVELS: readonly Level[] = ['stated', 'shown', 'linked'];

/** Where a behaviour comes from: lines of the page, or a page that it links to, or the published metadata. */
export type Source = { lines: readonly number[]; linked?: string } | { linked: string };

/** What somebody with a red pipeline needs to know. */
export interface Finding {
  /** What the documentation lets one expect, with its place. */
  expected: string;
  /** What came instead, with the JSON path or header and the value. */
  seen: string;
  /** Scenario, invitation, and the call. */
  where: string;
  /** What to try. */
  hint: string;
  /** Numbers of the events in the history that show it. */
  events: number[];
}

/** What one attempt at a behaviour came to. */
export interface Outcome {
  verdict: 'passed' | 'failed' | 'untested';
  scenario: string;
  /** With failed and untested. */
  finding?: Finding;
  /** With untested: the ids of the behaviours that what was looked for rests on; those of them that failed are why. */
  waitsFor?: readonly string[];
  /** Something worth knowing that is no fault. */
  remark?: string;
  /** True where the judge itself threw: an internal error, which says nothing of the target. */
  internal?: true;
}

/** One documented behaviour and the function that judges it. A judge is pure: a run's view in, outcomes out. */
export interface Behavior {
  id: string;
  level: Level;
  /** What must hold, in our words. */
  statement: string;
  source: Source;
  judge: (run: Run, behavior: Behavior) => Outcome[];
  /** For what a run shows as a whole alone: makes a judge that takes a run in parts, one after the other. */
  overParts?: () => Behavior['judge'];
}

/** `the page, line 50`, or `linked page: errors` */
export function sourceText(source: Source): string {
  const linked = source.linked === undefined ? [] : [`linked: ${source.linked}`];
  if (!('lines' in source)) return linked.join('');
  const { lines } = source;
  return [`the page, line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`, ...linked].join('; ');
}
