import { parseJson } from '../history/body';
import type { Exchange } from '../history/events';
import { previewText, stringMember } from '../history/values';
import type { CallBodies, Invitees } from '../schemas/options';
import type { Client, TargetRequest } from './client';
import { responseText } from './response-text';
import { NotProvided, TokenRefused } from './errors';
import { withRetryAfter, retryWhileRefused } from './retry-after';
import { CallIds, ProvisionedItems, pathSegmentProblem, type Provisioner } from './provisioning';
import { configuredUnreachable, configuredUsers, noMeeting } from './static-provisioner';

const ADVICE =
  'The target must accept the documented create-call request; add properties that it needs to provisioning.calls.';
/** The number of checks whether a call is established, and the interval between them, ms. */
const STATE_CHECKS = 20;
const CHECK_INTERVAL_MS = 250;
const RELEASE_TIME = 3000;

/**
 * Provisions with the documented create-call request, and waits until each call is established.
 * @param base the target's base URL
 */
export function createCallProvisioner(
  base: string,
  bodies: CallBodies,
  invitees: Invitees,
  token: string | undefined,
  client: Client,
): Provisioner {
  const created = new ProvisionedItems<string>();
  const ids = new CallIds();
  const users = configuredUsers(invitees);
  const authorization: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };

  function ask(
    sending: Pick<TargetRequest, 'method' | 'url' | 'body'>,
    release = false,
    gone = false,
  ): Promise<Exchange> {
    const whole: TargetRequest = {
      ...sending,
      headers: { ...(sending.body ? { 'Content-Type': 'application/json' } : {}), ...authorization },
      purpose: release ? 'release' : 'provision',
      scenario: '',
      ...(release ? { timeoutMs: RELEASE_TIME } : {}),
    };
    return release
      ? retryWhileRefused(() => client.send(whole), gone ? 0 : undefined)
      : withRetryAfter(() => client.send(whole), client.timeoutMs);
  }

  async function create(body: Record<string, unknown>): Promise<string> {
    const url = `${base}/communications/calls`;
    const { n, response, failure } = await ask({ method: 'POST', url, body: Buffer.from(JSON.stringify(body)) });
    const at = `create call (exchange ${n})`;
    if (!response) throw new NotProvided('environment', `${at}: ${failure?.reason ?? 'no response'}`, ADVICE);
    const json = parseJson(response.body, response.headers);
    const id = json.ok ? stringMember(json.value, 'id') : undefined;
    const wrong = id === undefined ? undefined : (pathSegmentProblem(id) ?? ids.problem(id));
    if (response.status < 200 || response.status > 299 || id === undefined || wrong !== undefined || !json.ok) {
      const why = wrong === undefined ? '' : `; its id is ${wrong}`;
      const message = `${at}: answered ${responseText(response, client.clean)}${why}; the request was POST ${client.clean(url)}`;
      if (token !== undefined && (response.status === 401 || response.status === 403)) throw new TokenRefused(message);
      throw new NotProvided('environment', message, ADVICE);
    }
    created.add(id);
    await established(id, stringMember(json.value, 'state'));
    return id;
  }

  const urlOf = (id: string): string => `${base}/communications/calls/${encodeURIComponent(id)}`;

  async function established(id: string, first: string | undefined): Promise<void> {
    let state = first;
    for (let look = 0; look < STATE_CHECKS && state?.toLowerCase() !== 'established'; look += 1) {
      if (look > 0) await new Promise((resolve) => setTimeout(resolve, CHECK_INTERVAL_MS));
      const { response } = await ask({ method: 'GET', url: urlOf(id) });
      const json = response ? parseJson(response.body, response.headers) : undefined;
      state = json?.ok === true ? stringMember(json.value, 'state') : state;
    }
    if (state?.toLowerCase() === 'established') return;
    throw new NotProvided(
      'environment',
      `call ${client.clean(id).slice(0, 80)} is not established: its state is ${previewText(state)}`,
      ADVICE,
    );
  }

  const common = (callbackUri: string): Record<string, unknown> => ({
    '@odata.type': '#microsoft.graph.call',
    callbackUri,
    requestedModalities: ['audio'],
    mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  });

  return {
    groupCall: async ({ chatInfo, pstnNumber, callbackUri }) => {
      if (!pstnNumber && !bodies.groupCallWithoutPstnNumber) {
        throw new NotProvided(
          'unsupported',
          'the documented create-call request cannot ask for a call without a PSTN number',
          'Add the properties that create such a call to provisioning.calls.groupCallWithoutPstnNumber.',
        );
      }
      const chat = chatInfo
        ? {
            chatInfo: {
              '@odata.type': '#microsoft.graph.chatInfo',
              threadId: '19:conformance@thread.v2',
              messageId: '0',
            },
          }
        : {};
      const meeting = { meetingInfo: { '@odata.type': '#microsoft.graph.tokenMeetingInfo', token: 'conformance' } };
      const own = !chatInfo
        ? bodies.groupCallWithoutChatInfo
        : !pstnNumber
          ? bodies.groupCallWithoutPstnNumber
          : bodies.groupCall;
      return { callId: await created.during(create({ ...common(callbackUri), ...chat, ...meeting, ...own })) };
    },
    peerToPeerCall: async (callbackUri) => {
      const [userId = ''] = await users(1);
      const target = {
        '@odata.type': '#microsoft.graph.invitationParticipantInfo',
        identity: {
          '@odata.type': '#microsoft.graph.identitySet',
          user: { '@odata.type': '#microsoft.graph.identity', id: userId },
        },
      };
      const body = { ...common(callbackUri), targets: [target], ...bodies.peerToPeerCall };
      return { callId: await created.during(create(body)), userId };
    },
    meeting: noMeeting,
    users,
    unreachableUser: () => configuredUnreachable(invitees),
    release: (gone) =>
      created.release(async (id) => {
        const { response } = await ask({ method: 'DELETE', url: urlOf(id) }, true, gone);
        // A call that no longer exists has ended.
        return (
          response !== undefined && ((response.status >= 200 && response.status <= 299) || response.status === 404)
        );
      }),
  };
}
