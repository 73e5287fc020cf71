import { EDITIONS, type Edition, type LaterEdition } from './edition';
import type { DeliveryFactId, FactId } from './facts';
import type { Need } from './needs';

/** How strong the evidence is: the page's prose or a table says it; only its examples show it; a page it links to says it. */
export type Level = 'stated' | 'shown' | 'linked';

export const LEVELS: readonly Level[] = ['stated', 'shown', 'linked'];

/**
 * Where a behaviour comes from: lines of the page, or a section of it where its lines are not known, or a page that it
 * links to, or the published metadata.
 */
export type Source =
  { lines: readonly number[]; linked?: string } | { section: string; linked?: string } | { linked: string };

/** Selects, from the invitations that test a behaviour, those that the behaviour applies to. */
export type Selection = 'all' | 'refusals' | 'refusedAtOnce' | 'failing';

/** What a later edition says of a behaviour: where, and what is another there. Whatever it leaves out is as before. */
export interface InEdition extends Partial<Pick<BehaviorRecord, 'level' | 'statement' | 'needs' | 'facts'>> {
  source: Source;
  /** How it differs from the edition before, in words; where it says the same, nothing. */
  differs?: string;
}

/** That a behaviour does not hold in an edition, and what became of it. */
export interface NotInEdition {
  absent: string;
  /** True if a deviation from it still becomes a remark, which changes no verdict. */
  remarked?: true;
}

/** What a behaviour says, as data: facts over a selection of the invitations that try it. */
export interface BehaviorRecord {
  /** The edition that it is new in; default: the first. `source` is that edition's. */
  since?: LaterEdition;
  /** What later editions say; where one is left out, what stands in a linked page stands there still. */
  later?: Partial<Record<LaterEdition, InEdition | NotInEdition>>;
  level: Level;
  /** What must hold, in our words. */
  statement: string;
  source: Source;
  /** Default: all. */
  over?: Selection;
  /** What an invitation must show beside what the facts need themselves. */
  needs?: readonly Need[];
  /** Default: the fact with the behaviour's own id. */
  facts?: readonly FactId[];
  /** For concurrent invitations: reports a value of another invitation even if plain invitations show the same. */
  together?: true;
  /** Of what only a run as a whole shows: the ids of its operations. */
  across?: 'operationIds';
}

/** Keeps the ids of an area's records as a type. */
export function records<const T extends Record<string, BehaviorRecord>>(area: T): T {
  return area;
}

/** An invitation that must be taken: accepted, and not announced as failed. */
export const ACCEPTED_FACTS: readonly FactId[] = ['invitation.accepted', 'invitation.carried-out'];

/** An invitation that must be refused, at once or, where it may, later; nobody whom it names joins. */
export const REFUSED_FACTS: readonly FactId[] = ['invitation.refused', 'invitation.nobody-joins'];

/** What can go wrong with concurrent invitations, in the order in which it is reported. */
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

/** Whether an edition in which a behaviour does not hold has a remark for what deviates from it. */
export function isRemarkedIn({ later }: BehaviorRecord, edition: Edition): boolean {
  const inEdition = edition === EDITIONS[0] ? undefined : later?.[edition];
  return inEdition !== undefined && 'absent' in inEdition && inEdition.remarked === true;
}

/** What a record says in an edition; undefined where the behaviour does not hold there. */
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
