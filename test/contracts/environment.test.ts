import { createServer as createHttpServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { verifyContracts } from '../../contracts';
import { EnvironmentError } from '../../target/errors';
import { contractLines } from '../../reporters/wording/contract-text';
import { optionsFor, withMock } from './target';

jest.setTimeout(120_000);

/** A self-signed certificate and its key, for this test only. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPbfpFS2mKxKDbdfy
KylNy9NbpUNQWKtx7n84zydmCu2hRANCAASMum6Z67iOuEXaEcz3k7DlXV9Ndi4n
It8YFiYEI6TXEPWFo6OTlgcBka0QZuv1qvv8bCnhypxareh/UMdtD+CG
-----END PRIVATE KEY-----
`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUcFwYeVy+Uhr1syG4HIs6iidtRKswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzA5MjcxMVoYDzIxMjYxMDMw
MDkyNzExWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASMum6Z67iOuEXaEcz3k7DlXV9Ndi4nIt8YFiYEI6TXEPWFo6OTlgcB
ka0QZuv1qvv8bCnhypxareh/UMdtD+CGo28wbTAdBgNVHQ4EFgQU2tRNyJYyk/DL
zThh9BVQWs0Zah0wHwYDVR0jBBgwFoAU2tRNyJYyk/DLzThh9BVQWs0Zah0wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgabff3Ytw1OUgsFSPyPd487esNAjKF/23aCBACX7TNgcCIDpu
DWy/IDtMKQKAxb2blXqi8DnjXOReySLlcqJIwoYh
-----END CERTIFICATE-----
`;

/** Options for a target with only its URL. */
function optionsOf(target: string): ReturnType<typeof optionsFor> {
  const tokens = { valid: 'one', withoutPermission: 'two', delegated: 'three' };
  return optionsFor({ url: target, states: `${target}/_states`, tokens }, { timeoutMs: 500 });
}

async function listening<T>(server: Server, run: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    return await run((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

async function failureOf(target: string): Promise<{ layer: string; message: string; ms: number }> {
  const from = performance.now();
  const error: unknown = await verifyContracts(optionsOf(target)).catch((thrown: unknown) => thrown);
  if (!(error instanceof EnvironmentError)) throw new Error(`not an EnvironmentError: ${String(error)}`);
  return { layer: error.layer, message: error.message, ms: performance.now() - from };
}

test('a target that is down ends the verification at once', async () => {
  const port = await listening(createServer(), (free) => Promise.resolve(free));
  const { layer, ms } = await failureOf(`http://127.0.0.1:${port}/v1.0`);
  expect(layer).toBe('connect');
  expect(ms).toBeLessThan(4000);
});

test('a silent target ends it within its deadline', async () => {
  const { layer, message, ms } = await listening(
    createServer((socket) => void socket.on('error', () => undefined)),
    (port) => failureOf(`http://127.0.0.1:${port}/v1.0`),
  );
  expect(layer).toBe('answer');
  expect(message).toContain('500 ms');
  expect(ms).toBeLessThan(5000);
});

test('a self-signed certificate is reported as such', async () => {
  const { layer, message } = await listening(createSecureServer({ key: KEY, cert: CERTIFICATE }), (port) =>
    failureOf(`https://127.0.0.1:${port}/v1.0`),
  );
  expect(layer).toBe('answer');
  expect(message).toContain('NODE_EXTRA_CA_CERTS');
});

test('with a wrong base path nothing is verified, and the right one is suggested', async () => {
  await withMock({}, async (mock) => {
    const verified = verifyContracts({ ...optionsFor(mock), target: `${mock.url}/elsewhere` });
    await expect(verified).rejects.toMatchObject({
      layer: 'route',
      message: expect.stringContaining(`did you mean --target ${mock.url}?`) as string,
    });
  });
});

test('if every invitation is answered 404, each interaction fails and shows the response', async () => {
  const elsewhere = createHttpServer((_req, res) => void res.writeHead(404).end());
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const target = `http://127.0.0.1:${port}`;
  const results = await withMock({}, (mock) => verifyContracts({ ...optionsFor(mock), target }));
  elsewhere.closeAllConnections();
  elsewhere.close();
  const single = results.find(({ interaction }) => interaction.startsWith('single'));
  expect(single).toMatchObject({ result: 'failed', behaviors: ['request.route'] });
  expect(single?.mismatches).toEqual([
    expect.objectContaining({ part: 'status', observed: { is: 'answer', status: 404 } }),
  ]);
  expect(single && contractLines(single)[0]).toContain('the target answered 404 to POST');
  const completion = results.find(({ interaction }) => interaction.startsWith('completion'));
  expect(completion).toMatchObject({ result: 'untested' });
});
