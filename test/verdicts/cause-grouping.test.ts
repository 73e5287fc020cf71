import type { Finding } from '../../behaviors/behavior';
import type { Role, Value, Who } from '../../behaviors/finding';
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
  const envelope = (path: string) =>
    failed('notification.envelope', { fact: 'notification.envelope', at: at(5, path), observed: { is: 'absent' } });
  expect(causesOf([...lost(2, 9), envelope('$.value')], []).map(({ behaviors }) => behaviors)).toEqual([
    ['notification.envelope', 'completion.announced', 'roster.announced'],
  ]);
  expect(causesOf([...lost(2, 9), envelope('$')], [])).toHaveLength(1);
  expect(causesOf([...lost(2, 9), envelope("$['@odata.type']")], [])).toHaveLength(2);
  expect(causesOf([...lost(2, 9), envelope('$.value[0].value')], [])).toHaveLength(2);
  const response = failed('response.json', { fact: 'response.json', at: at(5, '$'), observed: { is: 'absent' } });
  expect(causesOf([...lost(2, 9), response], [])).toHaveLength(2);
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

test('an object that lacks several properties is one cause; two absent properties are two', () => {
  const absent = (id: string, fact: Finding['fact'], path: string): CauseBehavior =>
    failed(id, { fact, observed: { is: 'absent' }, at: at(4, path) });
  const two = [
    absent('response.status-running', 'response.status-running', '$.status'),
    absent('response.client-context', 'response.client-context', '$.clientContext'),
  ];
  const third = absent('response.operation-id', 'response.operation-id', '$.id');
  expect(causesOf(two, [])).toHaveLength(2);
  expect(causesOf([...two, third], [])).toHaveLength(1);
  const wrong = (id: string, fact: Finding['fact'], path: string): CauseBehavior =>
    failed(id, { fact, observed: { is: 'json', value: 1 }, at: at(4, path) });
  expect(causesOf([...two, wrong('response.operation-id', 'response.operation-id', '$.id')], [])).toHaveLength(3);
  const inside = absent('response.operation', 'response.operation', '$.participants[0].identity');
  expect(causesOf([...two, inside], [])).toHaveLength(3);
});

test.each<[string, Value]>([
  ['read whole', { is: 'json', value: 'text' }],
  ['cut because it is long', { is: 'cut', type: 'string', beginning: 'text', length: 9000 }],
])('a value of another type, %s, and what is missing in it are one cause', (_how, observed) => {
  const causes = causesOf(
    [
      failed('completion.operation', { fact: 'completion.operation', observed, at: at(7, '$.value[0].resourceData') }),
      failed('completion.status', {
        fact: 'completion.status',
        observed: { is: 'absent' },
        at: at(7, '$.value[0].resourceData.status'),
      }),
    ],
    [],
  );
  expect(causes).toHaveLength(1);
});

test('what belongs to one other invitation is one cause', () => {
  const of = (id: string, belongsTo: string, path: string): CauseBehavior => failed(id, { belongsTo, at: at(4, path) });
  const context = of('completion.client-context', 'single/two/1', '$.value[0].resourceData.clientContext');
  const people = (owner: string): CauseBehavior =>
    of('completion.participants', owner, '$.value[0].resourceData.participants');
  expect(causesOf([context, people('single/two/1')], [])).toHaveLength(1);
  expect(causesOf([context, people('single/three/1')], [])).toHaveLength(2);
  const header = (id: string, path: string): CauseBehavior =>
    failed(id, { fact: 'response.location', belongsTo: 'single/two/1', at: [{ event: 4, part: 'header', path }] });
  expect(causesOf([header('response.location', 'location'), header('response.json', 'link')], [])).toHaveLength(2);
});

test('the terminating and the deletion of a replaced call, both announced of another call, are one cause', () => {
  const end = (id: 'replace.peer-call-terminated' | 'replace.peer-call-deleted', event: number): CauseBehavior =>
    failed(id, {
      fact: id,
      expected: { is: 'resource', path: '/communications/calls/a' },
      observed: { is: 'json', value: '/communications/calls/b' },
      at: at(event, '$.value[0].resourceUrl'),
    });
  expect(causesOf([end('replace.peer-call-terminated', 4), end('replace.peer-call-deleted', 5)], [])).toHaveLength(1);
});

test('what is missing although the same other notification arrived is one cause', () => {
  const instead = (id: string, fact: Finding['fact'], event: number): CauseBehavior =>
    failed(id, {
      fact,
      observed: {
        is: 'arrivals',
        arrivals: [{ event, about: 'other' }],
        unread: 0,
        astray: 0,
        inRun: 9,
      },
      at: [
        { event: 3, part: 'time' },
        { event, part: 'body', path: '$.value[0]' },
      ],
    });
  const completion = instead('completion.announced', 'completion.arrives', 7);
  expect(causesOf([completion, instead('roster.announced', 'roster.announced', 7)], [])).toHaveLength(1);
  expect(causesOf([completion, instead('roster.announced', 'roster.announced', 8)], [])).toHaveLength(2);
});

describe('of one invitation, lists that are wrong in the same way are one cause', () => {
  const who = (id: string, role: Role): Who => ({ kind: 'user', id, role });
  const invitees = ['a', 'b'].map((id, i) => who(id, { of: 'invitee', number: i + 1, count: 2 }));
  const lists = (id: string, event: number, invitation: string, identities: Who[]): CauseBehavior =>
    failed(id, {
      expected: { is: 'identities', identities: invitees },
      observed: { is: 'identities', identities },
      at: at(event, `$.${id}`),
      attempt: { scenario: 'replace', name: 'first-only', invitation },
    });
  const count = (...all: CauseBehavior[]): number => causesOf(all, []).length;

  test.each([
    ['participants who must be ignored', [...invitees, who('c', { of: 'ignored' })]],
    ['a missing invitee', invitees.slice(1)],
  ])('%s', (_, wrong) => {
    const response = lists('response.participants', 3, 'replace/first-only/1', wrong);
    expect(count(response, lists('roster.invitees', 9, 'replace/first-only/1', wrong))).toBe(1);
    expect(count(response, lists('roster.invitees', 9, 'replace/other/1', wrong))).toBe(2);
  });

  test('lists with different other people are two causes', () => {
    const more = [...invitees, who('d', { of: 'unknown' })];
    expect(count(lists('response.participants', 3, 'x', more), lists('roster.invitees', 9, 'x', more))).toBe(2);
    expect(
      count(lists('response.participants', 3, 'x', more), lists('roster.invitees', 9, 'x', invitees.slice(1))),
    ).toBe(2);
  });

  test('a list where nothing is expected is a cause of its own', () => {
    const nobody = failed('refusal.no-effect', {
      expected: { is: 'absent' },
      observed: { is: 'identities', identities: invitees },
      at: at(9, '$.value[0]'),
    });
    expect(count(nobody, lists('response.participants', 3, 'x', invitees.slice(1)))).toBe(2);
  });

  test('different missing invitees are two causes', () => {
    const [first, second] = [invitees.slice(0, 1), invitees.slice(1)];
    expect(count(lists('response.participants', 3, 'x', first), lists('roster.invitees', 9, 'x', second))).toBe(2);
  });
});
