import { MOCK_EDITIONS, since, type MockEdition } from './edition';
import { authorizationFaults } from './faults/authorization';
import { completionFaults } from './faults/completion';
import { concurrencyFaults } from './faults/concurrency';
import { contextFaults } from './faults/contexts';
import { credentialFaults } from './faults/credentials';
import { echoFaults } from './faults/echoes';
import { failureFaults } from './faults/failure';
import { interplayFaults } from './faults/interplay';
import { lookupFaults } from './faults/lookups';
import { moveFaults } from './faults/move';
import { multipleFaults } from './faults/multiple';
import { notificationFaults } from './faults/notification';
import { orderGapFaults } from './faults/order-gaps';
import { orderingFaults } from './faults/ordering';
import { peerCallFaults } from './faults/peer-calls';
import { phoneNumberFaults } from './faults/phone-numbers';
import { pstnFaults } from './faults/pstn';
import { readingFaults } from './faults/readings';
import { refusalFaults } from './faults/refusal';
import { replaceFaults } from './faults/replace';
import { requestFaults } from './faults/request';
import { responseFaults } from './faults/response';
import { rosterFaults } from './faults/roster';
import { nearestName } from '../common/nearest-name';
import type { Fault, Variant } from './fault-records';
import { answerVariants } from './variants/answer';
import { variantsOf2025 } from './variants/edition-2025';
import { bodyVariants } from './variants/body';
import { deliveryVariants } from './variants/delivery';
import { refusalVariants } from './variants/refusal';
import { rosterVariants } from './variants/roster';

/** All faults of the first edition, in the order of the behaviours they break. */
export const FAULTS: readonly Fault[] = [
  ...requestFaults,
  ...readingFaults,
  ...lookupFaults,
  ...authorizationFaults,
  ...credentialFaults,
  ...refusalFaults,
  ...responseFaults,
  ...echoFaults,
  ...contextFaults,
  ...notificationFaults,
  ...completionFaults,
  ...rosterFaults,
  ...multipleFaults,
  ...replaceFaults,
  ...pstnFaults,
  ...orderingFaults,
  ...orderGapFaults,
  ...concurrencyFaults,
  ...failureFaults,
];

const VARIANTS_BY_AREA: readonly (readonly [area: string, variants: readonly Variant[]])[] = [
  ['answers', answerVariants],
  ['bodies', bodyVariants],
  ['refusals', refusalVariants],
  ['notifications', deliveryVariants],
  ['rosters', rosterVariants],
];

/** All variants of the first edition. */
export const VARIANTS: readonly Variant[] = VARIANTS_BY_AREA.flatMap(([, variants]) => variants);

/** Faults and variants. */
export interface Records {
  faults: readonly Fault[];
  variants: readonly Variant[];
}

/** The faults and variants that each edition adds to those of the editions before it. */
const ADDED: Readonly<Record<MockEdition, Records>> = {
  '2021-02-16': { faults: FAULTS, variants: VARIANTS },
  '2025-07-23': {
    faults: [...peerCallFaults, ...phoneNumberFaults, ...moveFaults, ...interplayFaults],
    variants: variantsOf2025,
  },
};

/** The faults and variants that an edition adds; for the first edition, all of them. */
export function addedIn(edition: MockEdition): Records {
  return ADDED[edition];
}

/** The faults and variants available to a mock of an edition. */
function recordsOf(edition: MockEdition): Records {
  const added = MOCK_EDITIONS.filter((one) => since(edition, one)).map(addedIn);
  return { faults: added.flatMap(({ faults }) => faults), variants: added.flatMap(({ variants }) => variants) };
}

/** The later edition that adds a fault or a variant, if this edition does not have it. */
function newerOf(id: string, edition: MockEdition): MockEdition | undefined {
  return MOCK_EDITIONS.find(
    (one) => !since(edition, one) && [...addedIn(one).faults, ...addedIn(one).variants].some((of) => of.id === id),
  );
}

/**
 * Finds the selected faults or variants of an edition.
 * @throws Error for an id that is unknown, or of a later edition
 */
export function chosen<K extends keyof Records>(
  kind: K,
  ids: readonly string[],
  edition: MockEdition,
): Records[K][number][] {
  for (const id of ids) {
    const newer = newerOf(id, edition);
    if (newer !== undefined)
      throw new Error(`${JSON.stringify(id)} is new in the edition ${newer}; this is ${edition}`);
  }
  return pick<Records[K][number]>(kind.slice(0, -1), recordsOf(edition)[kind], ids);
}

/** A fault or a variant in the list. */
export interface CatalogEntry {
  id: string;
  /** the subject: `completion`, `roster`, … */
  area: string;
  /** what the mock does under it, in one sentence */
  sentence: string;
}

/** All faults and variants of an edition. */
export interface MockCatalog {
  /** each breaks the documented behaviour `behavior`, and unavoidably those in `also` */
  faults: (CatalogEntry & { behavior: string; also: string[] })[];
  /** each changes the mock in a way that still conforms */
  variants: CatalogEntry[];
}

const sentenceOf = ({ says }: { says: string }): string => `${says.charAt(0).toUpperCase()}${says.slice(1)}.`;

/**
 * Lists the faults and the variants of an edition by area, as `mock --list --json` does.
 * @param edition default: the first
 */
export function mockCatalog(edition: MockEdition = MOCK_EDITIONS[0]): MockCatalog {
  const { faults: all } = recordsOf(edition);
  const faults = all.map((fault) => ({
    id: fault.id,
    area: fault.behavior.split('.')[0] ?? '',
    sentence: sentenceOf(fault),
    behavior: fault.behavior,
    also: [...(fault.also ?? [])],
  }));
  const areas = [...new Set(faults.map(({ area }) => area))];
  return {
    faults: areas.flatMap((area) => faults.filter((fault) => fault.area === area)),
    variants: [...VARIANTS_BY_AREA, ...laterVariants(edition)].flatMap(([area, variants]) =>
      variants.map((variant) => ({ id: variant.id, area, sentence: sentenceOf(variant) })),
    ),
  };
}

/** The variants that each later edition adds, with the edition as their area. */
function laterVariants(edition: MockEdition): [area: string, variants: readonly Variant[]][] {
  return MOCK_EDITIONS.slice(1)
    .filter((one) => since(edition, one))
    .map((one) => [one, addedIn(one).variants]);
}

/** The maximum number of ids that a message suggests. */
const MOST_SUGGESTED = 5;

/** The hint for an unknown id: its kind, the ids that begin or end with it, or the most similar id. */
function hintOf(what: string, id: string, known: readonly string[]): string {
  const others = what === 'fault' ? VARIANTS : what === 'variant' ? FAULTS : [];
  if (others.some((other) => other.id === id)) {
    return what === 'fault' ? 'that is a variant' : 'that is a fault';
  }
  const parts = known.filter((one) => id !== '' && (one.endsWith(`/${id}`) || one.startsWith(`${id}/`)));
  const [first, ...more] = parts.length > 0 ? parts.slice(0, MOST_SUGGESTED) : [nearestName(id, known)];
  if (known.length === 0) return 'there are none';
  if (first === undefined) return `\`invite-conformance mock --list\` shows all ${known.length}`;
  return `did you mean ${[first, ...more].map((one) => `"${one}"`).join(' or ')}?`;
}

function oneOf<T extends { id: string }>(what: string, known: readonly T[], id: string): T {
  const found = known.find((record) => record.id === id);
  if (found) return found;
  const ids = known.map((record) => record.id);
  throw new Error(`Unknown ${what} ${JSON.stringify(id)}: ${hintOf(what, id, ids)}`);
}

/**
 * Finds records by id.
 * @param what the kind of record, for the error message
 * @throws Error for an unknown id; it names the nearest known one
 */
export function pick<T extends { id: string }>(what: string, known: readonly T[], ids: readonly string[]): T[] {
  return ids.map((id) => oneOf(what, known, id));
}

/**
 * Finds a fault or a variant by id.
 * @throws Error for an unknown id; it names the nearest known one
 */
export function find(id: string, edition: MockEdition = MOCK_EDITIONS[0]): Fault | Variant {
  const { faults, variants } = recordsOf(edition);
  return oneOf<Fault | Variant>('fault or variant', [...faults, ...variants], id);
}
