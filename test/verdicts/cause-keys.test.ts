import type { Finding } from '../../behaviors/behavior';
import type { Value } from '../../behaviors/finding';
import { causeKeys } from '../../verdicts/cause-keys';
import { causesOf, type CauseBehavior } from '../../verdicts/causes';
import { findingOf } from '../reporters/results';

type At = Finding['at'];
const body = (event: number, path: string): At => [{ event, part: 'body', path }];
const time = (event: number): At => [{ event, part: 'time' }];
const arrivals = (count: number, unread = 0, inRun = 9): Value => ({
  is: 'arrivals',
  arrivals: Array.from({ length: count }, (_, i) => ({ event: i + 1, about: 'operation' as const })),
  unread,
  astray: 0,
  inRun,
});

function keysOf(...findings: Partial<Finding>[]): string[] {
  const all = findings.map((one, i) => ({ id: `area.${i}`, findings: [findingOf('x', one)] }));
  return [...(causeKeys(all).get('area.0') ?? [])];
}

describe('the keys of a failure', () => {
  test.each<[string, Partial<Finding>, string[]]>([
    [
      'its place, and the fact with the kind of place',
      { fact: 'roster.joined', at: body(9, '$.value[12].resourceData[0].isMuted') },
      ['at 9 body $.value[12].resourceData[0].isMuted', 'fact roster.joined body $.value[].resourceData[].isMuted'],
    ],
    [
      'for a response, its place, and the fact with the behaviour',
      { fact: 'invitation.accepted', at: [{ event: 4, part: 'status' }] },
      ['at 4 status ', 'fact invitation.accepted area.0'],
    ],
    ['for a time, only the fact', { fact: 'completion.in-time', at: time(4) }, ['fact completion.in-time time ']],
    ['without a place, the behaviour', { at: [] }, ['area.0']],
    [
      'the reason of a missing response',
      {
        fact: 'invitation.accepted',
        observed: { is: 'noAnswer', reason: 'reset' },
        at: [{ event: 4, part: 'status' }],
      },
      ['no answer reset', 'at 4 status ', 'fact invitation.accepted area.0'],
    ],
    [
      'an error with the status of a success',
      {
        fact: 'invitation.refused',
        observed: { is: 'answer', status: 299, code: 'x' },
        at: [{ event: 4, part: 'status' }],
      },
      ['an error with the status of a success', 'at 4 status ', 'fact invitation.refused area.0'],
    ],
    [
      'not an error with another status',
      {
        fact: 'invitation.refused',
        observed: { is: 'answer', status: 300, code: 'x' },
        at: [{ event: 4, part: 'status' }],
      },
      ['at 4 status ', 'fact invitation.refused area.0'],
    ],
    [
      'not an error with the status of a success, for another fact',
      {
        fact: 'response.status-200',
        observed: { is: 'answer', status: 201, code: 'x' },
        at: [{ event: 4, part: 'status' }],
      },
      ['at 4 status ', 'fact response.status-200 status '],
    ],
    [
      'what decides in place of the credentials',
      { fact: 'invitation.refused', decidedBy: 'call', at: [{ event: 4, part: 'status' }] },
      ['decided by the call', 'at 4 status ', 'fact invitation.refused area.0'],
    ],
    [
      'the late message',
      {
        fact: 'ordering.response-first',
        observed: { is: 'order', first: { event: 3, what: 'operation' }, then: { event: 5, what: 'response' }, ms: 4 },
        at: time(3),
      },
      ['late 5 response', 'fact ordering.response-first time '],
    ],
    [
      'an unreadable delivery',
      { fact: 'completion.arrives', observed: arrivals(0, 1), at: time(4) },
      ['unread', 'fact completion.arrives time '],
    ],
    [
      'that nothing arrived in the whole run',
      { fact: 'completion.arrives', observed: arrivals(0, 0, 0), at: time(4) },
      ['silence', 'fact completion.arrives time '],
    ],
    [
      'the place of what arrived instead',
      { fact: 'completion.arrives', observed: arrivals(1, 1), at: [...body(7, '$.value[0]'), ...time(4)] },
      ['at 7 body $.value[0]', 'fact completion.arrives body $.value[]'],
    ],
    [
      'that the end of the replaced call was not announced',
      { fact: 'replace.peer-call-deleted', observed: arrivals(0), at: time(4) },
      ['the end of the replaced call single/one/1', 'fact replace.peer-call-deleted time '],
    ],
    [
      'the place of a defect in the announcement of that end',
      {
        fact: 'replace.peer-call-deleted',
        observed: { is: 'json', value: 'x' },
        at: body(7, '$.value[0].resourceUrl'),
      },
      ['at 7 body $.value[0].resourceUrl', 'fact replace.peer-call-deleted body $.value[].resourceUrl'],
    ],
    [
      'only its place, for a mismatch with a correct id',
      { fact: 'completion.operation-id', at: body(7, '$.a') },
      ['at 7 body $.a', 'fact completion.operation-id body $.a'],
    ],
    [
      'a notification that is not JSON',
      { fact: 'notification.json', at: body(7, '$') },
      ['unread', 'at 7 body $', 'fact notification.json body $'],
    ],
  ])('%s', (_what, finding, keys) => {
    expect(keysOf(finding)).toEqual(keys);
  });

  test('a mismatch with a wrong id of the same invitation follows from it', () => {
    const follows = (invitation: string): boolean =>
      keysOf(
        { fact: 'completion.operation-id', at: body(7, '$.a') },
        { fact: 'response.operation-id', at: body(3, '$.id'), attempt: { scenario: 's', name: 'a', invitation } },
      ).includes('follows response.operation-id single/one/1');
    expect(follows('single/one/1')).toBe(true);
    expect(follows('single/other/1')).toBe(false);
  });

  test('a defect within a value that is wrong as a whole shares its place', () => {
    const within = (whole: Partial<Finding>): boolean =>
      keysOf({ fact: 'response.operation', at: body(3, "$.resultInfo['@odata.type'].code") }, whole).includes(
        'at 3 body $.resultInfo',
      );
    const observed: Value = { is: 'json', value: {} };
    expect(within({ at: body(3, '$.resultInfo'), observed })).toBe(true);
    expect(within({ at: body(4, '$.resultInfo'), observed })).toBe(false);
    expect(within({ at: body(3, '$.resultInfo'), observed: { is: 'absent' } })).toBe(false);
    expect(within({ at: [...body(3, '$.other'), ...body(3, '$.resultInfo')], observed })).toBe(false);
    const came = arrivals(1);
    expect(within({ at: [...body(3, '$.other'), ...body(3, '$.resultInfo')], observed: came })).toBe(true);
    expect(within({ at: [{ event: 3, part: 'header', path: '$.resultInfo' }], observed })).toBe(false);
  });
});

describe('causes', () => {
  const attempts = { passed: 2, failed: 1, untested: 4 };
  const failed = (id: string, finding: Partial<Finding>, more: Partial<CauseBehavior> = {}): CauseBehavior => ({
    id,
    verdict: 'failed',
    counted: true,
    findings: [findingOf('x', finding)],
    attempts,
    ...more,
  });
  const waiting = (id: string, waitsFor?: string[], verdict = 'untested'): CauseBehavior => ({
    id,
    verdict,
    counted: true,
    findings: [],
    attempts,
    ...(waitsFor ? { waitsFor } : {}),
  });
  const ids = (behaviors: CauseBehavior[]): string[][] => causesOf(behaviors, []).map((one) => one.behaviors);
  const at = (n: number): Partial<Finding> => ({ fact: 'roster.joined', at: body(n, `$.p${n}`) });

  test('consist of failed behaviours only', () => {
    expect(ids([failed('roster.joined', at(1), { verdict: 'waived' })])).toEqual([]);
    expect(ids([failed('roster.joined', at(1), { findings: [] })])).toEqual([]);
  });

  test('are joined by a behaviour that shares a key with each', () => {
    const both = failed('response.json', at(1));
    const found = ids([
      failed('response.location', at(1)),
      failed('roster.invitees', at(2)),
      { ...both, findings: [...both.findings, findingOf('x', at(2))] },
      failed('roster.joined', at(3)),
    ]);
    expect(found.map((one) => one.toSorted())).toEqual([
      ['response.json', 'response.location', 'roster.invitees'],
      ['roster.joined'],
    ]);
  });

  test('contain the behaviours that wait only for theirs, and the failed contracts', () => {
    const contract = (interaction: string, result: string) => ({
      interaction,
      result,
      behaviors: ['request.route', 'roster.joined'],
    });
    const [cause] = causesOf(
      [
        failed('request.route', at(1)),
        waiting('response.json', ['request.route', 'roster.joined']),
        waiting('response.location', ['roster.joined']),
        waiting('response.participants'),
        waiting('roster.invitees', ['request.route'], 'notApplicable'),
      ],
      [contract('failed', 'failed'), contract('passed', 'passed')],
    );
    expect(cause).toMatchObject({
      notChecked: ['response.json'],
      contracts: ['failed'],
      attempts: { failed: 1, tried: 7 },
    });
  });

  test('are ordered: counted ones first, then by the number of consequences', () => {
    const found = ids([
      failed('response.json', at(1), { counted: false }),
      waiting('response.operation', ['response.json']),
      failed('response.location', at(2)),
      failed('roster.joined', at(3)),
      waiting('roster.invitees', ['roster.joined']),
    ]);
    expect(found).toEqual([['roster.joined'], ['response.location'], ['response.json']]);
  });

  test('begin with a counted behaviour if there is one', () => {
    const [first] = ids([
      failed('response.json', at(1), { counted: false }),
      failed('roster.joined', at(1)),
      failed('response.location', at(2)),
    ]);
    expect(first).toEqual(['roster.joined', 'response.json']);
  });

  test('begin with the most specific of up to four behaviours, and with the most general of more', () => {
    const particular = ['response.json', 'response.location', 'response.participants'];
    const led = (some: string[]): string | undefined =>
      ids([...some, 'notification.json'].map((id) => failed(id, at(1))))[0]?.[0];
    expect(led(particular)).toBe('response.location');
    expect(led([...particular, 'roster.joined'])).toBe('notification.json');
  });

  test('begin with the behaviour of an unreadable notification', () => {
    const [first] = ids([
      failed('request.route', at(1)),
      failed('notification.json', at(1), {
        findings: [findingOf('x', at(1)), findingOf('x', { fact: 'notification.json', at: body(1, '$.p1') })],
      }),
    ]);
    expect(first?.[0]).toBe('notification.json');
  });

  test('name the calls or attempts that show them, each once, thirty at most', () => {
    const findings = Array.from({ length: 40 }, (_, i) =>
      findingOf('x', {
        ...at(1),
        attempt: { scenario: 's', name: `a${Math.floor(i / 2) * 2}`, ...(i < 2 ? { call: 's/c#1' } : {}) },
      }),
    );
    const [cause] = causesOf([failed('roster.joined', {}, { findings })], []);
    expect(cause?.shownIn.slice(0, 3)).toEqual(['s/c#1', 's/a2', 's/a4']);
    const many = Array.from({ length: 40 }, (_, i) =>
      findingOf('x', { ...at(1), attempt: { scenario: 's', name: `a${i}` } }),
    );
    expect(causesOf([failed('roster.joined', {}, { findings: many })], [])[0]?.shownIn).toHaveLength(30);
  });
});
