// The provider-states endpoint, which the suite and the contracts use to get calls and users.
import { schemaRef } from './components.mjs';

/** The path of the endpoint in the description; a service may use any other. */
export const STATES_PATH = '/provider-states';

const CALLBACK = {
  description: 'The URL for all notifications of the call.',
  type: 'string',
  format: 'uri',
};
const yes = (description) => ({ description, type: 'boolean', default: true });

const FIRST_STATES = [
  {
    name: 'GroupCallState',
    state: 'a group call',
    says: 'An established group call of the bot whose token is valid.',
    required: ['callbackUri'],
    params: {
      callbackUri: CALLBACK,
      chatInfo: yes('Whether the call has chat information.'),
      pstnNumber: yes('Whether the bot has a phone number.'),
    },
    example: { callbackUri: 'http://127.0.0.1:3978/api/calls', chatInfo: true, pstnNumber: true },
    values: { callId: 'ab6233a5-20b7-4c5e-bea2-ce56c9776429' },
  },
  {
    name: 'PeerToPeerCallState',
    state: 'a peer-to-peer call',
    says: 'An established call of the bot with one user.',
    required: ['callbackUri'],
    params: { callbackUri: CALLBACK },
    example: { callbackUri: 'http://127.0.0.1:3978/api/calls' },
    values: { callId: 'a7ebfb2d-871e-419c-87af-27290b22e8db', userId: '7e1b4346-85a6-4bdd-abe3-d11c5d420efe' },
  },
  {
    name: 'UsersState',
    state: 'users who can be invited',
    says: 'A number of distinct users who accept an invitation at once.',
    required: ['count'],
    params: { count: { description: 'The number of users.', type: 'integer', minimum: 1 } },
    example: { count: 2 },
    values: { userIds: ['7e1b4346-85a6-4bdd-abe3-d11c5d420efe', '1e126418-44a0-4a94-a6f8-0efe1ad71acb'] },
  },
  {
    name: 'UnreachableUserState',
    state: 'a user who cannot be reached',
    says: 'A user whose invitation is accepted and then fails.',
    required: [],
    params: {},
    example: {},
    values: { userId: '278405a3-f568-4b3e-b684-009193463064' },
  },
];

const meeting = (name, state, says) => ({
  name,
  state,
  says,
  required: ['callbackUri'],
  params: { callbackUri: CALLBACK },
  example: { callbackUri: 'http://127.0.0.1:3978/api/calls' },
  values: {
    callId: 'a7ebfb2d-871e-419c-87af-27290b22e8db',
    userId: '7e1b4346-85a6-4bdd-abe3-d11c5d420efe',
    participantId: '7d501bf1-5ee4-4605-ba92-0ae4513c611c',
  },
});

/** The additional states of the edition of 2025-07-23. */
const MEETINGS = [
  meeting(
    'MeetingState',
    'a meeting of the same application',
    'A meeting of the bot whose token is valid, with one user in it.',
  ),
  meeting('OtherMeetingState', 'a meeting of another application', 'A meeting of another bot, with one user in it.'),
];

const statesOf = (edition) => [...FIRST_STATES, ...(edition === '2021-02-16' ? [] : MEETINGS)];

const slug = (text) => text.replaceAll(' ', '-');

/** The components that the endpoint needs. */
export function stateSchemas(edition) {
  const states = statesOf(edition);
  const asked = states.map(({ name, state, says, required, params }) => [
    name,
    {
      description: says,
      type: 'object',
      required: ['action', 'state', ...(required.length > 0 ? ['params'] : [])],
      properties: {
        action: {
          description: 'Whether to set the state up or tear it down.',
          type: 'string',
          enum: ['setup', 'teardown'],
        },
        state: { type: 'string', const: state },
        params: { type: 'object', ...(required.length > 0 ? { required } : {}), properties: params },
      },
    },
  ]);
  const text = (description) => ({ description, type: 'string', minLength: 1 });
  return {
    ProviderState: {
      description: 'A state that the suite requests.',
      oneOf: states.map(({ name }) => schemaRef(name)),
    },
    ...Object.fromEntries(asked),
    StateValues: {
      description: 'The values of the state. A teardown has none.',
      type: 'object',
      properties: {
        callId: text('The call.'),
        userId: text('The user.'),
        ...(edition === '2021-02-16' ? {} : { participantId: text("The user's id in the roster of the meeting.") }),
        userIds: { description: 'Distinct users.', type: 'array', items: { type: 'string', minLength: 1 } },
      },
    },
  };
}

/** The path item of the endpoint. */
export function statesItem(edition) {
  const states = statesOf(edition);
  const request = Object.fromEntries(
    states.map(({ state, says, example }) => [
      slug(state),
      { summary: says, value: { action: 'setup', state, params: example } },
    ]),
  );
  const [{ state, example }] = states;
  const values = Object.fromEntries(states.map((one) => [slug(one.state), { summary: one.says, value: one.values }]));
  return {
    servers: [{ url: 'http://127.0.0.1:8080', description: 'The service under test, in test builds.' }],
    post: {
      operationId: 'changeState',
      summary: 'Set up or tear down a state',
      description:
        "Pact's provider-state protocol. Invitations need existing calls and users, which the suite requests here. The requests have no token, so offer this endpoint only in test builds.",
      tags: ['provider-states'],
      security: [],
      requestBody: {
        required: true,
        description: 'The requested state.',
        content: {
          'application/json': {
            schema: schemaRef('ProviderState'),
            examples: {
              ...request,
              teardown: {
                summary: 'The group call is no longer needed.',
                value: { action: 'teardown', state, params: example },
              },
            },
          },
        },
      },
      responses: {
        200: {
          description:
            'The state is set up: the call is established, the users can be invited. After a teardown: an empty object.',
          content: {
            'application/json': {
              schema: schemaRef('StateValues'),
              examples: { ...values, teardown: { summary: 'After a teardown.', value: {} } },
            },
          },
          links: {
            invite: {
              operationId: 'invite',
              description: 'A participant is invited to the call.',
              parameters: { id: '$response.body#/callId' },
            },
          },
        },
        404: { description: 'The state is unknown: behaviours that need it are reported as untested.' },
        '4XX': { description: 'The state could not be set up. The run ends with exit code 4.' },
      },
    },
  };
}
