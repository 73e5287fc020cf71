// A provider suite as one writes it by hand with Pact's Verifier: it verifies the package's pact against a target. The
// handlers provide the states, set the token of each caller, and invite to get the notifications that the messages describe.
//   node bench/pact-suite.mjs '{"url":…,"states":…,"tokens":{…},"pact":…}'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { Verifier } from '@pact-foundation/pact';

const { url, states, tokens, pact } = JSON.parse(process.argv[2]);
/** The longest wait for a notification, ms. */
const PATIENCE_MS = 5000;
const PHONE = '+15555550100';

/** Waiting handlers: each gets the notifications, and returns whether it takes one. */
const waiting = new Set();
const server = createServer((request, response) => {
  void text(request).then((body) => {
    response.writeHead(202).end();
    const message = JSON.parse(body);
    const [{ resourceUrl, resourceData, changeType }] = message.value;
    for (const one of waiting) one({ message, resourceUrl, state: resourceData?.state, changeType });
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const callbackUri = `http://127.0.0.1:${server.address().port}/`;

async function post(to, body, headers = {}) {
  const sent = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  const response = await fetch(to, sent);
  const json = await response.json();
  if (!response.ok) throw new Error(`${to} answered ${response.status}: ${JSON.stringify(json)}`);
  return json;
}

/** The values of the current interaction's states, and the credentials of its caller. */
let values = {};
let authorization;

const provide = (state, params, valuesOf) => async () => {
  const given = await post(states, { action: 'setup', state, params });
  values = { ...values, ...valuesOf(given) };
  return values;
};
const callWith = (credentials) => () => {
  authorization = credentials;
  return Promise.resolve(values);
};
const stateHandlers = {
  'a group call': (params) => provide('a group call', { ...params, callbackUri }, ({ callId }) => ({ callId }))(),
  'a peer-to-peer call': provide('a peer-to-peer call', { callbackUri }, ({ callId, userId }) => ({
    replacesCallId: callId,
    userId,
  })),
  'users who can be invited': (params) =>
    provide('users who can be invited', params, ({ userIds: [userId, userId2] }) => ({
      userId,
      userId1: userId,
      userId2,
    }))(),
  'a user who cannot be reached': provide('a user who cannot be reached', {}, ({ userId }) => ({ userId })),
  'a call that does not exist': () => Promise.resolve((values = { ...values, callId: randomUUID() })),
  'a phone that can be invited': () => Promise.resolve((values = { ...values, phone: PHONE })),
  'an application without the call permission': callWith(`Bearer ${tokens.withoutPermission}`),
  'a caller with a delegated token': callWith(`Bearer ${tokens.delegated}`),
  'a caller with a token that nobody issued': callWith('Bearer nobody-issued-this'),
  'a caller with a name and a password': callWith('Basic Ym90OmJvdA=='),
  'a caller without a token': callWith(undefined),
};

/** Invites with a clientContext, and returns the first notification of a kind. */
const invited =
  (isIt, clientContext = randomUUID()) =>
  async () => {
    const { callId, userId, replacesCallId } = values;
    const arrived = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no such notification')), PATIENCE_MS);
      waiting.add((one) => {
        if (!isIt(one)) return;
        clearTimeout(late);
        resolve(one.message);
      });
    });
    const user = { '@odata.type': '#microsoft.graph.identity', id: userId };
    const participant = {
      '@odata.type': '#microsoft.graph.invitationParticipantInfo',
      identity: { '@odata.type': '#microsoft.graph.identitySet', user },
      ...(replacesCallId === undefined ? {} : { replacesCallId }),
    };
    const body = { participants: [participant], clientContext };
    await post(`${url}/communications/calls/${callId}/participants/invite`, body, {
      Authorization: `Bearer ${tokens.valid}`,
    });
    const message = await arrived;
    waiting.clear();
    return { message, __pactMessageMetadata: { contentType: 'application/json', method: 'POST' } };
  };
const ofOperation = ({ resourceUrl }) => resourceUrl.includes('/operations/');
const ofReplaced = ({ resourceUrl }) => resourceUrl.endsWith(values.replacesCallId ?? '-');

const verifier = new Verifier({
  provider: 'participant-invite',
  providerBaseUrl: url,
  pactUrls: [pact],
  logLevel: 'error',
  stateHandlers,
  beforeEach: () => {
    values = {};
    authorization = `Bearer ${tokens.valid}`;
    return Promise.resolve();
  },
  requestFilter: (request, _response, next) => {
    if (authorization === undefined) delete request.headers['authorization'];
    else request.headers['authorization'] = authorization;
    next();
  },
  messageProviders: {
    'completion: an invitation was carried out': invited(ofOperation, 'Invitation-to-follow-B6b1c3f5-0e0c-4E1e'),
    'failure: an invitation could not be carried out': invited(ofOperation, 'Invitation-to-fail-7Ad90c16-42b8-4F0a'),
    'replaced call deleted: the peer-to-peer call that an invitation replaces is gone': invited(
      (one) => ofReplaced(one) && one.changeType === 'deleted',
    ),
    'replaced call terminated: the peer-to-peer call that an invitation replaces has ended': invited(
      (one) => ofReplaced(one) && one.state !== undefined,
    ),
    'roster: somebody who was invited is in the call': invited(({ resourceUrl }) =>
      resourceUrl.endsWith('/participants'),
    ),
  },
});
await verifier.verifyProvider();
server.close();
server.closeAllConnections();
process.exit(0);
