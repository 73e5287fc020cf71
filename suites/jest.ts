import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BEHAVIORS } from '../behaviors/catalog';
import { Interrupted } from '../common/errors';
import type { Level } from '../behaviors/behavior';
import type { History } from '../history/events';
import { counts } from '../verdicts/gate';
import { resultOf, type Result } from '../verdicts/result';
import { findingsOf, judge, verdictOf, type Judged } from '../verdicts/verdict';
import type { Waiver } from '../verdicts/waivers';
import { conduct, type Provisioning, type RunSettings } from './conduct';
import { gateText, skippedFor, type Known } from './jest-titles';
import { SCENARIOS } from './scenarios';

/** What the suite needs to know in a Jest file; only the target and the provisioning have no default. */
export interface ConformanceOptions {
  /** The base URL, or an application in this process: a request listener or a server, as supertest takes it. */
  target: string | RequestListener | Server;
  /** With an application: the path under which /communications lies; default /v1.0. */
  basePath?: string;
  /** With an application, `states` may be a path of it. */
  provisioning: Provisioning;
  tokens?: RunSettings['tokens'];
  /** For https: a client certificate with its key, authorities, as PEM text; the host name of the target's certificate. */
  tls?: RunSettings['tls'];
  invitees?: RunSettings['invitees'];
  capabilities?: Partial<RunSettings['capabilities']>;
  callback?: Partial<RunSettings['callback']>;
  /** Behaviours up to this level fail their test; the others are told and do not. Default shown. */
  gate?: Level;
  /** Whether a counted behaviour that could not be tried may pass. */
  allowUntested?: boolean;
  waivers?: readonly Waiver[];
  /** Names of the scenarios; default all. */
  scenarios?: readonly string[];
  allowPstn?: boolean;
  timeoutMs?: number;
  /** How long the whole run may last, ms; default: ten times timeoutMs, and a minute. What is not over by then is untested. */
  runTimeoutMs?: number;
  quietMs?: number;
  concurrency?: number;
}

/** Gives the options when the tests run, and takes back what it started for them. */
export type Provider = () => Promise<{
  options: ConformanceOptions;
  /** Takes the result when all is judged. */
  keep?: (result: Result) => void;
  close?: () => Promise<void>;
}>;

/** The longest wait for one thing by default, ms. */
const TIMEOUT = 10_000;

/** How many waits an attempt may have, one after the other; and what provisioning and teardown may take beside them, ms. */
const WAITS = 10;
const MARGIN = 60_000;

/** The time of the hook that makes the run, ms: the run ends itself, in order, by a time that its options may not tell before. */
const HOOK_TIME = 2 ** 31 - 1;

/** How long a run that was ended may take to give back what it set up, ms. */
const ENDING_TIME = 30_000;

/** How long a whole run may last, ms. @throws RangeError for a time that is none */
export function runTime({ runTimeoutMs, timeoutMs = TIMEOUT, quietMs = 0 }: ConformanceOptions): number {
  if (runTimeoutMs === undefined) return WAITS * timeoutMs + quietMs + MARGIN;
  if (Number.isInteger(runTimeoutMs) && runTimeoutMs > 0 && runTimeoutMs <= HOOK_TIME) return runTimeoutMs;
  throw new RangeError(
    `runTimeoutMs must be a whole number of milliseconds from 1 to ${HOOK_TIME}; it is ${runTimeoutMs}`,
  );
}

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

async function serve(target: RequestListener | Server): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = typeof target === 'function' ? createServer(target) : target;
  const listens = server.listening;
  if (!listens) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (listens) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { origin: `http://127.0.0.1:${port}`, close };
}

/** Conducts a run by options such as a Jest file gives. */
export async function conductFor(options: ConformanceOptions, signal?: AbortSignal): Promise<History> {
  const { target, provisioning } = options;
  const app = typeof target === 'string' ? undefined : await serve(target);
  const base = typeof target === 'string' ? target : `${app?.origin}${options.basePath ?? '/v1.0'}`;
  const states = 'states' in provisioning ? { states: new URL(provisioning.states, `${base}/`).href } : provisioning;
  try {
    const settings: RunSettings = {
      target: base,
      tokens: options.tokens ?? {},
      ...(options.tls ? { tls: options.tls } : {}),
      provisioning: states,
      callback: { host: '127.0.0.1', port: 0, ...options.callback },
      invitees: options.invitees ?? {},
      capabilities: { pstn: true, replace: true, multiple: true, failure: true, ...options.capabilities },
      timeoutMs: options.timeoutMs ?? TIMEOUT,
      quietMs: options.quietMs ?? 500,
      concurrency: options.concurrency ?? 32,
      allowPstn: options.allowPstn ?? false,
      scenarios: SCENARIOS,
      ...(options.scenarios ? { selected: options.scenarios } : {}),
    };
    return await conduct(settings, signal ? { signal } : {});
  } finally {
    await app?.close();
  }
}

interface Seen {
  judged: Map<string, Judged>;
  result: Result;
  options: ConformanceOptions;
}

/** A run that is ended when its time is over: what was seen until then is judged. */
async function conductInTime(options: ConformanceOptions): Promise<History> {
  const time = runTime(options);
  const end = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const over = new Promise<never>((_, reject) => {
    timers.push(
      setTimeout(() => end.abort(), time),
      setTimeout(() => reject(new Error(tooLong(time))), Math.min(time + ENDING_TIME, HOOK_TIME)),
    );
  });
  try {
    return await Promise.race([conductFor(options, end.signal), over]);
  } catch (error) {
    throw error instanceof Interrupted ? new Error(tooLong(time)) : error;
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

function tooLong(time: number): string {
  return `the run was not over after ${time} ms; runTimeoutMs gives it more time`;
}

async function see(options: ConformanceOptions): Promise<Seen> {
  const history = await conductInTime(options);
  const { gate = 'shown', allowUntested = false, waivers = [] } = options;
  const result = resultOf(history, { gate, allowUntested, waivers, now: Date.now() });
  return { judged: new Map(judge(history).map((one) => [one.id, one])), result, options };
}

/** Fails the test with what a person needs to know. */
function hold(seen: Seen, id: string, scenario: string): void {
  const one = seen.judged.get(id);
  const weighed = seen.result.behaviors.find((behavior) => behavior.id === id);
  if (!one || !weighed) throw new Error(`no behaviour ${id} was judged`);
  const { gate = 'shown', allowUntested = false } = seen.options;
  if (!counts(one.level, gate) || weighed.verdict === 'waived' || one.verdict === 'notApplicable') return;
  const outcomes = one.outcomes.filter((outcome) => outcome.scenario === scenario || outcome.scenario === '');
  const verdict = verdictOf(outcomes) ?? 'untested';
  // What another scenario showed stands for a behaviour that this one could not try.
  if (verdict === 'passed' || (verdict === 'untested' && (allowUntested || one.verdict === 'passed'))) return;
  const told = findingsOf(outcomes, verdict).map(
    ({ expected, seen: found, where, hint }) =>
      `  expected  ${expected}\n  seen      ${found}\n  where     ${where}\n  try       ${hint}`,
  );
  throw new Error([`${id} ${verdict} [${one.level}]`, ...told].join('\n'));
}

function knownOf(options: ConformanceOptions, selected?: readonly string[]): Known {
  const { gate = 'shown', waivers = [], capabilities = {} } = options;
  const absent = Object.entries(capabilities).flatMap(([name, there]) => (there ? [] : [name]));
  return { gate, waivers, absent, ...(selected ? { selected } : {}) };
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
  const scenarios = SCENARIOS.filter(({ name }) => only === undefined || only.includes(name));
  describe('participant: invite', () => {
    let fakeAgain = (): void => undefined;
    beforeAll(async () => {
      fakeAgain = realTimers();
      const provided: Awaited<ReturnType<Provider>> = typeof given === 'function' ? await given() : { options: given };
      close = provided.close;
      seen = await see(selected ? { ...provided.options, scenarios: selected } : provided.options);
      provided.keep?.(seen.result);
    }, HOOK_TIME);
    afterAll(async () => {
      await close?.();
      fakeAgain();
    });
    for (const scenario of scenarios) {
      const { name, attempts } = scenario;
      const tried = BEHAVIORS.filter(({ id }) => attempts.some(({ tries }) => tries.includes(id)));
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
