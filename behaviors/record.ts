import { EDITIONS, type Edition, type LaterEdition } from './edition';
import type { DeliveryFactId, FactId } from './facts';
import type { Need } from './needs';

/** The source of a behaviour: the page's prose or a table; only its examples; a linked page. */
export type Level = 'stated' | 'shown' | 'linked';

export const LEVELS: readonly Level[] = ['stated', 'shown', 'linked'];

/** The source of a behaviour: lines of the page, a section if the lines are unknown, a linked page, or the published metadata. */
export type Source =
  { lines: readonly number[]; linked?: string } | { section: string; linked?: string } | { linked: string };

/** Selects the invitations that a behaviour applies to, from those that try it. */
export type Selection = 'all' | 'refusals' | 'refusedAtOnce' | 'failing';

/** A behaviour in a later edition: its source, and what differs. Absent members are as before. */
export interface InEdition extends Partial<Pick<BehaviorRecord, 'level' | 'statement' | 'needs' | 'facts'>> {
  source: Source;
  /** The difference from the previous edition, in words; absent if there is none. */
  differs?: string;
}

/** Why a behaviour does not hold in an edition. */
export interface NotInEdition {
  absent: string;
  /** True if a deviation still becomes a remark, which changes no verdict. */
  remarked?: true;
}

/** A behaviour as data: facts, and a selection of the invitations that try it. */
export interface BehaviorRecord {
  /** The edition that introduces it, which is also that of `source`; default: the first. */
  since?: LaterEdition;
  /** Changes in later editions; without an entry, a behaviour from a linked page holds unchanged. */
  later?: Partial<Record<LaterEdition, InEdition | NotInEdition>>;
  level: Level;
  /** The requirement, in our words. */
  statement: string;
  source: Source;
  /** Default: all. */
  over?: Selection;
  /** Needs in addition to those of the facts. */
  needs?: readonly Need[];
  /** Default: the fact with the behaviour's own id. */
  facts?: readonly FactId[];
  /** For concurrent invitations: reports a value of another invitation even if plain invitations show the same. */
  together?: true;
  /** For behaviours of a run as a whole: the ids of its operations. */
  across?: 'operationIds';
}

/** Keeps the ids of an area's records as a type. */
export function records<const T extends Record<string, BehaviorRecord>>(area: T): T {
  return area;
}

/** An invitation that must be accepted: a 2xx, and no announced failure. */
export const ACCEPTED_FACTS: readonly FactId[] = ['invitation.accepted', 'invitation.carried-out'];

/** An invitation that must be refused, at once or, if allowed, later; none of its invitees joins. */
export const REFUSED_FACTS: readonly FactId[] = ['invitation.refused', 'invitation.nobody-joins'];

/** Facts of concurrent invitations, in reporting order. */
export const CONCURRENT_FACTS: readonly FactId[] = [
  'completion.arrives',
  'completion.operation-id',
  'completion.client-context',
  'completion.participants',
  'completion.names-operation',
  'completion.status',
  'completion.once',
  'ordering.response-first',
  'ordering.completion-before-roster',
];

export type { DeliveryFactId, FactId };

/** Whether an edition without a behaviour reports deviations from it as remarks. */
export function isRemarkedIn({ later }: BehaviorRecord, edition: Edition): boolean {
  const inEdition = edition === EDITIONS[0] ? undefined : later?.[edition];
  return inEdition !== undefined && 'absent' in inEdition && inEdition.remarked === true;
}

/** The record of a behaviour in an edition; undefined if it does not hold there. */
export function recordIn({ later, ...record }: BehaviorRecord, edition: Edition): BehaviorRecord | undefined {
  let said: BehaviorRecord | undefined;
  for (const one of EDITIONS.slice(0, EDITIONS.indexOf(edition) + 1)) {
    if (one === (record.since ?? EDITIONS[0])) said = record;
    const changed = one === EDITIONS[0] ? undefined : later?.[one];
    if (changed && 'absent' in changed) said = undefined;
    else if (changed && said) {
      const { differs: _differs, ...rest } = changed;
      said = { ...said, ...rest };
    }
  }
  return said;
}
