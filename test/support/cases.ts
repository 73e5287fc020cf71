import { areaOf } from '../../behaviors/catalog';
import type { AnyFactId, Finding, Unjudged } from '../../behaviors/behavior';
import type { Place, Role, Value } from '../../behaviors/finding';
import type { History, InvitedIdentity } from '../../history/events';
import type { UntestedReason, Untested } from '../../verdicts/untested-reason';
import { catalogFor } from '../../verdicts/edition';
import type { JudgedBehavior } from '../../verdicts/judged-behavior';
import { judge } from '../../verdicts/verdict';
import { DOCUMENTED, NEW_IN_2025 } from './documented';
import { aRun, type RunStory } from './histories';
import { untold } from './told-findings';

/** Adds invitations to a run; they try the behaviour in question by default. */
export type Telling = (run: RunStory) => RunStory;

type Loose<T> = T extends readonly (infer E)[]
  ? readonly Loose<E>[]
  : T extends object
    ? { [K in keyof T]?: Loose<T[K]> }
    : T;

/** What a failing history must show: the fact, its first place, and the observed value. */
export interface Shown {
  fact: AnyFactId;
  /** Default: body. */
  part?: Place['part'];
  /** The JSON path in a body, or the name of a header. */
  path?: string;
  /** The part of the value that identifies it. */
  observed: Loose<Value>;
  belongsTo?: string;
}

/** Why a history is untested: what it lacks, and the facts and behaviours that would explain it. */
export type Lacking =
  { lacks: Unjudged['lacks']; restsOn: readonly string[] } | { lacks: Extract<UntestedReason['why'], 'nothingSent'> };

/** The histories of one behaviour, by what is particular about each. */
export interface Cases {
  passes: Record<string, Telling>;
  fails: Record<string, readonly [Telling, Shown]>;
  untested?: Record<string, readonly [Telling, Lacking]>;
}

/** A body with a value at a path. @param value undefined: absent */
export function shows(fact: AnyFactId, path: string, value: unknown): Shown {
  return { fact, path, observed: value === undefined ? { is: 'absent' } : { is: 'json', value } };
}

/** A body with people at a path, each with its role. */
export function showsPeople(
  fact: AnyFactId,
  path: string,
  people: readonly (readonly [kind: InvitedIdentity['kind'], id: string, of: Role['of']])[],
): Shown {
  const identities = people.map(([kind, id, of]) => ({ kind, id, role: { of } }));
  return { fact, path, observed: { is: 'identities', identities } };
}

/** The judgement of one behaviour. */
export function judged(history: History, id: string): JudgedBehavior {
  const behavior = catalogFor(history.header).behaviors.find((one) => one.id === id);
  const [one] = behavior ? judge(history, [behavior]) : [];
  if (!one) throw new Error(`no behaviour ${id}`);
  return one;
}

/** The verdict on one behaviour. */
export function verdictOn(history: History, id: string): JudgedBehavior['verdict'] {
  return judged(history, id).verdict;
}

/** The first finding about one behaviour. @throws Error if it does not fail */
export function findingOn(history: History, id: string): Finding {
  const { verdict, findings } = judged(history, id);
  const [first] = findings;
  if (verdict !== 'failed' || !first) throw new Error(`${id} is ${verdict}`);
  expect(findings.flatMap((finding) => untold(finding) ?? [])).toEqual([]);
  return first;
}

/** The first reason why one behaviour is untested. @throws Error if it is not */
export function openOn(history: History, id: string): Untested {
  const { verdict, untested } = judged(history, id);
  const [first] = untested;
  if (verdict !== 'untested' || !first) throw new Error(`${id} is ${verdict}`);
  return first;
}

/** Converts a finding to the form of a case. */
function shownBy({ fact, at, observed, belongsTo }: Finding): Required<Omit<Shown, 'belongsTo' | 'path'>> & Shown {
  const [{ part, path }] = at as [Place];
  return {
    fact,
    part,
    observed,
    ...(path === undefined ? {} : { path }),
    ...(belongsTo === undefined ? {} : { belongsTo }),
  };
}

/** Expects one of the findings to match a case. */
function expectShown(findings: readonly Finding[], { part = 'body', ...shown }: Shown): void {
  const told = findings.map(shownBy);
  const same = told.filter((one) => one.fact === shown.fact && one.part === part && one.path === shown.path);
  expect(same.length > 0 ? same : told).toContainEqual(expect.objectContaining({ fact: shown.fact, part }));
  expect(same[0]).toMatchObject({ part, ...shown });
  expect(same[0]?.belongsTo).toBe(shown.belongsTo);
}

/** Declares the tests of an area: every behaviour of it must have histories that pass and that fail. */
export function testArea(area: string, cases: Record<string, Cases>): void {
  const first = DOCUMENTED.map(([id]) => id).filter((id) => areaOf(id) === area);
  const later = NEW_IN_2025.map(([id]) => id).filter((id) => areaOf(id) === area);
  const [documented, header] = first.length > 0 ? [first, {}] : [later, { edition: '2025-07-23' }];
  describe(area, () => {
    test('every documented behaviour has a history that passes and one that fails', () => {
      expect(Object.keys(cases)).toEqual(documented);
      for (const { passes, fails } of Object.values(cases)) {
        expect(Object.keys(passes)).not.toHaveLength(0);
        expect(Object.keys(fails)).not.toHaveLength(0);
      }
    });

    describe.each(Object.entries(cases))('%s', (id, { passes, fails, untested = {} }) => {
      test.each(Object.entries(passes))('passes: %s', (_when, tell) => {
        const { verdict, findings, untested: open } = judged(tell(aRun([id], header)).history(), id);
        expect({ verdict, findings, open: verdict === 'passed' ? [] : open }).toEqual({
          verdict: 'passed',
          findings: [],
          open: [],
        });
      });

      test.each(Object.entries(fails))('fails: %s', (_when, [tell, shown]) => {
        const history = tell(aRun([id], header)).history();
        const { verdict, findings } = judged(history, id);
        expect(verdict).toBe('failed');
        expectShown(findings, shown);
        expect(findings.flatMap((finding) => untold(finding) ?? [])).toEqual([]);
        const numbers = history.events.map(({ n }) => n);
        for (const { expected, observed, at, attempt } of findings) {
          expect(at).not.toHaveLength(0);
          expect(numbers).toEqual(expect.arrayContaining(at.map(({ event }) => event)));
          expect(expected).not.toEqual(observed);
          expect(attempt.invitation ?? attempt.call).toMatch(/^story\//);
        }
      });

      for (const [when, [tell, lacking]] of Object.entries(untested)) {
        test(`is untested: ${when}`, () => {
          const history = tell(aRun([id], header)).history();
          const { verdict, untested: open } = judged(history, id);
          expect(verdict).toBe('untested');
          const wanted =
            'restsOn' in lacking
              ? { reason: { why: 'notShown', lacks: lacking.lacks }, restsOn: lacking.restsOn }
              : { reason: { why: lacking.lacks } };
          expect(open).toContainEqual(expect.objectContaining(wanted));
        });
      }
    });
  });
}
