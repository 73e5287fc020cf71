// The invite operation, and the notifications that follow it.
import { ENDED_CALL, EXAMPLE_CALL, EXAMPLE_LOCATION, FAILED, REFUSALS, pageExamples } from './examples.mjs';
import { schemaRef } from './components.mjs';

/** The callback URL in the description: an address of this machine, so that no tool calls another one. */
const CALLBACK_URL = 'http://127.0.0.1:3978/api/calls';

const json = (title, examples) => ({ 'application/json': { schema: schemaRef(title), examples } });

/** A text, followed by the list of its behaviours, and their ids as data. */
function about(text, behaviors) {
  const lines = behaviors.map(({ id, level, statement }) => `- \`${id}\` (${level}): ${statement}`);
  return {
    description: lines.length === 0 ? text : `${text}\n\n${lines.join('\n')}`,
    ...(behaviors.length === 0 ? {} : { 'x-behaviors': behaviors.map(({ id }) => id) }),
  };
}

function refusals(behaviors) {
  const refused = (status, text, ids = [], headers) => [
    status,
    {
      ...about(text, behaviors.named(ids)),
      ...(headers ? { headers } : {}),
      content: json('ODataError', REFUSALS[status]),
    },
  ];
  const retryAfter = { description: 'Seconds to wait, or a date (RFC 9110).', schema: { type: 'string' } };
  return Object.fromEntries([
    refused('400', 'The body is refused. Another 4xx is allowed.'),
    refused('401', 'The request is not authenticated.', ['authorization.status-401']),
    refused('403', 'The token does not permit it.', ['authorization.status-403']),
    refused('404', 'There is no such call.', ['request.unknown-call']),
    refused('429', 'Too many requests: the same request may be sent again later.', [], { 'Retry-After': retryAfter }),
    refused('4XX', 'Any other refusal.', behaviors.idsOf('refusal')),
  ]);
}

/** A notification that follows an invitation. */
function notification({ operationId, summary, text, examples }, behaviors) {
  return {
    [CALLBACK_URL]: {
      post: {
        operationId,
        summary,
        tags: ['notifications'],
        security: [],
        ...about(
          `${text}\n\nIt is sent to the \`callbackUri\` that was given when the call was created. This request does not contain that URL, so the URL here is an example.`,
          behaviors,
        ),
        requestBody: { required: true, content: json('Notifications', examples) },
        responses: {
          202: { description: 'The bot has accepted it. Any other 2xx means the same.' },
          '4XX': { description: 'The bot refuses it.' },
        },
      },
    },
  };
}

function callbacks(behaviors) {
  const ofCalls = [
    'replace.peer-call-terminated',
    'replace.peer-call-deleted',
    'move.source-call-stays',
    'ordering.terminated-before-deleted',
    'ordering.replaced-call-ends-after-completion',
  ];
  return {
    completion: notification(
      {
        operationId: 'notifyCompletion',
        summary: 'The operation has ended',
        text: 'Reports that the operation has completed or failed: changeType deleted, with the operation as resourceData.',
        examples: { ...pageExamples('completion', behaviors.edition), ...FAILED },
      },
      behaviors.named([
        ...behaviors.idsOf('notification'),
        ...behaviors.idsOf('completion'),
        'failure.announced',
        'pstn.phone-completion',
        'replace.first-only-completion',
        'move.first-only-completion',
        'ordering.response-first',
      ]),
    ),
    roster: notification(
      {
        operationId: 'notifyRoster',
        summary: 'Participants have joined',
        text: 'Lists the participants of the call: changeType updated, with participants as resourceData.',
        examples: pageExamples('roster', behaviors.edition),
      },
      behaviors.named([
        ...behaviors.idsOf('roster'),
        'failure.no-roster',
        'pstn.phone-roster',
        'replace.first-only-roster',
        'move.first-only-roster',
        'move.roster',
        'ordering.completion-before-roster',
      ]),
    ),
    call: notification(
      {
        operationId: 'notifyCall',
        summary: 'The replaced call has ended',
        text: 'Only if the invitation has a replacesCallId: reports that the replaced call is terminated and deleted. It is sent to the callbackUri of the replaced call.',
        examples: ENDED_CALL,
      },
      behaviors.named(ofCalls),
    ),
  };
}

const LOCATION = {
  required: true,
  description: 'The URI of the operation, absolute or relative to that of the request.',
  schema: { type: 'string', format: 'uri-reference' },
  example: EXAMPLE_LOCATION,
};

/**
 * The path item of the endpoint. Each behaviour is listed in one place: with the response or notification that shows
 * it, otherwise with the operation.
 * @param behaviors the catalogue: `edition`, `named(ids)`, `idsOf(area)`, and `rest()`, those that are not listed so
 * far
 */
export function inviteItem(behaviors) {
  const responses = {
    200: {
      ...about(
        'The invitation is accepted. The body is the operation, which is in progress.',
        behaviors.named([
          ...behaviors.idsOf('response'),
          'pstn.phone-response',
          'replace.first-only-response',
          'move.first-only-response',
          'move.response-participant-id',
        ]),
      ),
      headers: { Location: LOCATION },
      content: json('InviteParticipantsOperation', pageExamples('response', behaviors.edition)),
    },
    ...refusals(behaviors),
  };
  const notifications = callbacks(behaviors);
  return {
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        description: behaviors.groupCallsOnly
          ? 'The id of an established group call.'
          : 'The id of an established call.',
        schema: { type: 'string', minLength: 1 },
        example: EXAMPLE_CALL,
      },
    ],
    post: {
      operationId: 'invite',
      summary: 'Invite participants to the active call',
      tags: ['calls'],
      security: [{ bearer: [] }],
      ...about(
        `Invites one participant, or up to five, to a ${behaviors.groupCallsOnly ? 'group call' : 'call; several need a group call'}. The response is an operation; notifications report its result.`,
        behaviors.rest(),
      ),
      requestBody: {
        required: true,
        description: 'The invitees, and a context that is returned. Parameter names may be in any case.',
        content: json('InvitationRequest', pageExamples('request', behaviors.edition)),
      },
      responses,
      callbacks: notifications,
    },
  };
}
