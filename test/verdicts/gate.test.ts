import { BEHAVIOR_IDS } from '../../behaviors/catalog';
import { verdictLine } from '../../reporters/wording/verdict-line';
import { isCounted, exitCode, type GateBehavior, type GateInput } from '../../verdicts/gate';
import { resultOf } from '../../verdicts/result';
import { ACCEPTED_BEHAVIORS } from '../../suites/behavior-lists';
import { aRun } from '../support/histories';

const one = (verdict: GateBehavior['verdict'], counted = true, environment = false): GateBehavior => ({
  verdict,
  counted,
  environment,
});
const passed = one('passed');
const failed = one('failed');
const untested = one('untested');
const surroundings = one('untested', true, true);

const covered = (failures: number): GateBehavior => ({ ...one('waived'), attempts: { failed: failures } });

const plain: GateInput = {
  behaviors: [passed],
  deadWaivers: 0,
  contracts: { failed: 0, untested: 0 },
  allowUntested: false,
  interrupted: false,
};

const TABLE: [what: string, code: number, input: Partial<GateInput>][] = [
  ['all passed', 0, {}],
  ['passed and waived', 0, { behaviors: [passed, one('waived')] }],
  ['all waived', 0, { behaviors: [one('waived')] }],
  ['all waived, each with its own failure', 0, { behaviors: [covered(1), covered(2)] }],
  ['one passed, the rest covered by a waiver', 0, { behaviors: [passed, covered(1), covered(0)] }],
  [
    'none passed, the rest covered by a waiver, allowed',
    0,
    { behaviors: [covered(1), covered(0)], allowUntested: true },
  ],
  ['passed and not applicable', 0, { behaviors: [passed, one('notApplicable')] }],
  ['one failed that does not count', 0, { behaviors: [passed, one('failed', false)] }],
  ['one untested that does not count', 0, { behaviors: [passed, one('untested', false)] }],
  [
    'one untested because of the environment that does not count',
    0,
    { behaviors: [passed, one('untested', false, true)] },
  ],
  ['one untested, allowed', 0, { behaviors: [passed, untested], allowUntested: true }],
  ['a contract untested, allowed', 0, { contracts: { failed: 0, untested: 1 }, allowUntested: true }],

  ['one failed', 1, { behaviors: [passed, failed] }],
  ['an expired or stale waiver', 1, { deadWaivers: 1 }],
  ['a failed contract', 1, { contracts: { failed: 1, untested: 0 } }],
  ['failed before environment', 1, { behaviors: [surroundings, failed] }],
  ['an expired or stale waiver before environment', 1, { behaviors: [passed, surroundings], deadWaivers: 1 }],
  ['a failed contract before environment', 1, { behaviors: [surroundings], contracts: { failed: 1, untested: 0 } }],
  ['failed before untested', 1, { behaviors: [untested, failed] }],
  ['an expired or stale waiver with nothing judged', 1, { behaviors: [untested], deadWaivers: 1 }],
  ['failed, with untested allowed', 1, { behaviors: [failed, untested], allowUntested: true }],

  ['environment', 4, { behaviors: [passed, surroundings] }],
  ['environment before untested', 4, { behaviors: [passed, untested, surroundings] }],
  ['environment with nothing judged', 4, { behaviors: [surroundings] }],
  ['environment, with untested allowed', 4, { behaviors: [passed, surroundings], allowUntested: true }],

  ['none passed, the rest covered by a waiver', 3, { behaviors: [covered(1), covered(0)] }],
  ['a failure before waived behaviours', 1, { behaviors: [failed, covered(0)] }],
  ['one untested', 3, { behaviors: [passed, untested] }],
  ['a contract untested', 3, { contracts: { failed: 0, untested: 1 } }],
  ['nothing judged', 3, { behaviors: [untested, one('notApplicable')] }],
  ['nothing judged, with untested allowed', 3, { behaviors: [untested], allowUntested: true }],
  ['nothing applies', 3, { behaviors: [one('notApplicable')], allowUntested: true }],
  ['no behaviours at all', 3, { behaviors: [] }],

  ['interrupted', 130, { interrupted: true }],
  ['interrupted, with some untested', 130, { behaviors: [passed, untested], interrupted: true }],
  ['interrupted before anything was judged', 130, { behaviors: [untested, surroundings], interrupted: true }],
];

test.each(TABLE)('%s: exit code %i', (_what, code, input) => {
  expect(exitCode({ ...plain, ...input })).toBe(code);
});

describe('the counted levels', () => {
  test.each([
    ['stated', ['stated']],
    ['shown', ['stated', 'shown']],
    ['linked', ['stated', 'shown', 'linked']],
  ] as const)('at the gate %s', (gate, counted) => {
    const levels = ['stated', 'shown', 'linked'] as const;
    expect(levels.filter((level) => isCounted(level, gate))).toEqual(counted);
  });
});

describe('a waiver of the behaviour that all others wait for', () => {
  const waivers = [{ behavior: 'request.route', reason: 'r', owner: 'o', expires: '2999-01-01' }];
  const judging = { gate: 'shown' as const, waivers, now: 0 };
  const tried = ['request.route', ...ACCEPTED_BEHAVIORS];
  const others = BEHAVIOR_IDS.filter((id) => !tried.includes(id));
  const history = aRun(tried).invite().refuse(404).planned({ tries: others, notSelected: true }).history();

  test('leaves nothing judged: exit code 3, with the reason', () => {
    const result = resultOf(history, { ...judging, allowUntested: false });
    expect(result.behaviors.filter(({ verdict }) => verdict === 'passed')).toEqual([]);
    expect(result.exitCode).toBe(3);
    expect(verdictLine(result)).toMatch(
      /^INCOMPLETE {2}no behaviour passed, \d+ not checked because of waived failures \(--allow-untested accepts that\); 0 of \d+ behaviours passed/,
    );
  });

  test('is accepted with --allow-untested', () => {
    expect(resultOf(history, { ...judging, allowUntested: true }).exitCode).toBe(0);
  });
});
