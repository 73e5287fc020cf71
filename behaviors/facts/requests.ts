import type { Invitation, Run } from '../../history/run-view';

/** What a request itself is, beside its answer. */

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether an id has the form of one: what has not may be refused for that, with another 4xx. */
export function isLikeAnId({ callId, call }: Invitation, run: Run): boolean {
  const form = (id: string): string => id.replaceAll(/[0-9a-z]/gi, 'x');
  return (
    GUID.test(callId) || run.calls.some((other) => other.shape !== call.shape && form(other.callId) === form(callId))
  );
}

/** Whether the answer names the operation of an earlier invitation with the same body: one request, sent twice. */
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

/** What languages write for a value that is not there. */
const ABSENT_VALUE_TEXTS = new Set<unknown>(['null', 'undefined', 'None', 'nil']);

/** Whether a clientContext that came back is the one that was sent; for an empty one null and absent are the same. */
export function isContextOf({ record: { clientContext } }: Invitation, found: unknown): boolean {
  return found === clientContext || (clientContext === '' && found === undefined);
}

/**
 * Whose clientContext came back to an invitation without one. A service may make one up; another invitation's it is not,
 * nor the absent one as text.
 * @returns undefined where nothing is wrong; an empty object where it is the absent one as text
 */
export function leakedContext(invitation: Invitation, found: unknown, run: Run): { belongsTo?: string } | undefined {
  if (found === undefined || found === '') return undefined;
  if (ABSENT_VALUE_TEXTS.has(found)) return {};
  const owner = run.invitations.find((other) => other !== invitation && other.record.clientContext === found);
  return owner && { belongsTo: owner.record.key };
}
