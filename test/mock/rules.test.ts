import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../mock/json';
import { phone, startBench, user, type Bench } from './bot';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(async () => bench.close());

const one = (): JsonObject => ({ participants: [user()] });
const many = (count: number): JsonObject => ({ participants: Array.from({ length: count }, () => user()) });

describe('refuses', () => {
  const refusals: [string, number, unknown, JsonObject?][] = [
    ['malformed JSON', 400, '{"participants": ['],
    ['an empty body', 400, ''],
    ['an array', 400, [one()]],
    ['no participants', 400, { clientContext: 'c' }],
    ['participants null', 400, { participants: null }],
    ['participants empty', 400, { participants: [] }],
    ['participants an object', 400, { participants: user() }],
    ['participants a string', 400, { participants: 'me' }],
    ['a participant null', 400, { participants: [null] }],
    ['a participant without identity', 400, { participants: [user(), { replacesCallId: null }] }],
    ['an identity null', 400, { participants: [{ identity: null }] }],
    ['an identity with only null', 400, { participants: [{ identity: { user: null } }] }],
    ['an identity without id', 400, { participants: [{ identity: { user: { displayName: 'x' } } }] }],
    ['parameters given twice', 400, { participants: [user()], Participants: [user()] }],
    ['a clientContext of 257', 400, { ...one(), clientContext: 'c'.repeat(257) }],
    ['a clientContext that is a number', 400, { ...one(), clientContext: 1 }],
    ['six at once', 400, many(6)],
    ['several without chat info', 400, many(2), { chatInfo: false }],
    ['a phone without a number to call from', 400, { participants: [phone()] }, { pstnNumber: false }],
    ['a participant twice', 400, { participants: [user('a'), user('a')] }],
  ];

  test.each(refusals)('%s', async (_name, status, body, call = {}) => {
    const callId = await bench.groupCall(call);
    const reply = await bench.invite(callId, body);
    expect(reply.status).toBe(status);
    const error = reply.body['error'] as JsonObject;
    expect(error).toEqual({
      code: expect.stringMatching(/./),
      message: expect.stringMatching(/./),
      innerError: {
        date: expect.stringMatching(/^\d{4}-/),
        'request-id': expect.stringMatching(/-/),
        'client-request-id': expect.stringMatching(/-/),
      },
    });
  });

  test.each(['text/plain', 'application/xml', 'application/jsonp', 'text/json; charset=utf-8', ''])(
    'a body sent as "%s"',
    async (type) => {
      const reply = await bench.invite(await bench.groupCall(), one(), { 'Content-Type': type });
      expect(reply.status).toBe(415);
    },
  );

  test('a call that does not exist', async () => {
    const reply = await bench.invite(randomUUID(), one());
    expect([reply.status, (reply.body['error'] as JsonObject)['code']]).toEqual([404, '8522']);
  });

  test('a peer-to-peer call', async () => {
    const { callId } = await bench.setup('a peer-to-peer call', { callbackUri: bench.listener.url });
    expect((await bench.invite(callId as string, one())).status).toBe(400);
  });

  test('a participant who is in the call already, or invited to it', async () => {
    const callId = await bench.groupCall();
    const id = randomUUID();
    const release = bench.listener.hold();
    await bench.invite(callId, { participants: [user(id)] });
    const again = await bench.invite(callId, { participants: [user(id)] });
    release();
    await bench.listener.find(({ text }) => text.includes('mediaStreams') && text.includes(id));
    const later = await bench.invite(callId, { participants: [user(id)] });
    const asPhone = await bench.invite(callId, { participants: [phone(id)] });
    expect([again.status, later.status, asPhone.status]).toEqual([400, 400, 200]);
  });

  test('a method other than POST', async () => {
    const callId = await bench.groupCall();
    const reply = await bench.request('GET', `/communications/calls/${callId}/participants/invite`);
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('an unknown or invalid path', async () => {
    const replies = await Promise.all([
      bench.request('POST', '/communications/invite', { body: {} }),
      bench.request('POST', '/communications/calls/%ZZ/participants/invite', { body: {} }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([404, 400]);
    expect(replies.every(({ body }) => (body['error'] as JsonObject)['message'] !== '')).toBe(true);
  });
});

describe('accepts', () => {
  const acceptances: [string, unknown, JsonObject?, Record<string, string>?][] = [
    ['no clientContext', one()],
    ['clientContext null', { ...one(), clientContext: null }],
    ['a clientContext of 256', { ...one(), clientContext: 'c'.repeat(256) }],
    ['parameters in another case', { Participants: [user()], CLIENTCONTEXT: 'Any Case' }],
    ['unknown parameters', { ...one(), color: 'red' }],
    ['one without chat info', one(), { chatInfo: false }],
    ['two', many(2)],
    ['five', many(5)],
    ['a phone', { participants: [phone()] }],
    ['an identity of another kind', { participants: [{ identity: { guest: { id: 'g' } } }] }],
    ['a charset', one(), {}, { 'Content-Type': 'application/json; charset=utf-8' }],
    ['a content type in another case', one(), {}, { 'Content-Type': 'Application/JSON;charset=UTF-8' }],
    ['a byte order mark', `\uFEFF${JSON.stringify(one())}`],
  ];

  test.each(acceptances)('%s', async (_name, body, call = {}, headers = {}) => {
    const reply = await bench.invite(await bench.groupCall(call), body, headers);
    expect(reply.status).toBe(200);
  });

  test('a path in another case', async () => {
    const callId = await bench.groupCall();
    const reply = await bench.request('POST', `/Communications/Calls/${callId}/Participants/Invite`, { body: one() });
    expect(reply.status).toBe(200);
  });
});

test('checks the caller first, then the call, then the content type, then the body', async () => {
  const nobody = { Authorization: 'Bearer x' };
  const notAllowed = { Authorization: `Bearer ${bench.mock.tokens.delegated}` };
  const text = { 'Content-Type': 'text/plain' };
  const callId = await bench.groupCall();
  const statuses = await Promise.all(
    [
      bench.invite('nowhere', '{', { ...nobody, ...text }),
      bench.invite('nowhere', '{', { ...notAllowed, ...text }),
      bench.invite('nowhere', '{', text),
      bench.invite(callId, '{', text),
      bench.invite(callId, '{'),
    ].map(async (reply) => (await reply).status),
  );
  expect(statuses).toEqual([401, 403, 404, 415, 400]);
});
