import { parseJson } from '../history/body';
import { show, text } from '../history/values';
import type { Client } from './client';
import { NotProvided } from './errors';
import type { Provisioner } from './provisioning';
import { configuredUnreachable, configuredUsers, type Invitees } from './static';

/** Members to add to, or to put in place of, those of the create-call requests. */
export interface CallBodies {
  groupCall?: Record<string, unknown>;
  groupCallWithoutChatInfo?: Record<string, unknown>;
  groupCallWithoutPstnNumber?: Record<string, unknown>;
  peerToPeerCall?: Record<string, unknown>;
}

const ADVICE =
  'The target must take the documented create-call request; put what it needs beside into provisioning.calls.';
/** How often the state of a call that is not established yet is looked up, and how long apart, ms. */
const LOOKS = 20;
const PAUSE = 250;
const RELEASE_TIME = 3000;

/**
 * Provisions by the documented create-call request, and waits until each call is established.
 * @param base the target's base URL
 */
export function callsProvisioner(
  base: string,
  bodies: CallBodies,
  invitees: Invitees,
  token: string | undefined,
  client: Client,
): Provisioner {
  const created: string[] = [];
  const users = configuredUsers(invitees, true);
  const authorization: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };

  async function create(body: Record<string, unknown>): Promise<string> {
    const { n, response, failure } = await client.send({
      method: 'POST',
      url: `${base}/communications/calls`,
      headers: { 'Content-Type': 'application/json', ...authorization },
      body: Buffer.from(JSON.stringify(body)),
      purpose: 'provision',
      scenario: '',
    });
    const at = `create call (exchange ${n})`;
    if (!response) throw new NotProvided('environment', `${at}: ${failure?.reason ?? 'no answer'}`, ADVICE);
    const json = parseJson(response.body);
    const id = json.ok ? text(json.value, 'id') : undefined;
    if (response.status < 200 || response.status > 299 || id === undefined || !json.ok) {
      throw new NotProvided(
        'environment',
        `${at}: answered ${response.status}: ${show(response.body.content)}`,
        ADVICE,
      );
    }
    created.push(id);
    await established(id, text(json.value, 'state'));
    return id;
  }

  async function established(id: string, first: string | undefined): Promise<void> {
    let state = first;
    for (let look = 0; look < LOOKS && state?.toLowerCase() !== 'established'; look += 1) {
      if (look > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      const url = `${base}/communications/calls/${encodeURIComponent(id)}`;
      const { response } = await client.send({
        method: 'GET',
        url,
        headers: authorization,
        purpose: 'provision',
        scenario: '',
      });
      const json = response ? parseJson(response.body) : undefined;
      state = json?.ok === true ? text(json.value, 'state') : state;
    }
    if (state?.toLowerCase() === 'established') return;
    throw new NotProvided('environment', `call ${id} is not established: its state is ${show(state)}`, ADVICE);
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
          'a call whose application instance has no PSTN number cannot be asked for',
          'Say in provisioning.calls.groupCallWithoutPstnNumber how such a call is created.',
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
      return { callId: await create({ ...common(callbackUri), ...chat, ...meeting, ...own }) };
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
      return { callId: await create({ ...common(callbackUri), targets: [target], ...bodies.peerToPeerCall }), userId };
    },
    users,
    unreachableUser: () => configuredUnreachable(invitees),
    release: async () => {
      await Promise.all(
        created.splice(0).map((id) =>
          client.send({
            method: 'DELETE',
            url: `${base}/communications/calls/${encodeURIComponent(id)}`,
            headers: authorization,
            purpose: 'release',
            scenario: '',
            timeoutMs: RELEASE_TIME,
          }),
        ),
      );
    },
  };
}
