import { MatchersV3 } from '@pact-foundation/pact';
import { InvitationRefused, InviteClient, type RawInvitation } from './client';
import {
  ANY_BEARER,
  COVERS,
  EXAMPLE,
  filled,
  identity,
  JSON_TYPE,
  pact,
  patientFetch,
  PATH,
  STATES,
  type State,
} from './contract';

const { fromProviderState } = MatchersV3;

/** The behaviours of every refusal. */
const REFUSAL = ['refusal.client-error', 'refusal.error-body'];

/** Any 4xx, because the documentation does not say which. */
const ANY_CLIENT_ERROR = { 'pact:matcher:type': 'statusCode', status: 'clientError' };

interface Case {
  /** The behaviour that the refusal tests, and the defect of the request. */
  behavior: string;
  says: string;
  covers?: string[];
  states?: State[];
  /** The status, if the bot depends on it; otherwise any 4xx. */
  status?: number;
  /** The parts that the client sends instead of those of a valid request. */
  sent: Partial<RawInvitation>;
  /** The request in the contract, if it is not the plain one. */
  asked?: unknown;
}

const CONTEXT = 'f2fa86af-3c51-4bc2-8fc0-475452d9764f';
const LONG = 'x'.repeat(257);
const user = fromProviderState('${userId}', EXAMPLE.userId);
const participants = [identity('user', EXAMPLE.userId)];
const unauthenticated = { covers: ['authorization.status-401'], status: 401 };
const forbidden = { covers: ['authorization.status-403'], status: 403, sent: {} };

const cases: Case[] = [
  { behavior: 'request.content-type', says: 'a body that is sent as plain text', sent: { contentType: 'text/plain' } },
  {
    behavior: 'request.participants-required',
    says: 'an invitation of nobody',
    sent: { body: JSON.stringify({ clientContext: CONTEXT }) },
    asked: { clientContext: CONTEXT },
  },
  {
    behavior: 'request.participant-identity',
    says: 'a participant without an identity',
    sent: { body: JSON.stringify({ participants: [{}], clientContext: CONTEXT }) },
    asked: { participants: [{}], clientContext: CONTEXT },
  },
  {
    behavior: 'request.client-context-over-limit',
    says: 'a clientContext of 257 characters',
    sent: { body: JSON.stringify({ participants, clientContext: LONG }) },
    asked: { participants: [identity('user', user)], clientContext: LONG },
  },
  {
    behavior: 'request.unknown-call',
    says: 'an invitation to a call that does not exist',
    states: [STATES.unknownCall, STATES.oneUser],
    status: 404,
    sent: {},
  },
  {
    behavior: 'authorization.required',
    says: 'a request without a token',
    states: [STATES.groupCall, STATES.oneUser, STATES.noToken],
    ...unauthenticated,
    sent: { authorization: null },
  },
  {
    behavior: 'authorization.bearer',
    says: 'a name and a password in place of a token',
    states: [STATES.groupCall, STATES.oneUser, STATES.otherScheme],
    ...unauthenticated,
    sent: { authorization: 'Basic Ym90OmJvdA==' },
  },
  {
    behavior: 'authorization.unknown-token',
    says: 'a token that nobody issued',
    states: [STATES.groupCall, STATES.oneUser, STATES.unknownToken],
    ...unauthenticated,
    sent: { authorization: 'Bearer nobody-issued-this' },
  },
  {
    behavior: 'authorization.application-permission',
    says: 'an application without the call permission',
    states: [STATES.groupCall, STATES.oneUser, STATES.withoutPermission],
    ...forbidden,
  },
  {
    behavior: 'authorization.delegated',
    says: 'a delegated token',
    states: [STATES.groupCall, STATES.oneUser, STATES.delegated],
    ...forbidden,
  },
];

describe('a bot is refused', () => {
  test.each(cases)('$behavior: $says', async ({ behavior, says, covers = [], states, status, sent, asked }) => {
    const interaction = pact().addInteraction();
    for (const [state, params] of states ?? [STATES.groupCall, STATES.oneUser]) interaction.given(state, params);
    const { contentType = 'application/json', authorization } = sent;
    const body = asked ?? { participants: [identity('user', user)], clientContext: CONTEXT };
    const attempt = await interaction
      .uponReceiving(`${behavior}: ${says} is refused`)
      .reference(...COVERS, [behavior, ...covers, ...REFUSAL].join(' '))
      .withRequest('POST', PATH, (request) => {
        if (authorization !== null) request.headers({ Authorization: authorization ?? ANY_BEARER });
        if (contentType === 'application/json') request.headers({ 'Content-Type': contentType }).jsonBody(body);
        else request.body(contentType, Buffer.from(JSON.stringify({ participants, clientContext: CONTEXT })));
      })
      .willRespondWith(status ?? 400, (response) => {
        if (status === undefined) {
          response.matchingRules({ status: { path: '$', rules: [ANY_CLIENT_ERROR] } });
        }
        response
          .headers({ 'Content-Type': JSON_TYPE })
          .jsonBody({ error: { code: filled('BadRequest'), message: filled('The request cannot be read.') } });
      })
      .executeTest(({ url }) => {
        const client = new InviteClient({ baseUrl: url, token: EXAMPLE.token, fetch: patientFetch });
        const good = JSON.stringify({ participants, clientContext: CONTEXT });
        return client.post(EXAMPLE.callId, { body: good, ...sent }).catch((error: unknown) => {
          if (error instanceof InvitationRefused) return error;
          throw error;
        });
      });
    expect(attempt).toBeInstanceOf(InvitationRefused);
    expect(attempt).toMatchObject({ status: status ?? 400, code: 'BadRequest' });
  });
});
