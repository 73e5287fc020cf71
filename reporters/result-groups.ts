import { addTo } from '../common/lists';
import type { Cause } from '../verdicts/causes';
import { JUDGED_VERDICTS } from '../verdicts/gate';
import type { UntestedReason } from '../verdicts/untested-reason';
import type { BehaviorResult, ContractReason, ContractResult, Result } from '../verdicts/result';

/** Behaviours by verdict, in the order of interest. */
export interface SortedBehaviors {
  /** Failed, and counted at the gate. */
  failed: BehaviorResult[];
  /** Failed, and not counted at the gate. */
  failedUncounted: BehaviorResult[];
  waived: BehaviorResult[];
  untested: BehaviorResult[];
}

/** The behaviours that a run was to judge: all except those that were not selected or that a load run does not try. */
export function behaviorsTried({ behaviors }: Pick<Result, 'behaviors'>): BehaviorResult[] {
  return behaviors.filter(({ verdict }) => verdict !== 'notSelected');
}

/** Sorts the behaviours that did not pass; leaves out those that were not selected. */
export function sortedBehaviors(result: Result): SortedBehaviors {
  const behaviors = behaviorsTried(result);
  const failed = behaviors.filter(({ verdict }) => verdict === 'failed');
  return {
    failed: failed.filter(({ counted }) => counted),
    failedUncounted: failed.filter(({ counted }) => !counted),
    waived: behaviors.filter(({ verdict }) => verdict === 'waived'),
    untested: behaviors.filter(({ verdict }) => verdict === 'untested'),
  };
}

/** Interactions of contracts by result, in the order of interest. */
export interface SortedContracts {
  /** Failed, and counted at the gate. */
  failed: ContractResult[];
  /** Failed, and not counted at the gate. */
  failedUncounted: ContractResult[];
  /** Failed because of behaviours that are waived. */
  waived: ContractResult[];
  untested: ContractResult[];
}

/** Sorts the interactions that did not pass. */
export function sortedContracts({ contracts }: Pick<Result, 'contracts'>): SortedContracts {
  const failed = contracts.filter(({ result }) => result === 'failed');
  const open = failed.filter(({ waivedBy }) => waivedBy === undefined);
  return {
    failed: open.filter(({ counted }) => counted !== false),
    failedUncounted: open.filter(({ counted }) => counted === false),
    waived: failed.filter(({ waivedBy }) => waivedBy !== undefined),
    untested: contracts.filter(({ result }) => result === 'untested'),
  };
}

/** Behaviours and contracts that failed for one reason, with the consequences. */
export interface ReportedCause {
  /** Absent if only contracts failed, or the result has no finding. */
  cause?: Cause;
  /** Its failed behaviours; the first one is the one that reports name first. */
  behaviors: BehaviorResult[];
  contracts: ContractResult[];
  notChecked: BehaviorResult[];
  /** Contracts that could not be verified because of it. */
  notVerified: ContractResult[];
  /** Whether the gate counts any of it. */
  counted: boolean;
}

/** All causes of failures: those of the result, then contracts that failed alone; counted ones first. */
export function reportedCauses(result: Pick<Result, 'behaviors' | 'contracts' | 'causes'>): ReportedCause[] {
  const byId = new Map(result.behaviors.map((one) => [one.id, one]));
  const named = (ids: readonly string[]): BehaviorResult[] => ids.flatMap((id) => byId.get(id) ?? []);
  const { failed, failedUncounted, untested } = sortedContracts(result);
  const broken = [...failed, ...failedUncounted];
  const explained = result.causes.map((cause): ReportedCause => {
    const contracts = broken.filter(({ interaction }) => cause.contracts.includes(interaction));
    const covered = new Set([...cause.behaviors, ...cause.notChecked]);
    const notVerified = untested.filter((one) => followsFrom(one, covered));
    const notChecked = named(cause.notChecked);
    return weightOf({ cause, behaviors: named(cause.behaviors), contracts, notChecked, notVerified });
  });
  const within = new Set(explained.flatMap(({ behaviors }) => behaviors.map(({ id }) => id)));
  const without = result.behaviors
    .filter(({ verdict, id }) => verdict === 'failed' && !within.has(id))
    .map((one) => weightOf({ behaviors: [one], contracts: [], notChecked: [], notVerified: [] }));
  const caught = new Set(explained.flatMap(({ contracts }) => contracts));
  const alone = groupedBy(
    broken.filter((one) => !caught.has(one)),
    kindOfMismatches,
  ).map((contracts) => weightOf({ behaviors: [], contracts, notChecked: [], notVerified: [] }));
  const all = [...explained, ...without, ...alone];
  return [...all.filter(({ counted }) => counted), ...all.filter(({ counted }) => !counted)];
}

/** Whether an unverified contract covers only behaviours that a cause leaves untested. */
function followsFrom({ behaviors, reason }: ContractResult, covered: ReadonlySet<string>): boolean {
  const own = reason?.why === 'environment' || reason?.why === 'interrupted' || reason?.why === 'stopped';
  return !own && behaviors.length > 0 && behaviors.every((id) => covered.has(id));
}

function weightOf(one: Omit<ReportedCause, 'counted'>): ReportedCause {
  const counted =
    one.behaviors.some((behavior) => behavior.counted) || one.contracts.some((contract) => contract.counted !== false);
  return { ...one, counted };
}

/** Groups items by a key, in order of appearance. */
export function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) addTo(groups, keyOf(one), one);
  return [...groups.values()];
}

/** Behaviours that are untested for the same reasons, none of which is a reported failure. */
export interface UntestedGroup {
  reasons: UntestedReason[];
  behaviors: BehaviorResult[];
  /** The failed or waived behaviours that they wait for. */
  waitsFor: string[];
  /** Contracts that lack the same. */
  contracts: ContractResult[];
}

/** Untested behaviours that belong to no cause, grouped by reason. */
export function untestedWithoutCause(result: Result): UntestedGroup[] {
  const listed = new Set(reportedCauses(result).flatMap(({ notChecked }) => notChecked));
  const alone = sortedBehaviors(result).untested.filter(
    (one) => !listed.has(one) && !isOver(result, one.reasons?.[0]?.reason),
  );
  const reasonsOf = ({ reasons = [] }: BehaviorResult): UntestedReason[] => reasons.map(({ reason }) => reason);
  const contracts = contractsWithoutCause(result);
  return groupedBy(alone, (one) => JSON.stringify([reasonsOf(one), one.waitsFor])).flatMap((behaviors) => {
    const [first] = behaviors;
    if (!first) return [];
    const reasons = reasonsOf(first);
    const lacking = reasons.length === 1 ? contracts.filter(({ reason }) => lacksTheSame(reason, reasons[0])) : [];
    return [{ reasons, behaviors, waitsFor: first.waitsFor ?? [], contracts: lacking }];
  });
}

/** Whether a contract was not verified because of something that an attempt lacked too. */
function lacksTheSame(reason: ContractReason | undefined, other: UntestedReason | undefined): boolean {
  if (reason?.why !== 'notProvided' || other?.why !== 'notProvided') return false;
  return reason.missing === other.missing && reason.advice === other.advice;
}

/** Identifies the kind of mismatches, without values that differ in each interaction. */
function kindOfMismatches({ mismatches }: ContractResult): string {
  return JSON.stringify(
    mismatches.map(({ part, path, fact, observed }) => [
      part,
      path,
      fact,
      observed?.is === 'answer' ? observed.status : observed?.is,
    ]),
  );
}

/** Unverified interactions that belong to no cause; a stopped run is reported once. */
function contractsWithoutCause(result: Result): ContractResult[] {
  const listed = new Set(reportedCauses(result).flatMap(({ notVerified }) => notVerified));
  return sortedContracts(result).untested.filter((one) => !listed.has(one) && !isOver(result, one.reason));
}

/** Unverified interactions whose reason neither a cause nor a behaviour has, grouped by reason. */
export function untestedContracts(result: Result): ContractResult[][] {
  const listed = new Set(untestedWithoutCause(result).flatMap(({ contracts }) => contracts));
  const alone = contractsWithoutCause(result).filter((one) => !listed.has(one));
  return groupedBy(alone, ({ reason }) => JSON.stringify(reason ?? null));
}

/** Whether a reason only repeats that the run stopped or was interrupted, which the result reports separately. */
function isOver({ stopped, exitCode }: Result, reason: UntestedReason | ContractReason | undefined): boolean {
  return (stopped !== undefined && reason?.why === 'stopped') || (exitCode === 130 && reason?.why === 'interrupted');
}

/** The contradictions whose reading affected a verdict of this run. */
export function contradictionsMet({ behaviors, contradictions }: Result): Result['contradictions'] {
  const judged = new Set(behaviors.filter(({ verdict }) => JUDGED_VERDICTS.includes(verdict)).map(({ id }) => id));
  return contradictions.filter((one) => one.behaviors.some((id) => judged.has(id)));
}
