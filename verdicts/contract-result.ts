import type { AnyFactId } from '../behaviors/behavior';
import { DELIVERY_FACTS, FACTS } from '../behaviors/facts';
import type { AttemptRef, Place, Value } from '../behaviors/finding';
import type { ContractRecord, History, StoppedRecord } from '../history/events';

/** What a contract's interaction came to, as data. Words are made of it in one place (reporters/wording/contracts.ts). */

/** Why an interaction was not verified. */
export type ContractReason =
  /** The run was interrupted before it ended. */
  | { why: 'interrupted' }
  /** The target was gone, or took the valid token no more; or this machine ran out of files or ports. */
  | { why: 'stopped' }
  /** It asks for something that can't be verified. @property problem what, as it was told */
  | { why: 'unverifiable'; problem: string }
  /** It is neither an HTTP interaction nor a notification of a known kind. */
  | { why: 'unknownKind' }
  /** @property layer what did not hold, such as `connect` */
  | { why: 'environment'; layer: string; missing: string; advice: string }
  /** The config declares a capability absent. */
  | { why: 'capabilityAbsent'; missing: string }
  /** Something that it needs could not be had. */
  | { why: 'notProvided'; missing: string; advice: string }
  /** Pact's Verifier did not say whether it holds. @property said what it said instead */
  | { why: 'unclear'; said: string };

/** One thing that differs from what a contract says. */
export interface ContractMismatch {
  /**
   * `bodyType`: the body can't be read as JSON; `notification`: none came that the contract is about; `path`: the contract
   * names a call of its own in its path; `other`: something that the Verifier names no place for.
   */
  part: 'status' | 'header' | 'body' | 'bodyType' | 'metadata' | 'notification' | 'path' | 'other';
  /** With a body a JSON path, with `header` and `metadata` the name. */
  path?: string;
  /** What the suite compared itself, as the Verifier compares nothing with it; where that is a fact of behaviours. */
  fact?: AnyFactId;
  /** What the contract gives as an example, or what was expected. */
  expected?: Value;
  observed?: Value;
  /** What Pact's Verifier says of it, in its own words: a rule is broken, and the example alone does not tell it. */
  message?: string;
  /** Where it is seen; absent: at no event. */
  at?: Place[];
  /** With `status`, where more is known of it: the request that was answered so. */
  request?: { method: string; url: string };
}

/** One interaction of a contract in a result. */
export interface ContractResult {
  interaction: string;
  /** The bot whose contract it is, where it is not the project's own. */
  consumer?: string;
  result: 'passed' | 'failed' | 'untested' | 'notApplicable';
  /** Its bot or the broker marks it as pending: no gate counts it. */
  pending?: true;
  /** Untested for want of something in the environment. */
  environment?: true;
  behaviors: string[];
  /** Of what failed: what differs. */
  mismatches: ContractMismatch[];
  /** Of what is untested or not applicable: why. */
  reason?: ContractReason;
  /** Whether the gate counts it; absent before that is settled. */
  counted?: boolean;
  /** The waived behaviours that it failed for, where it failed for nothing else. */
  waivedBy?: string[];
  /** The attempt by which it was verified; absent in results of earlier versions. */
  attempt?: AttemptRef;
}

/** Whether a fact is one that this version knows: a history may be another's. */
function isFact(fact: string | undefined): fact is AnyFactId {
  return fact !== undefined && (Object.hasOwn(FACTS, fact) || Object.hasOwn(DELIVERY_FACTS, fact));
}

function mismatchIn({ fact, ...mismatch }: ContractRecord['mismatches'][number]): ContractMismatch {
  return isFact(fact) ? { ...mismatch, fact } : mismatch;
}

/** A failure, or what could not be run, may have come of the end of the target alone. */
function endedWith(stopped: StoppedRecord | undefined, { result, at }: ContractRecord): boolean {
  return stopped !== undefined && at >= stopped.since && (result === 'failed' || result === 'untested');
}

/** What the contracts of a run came to, a result an interaction that was to be verified, in their order. */
export function contractsIn({ header, events }: History): ContractResult[] {
  const stopped = events.find((event) => event.kind === 'stopped');
  const said = new Map(events.flatMap((event) => (event.kind === 'contract' ? [[event.attempt, event]] : [])));
  return header.plan.flatMap(({ scenario, attempt: name, contract }): ContractResult[] => {
    if (!contract) return [];
    const record = said.get(name);
    const cut = record === undefined || endedWith(stopped, record);
    const reason = cut ? { why: stopped ? ('stopped' as const) : ('interrupted' as const) } : record.reason;
    const { invitation, call } = record ?? {};
    return [
      {
        ...contract,
        result: cut ? 'untested' : record.result,
        behaviors: cut ? contract.behaviors : record.behaviors,
        mismatches: cut ? [] : record.mismatches.map(mismatchIn),
        ...(reason ? { reason } : {}),
        ...(!cut && record.environment ? { environment: true as const } : {}),
        attempt: {
          scenario,
          name,
          ...(invitation === undefined ? {} : { invitation }),
          ...(call === undefined ? {} : { call }),
        },
      },
    ];
  });
}
