import type { History } from '../../history/events';
import { verdictOn } from '../support/cases';
import { aRun } from '../support/histories';
import { timed } from '../support/timed';

const RESPONSE_FIRST = 'ordering.response-first';

/** The first attempt runs alone. */
const ALONE = [{ alone: true, tries: [RESPONSE_FIRST] }];

describe('a late response in an attempt that runs alone', () => {
  /**
   * Rounds of an attempt.
   * @param late whether each round's response comes after the completion; undefined: it has none
   * @param lead by how much, ms
   */
  const rounds = (
    late: readonly (boolean | undefined)[],
    lead = 50,
    attempt = 'attempt-1',
    plan: Parameters<typeof timed>[1] = ALONE,
  ): History => {
    const run = aRun([RESPONSE_FIRST]);
    for (const [i, isLate] of late.entries()) {
      const at = 1000 * (i + 1);
      const repeats = i === 0 ? {} : { repeats: `story/${attempt}/round-1` };
      run.invite({ attempt, name: `round-${i + 1}`, call: `call-${i}`, ...repeats });
      if (isLate === false) run.answer(undefined, { from: at - 10, until: at - 9 });
      run.completion(undefined, { from: at, until: at + 10 });
      if (isLate === true) run.answer(undefined, { from: at + 1 + lead, until: at + 2 + lead });
      if (isLate === undefined) run.noAnswer();
    }
    return timed(run, plan);
  };

  test.each<[readonly (boolean | undefined)[], string]>([
    [[true], 'failed'],
    [[true, false], 'passed'],
    [[true, true], 'failed'],
    [[true, false, false], 'passed'],
    [[true, false, true], 'failed'],
    [[false, true, true], 'failed'],
    [[true, true, undefined], 'failed'],
    [[true, undefined], 'passed'],
  ])('counts if most rounds show it: %j, %s', (late, verdict) => {
    expect(verdictOn(rounds(late), RESPONSE_FIRST)).toBe(verdict);
  });

  test('counts in any round if it is late by more than 250 ms', () => {
    expect(verdictOn(rounds([true, false, false], 250), RESPONSE_FIRST)).toBe('passed');
    expect(verdictOn(rounds([true, false, false], 251), RESPONSE_FIRST)).toBe('failed');
  });

  test('does not count in concurrent attempts, unless it is late by more than 250 ms', () => {
    expect(verdictOn(rounds([true], 250, 'attempt-beside'), RESPONSE_FIRST)).toBe('passed');
    expect(verdictOn(rounds([true], 251, 'attempt-beside'), RESPONSE_FIRST)).toBe('failed');
    const another = [{ alone: true, tries: [RESPONSE_FIRST], scenario: 'another' }];
    expect(verdictOn(rounds([true], 250, 'attempt-1', another), RESPONSE_FIRST)).toBe('passed');
  });
});

describe('a late response among many, in a run without attempts that run alone', () => {
  /** `count` concurrent invitations whose completions are read at 100 ms; `late` of them are answered after that. */
  const among = (count: number, late: number, answeredAt: number): History => {
    const run = aRun([RESPONSE_FIRST], { roundTripMs: 1 });
    for (let i = 0; i < count; i += 1) run.invite({ name: `${i}` });
    for (let i = late; i < count; i += 1) run.of(`${i}`).answer(undefined, { from: 90, until: 91 });
    for (let i = 0; i < count; i += 1) run.of(`${i}`).completion(undefined, { from: 100, until: 110 });
    for (let i = 0; i < late; i += 1) {
      run.of(`${i}`).answer(undefined, { from: answeredAt, until: answeredAt + 1 });
      run.running(undefined, { from: 400, until: 401 });
    }
    // Neither an invitation without a response nor one without notifications counts.
    for (let i = 0; i < 3; i += 1)
      run.invite({ tries: [] }).completion(undefined, { from: 410, until: 411 }).noAnswer();
    for (let i = 0; i < 3; i += 1) run.invite({ tries: [] }).answer(undefined, { from: 420, until: 421 });
    return timed(run);
  };

  test.each([
    [12, 5, 150, 'passed'],
    [12, 6, 150, 'failed'],
    [4, 1, 150, 'failed'],
    [12, 1, 351, 'passed'],
    [12, 1, 360, 'failed'],
  ])('%i invitations, of which %i are answered at %i ms: %s', (count, late, answeredAt, verdict) => {
    expect(verdictOn(among(count, late, answeredAt), RESPONSE_FIRST)).toBe(verdict);
  });
});
