import { createSigner } from 'fast-jwt';
import { startMock } from '../../mock';
import type { JsonObject } from '../../mock/json';
import { startBench, user, type Bench } from './bot';

let bench: Bench;
let callId: string;
beforeAll(async () => {
  bench = await startBench();
  callId = await bench.groupCall();
});
afterAll(async () => bench.close());

const claimsOf = (token: string): JsonObject =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JsonObject;

async function statusWith(authorization: string | undefined): Promise<number> {
  const response = await fetch(`${bench.mock.url}/communications/calls/${callId}/participants/invite`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    },
    body: JSON.stringify({ participants: [user()] }),
  });
  await response.arrayBuffer();
  return response.status;
}

describe('401', () => {
  test.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer opaque', 'Bearer a.b.c', 'Basic dXNlcjpwYXNz', 'Negotiate'])(
    'the header %p',
    async (authorization) => {
      expect(await statusWith(authorization)).toBe(401);
    },
  );

  test('a valid token with another scheme', async () => {
    expect(await statusWith(`Basic ${bench.mock.tokens.valid}`)).toBe(401);
  });

  test('a token signed with another key', async () => {
    const forged = createSigner({ key: 'another', algorithm: 'HS256' })(claimsOf(bench.mock.tokens.valid));
    expect(await statusWith(`Bearer ${forged}`)).toBe(401);
  });

  test('an unsigned token', async () => {
    const none = createSigner({ algorithm: 'none' })(claimsOf(bench.mock.tokens.valid));
    expect(await statusWith(`Bearer ${none}`)).toBe(401);
  });

  test('a token with changed claims', async () => {
    const [header, , signature] = bench.mock.tokens.withoutPermission.split('.');
    const claims = bench.mock.tokens.valid.split('.')[1];
    expect(await statusWith(`Bearer ${header}.${claims}.${signature}`)).toBe(401);
  });

  test('an expired token', async () => {
    expect(await statusWith(`Bearer ${bench.mock.mintToken({ expiresInSeconds: -1 })}`)).toBe(401);
  });

  test('a token of another mock', async () => {
    const other = await startMock();
    await other.close();
    expect(await statusWith(`Bearer ${other.tokens.valid}`)).toBe(401);
  });
});

describe('403', () => {
  test('an application token without the call permission', async () => {
    expect(await statusWith(`Bearer ${bench.mock.tokens.withoutPermission}`)).toBe(403);
    expect(await statusWith(`Bearer ${bench.mock.mintToken({ permissions: [] })}`)).toBe(403);
  });

  test('a delegated token, whatever its scopes', async () => {
    expect(await statusWith(`Bearer ${bench.mock.tokens.delegated}`)).toBe(403);
    const scoped = bench.mock.mintToken({ kind: 'delegated', permissions: ['Calls.InitiateGroupCall.All'] });
    expect(await statusWith(`Bearer ${scoped}`)).toBe(403);
  });
});

describe('200', () => {
  test.each(['Calls.InitiateGroupCall.All', 'Calls.InitiateGroupCalls.All'])('%s', async (permission) => {
    const token = bench.mock.mintToken({ permissions: ['Calls.JoinGroupCall.All', permission] });
    expect(await statusWith(`Bearer ${token}`)).toBe(200);
  });

  test('the scheme in another case', async () => {
    expect(await statusWith(`bearer ${bench.mock.tokens.valid}`)).toBe(200);
  });
});
