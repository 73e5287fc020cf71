import { isCounted as countsAt, exitCode } from './gate';
import { Histogram } from './histogram';
import type { LoadResult } from './load-measurements';
import { summaryOf, waivedIn, type BehaviorResult, type ContractResult, type DeadWaiver, type Result } from './result';
import { causesOf } from './causes';
import type { Remark } from './remark';
import type { Counts, Verdict } from './judged-behavior';
import { MAX_FINDINGS } from './verdict';
import { contractTotals, countedBehaviors, markCountedContracts } from './counted-contracts';

/** A result to merge, with its name in the merged one. */
export interface Source {
  name: string;
  result: Result;
}

/** Results that can't be merged; the message names them and the reason. */
export class MergeError extends Error {}

/** The merged verdict of a behaviour is the first of these that any result has. */
const FIRST: readonly Verdict[] = ['failed', 'waived', 'passed', 'untested', 'notApplicable', 'notSelected'];

/**
 * Merges the results of several runs (shards or regions). A behaviour that failed in one run failed; one that was
 * tested in one run is not untested. Behaviours that no run selected count as untested, so that a missing shard is
 * noticed.
 * @param allowUntested whether the gate accepts untested behaviours
 * @param otherEdition whether editions may differ
 * @throws MergeError if catalogues or gates differ, or there is nothing to merge
 */
export function merge(sources: readonly Source[], allowUntested: boolean, otherEdition = false): Result {
  const [first, ...others] = sources;
  if (!first) throw new MergeError('there is nothing to merge');
  const { suite, gate } = first.result;
  for (const { name, result } of others) {
    if (result.edition !== first.result.edition) {
      if (!otherEdition)
        throw new MergeError(
          `${first.name} is of the edition ${first.result.edition}, ${name} of ${result.edition}: --other-edition merges them anyway`,
        );
    } else if (result.suite.catalogDigest !== suite.catalogDigest) {
      throw new MergeError(
        `${first.name} and ${name} were judged by different versions of the behaviours (${suite.catalogDigest}, ${result.suite.catalogDigest}): judge both histories again with this version`,
      );
    }
    if (result.gate !== gate) {
      throw new MergeError(`${first.name} and ${name} were judged at different gates (${gate}, ${result.gate})`);
    }
  }
  const ids = new Set(sources.flatMap(({ result }) => result.behaviors.map(({ id }) => id)));
  const behaviors = [...ids].map((id) => mergedBehavior(id, sources));
  const contracts = markCountedContracts(mergedContracts(sources), countedBehaviors(behaviors), waivedIn(behaviors));
  const dead = deadOf(sources, behaviors);
  const load = mergedLoad(sources.flatMap(({ result }) => result.load ?? []));
  const results = sources.map(({ result }) => result);
  const starts = results.map(({ startedAt }) => Date.parse(startedAt));
  const ends = results.map(({ durationMs }, i) => (starts[i] ?? 0) + durationMs);
  return {
    formatVersion: 2,
    suite,
    edition: [...new Set(sources.map(({ result }) => result.edition))].join(', '),
    target: [...new Set(results.map(({ target }) => target))].join(', '),
    startedAt: new Date(Math.min(...starts)).toISOString(),
    durationMs: Math.max(...ends) - Math.min(...starts),
    gate,
    exitCode: exitCode({
      behaviors: behaviors.map((one) => ({ ...one, environment: lacksEnvironment(one.id, results) })),
      deadWaivers: dead.length,
      contracts: contractTotals(contracts),
      allowUntested,
      interrupted: results.some((result) => result.exitCode === 130),
      internal: results.some((result) => result.exitCode === 5),
    }),
    ...mergedSelection(results),
    summary: summaryOf(behaviors),
    causes: causesOf(behaviors, contracts),
    behaviors,
    contracts,
    contradictions: mergedContradictions(results),
    remarks: sources.flatMap(({ name, result }) => result.remarks.map((remark): Remark => ({ ...remark, of: name }))),
    ...(dead.length > 0 ? { deadWaivers: dead } : {}),
    ...(load ? { load } : {}),
  };
}

/** The contradictions of all results, without duplicates. */
function mergedContradictions(results: readonly Result[]): Result['contradictions'] {
  return [...new Map(results.flatMap(({ contradictions }) => contradictions).map((one) => [one.id, one])).values()];
}

/** The selection of all runs together. */
function mergedSelection(results: readonly Result[]): Pick<Result, 'selection'> {
  const absent = [...new Set(results.flatMap(({ selection }) => selection?.absent ?? []))];
  return absent.length > 0 ? { selection: { absent } } : {};
}

function mergedBehavior(id: string, sources: readonly Source[]): BehaviorResult {
  const all = sources.flatMap(({ name, result }) =>
    result.behaviors.filter((one) => one.id === id).map((one) => ({ name, one, gate: result.gate })),
  );
  // A behaviour that one run did not select is ignored if another run selected it.
  const chosen = all.filter(({ one }) => one.verdict !== 'notSelected');
  const told = chosen.length > 0 ? chosen : all;
  const [first] = told;
  if (!first) throw new MergeError(`no result contains the behaviour ${id}`);
  const loadOnly = sources.every(({ result }) => result.load);
  const found = FIRST.find((candidate) => told.some(({ one }) => one.verdict === candidate)) ?? 'untested';
  const verdict = found === 'notSelected' && !loadOnly ? 'untested' : found;
  const saying = told.filter(({ one }) => one.verdict === found);
  const { level, statement, source } = first.one;
  const waiver = saying.find(({ one }) => one.waiver)?.one.waiver;
  const waitsFor = [...new Set(saying.flatMap(({ one }) => one.waitsFor ?? []))];
  const waivedBy = saying.every(({ one }) => one.waivedBy)
    ? [...new Set(saying.flatMap(({ one }) => one.waivedBy ?? []))]
    : [];
  const missed = found === 'notSelected' && !loadOnly;
  const reasons = missed ? [NOT_MERGED] : saying.flatMap(({ one }) => one.reasons ?? []).slice(0, MAX_FINDINGS);
  return {
    id,
    level,
    verdict,
    counted: loadOnly ? all.some(({ one }) => one.counted) : countsAt(level, first.gate),
    statement,
    source,
    scenarios: [...new Set(all.flatMap(({ one }) => one.scenarios))],
    attempts: added(all.map(({ one }) => one.attempts)),
    findings: saying
      .flatMap(({ name, one }) => one.findings.map((finding) => ({ ...finding, of: name })))
      .slice(0, MAX_FINDINGS),
    ...(verdict === 'untested' ? { reasons } : {}),
    ...(waitsFor.length > 0 ? { waitsFor } : {}),
    ...(waiver ? { waiver } : {}),
    ...(waivedBy.length > 0 ? { waivedBy } : {}),
  };
}

/** The reason for a behaviour that no merged run selected: a shard is missing. */
const NOT_MERGED = { reason: { why: 'notMerged' as const }, attempt: { scenario: '', name: '' }, events: [] };

function added(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => all.reduce((total, one) => total + one[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), untested: sum('untested') };
}

/** Whether a run with exit code 4 could not test a behaviour. */
function lacksEnvironment(id: string, results: readonly Result[]): boolean {
  return results.some(
    ({ exitCode: code, behaviors }) =>
      code === 4 && behaviors.some((one) => one.id === id && one.counted && one.verdict === 'untested'),
  );
}

/** The dead waivers of all results, except those that are stale in one run but cover a failure in another. */
function deadOf(sources: readonly Source[], behaviors: readonly BehaviorResult[]): DeadWaiver[] {
  const waived = new Set(behaviors.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id));
  const dead = sources.flatMap(({ result }) => result.deadWaivers ?? []);
  const kept = dead.filter(({ behavior, why }) => why === 'expired' || !waived.has(behavior));
  return [...new Map(kept.map((one) => [one.behavior, one])).values()];
}

/** The merged result of an interaction is the first of these that any result has. */
const FIRST_OF_CONTRACTS: readonly ContractResult['result'][] = ['failed', 'passed', 'untested', 'notApplicable'];

function mergedContracts(sources: readonly Source[]): ContractResult[] {
  const all = sources.flatMap(({ result }) => result.contracts);
  return [...new Set(all.map(({ interaction }) => interaction))].map((interaction) => {
    const told = all.filter((one) => one.interaction === interaction);
    const result = FIRST_OF_CONTRACTS.find((candidate) => told.some((one) => one.result === candidate)) ?? 'untested';
    const saying = told.filter((one) => one.result === result);
    const consumer = told.find((one) => one.consumer !== undefined)?.consumer;
    const reason = saying.find((one) => one.reason !== undefined)?.reason;
    // Places refer to the histories of the single results.
    const mismatches = saying.flatMap((one) => one.mismatches).map(({ at: _at, ...one }) => one);
    return {
      interaction,
      ...(consumer === undefined ? {} : { consumer }),
      result,
      ...(told.every(({ pending }) => pending === true) ? { pending: true as const } : {}),
      ...(result === 'untested' && saying.some(({ environment }) => environment === true)
        ? { environment: true as const }
        : {}),
      behaviors: [...new Set(told.flatMap(({ behaviors }) => behaviors))],
      mismatches: [...new Map(mismatches.map((one) => [JSON.stringify(one), one])).values()],
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** Merges load measurements. Rates add up: the machines of a load run send at the same time. */
function mergedLoad(loads: readonly LoadResult[]): LoadResult | undefined {
  if (loads.length === 0) return undefined;
  const sum = (of: (load: LoadResult) => number): number => loads.reduce((total, load) => total + of(load), 0);
  const timed = (name: 'queued' | 'response' | 'completion') => {
    const histogram = new Histogram();
    for (const load of loads) if (load[name]) histogram.merge(load[name]);
    const latency = histogram.latency();
    return latency ? { [name]: latency } : {};
  };
  return {
    count: sum(({ count }) => count),
    sent: sum(({ sent }) => sent),
    answers: {
      accepted: sum(({ answers }) => answers.accepted),
      refused: sum(({ answers }) => answers.refused),
      throttled: sum(({ answers }) => answers.throttled),
      otherAnswer: sum(({ answers }) => answers.otherAnswer),
      noAnswer: sum(({ answers }) => answers.noAnswer),
    },
    rate: { offered: sum(({ rate }) => rate.offered), achieved: sum(({ rate }) => rate.achieved) },
    ...timed('queued'),
    ...timed('response'),
    ...timed('completion'),
  };
}
