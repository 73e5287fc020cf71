import { BEHAVIORS } from '../../behaviors/catalog';
import type { History } from '../../history/events';
import { contractLines } from '../../reporters/wording/contract-text';
import { contractsIn } from '../../verdicts/contract-result';
import { resultOf } from '../../verdicts/result';
import { withContract, withoutVerdict } from '../support/contracts';
import { aRun } from '../support/histories';

const contract = { interaction: 'an invitation', behaviors: ['request.route', 'response.json'] };
const good = aRun().control({ name: 'a' }).invite().joins().history();

const STOP = {
  kind: 'stopped' as const,
  n: 900,
  cause: 'unreachable' as const,
  at: 60,
  since: 50,
  inFlight: [],
  seen: 'ECONNREFUSED',
};
const stopped = ({ header, events }: History): History => ({ header, events: [...events, STOP] });

test("a result contains the history's record of an interaction, with the attempt that verified it", () => {
  const at = [{ event: 3, part: 'status' as const }];
  const failed = {
    result: 'failed' as const,
    behaviors: ['response.json'],
    mismatches: [{ part: 'status' as const, at }],
    invitation: 'contracts/interaction/1',
    call: 'contracts/interaction#1',
  };
  const [first, second] = contractsIn(
    withContract(withContract(good, { ...contract, consumer: 'bot', pending: true }), contract, failed),
  );
  expect(first).toMatchObject({ ...contract, consumer: 'bot', pending: true, result: 'passed', mismatches: [] });
  const { invitation, call, ...said } = failed;
  expect(second).toEqual({
    ...contract,
    ...said,
    attempt: { scenario: 'contracts', name: expect.any(String) as string, invitation, call },
  });
});

test('an interaction without a record in the history was cut off', () => {
  const [one] = contractsIn(withoutVerdict(good, contract));
  expect(one).toMatchObject({ ...contract, result: 'untested', reason: { why: 'interrupted' } });
  const [gone] = contractsIn(stopped(withoutVerdict(good, contract)));
  expect(gone).toMatchObject({ result: 'untested', reason: { why: 'stopped' } });
});

test.each([
  ['failed before the target was gone: counts', 'failed', 49, 'failed'],
  ['failed afterwards: possibly a consequence', 'failed', 50, 'untested'],
  ['passed afterwards', 'passed', 55, 'passed'],
  ['does not apply', 'notApplicable', 55, 'notApplicable'],
] as const)('an interaction that %s', (_name, result, at, expected) => {
  const history = stopped(withContract(good, contract, { result, at, mismatches: [{ part: 'status' }] }));
  const [one] = contractsIn(history);
  expect(one?.result).toBe(expected);
  expect(one?.mismatches).toHaveLength(expected === 'untested' ? 0 : 1);
});

test('an unknown fact is omitted, and the mismatch is reported', () => {
  const mismatches = [
    { part: 'body' as const, path: '$.id', fact: 'a fact of another version', observed: { is: 'absent' as const } },
  ];
  const [one] = contractsIn(withContract(good, contract, { result: 'failed', mismatches }));
  expect(one && contractLines(one)).toEqual(['$.id: missing']);
});

test('contracts decide a run of contracts only; their levels determine which ones count', () => {
  const tries = BEHAVIORS.map(({ id }) => id);
  const plan = [{ scenario: 'others', attempt: 'all', tries, notSelected: true }];
  const alone: History = {
    header: { ...good.header, plan },
    events: [{ kind: 'end', n: 999, at: 10, interrupted: false, remarks: [] }],
  };
  const judged = (history: History, gate: 'stated' | 'linked' = 'linked', allowUntested = false) =>
    resultOf(history, { gate, allowUntested, waivers: [], now: 0 }).exitCode;
  const ofLevel = (level: string) => BEHAVIORS.filter((one) => one.level === level).map(({ id }) => id);
  const shown = { interaction: 'i', behaviors: ofLevel('shown').slice(0, 1) };
  const stated = { interaction: 'j', behaviors: ofLevel('stated').slice(0, 1) };
  expect(judged(withContract(alone, stated))).toBe(0);
  expect(judged(withContract(alone, shown, { result: 'failed' }))).toBe(1);
  // This interaction is about a behaviour of level shown.
  expect(judged(withContract(withContract(alone, shown, { result: 'failed' }), stated), 'stated')).toBe(0);
  const untested = withContract(withContract(alone, stated, { result: 'untested' }), stated);
  expect([judged(untested), judged(untested, 'linked', true)]).toEqual([3, 0]);
  expect(judged(withContract(alone, stated, { result: 'untested', environment: true }))).toBe(4);
  expect(judged(alone)).toBe(3);
});

test('a mismatch keeps a fact that this version knows, and no other', () => {
  const at = [{ event: 3, part: 'status' as const }];
  const told = (fact?: string): unknown =>
    contractsIn(
      withContract(good, contract, {
        result: 'failed',
        mismatches: [{ part: 'status', at, ...(fact === undefined ? {} : { fact }) }],
      }),
    )[0]?.mismatches;
  for (const fact of ['response.json', 'notification.json'])
    expect(told(fact)).toStrictEqual([{ part: 'status', at, fact }]);
  for (const fact of ['response.made-up', 'toString', undefined])
    expect(told(fact)).toStrictEqual([{ part: 'status', at }]);
});

test('an interaction that could not be run after the target had stopped responding has that reason, an earlier one does not', () => {
  const untested = (at: number): unknown =>
    contractsIn(stopped(withContract(good, contract, { result: 'untested', at, reason: { why: 'interrupted' } })))[0]
      ?.reason;
  expect(untested(50)).toEqual({ why: 'stopped' });
  expect(untested(49)).toEqual({ why: 'interrupted' });
});
