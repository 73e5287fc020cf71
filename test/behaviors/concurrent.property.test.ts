import * as fc from 'fast-check';
import type { InvitedIdentity } from '../../history/events';
import { CONCURRENT_BEHAVIORS } from '../../suites/behavior-lists';
import { judge } from '../../verdicts/verdict';
import { user } from '../support/bodies';
import { findingOn, verdictOn } from '../support/cases';
import { all, put, type Edit } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import { interleaved, twoOf, type Timed } from '../support/schedules';
import { propertyRuns } from '../support/property-runs';

const ID = 'ordering.concurrent-invitations';
const TRIES = [ID, ...CONCURRENT_BEHAVIORS];

type Step = { of: number; what: 'answer' | 'completion' | 'roster' };
type Schedule = Timed<Step>[];

/** The calls of the invitations, and the people in a roster. */
interface Manner {
  oneCall: boolean;
  wholeRosters: boolean;
}

const manner: fc.Arbitrary<Manner> = fc.record({ oneCall: fc.boolean(), wholeRosters: fc.boolean() });
const count = fc.integer({ min: 2, max: 8 });

function chains(many: number): Step[][] {
  const steps = ['answer', 'completion', 'roster'] as const;
  return Array.from({ length: many }, (_, of) => steps.map((what): Step => ({ of, what })));
}

/** Concurrent invitations, with any order of their notifications. */
const several = count.chain((many) =>
  fc.record({ many: fc.constant(many), schedule: interleaved(chains(many), 100), manner }),
);

const swapped = several.chain((run) => fc.record({ run: fc.constant(run), two: twoOf(run.many) }));

const guest = (i: number): InvitedIdentity => user(`guest-${i}`);
const callOf = (i: number, { oneCall }: Manner): string => (oneCall ? 'call' : `call-of-${i}`);

function told(many: number, schedule: Schedule, how: Manner, edit: (i: number) => Edit | undefined): RunStory {
  const run = aRun(TRIES);
  for (let i = 0; i < many; i += 1) {
    const call = callOf(i, how);
    run.invite({
      ...{ name: `n${i}`, attempt: 'together', call, callId: call, invitees: [guest(i)] },
      ...{ clientContext: `context-${i}`, operationId: `operation-${i}` },
    });
  }
  const joined: InvitedIdentity[] = [user('host')];
  for (const { step, from, until } of schedule) {
    run.of(`n${step.of}`);
    if (step.what === 'answer') run.answer(undefined, { from, until });
    if (step.what === 'completion') {
      joined.push(guest(step.of));
      run.completion(edit(step.of), { from, until });
    }
    if (step.what === 'roster') {
      const listed = how.wholeRosters && how.oneCall ? [...joined] : [guest(step.of)];
      run.roster(() => run.rosterItem(listed), { from, until });
    }
  }
  return run;
}

test('concurrent invitations pass in any order of their notifications', () => {
  fc.assert(
    fc.property(several, ({ many, schedule, manner: how }) => {
      const history = told(many, schedule, how, () => undefined).history();
      const verdicts = judge(history).filter(({ id }) => TRIES.includes(id));
      expect(verdicts.filter(({ verdict }) => verdict !== 'passed').map(({ id }) => id)).toEqual([]);
    }),
    { numRuns: propertyRuns(40) },
  );
});

/** Ways to mix up the completions of two invitations: the edit that puts a property of one into the other. */
const MIXES: [what: string, other: (i: number, how: Manner) => Edit, always: boolean][] = [
  ['ids', (i) => put('/resourceData/id', `operation-${i}`), true],
  ['clientContexts', (i) => put('/resourceData/clientContext', `context-${i}`), true],
  ['participants', (i) => put('/resourceData/participants', [{ identity: { user: { id: `guest-${i}` } } }]), true],
  ['resourceUrls', (i, how) => put('/resourceUrl', urlOf(i, how)), true],
  [
    'ids and resourceUrls',
    (i, how) => all(put('/resourceData/id', `operation-${i}`), put('/resourceUrl', urlOf(i, how))),
    true,
  ],
  [
    'ids and clientContexts',
    (i) => all(put('/resourceData/id', `operation-${i}`), put('/resourceData/clientContext', `context-${i}`)),
    true,
  ],
];

function urlOf(i: number, how: Manner): string {
  return `/communications/calls/${callOf(i, how)}/operations/operation-${i}`;
}

describe.each(MIXES)('%s of two invitations', (_what, other) => {
  test('fail if they are swapped', () => {
    fc.assert(
      fc.property(swapped, ({ run: { many, schedule, manner: how }, two: [a, b] }) => {
        const edit = (i: number): Edit | undefined => (i === a ? other(b, how) : i === b ? other(a, how) : undefined);
        expect(verdictOn(told(many, schedule, how, edit).history(), ID)).toBe('failed');
      }),
      { numRuns: propertyRuns(20) },
    );
  });

  test('fail if one invitation has those of the other', () => {
    fc.assert(
      fc.property(swapped, ({ run: { many, schedule, manner: how }, two: [a, b] }) => {
        const edit = (i: number): Edit | undefined => (i === a ? other(b, how) : undefined);
        expect(verdictOn(told(many, schedule, how, edit).history(), ID)).toBe('failed');
      }),
      { numRuns: propertyRuns(20) },
    );
  });
});

test('a roster proved to precede its completion fails, unless another invitee had joined by then', () => {
  fc.assert(
    fc.property(count, fc.boolean(), (many, oneCall) => {
      const schedule = chains(many)
        .flat()
        .map((step, i): Timed<Step> => ({ step, from: 100 + 10 * i, until: 105 + 10 * i }));
      const [answer, completion, roster, ...rest] = schedule;
      const early =
        answer && completion && roster
          ? [answer, { ...completion, step: roster.step }, { ...roster, step: completion.step }, ...rest]
          : [];
      const history = told(many, early, { oneCall, wholeRosters: false }, () => undefined).history();
      expect(findingOn(history, ID).fact).toBe('ordering.completion-before-roster');
    }),
    { numRuns: propertyRuns(15) },
  );
});
