import { setTimeout } from 'node:timers/promises';
import { embeddedMock } from '../../api/embedded-mock';
import type { History } from '../../history/events';
import { DEFAULTS } from '../../schemas/options';
import { recordRun } from '../../suites/record-run';
import { resultOf, type Result } from '../../verdicts/result';
import { freePort } from '../support/free-port';
import { Gateway, type HarEntry } from './gateway';
import { JUDGING } from './judged-from';

/** A run against the embedded mock through a proxy that records it. */
export async function recordedRun(
  mockOptions: Parameters<typeof embeddedMock>[0],
): Promise<{ live: Result; history: History; entries: HarEntry[]; timeoutMs: number }> {
  const timeoutMs = 2500;
  const mock = await embeddedMock(mockOptions);
  const gateway = new Gateway();
  try {
    const port = await freePort();
    const to = new URL(mock.access.target);
    const [front, callback] = await Promise.all([
      gateway.open({ host: to.hostname, port: Number(to.port) }),
      gateway.open({ host: '127.0.0.1', port }),
    ]);
    const options = {
      ...DEFAULTS,
      ...mock.access,
      target: `${front}${to.pathname}`,
      callback: { host: '127.0.0.1', port, url: callback },
      concurrency: 12,
      timeoutMs,
    };
    const history = await recordRun(options, { disposable: true });
    // The recording continues as long as a notification may take.
    await setTimeout(timeoutMs);
    await fetch(`${front}/`);
    return { live: resultOf(history, JUDGING), history, entries: gateway.entries, timeoutMs };
  } finally {
    await gateway.close();
    await mock.close();
  }
}
