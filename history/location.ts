import { decode } from './resource-url';

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

/** Whether a URL's path ends in `/calls/{call id}/operations/{operation id}`, whatever stands before. */
export function leadsToOperation(url: URL, callId: string, operationId: string): boolean {
  const [calls, call, operations, operation] = url.pathname.split('/').slice(-4).map(decode);
  return (
    calls?.toLowerCase() === 'calls' &&
    call === callId &&
    operations?.toLowerCase() === 'operations' &&
    operation === operationId
  );
}
