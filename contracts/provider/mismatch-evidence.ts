import type { Place, Value } from '../../behaviors/finding';
import { valueOf } from '../../behaviors/finding-values';
import { parseJson } from '../../history/body';
import { readableBody } from '../../history/content-encoding';
import type { Exchange } from '../../history/events';
import { member, stringMember } from '../../history/values';
import type { ContractMismatch } from '../../verdicts/contract-result';
import type { Notified } from './emitted-notification';
import type { Interaction } from './pact-file';

/** The evidence of a mismatch: the target's response, and the place. */

/** The target's response: the code and message of its error, or the beginning of its body. */
function answerOf({ status, body, headers }: NonNullable<Exchange['response']>): Value {
  const json = parseJson(body, headers);
  const error = json.ok ? member(json.value, 'error') : undefined;
  const [code, message = json.ok ? undefined : readableBody(body, headers).content] = [
    stringMember(error, 'code'),
    stringMember(error, 'message'),
  ];
  return {
    is: 'answer',
    status,
    ...(code === undefined ? {} : { code: code.slice(0, MOST_SHOWN) }),
    ...(message === undefined || message === '' ? {} : { message: message.slice(0, MOST_SHOWN) }),
  };
}

const MOST_SHOWN = 160;

/** Adds the target's response and its request to a mismatch of the status. */
export function withAnswer(mismatch: ContractMismatch, last: Exchange | undefined): ContractMismatch {
  if (mismatch.part !== 'status' || !last?.response) return mismatch;
  const { method, url } = last.request;
  return { ...mismatch, observed: answerOf(last.response), request: { method, url } };
}

/** A mismatch for a call id that the contract itself invents and no target can know. */
export function ownCall({ fixedCallId }: Interaction, callId: string | undefined): ContractMismatch[] {
  if (fixedCallId === undefined || callId === undefined || fixedCallId === callId) return [];
  return [{ part: 'path', expected: valueOf(callId), observed: valueOf(fixedCallId) }];
}

/** With another status the body differs too, so its differences add nothing. */
export function withoutConsequences(mismatches: readonly ContractMismatch[]): ContractMismatch[] {
  const ofStatus = mismatches.filter(({ part }) => part === 'status');
  return ofStatus.length > 0 ? ofStatus : [...mismatches];
}

/** Adds the place of a mismatch: in the response, or in the notification that Pact got. */
export function withPlace(
  mismatch: ContractMismatch,
  last: Exchange | undefined,
  emitted: Notified | undefined,
): ContractMismatch {
  const event = emitted?.notification.delivery.n ?? last?.n;
  if (mismatch.at || event === undefined || mismatch.part === 'path') return mismatch;
  const { part, path = '$' } = mismatch;
  const place = (): Place => {
    if (part === 'status') return { event, part };
    if (part === 'header') return { event, part, path };
    if (part === 'metadata' && /^content-?type$/i.test(path)) return { event, part: 'header', path: 'content-type' };
    if (part === 'metadata' || part === 'other') return { event, part: 'body', path: '$' };
    // In the envelope that Pact got, the notification is the only one.
    return {
      event,
      part: 'body',
      path: emitted ? path.replace(/^\$\.value\[0\]/, () => emitted.notification.path) : path,
    };
  };
  return { ...mismatch, at: [place()] };
}

/** Whether Pact reports a mismatch at the same place. */
export function isAmong(mismatches: readonly ContractMismatch[], { at = [] }: ContractMismatch): boolean {
  const keyOf = ({ event, part, path = '' }: Place): string => `${event} ${part} ${path.toLowerCase()}`;
  const told = new Set(mismatches.flatMap((one) => (one.at ?? []).map(keyOf)));
  return at.some((place) => told.has(keyOf(place)));
}
