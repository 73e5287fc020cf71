import type { AnyFactId } from '../behaviors/behavior';
import { DELIVERY_FACTS, FACTS } from '../behaviors/facts';
import type { ContractRecord, History, StoppedRecord } from '../history/events';
import type * as written from '../schemas/generated/result';
import type { ContractReason } from '../schemas/generated/result';

/** What a contract's interaction came to, as data. Words are made of it in one place (reporters/wording/contract-text.ts). */

export type { ContractReason };

/** One thing that differs from what a contract says. */
export interface ContractMismatch extends Omit<written.ContractMismatch, 'fact'> {
  fact?: AnyFactId;
}

/** One interaction of a contract in a result. */
export interface ContractResult extends Omit<written.ContractResult, 'mismatches'> {
  mismatches: ContractMismatch[];
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
