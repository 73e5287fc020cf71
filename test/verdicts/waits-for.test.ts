import { BEHAVIORS, catalogOf, type BehaviorId } from '../../behaviors/catalog';
import { resolveWaitsFor } from '../../verdicts/waits-for';
import type { JudgedBehavior } from '../../verdicts/judged-behavior';

const MADE_UP = BEHAVIORS[0]?.source ?? { lines: [1] };

/** The untested attempts of a behaviour: what each rests on, and its invitation. */
type Waiting = readonly (readonly [restsOn: readonly string[], invitation?: string])[];

function judged(
  id: BehaviorId,
  verdict: JudgedBehavior['verdict'],
  waiting: Waiting = [],
  failedIn: readonly string[] = [],
): JudgedBehavior {
  const attempt = (invitation?: string) => ({
    scenario: 's',
    name: 'a',
    ...(invitation === undefined ? {} : { invitation }),
  });
  const value = { is: 'absent' } as const;
  return {
    id,
    verdict,
    level: 'stated',
    statement: '',
    source: MADE_UP,
    scenarios: [],
    attempts: { passed: 0, failed: 0, untested: 0 },
    findings: failedIn.map((invitation) => ({
      fact: 'response.json',
      expected: value,
      observed: value,
      at: [{ event: 1, part: 'body' }],
      attempt: attempt(invitation),
    })),
    untested: waiting.map(([restsOn, invitation]) => ({
      reason: { why: 'notShown', lacks: 'ended' },
      attempt: attempt(invitation),
      events: [],
      restsOn,
    })),
    waits: [],
    notSelected: false,
    environment: false,
  };
}

function settled(...all: JudgedBehavior[]): Record<string, string[][]> {
  return Object.fromEntries(resolveWaitsFor(all, catalogOf()).map(({ id, waits }) => [id, waits]));
}

test('an untested behaviour waits for failed ones, never for passed, untried or unknown ones', () => {
  const found = settled(
    judged('response.json', 'failed'),
    judged('response.operation', 'passed'),
    judged('response.location', 'notSelected'),
    judged('roster.joined', 'untested', [[['response.json', 'response.operation', 'response.location', 'nothing']]]),
  );
  expect(found['roster.joined']).toEqual([['response.json']]);
});

test('a fact stands for the behaviours about it', () => {
  const found = settled(
    judged('completion.announced', 'failed'),
    judged('completion.status', 'untested', [[['completion.arrives']]]),
  );
  expect(found['completion.status']).toEqual([['completion.announced']]);
});

test('if no direct cause failed, the behaviours on which it rests count', () => {
  const [far] = catalogOf()
    .restsOnOf('completion.announced')
    .filter((id) => id === 'request.route');
  expect(far).toBe('request.route');
  const found = settled(
    judged('request.route', 'failed'),
    judged('completion.announced', 'untested', [[['invitation.accepted']]]),
    judged('completion.status', 'untested', [[['completion.arrives']]]),
  );
  expect(found).toMatchObject({
    'completion.announced': [['request.route']],
    'completion.status': [['request.route']],
  });
});

test('of several failed behaviours, those count that failed in the same invitation', () => {
  const rests = ['response.json', 'response.operation'];
  const found = settled(
    judged('response.json', 'failed', [], ['one']),
    judged('response.operation', 'failed', [], ['two']),
    judged('roster.joined', 'untested', [[rests, 'two']]),
    judged('roster.invitees', 'untested', [[rests, 'three']]),
  );
  expect(found).toMatchObject({ 'roster.joined': [['response.operation']], 'roster.invitees': [['response.json']] });
});

test('an attempt with a reason of its own waits for nothing', () => {
  const failed = judged('response.json', 'failed');
  expect(settled(failed, judged('roster.joined', 'untested', [[['response.json']], [[]]]))['roster.joined']).toEqual([
    ['response.json'],
    [],
  ]);
  expect(
    settled(judged('response.json', 'passed'), judged('roster.joined', 'untested', [[['response.json']]]))[
      'roster.joined'
    ],
  ).toEqual([[]]);
});

test('behaviours that rest on each other are resolved without a loop', () => {
  const found = settled(...BEHAVIORS.map(({ id, restsOn }) => judged(id, 'untested', [[restsOn]])));
  for (const { id } of BEHAVIORS) expect(found[id]).toEqual([[]]);
});
