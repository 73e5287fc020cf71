import { authorizationFaults } from './faults/authorization';
import { completionFaults } from './faults/completion';
import { concurrencyFaults } from './faults/concurrency';
import { contextFaults } from './faults/contexts';
import { credentialFaults } from './faults/credentials';
import { echoFaults } from './faults/echoes';
import { failureFaults } from './faults/failure';
import { lookupFaults } from './faults/lookups';
import { multipleFaults } from './faults/multiple';
import { notificationFaults } from './faults/notification';
import { orderGapFaults } from './faults/order-gaps';
import { orderingFaults } from './faults/ordering';
import { pstnFaults } from './faults/pstn';
import { readingFaults } from './faults/readings';
import { refusalFaults } from './faults/refusal';
import { replaceFaults } from './faults/replace';
import { requestFaults } from './faults/request';
import { responseFaults } from './faults/response';
import { rosterFaults } from './faults/roster';
import { nearest } from '../common/nearest';
import type { Fault, Variant } from './records';
import { answerVariants } from './variants/answer';
import { bodyVariants } from './variants/body';
import { deliveryVariants } from './variants/delivery';
import { refusalVariants } from './variants/refusal';
import { rosterVariants } from './variants/roster';

/** All faults, in the order of the behaviours they break. */
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

/** All variants. */
export const VARIANTS: readonly Variant[] = VARIANTS_BY_AREA.flatMap(([, variants]) => variants);

/** A fault or a variant, as it is listed. */
export interface CatalogEntry {
  id: string;
  /** what it is about: `completion`, `roster`, … */
  area: string;
  /** what the mock does then, in one sentence */
  sentence: string;
}

/** Everything that the mock can be made to do. */
export interface MockCatalog {
  /** each breaks the documented behaviour `behavior`, and unavoidably those in `also` */
  faults: (CatalogEntry & { behavior: string; also: string[] })[];
  /** each is a way in which an honest service may differ */
  variants: CatalogEntry[];
}

const sentenceOf = ({ says }: { says: string }): string => `${says.charAt(0).toUpperCase()}${says.slice(1)}.`;

/** Lists the faults and the variants by area, as `mock --list --json` does. */
export function mockCatalog(): MockCatalog {
  const faults = FAULTS.map((fault) => ({
    id: fault.id,
    area: fault.behavior.split('.')[0] ?? '',
    sentence: sentenceOf(fault),
    behavior: fault.behavior,
    also: [...(fault.also ?? [])],
  }));
  const areas = [...new Set(faults.map(({ area }) => area))];
  return {
    faults: areas.flatMap((area) => faults.filter((fault) => fault.area === area)),
    variants: VARIANTS_BY_AREA.flatMap(([area, variants]) =>
      variants.map((variant) => ({ id: variant.id, area, sentence: sentenceOf(variant) })),
    ),
  };
}

/** How many ids a message suggests. */
const MOST_SUGGESTED = 5;

/** Which id was meant: one of another kind, one of which this is a part, or the nearest. */
function hintOf(what: string, id: string, known: readonly string[]): string {
  const others = what === 'fault' ? VARIANTS : what === 'variant' ? FAULTS : [];
  if (others.some((other) => other.id === id)) {
    return what === 'fault' ? 'that is a variant' : 'that is a fault';
  }
  const parts = known.filter((one) => id !== '' && (one.endsWith(`/${id}`) || one.startsWith(`${id}/`)));
  const [first, ...more] = parts.length > 0 ? parts.slice(0, MOST_SUGGESTED) : [nearest(id, known)];
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
 * @param what what they are, for the error
 * @throws Error for an unknown id; it names the known one that is near
 */
export function pick<T extends { id: string }>(what: string, known: readonly T[], ids: readonly string[]): T[] {
  return ids.map((id) => oneOf(what, known, id));
}

/**
 * Finds a fault or a variant by id.
 * @throws Error for an unknown id; it names the known one that is near
 */
export function find(id: string): Fault | Variant {
  return oneOf<Fault | Variant>('fault or variant', [...FAULTS, ...VARIANTS], id);
}
