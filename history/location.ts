import { segmentsOf, isOtherSpelling } from './odata-path';

/**
 * Resolves a Location header.
 * @param location a URI or a relative reference
 * @param base the URL of the request
 * @returns undefined if it has characters that RFC 3986 does not allow or an incomplete escape, or does not resolve
 */
export function resolveLocation(location: string, base: string): URL | undefined {
  if (!/^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i.test(location)) return undefined;
  return URL.canParse(location, base) ? new URL(location, base) : undefined;
}

interface OperationIds {
  callId: string;
  operationId: string;
}

/** The ids in a URL whose path ends in `/calls/{call id}/operations/{operation id}`, with any prefix. */
function operationAt(url: URL): OperationIds | undefined {
  const [calls, callId, operations, operationId] = segmentsOf(url.pathname).slice(-4);
  if (calls?.toLowerCase() !== 'calls' || operations?.toLowerCase() !== 'operations') return undefined;
  return callId === undefined || operationId === undefined ? undefined : { callId, operationId };
}

/** Whether a URL is that of an operation of a call; ids are compared exactly. */
export function leadsToOperation(url: URL, callId: string, operationId: string): boolean {
  const found = operationAt(url);
  return found?.callId === callId && found.operationId === operationId;
}

/**
 * Describes the difference if a URL differs from an operation's only in the spelling of an id.
 * @returns undefined if it differs otherwise, or not at all
 */
export function otherSpelling(url: URL, callId: string, operationId: string): string | undefined {
  const found = operationAt(url);
  return found && spellingsOf({ callId: found.callId, id: found.operationId }, callId, operationId);
}

/** Like `otherSpelling`, for the ids of a resource. */
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
