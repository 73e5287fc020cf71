import type { History } from '../../history/events';
import { Bail } from '../../suites/bail';
import { hasCountedFailure } from '../../verdicts/bail';
import { aRun } from '../support/histories';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const EMPTY = aRun().history();

test('attempts that end at the same time are judged once, and a failure ends the run once', async () => {
  const seen: History[] = [];
  let shows = false;
  const bail = new Bail(
    (history) => {
      seen.push(history);
      return shows;
    },
    () => EMPTY,
  );
  bail.check();
  bail.check();
  await turn();
  expect([seen.length, bail.signal.aborted]).toEqual([1, false]);
  shows = true;
  bail.check();
  await turn();
  expect([seen.length, bail.signal.aborted]).toEqual([2, true]);
  bail.check();
  await turn();
  expect(seen).toHaveLength(2);
});

const judging = { gate: 'shown', allowUntested: false, waivers: [], now: 0 } as const;
const refused = (tries: string[]) =>
  aRun(tries)
    .invite()
    .answer((body) => body, { status: 400 })
    .history();
const waiver = { behavior: 'request.route', reason: 'r', owner: 'o', expires: '2999-12-31' };

test('only a counted failure without a waiver ends a run', () => {
  const failing = refused(['request.route']);
  expect(hasCountedFailure(failing, judging)).toBe(true);
  expect(hasCountedFailure(failing, { ...judging, waivers: [waiver] })).toBe(false);
  expect(hasCountedFailure(aRun(['request.route']).invite().answer().history(), judging)).toBe(false);
  // This behaviour comes from a linked page only.
  const linked = refused(['request.client-context-optional']);
  expect(hasCountedFailure(linked, judging)).toBe(false);
});
