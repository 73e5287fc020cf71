import type { HookMaker } from './hooks';

/** One way to break one documented behaviour. */
export interface Fault {
  /** behaviour id, a slash, and the defect */
  id: string;
  /** the behaviour it breaks */
  behavior: string;
  /** completes "the mock …": what it does under the fault */
  says: string;
  /** other behaviours it breaks unavoidably */
  also?: readonly string[];
  hooks: HookMaker;
}

/** A way to behave differently that also conforms. */
export interface Variant {
  id: string;
  /** completes "the mock …": what it does under the variant */
  says: string;
  /** whether a bot has to ask for it, as with `isDeltaRosterEnabled` */
  optsIn?: true;
  hooks: HookMaker;
}

/**
 * Records a fault.
 * @param id behaviour id, a slash, and the defect
 * @param also other behaviours it breaks unavoidably
 */
export function fault(id: string, says: string, hooks: HookMaker, also: readonly string[] = []): Fault {
  const [behavior = ''] = id.split('/');
  const others = [...new Set(also)].filter((other) => other !== behavior);
  return others.length === 0 ? { id, behavior, says, hooks } : { id, behavior, says, also: others, hooks };
}

/** Records a variant. */
export function variant(id: string, says: string, hooks: HookMaker): Variant {
  return { id, says, hooks };
}
