import type { Exchange } from '../../history/events';
import type { Client, Sending } from '../../target/client';
import { patiently } from '../../target/patience';
import type { Tokens } from '../../target/tokens';
import type { Caller } from './provider-states';

/** A request of a contract. */
export interface Request {
  method?: Sending['method'];
  /** Below the target's base URL. */
  path: string;
  headers: Record<string, string>;
  caller: Caller;
  body: Buffer;
}

export type Send = (request: Request) => Promise<Exchange>;

function withoutAuthorization(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}

/** The headers with the caller's token; a scheme that the contract sets itself, other than Bearer, stays. */
function authorized(headers: Record<string, string>, caller: Caller, tokens: Tokens): Record<string, string> {
  if (caller === 'asItStands') return headers;
  const scheme = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const rest = withoutAuthorization(headers);
  if (caller === 'none') return rest;
  if (scheme !== undefined && !/^Bearer\b/i.test(scheme)) return headers;
  const token = tokens[caller];
  return token === undefined ? rest : { ...rest, Authorization: `Bearer ${token}` };
}

/**
 * Where a request of a contract goes. A path that itself begins with the path of the base URL, as in the contract of a
 * bot that has it in its own paths, does not get it twice.
 */
export function urlFor(base: string, path: string): string {
  const { origin, pathname } = new URL(base);
  const prefix = pathname.replace(/\/+$/, '');
  return prefix !== '' && path.startsWith(`${prefix}/`) ? `${origin}${path}` : `${origin}${prefix}${path}`;
}

/**
 * Sends the requests of contracts to the target, with the token that fits the caller. What the target asks to repeat is
 * repeated, within the time that an answer may take.
 * @param retried told each time that a request is sent again
 */
export function sender(
  base: string,
  client: Client,
  tokens: Tokens,
  timeoutMs: number,
  retried: () => void = () => undefined,
): Send {
  return ({ method = 'POST', path, headers, caller, body }) => {
    const sending: Sending = {
      method,
      url: urlFor(base, path),
      headers: authorized(headers, caller, tokens),
      ...(body.length > 0 ? { body } : {}),
      purpose: 'invite',
      scenario: 'contracts',
    };
    // Pact compares what a target gives back with what the contract sends: it is a pact's own text, and holds no token of the run.
    client.clean.own(body.toString());
    let sent = 0;
    return patiently(() => {
      sent += 1;
      if (sent > 1) retried();
      return client.send(sending);
    }, timeoutMs);
  };
}
