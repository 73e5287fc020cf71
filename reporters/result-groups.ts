import { addTo } from '../common/lists';
import type { Cause } from '../verdicts/causes';
import { JUDGED_VERDICTS } from '../verdicts/gate';
import type { UntestedReason } from '../verdicts/untested-reason';
import type { BehaviorResult, ContractReason, ContractResult, Result } from '../verdicts/result';

/** Behaviours by what a reader wants to know first. */
export interface SortedBehaviors {
  /** Failed, and the gate counts them. */
  failed: BehaviorResult[];
  /** Failed, and the gate does not count them. */
  failedUncounted: BehaviorResult[];
  waived: BehaviorResult[];
  untested: BehaviorResult[];
}

/** The behaviours that a run was to judge: all, but for what was not selected and what a load run does not try. */
export function behaviorsTried({ behaviors }: Pick<Result, 'behaviors'>): BehaviorResult[] {
  return behaviors.filter(({ verdict }) => verdict !== 'notSelected');
}

/** Puts the behaviours that did not pass in order; what was not selected is left out. */
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

/** Interactions of contracts by what a reader wants to know first. */
export interface SortedContracts {
  /** Failed, and the gate counts them. */
  failed: ContractResult[];
  /** Failed, and the gate does not count them. */
  failedUncounted: ContractResult[];
  /** Failed for behaviours that are waived. */
  waived: ContractResult[];
  untested: ContractResult[];
}

/** Puts the interactions that did not pass in order. */
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

/** Behaviours and contracts that failed for one reason, with what follows from it. */
export interface ReportedCause {
  /** None where contracts failed alone, or no finding was kept. */
  cause?: Cause;
  /** Its failed behaviours; the one that the report names first comes first. */
  behaviors: BehaviorResult[];
  contracts: ContractResult[];
  notChecked: BehaviorResult[];
  /** Contracts that could not be verified because of it. */
  notVerified: ContractResult[];
  /** Whether the gate counts anything of it. */
  counted: boolean;
}

/** The causes of all that failed: those of the result, then contracts that failed alone; those that count come first. */
export function reportedCauses(result: Pick<Result, 'behaviors' | 'contracts' | 'causes'>): ReportedCause[] {
  const byId = new Map(result.behaviors.map((one) => [one.id, one]));
  const named = (ids: readonly string[]): BehaviorResult[] => ids.flatMap((id) => byId.get(id) ?? []);
  const { failed, failedUncounted, untested } = sortedContracts(result);
  const broken = [...failed, ...failedUncounted];
  const told = result.causes.map((cause): ReportedCause => {
    const contracts = broken.filter(({ interaction }) => cause.contracts.includes(interaction));
    const touched = new Set([...cause.behaviors, ...cause.notChecked]);
    const notVerified = untested.filter((one) => followsFrom(one, touched));
    const notChecked = named(cause.notChecked);
    return weightOf({ cause, behaviors: named(cause.behaviors), contracts, notChecked, notVerified });
  });
  const within = new Set(told.flatMap(({ behaviors }) => behaviors.map(({ id }) => id)));
  const without = result.behaviors
    .filter(({ verdict, id }) => verdict === 'failed' && !within.has(id))
    .map((one) => weightOf({ behaviors: [one], contracts: [], notChecked: [], notVerified: [] }));
  const caught = new Set(told.flatMap(({ contracts }) => contracts));
  const alone = groupedBy(
    broken.filter((one) => !caught.has(one)),
    kindOfMismatches,
  ).map((contracts) => weightOf({ behaviors: [], contracts, notChecked: [], notVerified: [] }));
  const all = [...told, ...without, ...alone];
  return [...all.filter(({ counted }) => counted), ...all.filter(({ counted }) => !counted)];
}

/** Whether a contract that was not verified is about nothing but what a cause leaves unknown. */
function followsFrom({ behaviors, reason }: ContractResult, touched: ReadonlySet<string>): boolean {
  const own = reason?.why === 'environment' || reason?.why === 'interrupted' || reason?.why === 'stopped';
  return !own && behaviors.length > 0 && behaviors.every((id) => touched.has(id));
}

function weightOf(one: Omit<ReportedCause, 'counted'>): ReportedCause {
  const counted =
    one.behaviors.some((behavior) => behavior.counted) || one.contracts.some((contract) => contract.counted !== false);
  return { ...one, counted };
}

/** Groups by a key, in the order in which they come. */
export function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) addTo(groups, keyOf(one), one);
  return [...groups.values()];
}

/** Behaviours that are untested for the same reasons, without a reported failure among them. */
export interface UntestedGroup {
  reasons: UntestedReason[];
  behaviors: BehaviorResult[];
  /** The behaviours that they wait for: failed, and waived. */
  waitsFor: string[];
  /** Contracts that lack the same. */
  contracts: ContractResult[];
}

/** What is untested and hangs under no cause, by the reasons. */
export function untestedWithoutCause(result: Result): UntestedGroup[] {
  const told = new Set(reportedCauses(result).flatMap(({ notChecked }) => notChecked));
  const alone = sortedBehaviors(result).untested.filter(
    (one) => !told.has(one) && !isOver(result, one.reasons?.[0]?.reason),
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

/** Whether a contract was not verified for want of what an attempt lacked too. */
function lacksTheSame(reason: ContractReason | undefined, other: UntestedReason | undefined): boolean {
  if (reason?.why !== 'notProvided' || other?.why !== 'notProvided') return false;
  return reason.missing === other.missing && reason.advice === other.advice;
}

/** What differs, without what is another value in each interaction. */
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

/** Interactions that could not be verified and hang under no cause; a stopped run is reported once. */
function contractsWithoutCause(result: Result): ContractResult[] {
  const told = new Set(reportedCauses(result).flatMap(({ notVerified }) => notVerified));
  return sortedContracts(result).untested.filter((one) => !told.has(one) && !isOver(result, one.reason));
}

/** Interactions that could not be verified for a reason that neither a cause nor a behaviour has, by the reason. */
export function untestedContracts(result: Result): ContractResult[][] {
  const told = new Set(untestedWithoutCause(result).flatMap(({ contracts }) => contracts));
  const alone = contractsWithoutCause(result).filter((one) => !told.has(one));
  return groupedBy(alone, ({ reason }) => JSON.stringify(reason ?? null));
}

/** Whether a reason says no more than that the run stopped or was interrupted, where the result tells that by itself. */
function isOver({ stopped, exitCode }: Result, reason: UntestedReason | ContractReason | undefined): boolean {
  return (stopped !== undefined && reason?.why === 'stopped') || (exitCode === 130 && reason?.why === 'interrupted');
}

/** The contradictions of the page whose reading decided something in this run. */
export function contradictionsMet({ behaviors, contradictions }: Result): Result['contradictions'] {
  const judged = new Set(behaviors.filter(({ verdict }) => JUDGED_VERDICTS.includes(verdict)).map(({ id }) => id));
  return contradictions.filter((one) => one.behaviors.some((id) => judged.has(id)));
}
