import type { History } from '../../history/events';
import type { BehaviorResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';
import { faultIn } from '../../schemas/own-files';
import { GOLDEN, judgeGolden, recordedRuns, type Golden } from '../support/golden';

function idsOf({ behaviors }: Result, verdict: Verdict): string[] {
  return behaviors.flatMap((one) => (one.verdict === verdict ? [one.id] : []));
}

/** Whether an attempt is untested for a reason of its own, and so waits for no behaviour. */
function isOfItsOwn({ reason }: NonNullable<BehaviorResult['reasons']>[number]): boolean {
  if (reason.why === 'notShown') return reason.lacks === 'notThrottled' || reason.lacks === 'wholeRoster';
  return reason.why !== 'nothingSent';
}

/** Intended differences from the verdicts of version 0.1. */
const MEANT: [what: string, is: (one: BehaviorResult, before: Verdict) => boolean][] = [
  [
    'a refused invitee who joins fails the behaviour that requires the refusal',
    ({ verdict, findings }) => verdict === 'failed' && findings.every(({ fact }) => fact === 'invitation.nobody-joins'),
  ],
  [
    'values of a missing completion are untested',
    ({ id, verdict, reasons = [] }, before) =>
      before === 'passed' &&
      verdict === 'untested' &&
      (id === 'request.client-context-at-limit' || id === 'request.parameter-names-any-case') &&
      reasons.every(({ reason }) => reason.why === 'notShown' && reason.lacks === 'ended'),
  ],
  [
    'a failure cannot be assigned if the response named no operation',
    ({ id, verdict, reasons = [] }, before) =>
      before === 'passed' &&
      id === 'failure.announced' &&
      verdict === 'untested' &&
      reasons.some(({ reason }) => reason.why === 'notShown' && reason.lacks === 'operationId'),
  ],
];

test('every recorded run has stored verdicts, and there are at least 60', () => {
  expect(recordedRuns().toSorted()).toEqual(Object.keys(GOLDEN).toSorted());
  expect(recordedRuns().length).toBeGreaterThanOrEqual(60);
});

/** Expects the stored verdicts of a recorded run. */
function expectStored(
  result: Result,
  { failed, untested, notSelected = [], notApplicable = [], in01 = {} }: Golden,
): void {
  const found = Object.fromEntries(
    (['failed', 'untested', 'notSelected', 'notApplicable'] as const).map((verdict) => [
      verdict,
      idsOf(result, verdict),
    ]),
  );
  expect(found).toEqual({ failed, untested, notSelected, notApplicable });
  const others = Object.entries(in01).filter(([id, before]) => {
    const one = result.behaviors.find((behavior) => behavior.id === id);
    return !one || !MEANT.some(([, is]) => is(one, before));
  });
  expect(others).toEqual([]);
}

/** Expects that untested behaviours wait for failed ones, or have a reason of their own. */
function expectExplained(result: Result): void {
  const failed = new Set(idsOf(result, 'failed'));
  const unexplained = result.behaviors.filter(({ verdict, waitsFor = [], reasons = [] }) => {
    if (verdict !== 'untested') return false;
    return waitsFor.some((id) => !failed.has(id)) || (waitsFor.length === 0 && !reasons.every(isOfItsOwn));
  });
  expect(unexplained.map(({ id, reasons, waitsFor }) => ({ id, reasons, waitsFor }))).toEqual([]);
}

/** Expects that causes contain each failed behaviour once, and refer to events of the run. */
function expectCauses({ events }: History, result: Result): void {
  const { causes } = result;
  // One fault, and late responses if the machine was slow when it was recorded.
  expect(causes.length).toBeLessThanOrEqual(3);
  expect(causes.flatMap(({ behaviors }) => behaviors).toSorted()).toEqual(idsOf(result, 'failed').toSorted());
  const numbers = new Set(events.map(({ n }) => n));
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
}

// Every recording by default; mutation testing uses some.
const EVERY = Number(process.env['GOLDEN_EVERY'] ?? 1);

test.each(Object.entries(GOLDEN).filter((_, i) => i % EVERY === 0))(
  '%s has the stored verdicts, a valid result, explained untested behaviours and correct causes',
  (name, golden) => {
    const { history, result } = judgeGolden(name);
    expectStored(result, golden);
    expect(faultIn('result', JSON.parse(JSON.stringify(result)))).toBeUndefined();
    expectExplained(result);
    expectCauses(history, result);
  },
);
