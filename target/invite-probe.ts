import { randomUUID } from 'node:crypto';
import type { Exchange } from '../history/events';
import { responseText, redirectText } from './response-text';
import type { Client } from './client';
import { EnvironmentError, TOKEN_ADVICE } from './errors';
import { withRetryAfter } from './retry-after';

/** Sends invitations with the valid token to an existing call, to see whether the target accepts any. */
export interface InviteProbe {
  /** Sends an empty body, which invites nobody. @param base another base URL */
  emptyInvitation(base?: string): Promise<Exchange>;
  /** Invites one user. @param userId default: one that does not exist */
  invitation(userId?: string): Promise<Exchange>;
}

/** @param base the target's base URL @param token the valid one @param callId a provisioned call */
export function inviteProbe(client: Client, base: string, token: string, callId: string): InviteProbe {
  const send = (to: string, body: unknown): Promise<Exchange> =>
    withRetryAfter(
      () =>
        client.send({
          method: 'POST',
          url: `${to}/communications/calls/${encodeURIComponent(callId)}/participants/invite`,
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: Buffer.from(JSON.stringify(body)),
          purpose: 'probe',
          scenario: '',
        }),
      client.timeoutMs,
    );
  return {
    emptyInvitation: (to = base) => send(to, {}),
    invitation: (userId = randomUUID()) =>
      send(base, {
        participants: [
          {
            '@odata.type': '#microsoft.graph.invitationParticipantInfo',
            identity: {
              '@odata.type': '#microsoft.graph.identitySet',
              user: { '@odata.type': '#microsoft.graph.identity', id: userId },
            },
          },
        ],
        clientContext: randomUUID(),
      }),
  };
}

/** Whether a status means that the token was rejected. */
export function refusesToken(status: number | undefined): boolean {
  return status === 401 || status === 403;
}

function redirects(status: number | undefined): boolean {
  return status !== undefined && status >= 300 && status < 400;
}

/** Other base URLs at which the API may be: with and without the version, and with the other version. */
function otherBases(base: string): string[] {
  const url = new URL(base);
  const plain = url.pathname.replace(/\/+$/, '').replace(/\/(v1\.0|beta)$/i, '');
  const paths = [...new Set([`${plain}/v1.0`, `${plain}/beta`, plain, '/v1.0', '/beta'])];
  return paths.map((path) => `${url.origin}${path}`).filter((other) => other !== base.replace(/\/+$/, ''));
}

/** Searches for another base URL at which the empty invitation finds the API. */
async function betterBase(probe: InviteProbe, base: string): Promise<string | undefined> {
  for (const other of otherBases(base)) {
    const status = (await probe.emptyInvitation(other)).response?.status;
    if (status === undefined || redirects(status) || status === 404 || status === 405 || status >= 500) continue;
    return other;
  }
  return undefined;
}

/**
 * Sends an empty invitation to a provisioned call, and checks whether the token, the route or a redirect prevents every
 * invitation. The run judges all other responses, and also a 404 if the API is at no other base URL.
 * @param userId an invitee, requested only to confirm a problem in the first response
 * @returns the response to the empty invitation
 * @throws EnvironmentError in layer tokens.valid, route or redirect
 */
export async function checkInvitation(
  probe: InviteProbe,
  base: string,
  client: Pick<Client, 'clean'>,
  userId: () => Promise<string>,
): Promise<Exchange> {
  const first = await probe.emptyInvitation();
  const status = first.response?.status;
  if (!refusesToken(status) && !redirects(status) && status !== 404) return first;
  // A target may validate the body first, and refuse an empty one with an unusual status.
  const { response, request } = await probe.invitation(await userId());
  if (!response) return first;
  const said = responseText(response, client.clean);
  const url = client.clean(request.url);
  if (redirects(response.status)) {
    throw new EnvironmentError(
      'redirect',
      `${redirectText(response, client.clean)}: POST ${url}`,
      'Set --target to the URL that the redirect leads to, without the path of the invitation.',
    );
  }
  if (refusesToken(status) && refusesToken(response.status))
    throw new EnvironmentError('tokens.valid', `the service rejected it: ${said}`, TOKEN_ADVICE);
  if (status !== 404 || response.status !== 404) return first;
  const better = await betterBase(probe, base);
  if (better === undefined) return first;
  throw new EnvironmentError(
    'route',
    `404 at ${url}; did you mean --target ${client.clean(better)}?`,
    'Set --target to the URL to which /communications/calls is appended; if the service has a version in its path, include it.',
  );
}
