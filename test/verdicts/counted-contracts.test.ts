import { contractVerdict, coverageOf } from '../../verdicts/coverage';
import { contractTotals, countedBehaviors, markCountedContracts } from '../../verdicts/counted-contracts';
import type { ContractResult } from '../../verdicts/result';
import { resultWith } from '../reporters/results';

const contract = (more: Partial<ContractResult> = {}): ContractResult => ({
  interaction: 'i',
  result: 'failed',
  behaviors: ['response.json', 'response.location'],
  mismatches: [],
  ...more,
});

const BOTH = new Set(['response.json', 'response.location']);
const mark = (one: ContractResult, counted: string[], waived: ReadonlySet<string> = new Set()): ContractResult =>
  markCountedContracts([one], new Set(counted), waived)[0] as ContractResult;

test('behaviours that are waived, not applicable or above the gate do not count', () => {
  const { behaviors } = resultWith({
    'response.json': { verdict: 'waived' },
    'response.location': { verdict: 'notApplicable' },
    'response.participants': { counted: false },
    'roster.joined': { verdict: 'failed' },
  });
  const counted = countedBehaviors(behaviors);
  expect(['response.json', 'response.location', 'response.participants'].filter((id) => counted.has(id))).toEqual([]);
  expect(counted.has('roster.joined')).toBe(true);
});

test.each<[string, Partial<ContractResult>, string[], ReadonlySet<string>, object]>([
  ['about a counted behaviour counts', {}, ['response.json'], new Set(), { counted: true }],
  ['about uncounted behaviours does not count', {}, ['roster.joined'], new Set(), { counted: false }],
  ['about no behaviour counts', { behaviors: [] }, [], BOTH, { counted: true }],
  ['of another bot counts', { consumer: 'bot' }, [], BOTH, { counted: true }],
  ['that is pending does not count', { pending: true }, ['response.json'], BOTH, { counted: false }],
  ['loses an earlier mark and waiver', { counted: true, waivedBy: ['x'] }, [], new Set(), { counted: false }],
  [
    'that failed only for waived behaviours is covered by the waivers',
    {},
    [],
    BOTH,
    { counted: true, waivedBy: ['response.json', 'response.location'] },
  ],
  ['that failed also for another behaviour is not covered', {}, [], new Set(['response.json']), { counted: false }],
  ['that passed is not covered', { result: 'passed' }, [], BOTH, { counted: false }],
])('an interaction %s', (_what, more, counted, waived, expected) => {
  const { counted: _counted, waivedBy: _waivedBy, ...rest } = contract(more);
  expect(mark(contract(more), counted, waived)).toStrictEqual({ ...rest, ...expected });
});

test('totals contain only counted interactions without a waiver', () => {
  const untested = { result: 'untested' as const };
  const all = [
    contract({ counted: true }),
    contract(),
    contract({ counted: false }),
    contract({ counted: true, waivedBy: ['response.json'] }),
    contract(untested),
    contract({ ...untested, environment: true }),
    contract({ environment: true }),
    contract({ result: 'passed' }),
  ];
  expect(contractTotals(all)).toEqual({ failed: 3, untested: 2, environment: 1 });
});

test('an interaction that waivers cover is waived', () => {
  expect(contractVerdict(contract())).toBe('failed');
  expect(contractVerdict(contract({ waivedBy: ['response.json'] }))).toBe('waived');
});

test('a target conforms if all behaviours passed, and all of at least one contract', () => {
  const contracts = [contract({ result: 'passed' })];
  const all = resultWith().behaviors.length;
  expect(coverageOf(resultWith({}, { contracts }))).toEqual({ passed: all, all, whole: true });
  expect(coverageOf(resultWith())).toEqual({ passed: all, all, whole: false });
  expect(coverageOf(resultWith({}, { contracts: [...contracts, contract()] })).whole).toBe(false);
  const waived = resultWith({ 'roster.joined': { verdict: 'waived' } }, { contracts });
  expect(coverageOf(waived)).toEqual({ passed: all - 1, all, whole: false });
  expect(coverageOf({ behaviors: [], contracts })).toEqual({ passed: 0, all: 0, whole: false });
});
