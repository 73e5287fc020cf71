import type { Finding } from '../../behaviors/behavior';
import type { Value } from '../../behaviors/finding';
import { causesOf, type CauseBehavior } from '../../verdicts/causes';
import { findingOf } from '../reporters/results';

function failed(id: string, finding: Partial<Finding>, more: Partial<CauseBehavior> = {}): CauseBehavior {
  const attempts = { passed: 2, failed: 1, untested: 0 };
  return { id, verdict: 'failed', counted: true, findings: [findingOf('x', finding)], attempts, ...more };
}

function waiting(id: string, waitsFor: string[]): CauseBehavior {
  const attempts = { passed: 0, failed: 0, untested: 1 };
  return { id, verdict: 'untested', counted: true, findings: [], attempts, waitsFor };
}

const at = (event: number, path: string): Finding['at'] => [{ event, part: 'body', path }];
const nothing = (unread: number, inRun: number): Value => ({ is: 'arrivals', arrivals: [], unread, astray: 0, inRun });

test('failures at one place are one cause, named after the most specific behaviour; others are separate causes', () => {
  const causes = causesOf(
    [
      failed('notification.resource-url', { fact: 'notification.resource-url', at: at(7, '$.value[0].resourceUrl') }),
      failed('completion.resource-url', { fact: 'completion.resource-url', at: at(7, '$.value[0].resourceUrl') }),
      failed('roster.joined', { fact: 'roster.joined', at: at(9, '$.value[0].resourceData[0].isMuted') }),
    ],
    [],
  );
  expect(causes.map(({ behaviors }) => behaviors)).toEqual([
    ['completion.resource-url', 'notification.resource-url'],
    ['roster.joined'],
  ]);
  expect(causes[0]).toMatchObject({ id: 'cause-1', attempts: { failed: 1, tried: 3 }, shownIn: ['single/one/1'] });
});

test('if many behaviours share a place, the cause is named after the most general one', () => {
  const ids = ['request.content-type', 'request.malformed-json', 'authorization.required', 'authorization.bearer'];
  const finding = { fact: 'refusal.client-error' as const, at: [{ event: 7, part: 'status' as const }] };
  const [few] = causesOf(
    [...ids.slice(0, 2), 'refusal.client-error'].map((id) => failed(id, finding)),
    [],
  );
  const [many] = causesOf(
    [...ids, 'refusal.client-error'].map((id) => failed(id, finding)),
    [],
  );
  expect(few?.behaviors[0]).toBe('request.content-type');
  expect(many?.behaviors[0]).toBe('refusal.client-error');
});

test('unreadable notifications explain missing ones; without them, missing ones are separate causes', () => {
  const lost = (unread: number, inRun: number): CauseBehavior[] => [
    failed('completion.announced', { fact: 'completion.arrives', observed: nothing(unread, inRun), at: at(1, '$.a') }),
    failed('roster.announced', { fact: 'roster.announced', observed: nothing(unread, inRun), at: at(2, '$.b') }),
  ];
  const json = failed('notification.json', { fact: 'notification.json', at: at(5, '$') });
  expect(causesOf([...lost(2, 9), json], []).map(({ behaviors }) => behaviors)).toEqual([
    ['notification.json', 'completion.announced', 'roster.announced'],
  ]);
  expect(causesOf([...lost(0, 9), json], [])).toHaveLength(3);
  // Nothing arrived anywhere in the run: one reason for both.
  expect(causesOf(lost(0, 0), [])).toHaveLength(1);
});

test('behaviours that wait for a cause are listed under it, and so are contracts about nothing else', () => {
  const contract = (interaction: string, behaviors: string[]) => ({ interaction, behaviors, result: 'failed' });
  const [cause] = causesOf(
    [failed('request.route', { fact: 'invitation.accepted' }), waiting('response.json', ['request.route'])],
    [
      contract('own', ['request.route']),
      contract('about what waits', ['response.json']),
      contract('about more', ['response.json', 'roster.joined']),
      contract('of another bot', []),
    ],
  );
  expect(cause).toMatchObject({ notChecked: ['response.json'], contracts: ['own', 'about what waits'] });
});
