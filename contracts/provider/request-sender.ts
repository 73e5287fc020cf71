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

/** Sets the caller's token; an authorization scheme other than Bearer in the contract stays. */
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
 * The URL for a request of a contract. If the path already begins with the base URL's path, as in contracts of some
 * bots, it is not added again.
 */
export function urlFor(base: string, path: string): string {
  const { origin, pathname } = new URL(base);
  const prefix = pathname.replace(/\/+$/, '');
  return prefix !== '' && path.startsWith(`${prefix}/`) ? `${origin}${path}` : `${origin}${prefix}${path}`;
}

/** The path of an invitation. */
const INVITES = /\/communications\/calls\/[^/]+\/participants\/invite\/?(?:\?|$)/;

/**
 * Returns the function that forwards the Verifier's requests of an interaction, with the caller's token, and as an
 * invitation if it is one.
 * @param hide masks secrets in the contract's text
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
