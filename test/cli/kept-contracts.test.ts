import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTRACTS_FILE, keptContracts } from '../../cli/contracts-beside';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const whole = {
  interaction: 'one',
  consumer: 'bot',
  result: 'failed',
  behaviors: ['a'],
  mismatches: [{ part: 'body', path: '$.id', observed: { is: 'absent' } }],
  pending: true,
};

async function kept(one: unknown): Promise<unknown> {
  writeFileSync(join(folder, CONTRACTS_FILE), JSON.stringify([one]));
  return keptContracts(folder).catch((error: unknown) => (error as Error).message);
}

test('the results of contracts that were kept are read back', async () => {
  expect(await kept(whole)).toEqual([whole]);
  rmSync(join(folder, CONTRACTS_FILE));
  expect(await keptContracts(folder)).toEqual([]);
});

test('what version 0.1 kept is read as it is kept today', async () => {
  const told = { ...whole, mismatches: ['$.id: absent'] };
  expect(await kept(told)).toEqual([{ ...whole, mismatches: [{ part: 'other', message: '$.id: absent' }] }]);
  const untested = { ...told, result: 'untested', mismatches: ['no token'] };
  const reason = { why: 'unclear', said: 'no token' };
  expect(await kept(untested)).toEqual([{ ...whole, result: 'untested', mismatches: [], reason }]);
});

test.each<[string, unknown]>([
  ['no object', 7],
  ['a name that is none', { ...whole, interaction: null }],
  ['a consumer that is none', { ...whole, consumer: {} }],
  ['an unknown result', { ...whole, result: 'splendid' }],
  ['behaviours that are none', { ...whole, behaviors: [null] }],
  ['mismatches that are none', { ...whole, mismatches: [{}] }],
  ['mismatches of two kinds', { ...whole, mismatches: ['a', { part: 'body' }] }],
  ['a reason that is none', { ...whole, reason: { why: 'splendid' } }],
  ['a flag that is none', { ...whole, pending: 'yes' }],
])('a damaged one, with %s, is told with its file', async (_name, one) => {
  expect(await kept(one)).toContain(`${join(folder, CONTRACTS_FILE)} does not hold the results of contracts`);
});
