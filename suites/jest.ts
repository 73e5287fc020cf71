import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BEHAVIORS } from '../behaviors/catalog';
import type { Level } from '../behaviors/behavior';
import type { History } from '../history/events';
import { counts } from '../verdicts/gate';
import { resultOf, type Result } from '../verdicts/result';
import { findingsOf, judge, verdictOf, type Judged } from '../verdicts/verdict';
import type { Waiver } from '../verdicts/waivers';
import { conduct, type Provisioning, type RunSettings } from './conduct';
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

/** The longest that a run may last in Jest, ms. */
const RUN_TIME = 120_000;

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
export async function conductFor(options: ConformanceOptions): Promise<History> {
  const { target, provisioning } = options;
  const app = typeof target === 'string' ? undefined : await serve(target);
  const base = typeof target === 'string' ? target : `${app?.origin}${options.basePath ?? '/v1.0'}`;
  const states = 'states' in provisioning ? { states: new URL(provisioning.states, `${base}/`).href } : provisioning;
  try {
    return await conduct({
      target: base,
      tokens: options.tokens ?? {},
      provisioning: states,
      callback: { host: '127.0.0.1', port: 0, ...options.callback },
      invitees: options.invitees ?? {},
      capabilities: { pstn: true, replace: true, multiple: true, failure: true, ...options.capabilities },
      timeoutMs: options.timeoutMs ?? 10_000,
      quietMs: options.quietMs ?? 500,
      concurrency: options.concurrency ?? 32,
      allowPstn: options.allowPstn ?? false,
      scenarios: SCENARIOS,
      ...(options.scenarios ? { selected: options.scenarios } : {}),
    });
  } finally {
    await app?.close();
  }
}

interface Seen {
  judged: Map<string, Judged>;
  result: Result;
  options: ConformanceOptions;
}

async function see(options: ConformanceOptions): Promise<Seen> {
  const history = await conductFor(options);
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

/**
 * Puts the suite into a Jest file: a `describe` a scenario, a `test` a behaviour, and the gate.
 * @param given the options, or a function that gives them when the tests run
 */
export function conformance(given: ConformanceOptions | Provider, only?: readonly string[]): void {
  let seen: Seen | undefined;
  let close: (() => Promise<void>) | undefined;
  const selected = only ?? (typeof given === 'function' ? undefined : given.scenarios);
  const scenarios = SCENARIOS.filter(({ name }) => selected === undefined || selected.includes(name));
  describe('participant: invite', () => {
    beforeAll(async () => {
      const provided: Awaited<ReturnType<Provider>> = typeof given === 'function' ? await given() : { options: given };
      close = provided.close;
      seen = await see(selected ? { ...provided.options, scenarios: selected } : provided.options);
      provided.keep?.(seen.result);
    }, RUN_TIME);
    afterAll(() => close?.());
    for (const { name, attempts } of scenarios) {
      const tried = BEHAVIORS.filter(({ id }) => attempts.some(({ tries }) => tries.includes(id)));
      describe(name, () => {
        for (const { id } of tried) {
          test(id, () => {
            if (seen) hold(seen, id, name);
          });
        }
      });
    }
    test('the gate', () => {
      if (seen && seen.result.exitCode !== 0) throw new Error(`the gate is closed: exit code ${seen.result.exitCode}`);
    });
  });
}
