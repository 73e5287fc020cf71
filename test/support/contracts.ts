import type { ContractRecord, History, PlannedContract } from '../../history/events';

type Said = Partial<Omit<ContractRecord, 'kind' | 'n' | 'scenario' | 'attempt'>>;

/** A history with a verified interaction. @param said its result; default: passed */
export function withContract({ header, events }: History, contract: PlannedContract, said: Said = {}): History {
  const attempt = `interaction-${header.plan.length}`;
  const plan = [...header.plan, { scenario: 'contracts', attempt, tries: [], contract }];
  const { behaviors } = contract;
  const record: ContractRecord = {
    kind: 'contract',
    n: events.length + 1,
    scenario: 'contracts',
    attempt,
    at: 1,
    result: 'passed',
    behaviors,
    mismatches: [],
    ...said,
  };
  return { header: { ...header, plan }, events: [...events, record] };
}

/** A history in which an interaction was planned, and cut off before its verification. */
export function withoutVerdict(history: History, contract: PlannedContract): History {
  const { header } = withContract(history, contract);
  return { header, events: history.events };
}
