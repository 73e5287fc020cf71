import { createServer, type AddressInfo } from 'node:net';
import { embeddedMock } from '../../api/embedded-mock';
import type { HistoryEvent, HistoryHeader } from '../../history/events';
import { DEFAULTS } from '../../schemas/options';
import { Interrupted, UsageError } from '../../target/errors';
import { openSession, type Session, type SessionContext, type TargetOptions } from '../../target/session';
import { mockWith } from '../support/load';

const CONTEXT: SessionContext = { catalogDigest: '' };

/**
 * Runs a function with a session with the mock. @returns the events of the teardown, and whether the listener's port is
 * free again
 */
async function within(
  run: (session: Session) => Promise<void>,
  more: Partial<TargetOptions> = {},
  context: SessionContext = CONTEXT,
): Promise<{ teardowns: number; free: boolean }> {
  const mock = await mockWith({});
  const lines: (HistoryEvent | HistoryHeader)[] = [];
  try {
    const session = await openSession({ ...mock.options, ...more }, { ...context, sink: (line) => lines.push(line) });
    const { port } = new URL(session.listener.url);
    try {
      await run(session);
    } finally {
      await Promise.all([session.close(), session.close()]);
      await session.close();
    }
    const teardowns = lines.filter((line) => line.kind === 'exchange' && line.purpose === 'release').length;
    return { teardowns, free: await isFree(Number(port)) };
  } finally {
    await mock.close();
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

const options = (session: Session, key: string) => ({
  chatInfo: true,
  pstnNumber: true,
  callbackUri: session.listener.arm(key),
});

test('everything provisioned is released once, however often the session is closed', async () => {
  const { teardowns, free } = await within(async (session) => {
    await session.runPreflight();
    await session.anotherProvisioner().groupCall(options(session, 'another'));
    const early = session.anotherProvisioner();
    await early.groupCall(options(session, 'early'));
    await early.release();
    expect(await session.release()).toEqual([]);
  });
  // The call of the preflight, and one of each of the other two.
  expect(teardowns).toBe(3);
  expect(free).toBe(true);
});

test('nothing is released if the target ends with the run', async () => {
  expect((await within((session) => session.runPreflight(), {}, { ...CONTEXT, disposable: true })).teardowns).toBe(0);
});

test('a failed preflight leaves nothing open', async () => {
  await expect(
    within((session) => session.runPreflight(), { tokens: { valid: 'a-token-that-nobody-issued' } }),
  ).rejects.toMatchObject({ layer: 'tokens.valid' });
});

test('a failure to open is reported, and leaves nothing open', async () => {
  const { access, close } = await embeddedMock();
  const target = { ...DEFAULTS, ...access, timeoutMs: 1000, quietMs: 0, concurrency: 1 };
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const callback = { host: '127.0.0.1', port };
  await expect(openSession({ ...target, callback }, CONTEXT)).rejects.toMatchObject({ layer: 'callback' });
  await new Promise((resolve) => taken.close(resolve));
  const tls = { key: 'no key', cert: 'no certificate' };
  await expect(openSession({ ...target, callback, tls }, CONTEXT)).rejects.toBeInstanceOf(UsageError);
  expect(await isFree(port)).toBe(true);
  const signal = AbortSignal.abort();
  await expect(openSession(target, { ...CONTEXT, signal })).rejects.toBeInstanceOf(Interrupted);
  await close();
  await expect(openSession(target, CONTEXT)).rejects.toMatchObject({ layer: 'connect' });
});
