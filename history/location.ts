import { segmentsOf, isOtherSpelling } from './odata-path';

/**
 * What a Location header leads to.
 * @param location a URI or a relative reference
 * @param base the URL of the request
 * @returns undefined where it has characters that RFC 3986 leaves out, half an escape, or does not resolve
 */
export function resolveLocation(location: string, base: string): URL | undefined {
  if (!/^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i.test(location)) return undefined;
  return URL.canParse(location, base) ? new URL(location, base) : undefined;
}

interface OperationIds {
  callId: string;
  operationId: string;
}

/** The ids in a URL's path that ends in `/calls/{call id}/operations/{operation id}`, whatever stands before. */
function operationAt(url: URL): OperationIds | undefined {
  const [calls, callId, operations, operationId] = segmentsOf(url.pathname).slice(-4);
  if (calls?.toLowerCase() !== 'calls' || operations?.toLowerCase() !== 'operations') return undefined;
  return callId === undefined || operationId === undefined ? undefined : { callId, operationId };
}

/** Whether a URL leads to an operation of a call: ids are compared to the letter. */
export function leadsToOperation(url: URL, callId: string, operationId: string): boolean {
  const found = operationAt(url);
  return found?.callId === callId && found.operationId === operationId;
}

/**
 * What to say where a URL leads to an operation of a call but for the spelling of an id.
 * @returns undefined where that is not what differs
 */
export function otherSpelling(url: URL, callId: string, operationId: string): string | undefined {
  const found = operationAt(url);
  return found && spellingsOf({ callId: found.callId, id: found.operationId }, callId, operationId);
}

/** The same of the ids that a resource is named by. */
export function spellingsOf(
  found: { callId: string; id?: string },
  callId: string,
  operationId?: string,
): string | undefined {
  const parts = [
    isOtherSpelling(found.callId, callId) ? "the call's id in another spelling" : '',
    isOtherSpelling(found.id, operationId) ? "the operation's id in another spelling" : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(' and ');
}
