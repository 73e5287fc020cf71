import type { AnyFactId } from '../behaviors/behavior';
import type { Value } from '../behaviors/finding';
import { isObject } from '../history/values';

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
}

/** What version 0.1 kept of an interaction: sentences in place of mismatches and reasons. */
type Kept = Omit<ContractResult, 'mismatches'> & { mismatches: readonly (ContractMismatch | string)[] };

/** A contract's result as it is kept today, also of one that version 0.1 kept; other values are given back as they are. */
export function currentContract(kept: unknown): unknown {
  if (!isObject(kept) || !Array.isArray(kept['mismatches'])) return kept;
  const { mismatches, ...one } = kept as unknown as Kept;
  const said = mismatches.filter((mismatch) => typeof mismatch === 'string');
  if (said.length === 0 || said.length < mismatches.length) return kept;
  const failed = one.result === 'failed';
  return {
    ...one,
    mismatches: failed ? said.map((message): ContractMismatch => ({ part: 'other', message })) : [],
    ...(failed ? {} : { reason: { why: 'unclear', said: said.join('; ') } satisfies ContractReason }),
  };
}
