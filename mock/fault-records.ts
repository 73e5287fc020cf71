import type { HookMaker } from './hooks';

/** One way to break one documented behaviour. */
export interface Fault {
  /** behaviour id, a slash, and what is wrong */
  id: string;
  /** the behaviour it breaks */
  behavior: string;
  /** what is wrong, in words */
  says: string;
  /** other behaviours it breaks unavoidably */
  also?: readonly string[];
  hooks: HookMaker;
}

/** One conforming way to differ from what the mock does otherwise. */
export interface Variant {
  id: string;
  /** what is different, in words */
  says: string;
  /** whether it is what a bot asked for, as by `isDeltaRosterEnabled` */
  optsIn?: true;
  hooks: HookMaker;
}

/**
 * Records a fault.
 * @param id behaviour id, a slash, and what is wrong
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
