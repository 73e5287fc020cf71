import { headerValue } from './body';
import type { Exchange } from './events';

/**
 * Whether a response asks to retry later: 429 (linked: throttling), or 503 with Retry-After (RFC 9110, section 10.2.3).
 * Any other 5xx is an error.
 */
export function asksToWait({ response }: Pick<Exchange, 'response'>): boolean {
  if (response?.status === 429) return true;
  return response?.status === 503 && headerValue(response.headers, 'retry-after') !== undefined;
}
