import { settleWaits } from '../../verdicts/waits';
import type { Judged } from '../../verdicts/verdict';

function judged(id: string, verdict: Judged['verdict'], waits: string[][] = []): Judged {
  const more = { level: 'stated' as const, statement: '', source: '', scenarios: [], outcomes: [] };
  return { id, verdict, waits, notSelected: false, environment: false, ...more };
}

function settled(...all: Judged[]): Record<string, string[][]> {
  return Object.fromEntries(settleWaits(all).map(({ id, waits }) => [id, waits]));
}

test('what is untested waits for what failed, never for what passed or was not tried', () => {
  const found = settled(
    judged('a', 'failed'),
    judged('b', 'passed'),
    judged('c', 'notSelected'),
    judged('d', 'untested', [['a', 'b', 'c', 'nothing']]),
  );
  expect(found['d']).toEqual([['a']]);
});

test('what rests on something untested waits for what that one waits for', () => {
  const found = settled(
    judged('c', 'untested', [['b']]),
    judged('b', 'untested', [['a']]),
    judged('a', 'failed'),
    judged('d', 'untested', [['e']]),
    judged('e', 'untested', [[]]),
  );
  expect(found).toMatchObject({ b: [['a']], c: [['a']], d: [[]], a: [] });
});

test('an outcome with a reason of its own stays one', () => {
  expect(settled(judged('a', 'failed'), judged('b', 'untested', [['a'], []]))['b']).toEqual([['a'], []]);
  expect(settled(judged('a', 'passed'), judged('b', 'untested', [['a']]))['b']).toEqual([[]]);
});

test('behaviours that rest on each other come to an end', () => {
  const found = settled(
    judged('a', 'untested', [['b']]),
    judged('b', 'untested', [['a'], ['c']]),
    judged('c', 'failed'),
  );
  expect(found).toMatchObject({ a: [['c']] });
});
