import { BEHAVIORS, areaOf } from '../../behaviors/catalog';
import type { Finding } from '../../behaviors/behavior';
import type { History } from '../../history/events';
import { judge, type Judged } from '../../verdicts/verdict';
import { DOCUMENTED } from './documented';
import { aRun, type RunStory } from './histories';

/** Tells a run whose invitations try the behaviour in question, where they don't say otherwise. */
export type Telling = (run: RunStory) => RunStory;

/** The histories of one behaviour, each under what is particular about it. */
export interface Cases {
  passes: Record<string, Telling>;
  /** With what a finding must say was seen. */
  fails: Record<string, readonly [Telling, seen: string]>;
  untested?: Record<string, readonly [Telling, seen: string]>;
}

/** What is said of one behaviour. */
export function judged(history: History, id: string): Judged & { findings: Finding[]; seen: string } {
  const behavior = BEHAVIORS.find((one) => one.id === id);
  const [one] = behavior ? judge(history, [behavior]) : [];
  if (!one) throw new Error(`no behaviour ${id}`);
  const findings = one.outcomes.flatMap((outcome) =>
    outcome.finding && outcome.verdict === one.verdict ? [outcome.finding] : [],
  );
  return { ...one, findings, seen: findings.map((finding) => finding.seen).join('\n') };
}

/** The verdict on one behaviour, with what was seen where there is a finding. */
export function said(history: History, id: string): string {
  const { verdict, seen } = judged(history, id);
  return seen === '' ? verdict : `${verdict}: ${seen}`;
}

function placeOf(id: string): RegExp {
  const place = DOCUMENTED.find(([documented]) => documented === id)?.[2] ?? 'nowhere';
  return place === 'linked' ? /linked: / : new RegExp(`the page, lines? [\\d, ]*\\b${place}\\b`);
}

/** Declares the tests of an area: every behaviour of it must have histories that pass and that fail. */
export function testArea(area: string, cases: Record<string, Cases>): void {
  describe(area, () => {
    test('every documented behaviour has a history that passes and one that fails', () => {
      expect(Object.keys(cases)).toEqual(DOCUMENTED.map(([id]) => id).filter((id) => areaOf(id) === area));
      for (const { passes, fails } of Object.values(cases)) {
        expect(Object.keys(passes)).not.toHaveLength(0);
        expect(Object.keys(fails)).not.toHaveLength(0);
      }
    });

    describe.each(Object.entries(cases))('%s', (id, { passes, fails, untested = {} }) => {
      test.each(Object.entries(passes))('passes: %s', (_when, tell) => {
        expect(said(tell(aRun([id])).history(), id)).toBe('passed');
      });

      test.each(Object.entries(fails))('fails: %s', (_when, [tell, seen]) => {
        const history = tell(aRun([id])).history();
        const found = judged(history, id);
        expect(said(history, id)).toMatch(/^failed: /);
        expect(found.seen).toContain(seen);
        const numbers = history.events.map(({ n }) => n);
        for (const { expected, where, hint, events } of found.findings) {
          expect(expected).toMatch(placeOf(id));
          expect(where).not.toBe('');
          expect(hint).not.toBe('');
          expect(events).not.toHaveLength(0);
          expect(numbers).toEqual(expect.arrayContaining(events));
        }
      });

      for (const [when, [tell, seen]] of Object.entries(untested)) {
        test(`is untested: ${when}`, () => {
          const history = tell(aRun([id])).history();
          expect(said(history, id)).toMatch(/^untested: /);
          expect(judged(history, id).seen).toContain(seen);
        });
      }
    });
  });
}
