import { BEHAVIOR_IDS } from '../behaviors/catalog';
import type { HistoryHeader, RunEnd } from '../history/events';
import type { Result } from '../schemas/generated/result';

/** What a run was asked to judge, if not everything. */
export type Selection = NonNullable<Result['selection']>;

/** The selection in a run's plan, and whether the run ended at a failure. */
export function selectionOf({ plan }: HistoryHeader, end: RunEnd | undefined): { selection?: Selection } {
  const leftOut = plan.some(({ notSelected }) => notSelected === true);
  const scenarios = plan.flatMap(({ notSelected, contract, scenario }) => (notSelected || contract ? [] : [scenario]));
  const asked = plan.some((attempt) => attempt.asked !== undefined);
  const behaviors = BEHAVIOR_IDS.filter((id) => plan.some((attempt) => attempt.asked?.includes(id)));
  const absent = [...new Set(plan.flatMap(({ withoutCapability }) => withoutCapability ?? []))];
  const selection = {
    ...(leftOut ? { scenarios: [...new Set(scenarios)] } : {}),
    ...(asked ? { behaviors } : {}),
    ...(end?.bailed ? { bailed: true as const } : {}),
    ...(absent.length > 0 ? { absent } : {}),
  };
  return Object.keys(selection).length > 0 ? { selection } : {};
}
