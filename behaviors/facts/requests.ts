import type { Invitation, Run } from '../../history/run-view';

/** Properties of requests. */

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a call id looks like one: another form may be refused for that, with another 4xx. */
export function isLikeAnId({ callId, call }: Invitation, run: Run): boolean {
  const form = (id: string): string => id.replaceAll(/[0-9a-z]/gi, 'x');
  return (
    GUID.test(callId) || run.calls.some((other) => other.shape !== call.shape && form(other.callId) === form(callId))
  );
}

/** Whether the response names the operation of an earlier invitation with the same body: one request, sent twice. */
export function namesTheSameOperation({ record, operationId, exchange }: Invitation, run: Run): boolean {
  const sent = exchange.request.body.content;
  return run.invitations.some(
    (other) =>
      other.record.call === record.call &&
      other.exchange.n < exchange.n &&
      other.exchange.request.body.content === sent &&
      operationId !== undefined &&
      other.operationId === operationId,
  );
}

/** Texts that languages write for a missing value. */
const ABSENT_VALUE_TEXTS = new Set<unknown>(['null', 'undefined', 'None', 'nil']);

/** Whether a returned clientContext is the one that was sent; an empty one may return as null or absent. */
export function isContextOf({ record: { clientContext } }: Invitation, found: unknown): boolean {
  return found === clientContext || (clientContext === '' && found === undefined);
}

/**
 * Finds out whether a clientContext returned to an invitation without one is wrong. A service may create its own; it
 * must not return another invitation's, or a missing value as text.
 * @returns undefined if it is not wrong; an empty object for a missing value as text
 */
export function leakedContext(invitation: Invitation, found: unknown, run: Run): { belongsTo?: string } | undefined {
  if (found === undefined || found === '') return undefined;
  if (ABSENT_VALUE_TEXTS.has(found)) return {};
  const owner = run.invitations.find((other) => other !== invitation && other.record.clientContext === found);
  return owner && { belongsTo: owner.record.key };
}
