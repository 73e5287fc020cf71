import type { Finding } from '../behaviors/behavior';
import type { AttemptRef } from '../behaviors/finding';
import type { Edition } from '../behaviors/edition';
import { originOf } from '../behaviors/source';
import type { History, HistoryHeader, RunEnd } from '../history/events';
import type * as written from '../schemas/generated/result';
import type { RunOptions } from '../schemas/run-options';
import { causesOf, type Cause } from './causes';
import { contractsIn, type ContractResult } from './contract-result';
import { durationsOf } from './durations';
import { withdrawnRemarks } from './withdrawn-remarks';
import { catalogFor } from './edition';
import { isCounted, exitCode } from './gate';
import type { LoadResult } from './load-measurements';
import type { UntestedReason } from './untested-reason';
import { recorded, type Remark } from './remark';
import { selectionOf } from './selection';
import type { Stopped } from './stopped';
import type { JudgedBehavior, Verdict } from './judged-behavior';
import { judge, MAX_FINDINGS } from './verdict';
import { endsSoon, isLive, type Waiver } from './waivers';
import { contractTotals, countedBehaviors, markCountedContracts } from './counted-contracts';

export type { ContractReason, ContractResult } from './contract-result';

/** One behaviour in a result. */
export interface BehaviorResult extends Omit<written.BehaviorResult, 'findings' | 'reasons'> {
  findings: Finding[];
  reasons?: { reason: UntestedReason; attempt: AttemptRef; events: number[] }[];
}

/** A run's result, from which all reports are rendered; its schema is schemas/result.schema.json. */
export interface Result extends Omit<written.Result, 'causes' | 'behaviors' | 'contracts'> {
  causes: Cause[];
  behaviors: BehaviorResult[];
  contracts: ContractResult[];
}

/** A waiver that has expired, or whose behaviour passes. */
export type DeadWaiver = NonNullable<Result['deadWaivers']>[number];

export interface Judging extends Pick<RunOptions, 'gate' | 'allowUntested' | 'waivers'> {
  /** The wall clock, ms since 1970, which decides whether waivers have expired. */
  now: number;
  /** The fingerprint of the page behind the catalogue. */
  pageFingerprint?: string | undefined;
}

/** Judges a history and returns the result. */
export function resultOf(history: History, judging: Judging): Result {
  const end = history.events.find((event) => event.kind === 'end');
  const stopped = history.events.find((event) => event.kind === 'stopped');
  const seen = {
    header: history.header,
    judged: judge(history),
    end,
    remarks: [],
    contracts: contractsIn(history),
    durations: durationsOf(history),
    notAsked: withdrawnRemarks(history),
  };
  return resultFromVerdicts(stopped ? { ...seen, stopped } : seen, judging);
}

/** Judged behaviours and the rest of a run, from a whole history or a stream. */
export interface ResultInput {
  header: HistoryHeader;
  judged: readonly JudgedBehavior[];
  /** The end of the run; undefined: it was cut off. */
  end: RunEnd | undefined;
  /** Remarks about the run, not about a behaviour. */
  remarks: readonly string[];
  load?: LoadResult;
  /** The results of the contracts. */
  contracts?: readonly ContractResult[];
  /** The duration of each behaviour's attempts, ms. */
  durations?: ReadonlyMap<string, number>;
  stopped?: Stopped;
  /** Remarks about deviations that the edition allows. */
  notAsked?: readonly Remark[];
}

/** Derives the result from judged behaviours: waivers, gate, exit code. */
export function resultFromVerdicts(seen: ResultInput, judging: Judging): Result {
  const { header, judged, end, remarks: others, load, contracts: found = [], durations, stopped } = seen;
  const { gate, allowUntested, waivers, now, pageFingerprint } = judging;
  const catalog = catalogFor(header);
  const remarks: Remark[] = [];
  const deadWaivers: DeadWaiver[] = [];
  const weighed = judged.map((one): BehaviorResult => {
    const result = behaviorResult(
      one,
      isCounted(one.level, gate) && !one.notSelected,
      catalog.edition,
      durations?.get(one.id),
    );
    const waiver = waivers.find(({ behavior }) => behavior === one.id);
    if (!waiver) return result;
    const effect = applyWaiver(waiver, one, now);
    if (effect.dead) deadWaivers.push({ behavior: one.id, why: effect.dead });
    if (effect.remark) remarks.push(effect.remark);
    return effect.waived ? { ...result, verdict: 'waived', waiver } : result;
  });
  const behaviors = coverByWaivers(weighed, judged);
  // In a run of contracts only, the levels of their behaviours decide what counts.
  const alone = header.plan.every(({ contract, notSelected }) => contract !== undefined || notSelected === true);
  const counting = behaviors.map((one) => (alone ? { ...one, counted: isCounted(one.level, gate) } : one));
  const contracts = markCountedContracts(found, countedBehaviors(counting), waivedIn(behaviors));
  const noted = [...new Set([...(end?.remarks ?? []), ...others])];
  const environment = new Map(judged.map((one) => [one.id, one.environment]));
  const code = exitCode({
    behaviors: behaviors.map((one) => ({ ...one, environment: environment.get(one.id) === true })),
    deadWaivers: deadWaivers.length,
    contracts: { ...contractTotals(contracts), ...(alone ? { alone: contracts.filter(isVerified).length } : {}) },
    allowUntested,
    interrupted: isCutOff(end, behaviors),
    internal: judged.some((one) => one.internal === true),
    stopped: stopped !== undefined,
  });
  const { suiteVersion: version, catalogDigest, target, startedAt } = header;
  const all = new Map(judged.map((one) => [one.id, one.findings]));
  return {
    formatVersion: 2,
    suite: { name: 'invite-conformance', version, catalogDigest, ...(pageFingerprint ? { pageFingerprint } : {}) },
    edition: catalog.edition,
    target,
    startedAt,
    durationMs: Math.round(end?.at ?? 0),
    gate,
    exitCode: code,
    ...selectionOf(header, end),
    summary: summaryOf(behaviors),
    causes: causesOf(
      behaviors.map((one) => ({ ...one, findings: all.get(one.id) ?? [] })),
      contracts,
    ),
    behaviors,
    contracts,
    contradictions: catalog.contradictions.map(({ id, contradiction, reading, behaviors: ids }) => ({
      id,
      contradiction,
      reading,
      behaviors: [...ids],
    })),
    remarks: [...remarks, ...(seen.notAsked ?? []), ...noted.map(recorded)],
    ...(deadWaivers.length > 0 ? { deadWaivers } : {}),
    ...(load ? { load } : {}),
    ...(header.recording ? { recording: header.recording } : {}),
    ...(stopped ? { stopped: stoppedOf(stopped) } : {}),
  };
}

/** Whether a run ended early without a visible reason; a failure that ended it may have been waived since. */
function isCutOff(end: RunEnd | undefined, behaviors: readonly BehaviorResult[]): boolean {
  if (end?.bailed) return !behaviors.some(({ verdict, counted: does }) => verdict === 'failed' && does);
  return end?.interrupted ?? true;
}

function isVerified({ result }: ContractResult): boolean {
  return result === 'passed' || result === 'failed';
}

function stoppedOf({ cause, exchange, inFlight, seen }: Stopped): Stopped {
  return { cause, ...(exchange === undefined ? {} : { exchange }), inFlight, seen };
}

/** The most reasons of an untested behaviour in a result. */
const MAX_REASONS = 5;

/** The result of a behaviour before waivers apply. */
function behaviorResult(one: JudgedBehavior, counted: boolean, edition: Edition, durationMs?: number): BehaviorResult {
  const { id, level, verdict, statement, source, scenarios, attempts, findings, untested, inconclusive } = one;
  const waitsFor = [...new Set(one.waits.flat())];
  const once = new Map(
    untested.map(({ reason, attempt, events }) => [JSON.stringify(reason), { reason, attempt, events }]),
  );
  return {
    id,
    level,
    verdict,
    counted,
    statement,
    source: originOf(source, edition),
    scenarios,
    attempts,
    findings: findings.slice(0, MAX_FINDINGS),
    ...(verdict === 'untested' ? { reasons: [...once.values()].slice(0, MAX_REASONS) } : {}),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(inconclusive ? { inconclusive } : {}),
    ...(waitsFor.length > 0 ? { waitsFor } : {}),
  };
}

/** Waives untested behaviours that wait only for waived ones. */
function coverByWaivers(behaviors: readonly BehaviorResult[], judged: readonly JudgedBehavior[]): BehaviorResult[] {
  const waivers = new Map(behaviors.map(({ id, waiver }) => [id, waiver]));
  return behaviors.map((one, i) => {
    const waits = judged[i]?.waits ?? [];
    const reasons = waits.flat();
    const isCovered = waits.length > 0 && waits.every((list) => list.length > 0);
    if (one.verdict !== 'untested' || !isCovered || !reasons.every((id) => waivers.get(id))) return one;
    const [first] = reasons.flatMap((id) => waivers.get(id) ?? []);
    return { ...one, verdict: 'waived', waivedBy: [...new Set(reasons)], ...(first ? { waiver: first } : {}) };
  });
}

/** The ids of the behaviours that are waived. */
export function waivedIn(behaviors: readonly BehaviorResult[]): Set<string> {
  return new Set(behaviors.flatMap(({ id, verdict }) => (verdict === 'waived' ? [id] : [])));
}

/** The effect of a waiver on a behaviour. */
function applyWaiver(
  waiver: Waiver,
  one: JudgedBehavior,
  now: number,
): { waived: boolean; dead?: DeadWaiver['why']; remark?: Remark } {
  const { behavior, owner, expires } = waiver;
  if (!isLive(waiver, now)) {
    return { waived: false, dead: 'expired', remark: { code: 'waiverExpired', behavior, owner, expires } };
  }
  if (one.verdict === 'passed') {
    return { waived: false, dead: 'stale', remark: { code: 'waiverStale', behavior, owner, expires } };
  }
  // Without a failure, only inconclusive evidence is waived: nobody accepted that the behaviour could not be tried.
  if (one.verdict !== 'failed' && one.inconclusive !== true) return { waived: false };
  const remark: Remark = { code: 'waiverEnds', behavior, owner, expires };
  return { waived: true, ...(endsSoon(waiver, now) ? { remark } : {}) };
}

/** The number of behaviours per verdict. */
export function summaryOf(behaviors: readonly BehaviorResult[]): Record<Verdict, number> {
  const summary: Record<Verdict, number> = {
    passed: 0,
    failed: 0,
    waived: 0,
    untested: 0,
    notApplicable: 0,
    notSelected: 0,
  };
  for (const { verdict } of behaviors) summary[verdict] += 1;
  return summary;
}
