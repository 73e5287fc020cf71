import { parseJson } from '../../history/body';
import { stringMember } from '../../history/values';
import type { ContractContext, Forwarded, InvitationOptions } from '../../suites/scenario';
import type { Tokens } from '../../target/tokens';
import type { GatewayRequest } from './gateway';
import type { Interaction } from './pact-file';
import type { Caller, StateResults } from './provider-states';

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

/** The path of an invitation. */
const INVITES = /\/communications\/calls\/[^/]+\/participants\/invite\/?(?:\?|$)/;

/**
 * Makes what sends the Verifier's requests of an interaction on, with the token that fits the caller: as an invitation
 * where it is one.
 * @param hide strips what is shown nowhere from the contract's words
 */
export function requestSender(
  { name, kind }: Interaction,
  given: StateResults,
  context: ContractContext,
  hide: (text: string) => string,
): (request: GatewayRequest) => Promise<Forwarded> {
  const { call = given.peerCall ?? given.unknownCall, caller, invitees, peerCall } = given;
  return ({ method, path, headers, body }) => {
    const own = hide(body.toString());
    const url = urlFor(context.base, path);
    const request = { method, url, headers: authorized(headers, caller, context.tokens), body, own };
    if (!call || method !== 'POST' || !INVITES.test(path)) return context.forward(request);
    const json = parseJson({ encoding: 'utf8', content: own, bytes: body.length, truncated: false });
    const options: InvitationOptions = {
      says: hide(name),
      invitees,
      ...(peerCall && call !== peerCall ? { replaces: peerCall } : {}),
      clientContext: (json.ok ? stringMember(json.value, 'clientContext') : undefined) ?? null,
      expect: kind === 'refused' ? 'refused' : 'accepted',
    };
    return context.forward(request, { call, options });
  };
}
