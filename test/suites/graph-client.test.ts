import {
  Client,
  GraphError,
  HTTPMessageHandler,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import type { InviteParticipantsOperation } from '@microsoft/microsoft-graph-types';
import { startMock, type Mock } from '../../mock';
import { listeners } from '../target/listening';

const startListener = listeners();

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => mock.close());

/** Adds the token, because the client's own handler sends none to an http host. */
function bearer(token: string, next: Middleware): Middleware {
  return {
    execute: async (context: Context) => {
      const headers = new Headers(context.options?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      context.options = { ...context.options, headers };
      await next.execute(context);
    },
  };
}

/** The official client, pointed at the mock. */
function graph(token: string): Client {
  return Client.initWithMiddleware({
    baseUrl: `${new URL(mock.url).origin}/`,
    defaultVersion: 'v1.0',
    middleware: bearer(token, new HTTPMessageHandler()),
  });
}

async function groupCall(callbackUri: string): Promise<string> {
  const body = JSON.stringify({ action: 'setup', state: 'a group call', params: { callbackUri } });
  const answer = await fetch(mock.states, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return ((await answer.json()) as { callId: string }).callId;
}

const invitation = {
  participants: [
    {
      '@odata.type': '#microsoft.graph.invitationParticipantInfo',
      identity: { '@odata.type': '#microsoft.graph.identitySet', user: { id: 'a-user', displayName: 'A user' } },
    },
  ],
  clientContext: 'context of the official client',
};

test("Microsoft's own client invites at the mock and gets the operation, and its bot is notified of the end", async () => {
  const { listener, recorded } = await startListener();
  const callId = await groupCall(listener.arm('call'));
  const operation = (await graph(mock.tokens.valid)
    .api(`/communications/calls/${callId}/participants/invite`)
    .post(invitation)) as InviteParticipantsOperation;
  expect(operation).toMatchObject({
    id: expect.any(String) as string,
    clientContext: invitation.clientContext,
    participants: [{ identity: { user: { id: 'a-user' } } }],
  });
  expect(operation.status?.toLowerCase()).toBe('running');
  const [ending] = await recorded(1);
  expect(ending?.body.content).toContain(`/communications/calls/${callId}/operations/${operation.id}`);
  expect(ending?.body.content).toContain('"completed"');
});

test("Microsoft's own client understands a refusal of the mock", async () => {
  const { listener } = await startListener();
  const callId = await groupCall(listener.arm('call'));
  const refused: unknown = await graph(mock.tokens.delegated)
    .api(`/communications/calls/${callId}/participants/invite`)
    .post(invitation)
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(GraphError);
  expect(refused).toMatchObject({ statusCode: 403, code: 'Forbidden' });
});
