import { catalogOf } from '../behaviors/catalog';
import { EDITION, isEdition, type Edition } from '../behaviors/edition';
import type { AttemptRef } from '../behaviors/finding';
import { behaviorText, gateText } from '../reporters/jest';
import { DEFAULTS } from '../schemas/options';
import { conductInTime, HOOK_TIME, type ConformanceOptions } from '../suites/jest';
import { skippedFor, type Known } from '../suites/jest-titles';
import { scenariosOf } from '../suites/scenarios';
import { counts } from '../verdicts/gate';
import { resultOf, type Result } from '../verdicts/result';
import { judge, type Judged } from '../verdicts/verdict';

/** Gives the options when the tests run, and takes back what it started for them. */
export type Provider = () => Promise<{
  options: ConformanceOptions;
  /** Takes the result when all is judged. */
  keep?: (result: Result) => void;
  close?: () => Promise<void>;
}>;

/**
 * Gives back the real timers where Jest's configuration fakes them: nobody advances them, and a run would wait for ever.
 * @returns puts the fake ones in their place again
 */
function realTimers(): () => void {
  // Modern ones carry their clock; legacy ones are mock functions.
  if (!('clock' in globalThis.setTimeout || '_isMockFunction' in globalThis.setTimeout)) return () => undefined;
  jest.useRealTimers();
  return () => jest.useFakeTimers();
}

interface Seen {
  judged: Map<string, Judged>;
  result: Result;
  options: ConformanceOptions;
}

async function see(options: ConformanceOptions): Promise<Seen> {
  const history = await conductInTime(options);
  const { gate = DEFAULTS.gate, allowUntested = DEFAULTS.allowUntested, waivers = [] } = options;
  const result = resultOf(history, { gate, allowUntested, waivers, now: Date.now() });
  return { judged: new Map(judge(history).map((one) => [one.id, one])), result, options };
}

/** Fails the test with what a person needs to know. */
function hold(seen: Seen, id: string, scenario: string): void {
  const one = seen.judged.get(id);
  const weighed = seen.result.behaviors.find((behavior) => behavior.id === id);
  if (!one || !weighed) throw new Error(`no behaviour ${id} was judged`);
  const { gate = DEFAULTS.gate, allowUntested = DEFAULTS.allowUntested } = seen.options;
  if (!counts(one.level, gate) || weighed.verdict === 'waived' || one.verdict === 'notApplicable') return;
  const here = ({ attempt }: { attempt: AttemptRef }): boolean =>
    attempt.scenario === scenario || attempt.scenario === '';
  const findings = one.findings.filter(here);
  // What another scenario showed stands for a behaviour that this one could not try.
  if (findings.length === 0 && (one.verdict !== 'untested' || allowUntested)) return;
  const own = one.untested.filter(here);
  throw new Error(behaviorText({ ...one, findings, untested: own.length > 0 ? own : one.untested }));
}

function knownOf(options: ConformanceOptions, selected?: readonly string[]): Known {
  const { gate = DEFAULTS.gate, waivers = [], capabilities = {} } = options;
  const absent = Object.entries(capabilities).flatMap(([name, there]) => (there ? [] : [name]));
  return { gate, waivers, absent, ...(selected ? { selected } : {}) };
}

/** The edition by which the tests are made: that of the options or, where a function gives these, the variable's. */
function editionOf(given: ConformanceOptions | Provider): Edition {
  if (typeof given !== 'function') return given.edition ?? EDITION;
  const named = process.env['INVITE_EDITION'];
  return isEdition(named) ? named : EDITION;
}

function otherEdition(edition: Edition): string {
  return `options that a function gives are of the edition ${edition}: set INVITE_EDITION=${edition} too, by which the tests are made`;
}

/**
 * Puts the suite into a Jest file: a `describe` a scenario, a `test` a behaviour, and the gate. What the options rule out
 * is skipped with the reason in its title: what was not selected, does not apply, is not counted or is waived. Options
 * that a function gives are known too late for that: what they rule out has a test that passes.
 * @param given the options, or a function that gives them when the tests run
 */
export function conformance(given: ConformanceOptions | Provider, only?: readonly string[]): void {
  let seen: Seen | undefined;
  let close: (() => Promise<void>) | undefined;
  const selected = only ?? (typeof given === 'function' ? undefined : given.scenarios);
  const known = typeof given === 'function' ? undefined : knownOf(given, selected);
  // Shards leave what others try to those.
  const edition = editionOf(given);
  const scenarios = scenariosOf(edition).filter(({ name }) => only === undefined || only.includes(name));
  describe('participant: invite', () => {
    let fakeAgain = (): void => undefined;
    beforeAll(async () => {
      fakeAgain = realTimers();
      const provided: Awaited<ReturnType<Provider>> = typeof given === 'function' ? await given() : { options: given };
      close = provided.close;
      const { edition: judgedBy = EDITION } = provided.options;
      if (judgedBy !== edition) throw new Error(otherEdition(judgedBy));
      seen = await see(selected ? { ...provided.options, scenarios: selected } : provided.options);
      provided.keep?.(seen.result);
    }, HOOK_TIME);
    afterAll(async () => {
      await close?.();
      fakeAgain();
    });
    for (const scenario of scenarios) {
      const { name, attempts } = scenario;
      const tried = catalogOf(edition).behaviors.filter(({ id }) => attempts.some(({ tries }) => tries.includes(id)));
      describe(name, () => {
        for (const behavior of tried) {
          const { id } = behavior;
          const why = known && skippedFor(behavior, scenario, known);
          const run = (): void => {
            if (seen) hold(seen, id, name);
          };
          if (why === undefined) test(id, run);
          else test.skip(`${id} (${why})`, run);
        }
      });
    }
    test('the gate', () => {
      if (seen && seen.result.exitCode !== 0) throw new Error(gateText(seen.result));
    });
  });
}
