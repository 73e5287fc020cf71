// The examples of the description: those of the page, and a few more that the page lacks.
import { readFileSync } from 'node:fs';

const PAGE = new URL('../../test/fixtures/page/', import.meta.url);

/** The invitees of each example of the page. */
const INVITES = [
  'one user, who leaves another call',
  'two users',
  'one user, who leaves a peer-to-peer call',
  'one telephone number',
];

/**
 * Bodies of the page that are left out because they fail a behaviour, with the contradiction that they show. The others
 * fail none, even where the page is inconsistent.
 */
const LEFT_OUT = {
  'example-1-roster': 'application-identity',
  'example-2-request': 'example-2-replaces',
  'example-2-response': 'example-2-replaces',
  'example-2-completion': 'example-2-operation-path',
  'example-2-roster': 'example-2-roster-path',
  'example-3-roster': 'example-3-roster-call',
};

/**
 * The page's bodies of a kind.
 * @param kind `request`, `response`, `completion` or `roster`
 * @param edition for later ones, also the bodies of a move
 */
export function pageExamples(kind, edition) {
  const moved = edition === '2021-02-16' ? undefined : MOVED[kind];
  return {
    ...firstExamples(kind),
    ...(moved
      ? {
          'example-5': { summary: 'As Example 5 of the page: a participant of another meeting is moved', value: moved },
        }
      : {}),
  };
}

function firstExamples(kind) {
  const examples = INVITES.map((invites, i) => [`example-${i + 1}`, invites]);
  return Object.fromEntries(
    examples
      .filter(([name]) => !Object.hasOwn(LEFT_OUT, `${name}-${kind}`))
      .map(([name, invites]) => [
        name,
        {
          summary: `Example ${name.slice(-1)} of the page: ${invites}`,
          value: JSON.parse(readFileSync(new URL(`${name}-${kind}.json`, PAGE), 'utf8')),
        },
      ]),
  );
}

/** An example that is not on the page. */
const own = (name, summary, value) => ({ [name]: { summary: `Not on the page: ${summary}`, value } });

const CALL = 'ab6233a5-20b7-4c5e-bea2-ce56c9776429';
const REPLACED = 'a7ebfb2d-871e-419c-87af-27290b22e8db';

/** The call and the operation of the page's first example, with the Location that the prose promises. */
export const EXAMPLE_CALL = CALL;
export const EXAMPLE_LOCATION = `/v1.0/communications/calls/${CALL}/operations/eec3812a-fdc3-4fb4-825c-a06c9f35414e`;

const refused = (code, message) => ({ error: { code, message } });

/** A refusal of each status. The codes are examples: no page requires them. */
export const REFUSALS = {
  400: own('bad-request', 'a body that is refused', refused('BadRequest', 'participants must be an array.')),
  401: own(
    'unauthenticated',
    'a token that nobody issued',
    refused('InvalidAuthenticationToken', 'The access token is missing or not valid.'),
  ),
  403: own(
    'forbidden',
    'a token without the permission',
    refused('7504', 'The tenant has not granted the permission.'),
  ),
  404: own('unknown-call', 'a call that does not exist', refused('8522', 'Call not found.')),
  429: own('throttled', 'too many requests', refused('TooManyRequests', 'Too many requests.')),
  '4XX': own('refused', 'any other refusal', refused('BadRequest', 'The invitation is refused.')),
};

function notified(...changes) {
  return {
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: changes.map(([changeType, path, resourceData]) => ({
      '@odata.type': '#microsoft.graph.commsNotification',
      changeType,
      resource: `/app/calls/${path}`,
      resourceUrl: `/communications/calls/${path}`,
      resourceData,
    })),
  };
}

const OPERATION = '8a4f0d3c-6d51-4f0b-9d0f-3f6f5a2b9c11';

const user = {
  '@odata.type': '#microsoft.graph.identity',
  id: '278405a3-f568-4b3e-b684-009193463064',
  identityProvider: 'AAD',
};
const MOVES = {
  replacesCallId: REPLACED,
  participantId: '7d501bf1-5ee4-4605-ba92-0ae4513c611c',
};
const CONTEXT = 'd45324c1-fcb5-430a-902c-f20af696537c';
const identity = { '@odata.type': '#microsoft.graph.identitySet', user };
const invited = { '@odata.type': '#microsoft.graph.invitationParticipantInfo', identity };

/** The bodies of a move: the page's example with other data. */
const MOVED = {
  request: { participants: [{ ...invited, ...MOVES }], clientContext: CONTEXT },
  response: {
    '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
    id: OPERATION,
    status: 'Running',
    clientContext: CONTEXT,
    resultInfo: null,
    participants: [{ endpointType: null, id: null, ...MOVES, identity }],
  },
  completion: notified([
    'deleted',
    `${CALL}/operations/${OPERATION}`,
    {
      '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
      participants: [invited],
      status: 'completed',
      clientContext: CONTEXT,
      id: OPERATION,
    },
  ]),
};

/** The notification of an accepted invitation that could not be carried out. */
export const FAILED = own(
  'failed',
  'the invitation could not be carried out',
  notified([
    'deleted',
    `${CALL}/operations/${OPERATION}`,
    {
      '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
      participants: [
        {
          '@odata.type': '#microsoft.graph.invitationParticipantInfo',
          identity: {
            '@odata.type': '#microsoft.graph.identitySet',
            user: { '@odata.type': '#microsoft.graph.identity', id: '278405a3-f568-4b3e-b684-009193463064' },
          },
        },
      ],
      status: 'failed',
      clientContext: 'f2fa86af-3c51-4bc2-8fc0-475452d9764f',
      resultInfo: {
        '@odata.type': '#microsoft.graph.resultInfo',
        code: 404,
        subcode: 8522,
        message: 'The invitee could not be reached.',
      },
      id: OPERATION,
    },
  ]),
);

/** The notifications about the end of the call that the third example replaces. */
export const ENDED_CALL = {
  ...own(
    'terminating',
    'the replaced call is terminating',
    notified(['updated', REPLACED, { '@odata.type': '#microsoft.graph.call', state: 'terminating', id: REPLACED }]),
  ),
  ...own(
    'deleted',
    'the replaced call was deleted',
    notified(['deleted', REPLACED, { '@odata.type': '#microsoft.graph.call', state: 'terminated', id: REPLACED }]),
  ),
};
