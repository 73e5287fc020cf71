import type { AnyFactId } from '../behaviors/behavior';
import { DELIVERY_FACTS, FACTS } from '../behaviors/facts';
import type { ContractRecord, History, StoppedRecord } from '../history/events';
import type * as written from '../schemas/generated/result';
import type { ContractReason } from '../schemas/generated/result';

/** The result of a contract's interaction as data; reporters/wording/contract-text.ts turns it into sentences. */

export type { ContractReason };

/** A difference from a contract. */
export interface ContractMismatch extends Omit<written.ContractMismatch, 'fact'> {
  fact?: AnyFactId;
}

/** A contract's interaction in a result. */
export interface ContractResult extends Omit<written.ContractResult, 'mismatches'> {
  mismatches: ContractMismatch[];
}

/** Whether this version knows a fact: another version may have written the history. */
function isFact(fact: string | undefined): fact is AnyFactId {
  return fact !== undefined && (Object.hasOwn(FACTS, fact) || Object.hasOwn(DELIVERY_FACTS, fact));
}

function mismatchIn({ fact, ...mismatch }: ContractRecord['mismatches'][number]): ContractMismatch {
  return isFact(fact) ? { ...mismatch, fact } : mismatch;
}

/** Whether a result may be a consequence of the target's end: a failure, or an interaction that could not run. */
function endedWith(stopped: StoppedRecord | undefined, { result, at }: ContractRecord): boolean {
  return stopped !== undefined && at >= stopped.since && (result === 'failed' || result === 'untested');
}

/** The results of a run's contract interactions, in the order of the plan. */
export function contractsIn({ header, events }: History): ContractResult[] {
  const stopped = events.find((event) => event.kind === 'stopped');
  const recordByAttempt = new Map(
    events.flatMap((event) => (event.kind === 'contract' ? [[event.attempt, event]] : [])),
  );
  return header.plan.flatMap(({ scenario, attempt: name, contract }): ContractResult[] => {
    if (!contract) return [];
    const record = recordByAttempt.get(name);
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
