import type { Behavior, Outcome } from '../../behaviors/behavior';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { History } from '../../history/events';
import { untestedAmong } from '../../verdicts/untested-reason';
import { resultOf } from '../../verdicts/result';
import type { JudgedBehavior } from '../../verdicts/judged-behavior';
import { judge, verdictOfOutcomes } from '../../verdicts/verdict';
import { drop } from '../support/edits';
import { judged, openOn } from '../support/cases';
import { aRun } from '../support/histories';

const attempt = { scenario: 's', name: 'a', invitation: 's/a/1' };
const value = (text: string) => ({ is: 'json' as const, value: text });

const outcome = (verdict: Outcome['verdict'], which = 1): Outcome => {
  if (verdict === 'passed') return { verdict, attempt };
  if (verdict === 'untested') {
    return { verdict, unjudged: { lacks: 'ended', restsOn: ['completion.arrives'], attempt, events: [which] } };
  }
  const at = [{ event: which, part: 'body' as const, path: '$' }];
  return { verdict, finding: { fact: 'response.json', expected: value('e'), observed: value('o'), at, attempt } };
};

const ALL: Behavior = {
  id: 'area.made-up',
  level: 'stated',
  statement: 'it is made up',
  source: { lines: [1] },
  facts: ['response.json'],
  restsOn: [],
  judge: () => [],
};

function of(history: History, id: string): JudgedBehavior | undefined {
  return judge(history).find((one) => one.id === id);
}

describe('the verdict on several attempts', () => {
  test.each([
    [['passed'], 'passed'],
    [['failed'], 'failed'],
    [['untested'], 'untested'],
    [['passed', 'failed'], 'failed'],
    [['untested', 'failed', 'passed'], 'failed'],
    [['untested', 'passed'], 'passed'],
    [['untested', 'untested'], 'untested'],
    [[], undefined],
  ] as const)('%j: %s', (verdicts, verdict) => {
    const outcomes = verdicts.map((one) => outcome(one));
    expect(verdictOfOutcomes(outcomes, untestedAmong(outcomes))).toBe(verdict);
  });

  test('findings are listed in order, and untested attempts after them; all are counted', () => {
    const outcomes = [outcome('failed', 3), outcome('untested', 4), outcome('passed'), outcome('failed', 5)];
    const [one] = judge(aRun().history(), [{ ...ALL, judge: () => outcomes }]);
    expect(one?.findings.map(({ at }) => at[0]?.event)).toEqual([3, 5]);
    expect(one?.untested).toMatchObject([{ reason: { why: 'notShown', lacks: 'ended' }, events: [4] }]);
    expect(one?.attempts).toEqual({ passed: 1, failed: 2, untested: 1 });
  });
});

describe('judging a history', () => {
  test('returns every behaviour once, in order', () => {
    for (const history of [aRun().history(), aRun().control().history(), aRun().invite().refuse(500).history()]) {
      expect(judge(history).map(({ id }) => id)).toEqual(BEHAVIORS.map(({ id }) => id));
    }
  });

  test('of an empty run leaves every behaviour untested with a reason', () => {
    for (const { verdict, untested } of judge(aRun().history())) {
      expect(verdict).toBe('untested');
      expect(untested).not.toHaveLength(0);
    }
  });

  test('names the scenarios that try it', () => {
    const history = aRun(['request.route']).invite({ scenario: 'a' }).answer().invite({ scenario: 'b' }).answer();
    expect(of(history.history(), 'request.route')?.scenarios).toEqual(['a', 'b']);
  });

  test('with a judge that throws leaves only its behaviour untested, with an internal error', () => {
    const broken: Behavior = {
      ...ALL,
      id: 'area.broken',
      judge: () => {
        throw new TypeError('oh');
      },
    };
    const sound = { ...broken, id: 'area.sound', judge: () => [outcome('passed')] };
    const [one, other] = judge(aRun().history(), [broken, sound]);
    expect(one).toMatchObject({ verdict: 'untested', internal: true });
    expect(one).not.toHaveProperty('inconclusive');
    expect(one?.untested.map(({ reason }) => reason)).toEqual([{ why: 'internal', error: 'TypeError: oh' }]);
    expect(one?.attempts).toEqual({ passed: 0, failed: 0, untested: 1 });
    expect(other).toMatchObject({ verdict: 'passed' });
    expect(other).not.toHaveProperty('internal');
  });
});

describe('an attempt that was not made', () => {
  test('because something is missing is untested, and names it', () => {
    const history = aRun()
      .missing({ tries: ['pstn.accepted'], missing: 'no phone', hint: 'Name one.' })
      .history();
    const found = judged(history, 'pstn.accepted');
    expect(found).toMatchObject({ verdict: 'untested', environment: false, findings: [] });
    expect(found.untested).toMatchObject([
      {
        reason: { why: 'notProvided', cause: 'unsupported', missing: 'no phone', advice: 'Name one.' },
        attempt: { scenario: 'story', name: 'not-made' },
      },
    ]);
  });

  test('because of the environment is reported as such', () => {
    const history = aRun()
      .control()
      .missing({ tries: ['multiple.accepted'], cause: 'environment' })
      .history();
    expect(of(history, 'multiple.accepted')).toMatchObject({ verdict: 'untested', environment: true });
    const gate = { gate: 'shown', allowUntested: true, waivers: [], now: 0 } as const;
    expect(resultOf(history, gate).exitCode).toBe(4);
  });

  test('does not hide that another one passed', () => {
    const history = aRun(['request.route'])
      .invite()
      .answer()
      .missing({ tries: ['request.route'], cause: 'environment' })
      .history();
    expect(of(history, 'request.route')).toMatchObject({ verdict: 'passed', environment: false });
  });

  test('because of an absent capability is not applicable', () => {
    const history = aRun()
      .planned({ tries: ['pstn.accepted'], withoutCapability: 'pstn' })
      .history();
    expect(of(history, 'pstn.accepted')?.verdict).toBe('notApplicable');
  });

  test('because of an absent capability does not hide one that was made', () => {
    const history = aRun(['response.location'])
      .invite()
      .answer()
      .planned({ tries: ['response.location'], withoutCapability: 'pstn' })
      .history();
    expect(of(history, 'response.location')?.verdict).toBe('passed');
  });

  test('is not selected if another unselected scenario would try it, even with an absent capability', () => {
    const both = aRun()
      .control()
      .planned({ tries: ['pstn.accepted'], withoutCapability: 'pstn' })
      .planned({ attempt: 'other', tries: ['pstn.accepted'], notSelected: true });
    expect(of(both.history(), 'pstn.accepted')?.verdict).toBe('notSelected');
    const absent = aRun()
      .control()
      .planned({ tries: ['pstn.accepted'], withoutCapability: 'pstn', notSelected: true });
    expect(of(absent.history(), 'pstn.accepted')?.verdict).toBe('notApplicable');
  });

  test('that was not selected leaves its behaviour not selected', () => {
    const history = aRun(['request.route'])
      .invite()
      .answer()
      .planned({ tries: ['notification.post'], notSelected: true })
      .history();
    expect(of(history, 'notification.post')?.verdict).toBe('notSelected');
  });

  describe('with selected behaviours', () => {
    /** The history of a run with selected behaviours. */
    function asking({ header, events }: History, some: readonly string[]): History {
      const plan = header.plan.map((one) => ({ ...one, asked: one.tries.filter((id) => some.includes(id)) }));
      return { header: { ...header, plan }, events };
    }
    const one = () => aRun(['request.route']).invite();
    const refused = one().answer((body) => body, { status: 400 });
    const others = ['request.unknown-call'];

    test('another one that passed is not selected', () => {
      const history = asking(one().answer().history(), others);
      expect(judged(history, 'request.route')).toMatchObject({ verdict: 'notSelected', notSelected: true });
    });

    test('another one that failed is reported, and not counted', () => {
      const history = asking(refused.history(), others);
      expect(judged(history, 'request.route')).toMatchObject({ verdict: 'failed', notSelected: true });
      const { behaviors, exitCode } = resultOf(history, { gate: 'linked', allowUntested: true, waivers: [], now: 0 });
      expect(behaviors.find(({ id }) => id === 'request.route')).toMatchObject({ counted: false });
      expect(exitCode).toBe(0);
    });

    test('the selected ones are judged and counted', () => {
      const history = asking(refused.history(), ['request.route']);
      expect(judged(history, 'request.route')).toMatchObject({ verdict: 'failed', notSelected: false });
      const { exitCode, selection } = resultOf(history, { gate: 'linked', allowUntested: true, waivers: [], now: 0 });
      expect([exitCode, selection?.behaviors]).toEqual([1, ['request.route']]);
    });
  });

  describe('after a run that ended at a failure', () => {
    /** The history of a run with --bail. */
    function bailed({ header, events }: History): History {
      return { header, events: events.map((one) => (one.kind === 'end' ? { ...one, bailed: true } : one)) };
    }
    const judging = { gate: 'linked', allowUntested: false, waivers: [], now: 0 } as const;
    const failing = () =>
      aRun(['request.route'])
        .invite()
        .answer((body) => body, { status: 400 });

    test('unfinished attempts are not selected, and finished ones are judged', () => {
      const run = failing()
        .invite({ attempt: 'late', tries: ['multiple.accepted'] })
        .answer()
        .cutOff();
      const history = bailed(run.history());
      expect(judged(history, 'multiple.accepted')).toMatchObject({ verdict: 'notSelected', untested: [] });
      expect(judged(history, 'request.route')).toMatchObject({ verdict: 'failed' });
      const { exitCode, selection } = resultOf(history, judging);
      expect([exitCode, selection]).toEqual([1, { bailed: true }]);
      // An attempt that was cut off for another reason is untested.
      expect(judged(run.history(), 'multiple.accepted')).toMatchObject({ verdict: 'untested' });
    });

    test('a behaviour that another attempt tried keeps its verdict', () => {
      const run = failing()
        .invite({ attempt: 'late', tries: ['request.route'] })
        .answer()
        .cutOff();
      expect(judged(bailed(run.history()), 'request.route')).toMatchObject({ verdict: 'failed', untested: [] });
    });

    test('a run without a counted failure, because it was waived since, never passes', () => {
      const history = bailed(failing().history());
      const waiver = { behavior: 'request.route', reason: 'r', owner: 'o', expires: '2999-12-31' };
      expect(resultOf(history, { ...judging, allowUntested: true, waivers: [waiver] }).exitCode).toBe(130);
    });
  });

  test('because it was not selected is reported as such and not counted', () => {
    const history = aRun()
      .control()
      .planned({ tries: ['multiple.accepted'], notSelected: true })
      .history();
    expect(judged(history, 'multiple.accepted')).toMatchObject({
      verdict: 'notSelected',
      notSelected: true,
      findings: [],
      untested: [],
    });
    const result = resultOf(history, { gate: 'shown', allowUntested: false, waivers: [], now: 0 });
    expect(result.behaviors.find(({ id }) => id === 'multiple.accepted')?.counted).toBe(false);
  });
});

describe('a run that was cut off', () => {
  const cut = aRun()
    .control()
    .invite({ name: 'cut' })
    .answer(drop('/clientContext'))
    .cutOff()
    .end({ interrupted: true })
    .history();
  const killed = aRun().invite({ name: 'cut' }).answer().cutOff().end(undefined).history();

  test('does not fail for notifications that are missing because of that', () => {
    for (const history of [cut, killed]) {
      expect(judge(history).filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    }
  });

  test('leaves behaviours of the unfinished attempt untested with the reason', () => {
    expect(openOn(killed, 'completion.announced').reason).toEqual({ why: 'interrupted' });
  });

  test('keeps the verdicts of finished attempts', () => {
    expect(of(cut, 'request.route')?.verdict).toBe('passed');
  });

  test('has every behaviour once, in order', () => {
    for (const history of [cut, killed]) {
      expect(judge(history).map(({ id }) => id)).toEqual(BEHAVIORS.map(({ id }) => id));
    }
  });

  test('has an exit code that says so', () => {
    const judging = { gate: 'shown', allowUntested: false, waivers: [], now: 0 } as const;
    expect(resultOf(cut, judging).exitCode).toBe(130);
    expect(resultOf(killed, judging)).toMatchObject({ exitCode: 130, durationMs: 0 });
  });
});
