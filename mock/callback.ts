import { isIP } from 'node:net';
import { withoutBrackets } from '../common/urls';
import { LIMITS } from './limits';

function isLoopback(hostname: string): boolean {
  const host = withoutBrackets(hostname).toLowerCase();
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || host === 'localhost' || host.endsWith('.localhost');
}

/**
 * Reads a callbackUri: an absolute http or https URL.
 * @param allowRemote whether it may be on another machine
 * @returns the URL, or one sentence that says why it is refused
 */
export function readCallback(callbackUri: unknown, allowRemote: boolean): { uri: string } | { problem: string } {
  if (typeof callbackUri !== 'string' || !URL.canParse(callbackUri)) {
    return { problem: 'callbackUri must be an absolute URL.' };
  }
  if (callbackUri.length > LIMITS.callbackCharacters) {
    return { problem: `callbackUri may have ${LIMITS.callbackCharacters} characters.` };
  }
  const { protocol, hostname } = new URL(callbackUri);
  if (protocol !== 'http:' && protocol !== 'https:') return { problem: 'callbackUri must be an http or https URL.' };
  if (allowRemote || isLoopback(hostname)) return { uri: callbackUri };
  return { problem: 'callbackUri must be on this machine; the option allowRemoteCallbacks lifts that.' };
}
