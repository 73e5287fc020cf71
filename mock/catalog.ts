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

/** All variants. */
export const VARIANTS: readonly Variant[] = [
  ...answerVariants,
  ...bodyVariants,
  ...refusalVariants,
  ...deliveryVariants,
  ...rosterVariants,
];

/**
 * Finds records by id.
 * @param what what they are, for the error
 * @throws Error for an unknown id; it names the known one that is near
 */
export function pick<T extends { id: string }>(what: string, known: readonly T[], ids: readonly string[]): T[] {
  return ids.map((id) => {
    const found = known.find((record) => record.id === id);
    if (found) return found;
    if (known.length === 0) throw new Error(`Unknown ${what} "${id}": there are none`);
    const near = nearest(
      id,
      known.map((record) => record.id),
    );
    const hint = near === undefined ? `docs/kill-matrix.md lists all ${known.length}` : `did you mean "${near}"?`;
    throw new Error(`Unknown ${what} "${id}": ${hint}`);
  });
}
