import type { BehaviorResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/verdict';
import { faultIn } from '../../schemas/own-files';
import { GOLDEN, judgeGolden, recordedRuns } from '../support/golden';

function idsOf({ behaviors }: Result, verdict: Verdict): string[] {
  return behaviors.flatMap((one) => (one.verdict === verdict ? [one.id] : []));
}

/** Why an attempt says nothing of itself, whatever else failed: it waits for no behaviour. */
function isOfItsOwn({ reason }: NonNullable<BehaviorResult['reasons']>[number]): boolean {
  if (reason.why === 'notShown') return reason.lacks === 'notThrottled' || reason.lacks === 'wholeRoster';
  return reason.why !== 'nothingSent';
}

/** Differences from the verdicts of version 0.1 that are meant. */
const MEANT: [what: string, is: (one: BehaviorResult, before: Verdict) => boolean][] = [
  [
    'whoever is refused, and joins all the same, fails the behaviour that asks for the refusal',
    ({ verdict, findings }) => verdict === 'failed' && findings.every(({ fact }) => fact === 'invitation.nobody-joins'),
  ],
  [
    'what is to come back in the completion is untested where none came',
    ({ id, verdict, reasons = [] }, before) =>
      before === 'passed' &&
      verdict === 'untested' &&
      (id === 'request.client-context-at-limit' || id === 'request.parameter-names-any-case') &&
      reasons.every(({ reason }) => reason.why === 'notShown' && reason.lacks === 'ended'),
  ],
  [
    'whose failure is announced can not be told where the response named no operation',
    ({ id, verdict, reasons = [] }, before) =>
      before === 'passed' &&
      id === 'failure.announced' &&
      verdict === 'untested' &&
      reasons.some(({ reason }) => reason.why === 'notShown' && reason.lacks === 'operationId'),
  ],
];

test('every recorded run has its verdicts kept, and there are enough of them', () => {
  expect(recordedRuns().toSorted()).toEqual(Object.keys(GOLDEN).toSorted());
  expect(recordedRuns().length).toBeGreaterThanOrEqual(60);
});

describe.each(Object.entries(GOLDEN))('%s', (name, golden) => {
  const { history, result } = judgeGolden(name);

  test('comes to the verdicts that are kept', () => {
    const { failed, untested, notSelected = [], notApplicable = [] } = golden;
    const found = Object.fromEntries(
      (['failed', 'untested', 'notSelected', 'notApplicable'] as const).map((verdict) => [
        verdict,
        idsOf(result, verdict),
      ]),
    );
    expect(found).toEqual({ failed, untested, notSelected, notApplicable });
  });

  test('differs from what version 0.1 said only where that is meant', () => {
    const others = Object.entries(golden.in01 ?? {}).filter(([id, before]) => {
      const one = result.behaviors.find((behavior) => behavior.id === id);
      return !one || !MEANT.some(([, is]) => is(one, before));
    });
    expect(others).toEqual([]);
  });

  test('its result is as the schema says', () => {
    expect(faultIn('result', JSON.parse(JSON.stringify(result)))).toBeUndefined();
  });

  test('what is untested waits for behaviours that failed, or says why in itself', () => {
    const failed = new Set(idsOf(result, 'failed'));
    const unexplained = result.behaviors.filter(({ verdict, waitsFor = [], reasons = [] }) => {
      if (verdict !== 'untested') return false;
      return waitsFor.some((id) => !failed.has(id)) || (waitsFor.length === 0 && !reasons.every(isOfItsOwn));
    });
    expect(unexplained.map(({ id, reasons, waitsFor }) => ({ id, reasons, waitsFor }))).toEqual([]);
  });

  test('causes hold each failed behaviour once, and point at events of the run', () => {
    const { causes } = result;
    // One fault; where the machine was slow when it was recorded, answers that came late beside it.
    expect(causes.length).toBeLessThanOrEqual(3);
    expect(causes.flatMap(({ behaviors }) => behaviors).toSorted()).toEqual(idsOf(result, 'failed').toSorted());
    const numbers = new Set(history.events.map(({ n }) => n));
    for (const { finding, behaviors, notChecked, shownIn } of causes) {
      expect(finding.at).not.toHaveLength(0);
      expect(finding.at.filter(({ event }) => !numbers.has(event))).toEqual([]);
      expect(result.behaviors.find(({ id }) => id === behaviors[0])?.findings).toContainEqual(finding);
      expect(shownIn).not.toHaveLength(0);
      expect(idsOf(result, 'untested')).toEqual(expect.arrayContaining(notChecked));
    }
    const waiting = result.behaviors.flatMap(({ id, verdict, waitsFor }) =>
      verdict === 'untested' && waitsFor ? [id] : [],
    );
    expect([...new Set(causes.flatMap(({ notChecked }) => notChecked))].toSorted()).toEqual(waiting.toSorted());
  });
});
