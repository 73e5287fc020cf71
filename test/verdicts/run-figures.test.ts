import type { HistoryHeader, PlannedAttempt } from '../../history/events';
import { compare } from '../../verdicts/compare';
import { durationsOf } from '../../verdicts/durations';
import { selectionOf } from '../../verdicts/selection';
import type { Verdict } from '../../verdicts/judged-behavior';
import { aRun } from '../support/histories';
import { resultWith } from '../reporters/results';

describe("a behaviour's duration", () => {
  const [ID, OTHER] = ['response.location', 'roster.joined'];

  test('is the time from the first request of its attempts to their last message', () => {
    const history = aRun([ID])
      .invite({ attempt: 'a' })
      .answer(undefined, { from: 90, until: 100 })
      .completion(undefined, { from: 200, until: 900 })
      .invite({ attempt: 'b', tries: [OTHER] })
      .answer(undefined, { from: 1000, until: 1300 })
      .invite({ attempt: 'c', tries: [ID, OTHER] })
      .answer(undefined, { from: 1400, until: 1500 })
      .history();
    // The first was sent at 10, the second at 910, the last ends at 1500; a delivery is over once it is read.
    expect([...durationsOf(history)]).toEqual([
      [ID, 1490],
      [OTHER, 590],
    ]);
  });

  test('without a response, ends with the last delivery, or is zero', () => {
    const silent = aRun([ID]).invite().noAnswer().history();
    expect([...durationsOf(silent)]).toEqual([[ID, 0]]);
    const told = aRun([ID]).invite().noAnswer().completion(undefined, { from: 500, until: 900 }).history();
    expect([...durationsOf(told)]).toEqual([[ID, 491]]);
    expect([
      ...durationsOf(
        aRun([ID])
          .planned({ tries: [OTHER] })
          .history(),
      ),
    ]).toEqual([]);
  });
});

describe('the selection of a run', () => {
  const attempt = (scenario: string, more: Partial<PlannedAttempt> = {}): PlannedAttempt => ({
    scenario,
    attempt: 'one',
    tries: [],
    ...more,
  });
  const of = (plan: PlannedAttempt[], bailed?: true): unknown => {
    const header = { plan } as unknown as HistoryHeader;
    return selectionOf(header, {
      kind: 'end',
      n: 1,
      at: 1,
      interrupted: false,
      remarks: [],
      ...(bailed ? { bailed } : {}),
    });
  };

  test('is absent if everything was selected', () => {
    expect(of([attempt('single')])).toStrictEqual({});
    expect(selectionOf({ plan: [] } as unknown as HistoryHeader, undefined)).toStrictEqual({});
  });

  test('names the selected scenarios, each once, without the contracts', () => {
    const plan = [
      attempt('single'),
      attempt('single'),
      attempt('contracts', { contract: { interaction: 'i', behaviors: [] } }),
    ];
    expect(of([...plan, attempt('pstn', { notSelected: true })])).toStrictEqual({
      selection: { scenarios: ['single'] },
    });
  });

  test('names the selected behaviours, in the order of the catalogue', () => {
    const asked = ['roster.joined', 'response.location'];
    expect(of([attempt('single', { asked }), attempt('pstn')])).toStrictEqual({
      selection: { behaviors: ['response.location', 'roster.joined'] },
    });
  });

  test('names the absent capabilities, each once, and whether the run ended at a failure', () => {
    const absent = { withoutCapability: 'pstn' as const };
    expect(of([attempt('pstn', absent), attempt('pstn', absent)], true)).toStrictEqual({
      selection: { bailed: true, absent: ['pstn'] },
    });
  });
});

describe('a comparison of two results', () => {
  const ID = 'response.location';

  test.each<[Verdict, Verdict, boolean | undefined]>([
    ['passed', 'passed', undefined],
    ['passed', 'notApplicable', true],
    ['notApplicable', 'waived', true],
    ['waived', 'untested', true],
    ['untested', 'notSelected', false],
    ['notSelected', 'untested', false],
    ['untested', 'failed', true],
    ['failed', 'untested', false],
    ['waived', 'passed', false],
  ])('from %s to %s: worse %p', (before, after, worse) => {
    const changes = compare(resultWith({ [ID]: { verdict: before } }), resultWith({ [ID]: { verdict: after } }));
    expect(changes).toEqual(worse === undefined ? [] : [{ id: ID, before, after, worse }]);
  });

  test('a behaviour that is missing from one result is absent there', () => {
    const [whole, less] = [resultWith(), resultWith()];
    less.behaviors = less.behaviors.filter(({ id }) => id !== ID);
    expect(compare(whole, less)).toEqual([{ id: ID, before: 'passed', after: 'absent', worse: true }]);
    expect(compare(less, whole)).toEqual([{ id: ID, before: 'absent', after: 'passed', worse: false }]);
  });
});
