import { addTo } from '../common/lists';
import { areaOf, catalogOf, type BehaviorId } from '../behaviors/catalog';
import { EDITION, isEdition, type Edition } from '../behaviors/edition';
import type { Behavior } from '../behaviors/behavior';
import { UsageError } from '../common/errors';
import { loadWaiversNow } from '../config/waivers-file';
import { whyText } from '../reporters/finding-lines';
import { behaviorText, gateText } from '../reporters/test-messages';
import { DEFAULTS } from '../schemas/options';
import { scenariosOf } from '../suites/scenarios';
import type { Result } from '../verdicts/result';
import type { Waiver } from '../verdicts/waivers';
import { configuredTarget } from './configured-target';
import { runInTime, type ConformanceOptions, type Provided, type Provider } from './timed-run';
import type { Runner, TestContext } from './runner';
import { skippedFor, type KnownOptions } from './skipped-tests';

/** The waivers of a file; none if it is invalid, because the run reports the error. */
function waiversOf(file: string): Waiver[] {
  try {
    return loadWaiversNow(file);
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

function knownOptions({
  gate = DEFAULTS.gate,
  waivers = [],
  capabilities,
  behaviors,
}: ConformanceOptions): KnownOptions {
  const listed = typeof waivers === 'string' ? waiversOf(waivers) : waivers;
  const known = { gate, capabilities: { ...DEFAULTS.capabilities, ...capabilities }, waivers: listed };
  return behaviors ? { ...known, behaviors } : known;
}

/**
 * The runs that the tests are judged by: one before all of them, and another one for each test that the runner repeats.
 */
class Runs {
  private provided: Provided = { options: {} };
  private result: Result | undefined;
  private readonly begun = new Set<string>();

  constructor(
    private readonly provide: Provider,
    private readonly scenarios: readonly string[] | undefined,
    private readonly edition: Edition,
  ) {}

  async first(): Promise<void> {
    this.provided = await this.provide();
    const { edition: judgedBy = EDITION } = this.provided.options;
    if (judgedBy !== this.edition) {
      throw new Error(
        `the options that the function returns have the edition ${judgedBy}: also set INVITE_EDITION=${judgedBy}, because the tests are created before the function is called`,
      );
    }
    this.result = await this.made({});
    this.provided.keep?.(this.result);
  }

  private async made(more: ConformanceOptions): Promise<Result> {
    const { options } = this.provided;
    const scenarios = this.scenarios ?? options.scenarios;
    const part = scenarios ? { scenarios: [...scenarios] } : {};
    return (await runInTime({ ...options, ...part, ...more })).result;
  }

  /** The result for a test. A test that the runner repeats is judged by a new run. */
  async of(test: BehaviorId | 'gate'): Promise<Result> {
    const again = this.begun.has(test);
    this.begun.add(test);
    if (again || !this.result) return this.made(test === 'gate' ? {} : { behaviors: [test] });
    return this.result;
  }

  allowUntested(): boolean {
    return this.provided.options.allowUntested ?? DEFAULTS.allowUntested;
  }

  async close(): Promise<void> {
    await this.provided.close?.();
  }
}

/** Fails the test of a behaviour with an explanation, or marks it as skipped. */
function assertVerdict(id: BehaviorId, result: Result, allowUntested: boolean, { skip }: TestContext): void {
  const one = result.behaviors.find((behavior) => behavior.id === id);
  if (!one) throw new Error(`the behaviour ${id} was not judged`);
  const { verdict, counted } = one;
  if (verdict === 'passed') return;
  const isOpen = verdict === 'failed' || (verdict === 'untested' && !skip && !allowUntested);
  if (counted && isOpen) throw new Error(behaviorText(one));
  skip?.(whyText(one, result.gate));
}

/** The edition that determines the tests: from the options or, if a function returns these, from the variable. */
function editionFor(given: ConformanceOptions | Provider): Edition {
  if (typeof given !== 'function') return given.edition ?? EDITION;
  const named = process.env['INVITE_EDITION'];
  return isEdition(named) ? named : EDITION;
}

/** Behaviours by area, in the page's order. */
function byArea(behaviors: readonly Behavior<BehaviorId>[]): Map<string, Behavior<BehaviorId>[]> {
  const areas = new Map<string, Behavior<BehaviorId>[]>();
  for (const one of behaviors) addTo(areas, areaOf(one.id), one);
  return areas;
}

/**
 * Adds the suite to a test file of any runner: a group per area, a test per behaviour, titled with its statement, and a
 * test of the gate. A failure that the gate counts fails its test. Tests that the options exclude (not selected,
 * declared absent, not counted, waived) are skipped with the reason; so are those whose exclusion only the run shows,
 * if the runner can skip a running test. An untested behaviour fails the gate, with the cause; if the runner can't skip
 * a running test, it also fails its own test. A test that the runner repeats is judged by a new run of what it needs.
 * @param runner see `Runner`
 * @param given the options, or a function that returns them when the tests run; by default those of the environment and
 * the config file, like `invite-conformance run`
 * @param only names of scenarios: behaviours that these do not try have no test; for the shards of a suite
 */
export function conformance(runner: Runner, given?: ConformanceOptions | Provider, only?: readonly string[]): void {
  const source = given ?? (() => configuredTarget(only));
  const options = typeof source === 'function' ? undefined : source;
  const provide: Provider = typeof source === 'function' ? source : async () => ({ options: source });
  const edition = editionFor(source);
  const runs = new Runs(provide, only, edition);
  const known = options && knownOptions(options);
  const chosen = only ?? options?.scenarios;
  const scenarios = scenariosOf(edition).filter(({ name }) => chosen === undefined || chosen.includes(name));
  const tried = new Set(scenarios.flatMap(({ attempts }) => attempts.flatMap(({ tries }) => tries)));
  const behaviors = catalogOf(edition).behaviors.filter(({ id }) => only === undefined || tried.has(id));
  runner.describe('participant: invite', () => {
    runner.before(() => runs.first());
    runner.after(() => runs.close());
    for (const [area, ofArea] of byArea(behaviors)) {
      runner.describe(area, () => {
        for (const behavior of ofArea) {
          const { id, statement } = behavior;
          const why = known && skippedFor(behavior, scenarios, known);
          const title = `${id}: ${statement}`;
          if (why !== undefined) runner.skip(title, why);
          else
            runner.test(title, async (context) => assertVerdict(id, await runs.of(id), runs.allowUntested(), context));
        }
      });
    }
    // A separate group, because Mocha runs the tests of a group before its nested groups.
    runner.describe('the gate', () => {
      runner.test('is open', async () => {
        const result = await runs.of('gate');
        if (result.exitCode !== 0) throw new Error(gateText(result));
      });
    });
  });
}
