// The endpoint as an OpenAPI description, for tools that mock from one. What the page shows of the endpoint, and no more.

/** An object with an `@odata.type`, as a schema. */
const typed = (properties, required = []) => ({ type: 'object', properties, required });
const string = { type: 'string' };
const identity = typed({ '@odata.type': string, id: string, displayName: { type: ['string', 'null'] } });
const participant = typed(
  {
    '@odata.type': string,
    replacesCallId: { type: ['string', 'null'] },
    identity: typed({ '@odata.type': string, user: identity, phone: identity }),
  },
  ['identity'],
);

const OPERATION = {
  '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
  id: '17e3b46c-f61d-4f4d-9635-c626ef18e6ad',
  status: 'Running',
  clientContext: 'bench-0',
  resultInfo: null,
  participants: [],
};

/** The page's first notification, which a tool can send as it stands: it knows of no operation. */
const NOTIFICATION = {
  '@odata.type': '#microsoft.graph.commsNotifications',
  value: [
    {
      '@odata.type': '#microsoft.graph.commsNotification',
      changeType: 'deleted',
      resource: '/app/calls/57dab8b1-894c-409a-b240-bd8beae78896/operations/17e3b46c-f61d-4f4d-9635-c626ef18e6ad',
      resourceUrl:
        '/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/operations/17e3b46c-f61d-4f4d-9635-c626ef18e6ad',
      resourceData: { ...OPERATION, status: 'completed' },
    },
  ],
};

const json = (schema, example) => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
});

/**
 * The description, OpenAPI 3.1.
 * @param callback the loopback URL that notifications go to; none: it describes no callback
 */
export function description(callback) {
  const notified = {
    post: {
      requestBody: { content: json({ type: 'object' }, NOTIFICATION) },
      responses: { 202: { description: 'Taken' } },
    },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'participant: invite', version: '1.0' },
    paths: {
      '/v1.0/communications/calls/{id}/participants/invite': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: string }],
        post: {
          security: [{ bearer: [] }],
          requestBody: {
            required: true,
            content: json(
              typed(
                {
                  participants: { type: 'array', items: participant, minItems: 1 },
                  clientContext: { ...string, maxLength: 256 },
                },
                ['participants'],
              ),
            ),
          },
          responses: {
            200: {
              description: 'Taken',
              headers: { Location: { schema: string } },
              content: json(
                typed({ '@odata.type': string, id: string, status: string, clientContext: string }, ['id', 'status']),
                OPERATION,
              ),
            },
          },
          ...(callback === undefined ? {} : { callbacks: { notified: { [callback]: notified } } }),
        },
      },
    },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
}
