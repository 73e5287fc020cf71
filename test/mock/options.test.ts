import { request } from 'node:https';
import { startMock, type Mock } from '../../mock';
import { makeCertificate } from '../../mock/certificate';
import { startBench, user } from './bot';

/** Start options of a mock. */

test('setup in code reports what is wrong', async () => {
  const bench = await startBench();
  expect(() => bench.mock.setup('a group call', { callbackUri: 'none' })).toThrow(
    'callbackUri must be an absolute URL.',
  );
  const remote = { callbackUri: 'http://192.0.2.1/' };
  expect(() => bench.mock.setup('a group call', remote)).toThrow('allowRemoteCallbacks');
  expect(bench.mock.setup('users who can be invited', { count: 2 }).userIds).toHaveLength(2);
  await bench.close();
});

test('fixed tokens replace minted ones', async () => {
  const tokens = { valid: 'made-up', withoutPermission: 'no-permission', delegated: 'some-user' };
  const own = await startBench({ tokens });
  expect(own.mock.tokens).toEqual(tokens);
  const callId = await own.groupCall();
  const status = async (token: string): Promise<number> =>
    (await own.invite(callId, { participants: [user()] }, { Authorization: `Bearer ${token}` })).status;
  expect([await status('made-up'), await status('no-permission'), await status('some-user')]).toEqual([200, 403, 403]);
  expect([await status('made-down'), await status(own.mock.mintToken())]).toEqual([401, 200]);
  // Faults recognise them like minted ones.
  own.mock.inject('authorization.delegated/accepted');
  expect([await status('some-user'), await status('no-permission')]).toEqual([200, 403]);
  await own.close();
});

test.each([[{ valid: '' }], [{ valid: 'two words' }], [{ valid: 'x', delegated: 'x' }], [{ other: 'x' }], ['x']])(
  'tokens cannot be %j',
  async (tokens) => {
    await expect(startMock({ tokens: tokens as object })).rejects.toThrow(
      "The mock's option tokens must be some of valid, withoutPermission, delegated",
    );
  },
);

describe('with TLS', () => {
  let mock: Mock | undefined;
  afterEach(async () => mock?.close());

  const get = async (url: string, ca?: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(url, { ...(ca === undefined ? {} : { ca }), agent: false }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end();
    });

  test('the certificate of the start is trusted only with its authority', async () => {
    mock = await startMock({ tls: { names: ['mock.example'] } });
    expect(mock.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/v1\.0$/);
    expect(await get(mock.url, mock.ca)).toBe(404);
    await expect(get(mock.url)).rejects.toThrow('unable to verify the first certificate');
    expect(await get(mock.url.replace('127.0.0.1', 'localhost'), mock.ca)).toBe(404);
  });

  test('a given certificate is used', async () => {
    const { cert, key, ca } = makeCertificate(['127.0.0.1']);
    mock = await startMock({ tls: { cert, key } });
    expect([mock.ca, await get(mock.url, ca)]).toEqual([undefined, 404]);
    await expect(startMock({ tls: { cert: 'none', key: 'none' } })).rejects.toThrow("The mock's option tls must be");
  });
});

test('an invalid host is an error, and a mock can listen on all addresses', async () => {
  await expect(startMock({ host: 'http://127.0.0.1' })).rejects.toThrow("The mock's option host must be an IP address");
  await expect(startMock({ host: '192.0.2.77' })).rejects.toThrow('this machine has no such address');
  const mock = await startMock({ host: '0.0.0.0' });
  expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\.0$/);
  await expect(startMock({ port: Number(new URL(mock.url).port) })).rejects.toThrow(
    /^The mock can't listen at 127\.0\.0\.1, port \d+: the port is taken; .*\(EADDRINUSE\)$/,
  );
  await mock.close();
});
