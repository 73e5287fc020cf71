import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogOf } from '../../behaviors/catalog';
import { EDITION, type Edition } from '../../behaviors/edition';
import { embeddedMock } from '../../api/embedded-mock';
import type { History } from '../../history/events';
import { assemble } from '../../history/import/assemble';
import { gather, type RecordedFile } from '../../history/import/gather';
import { DEFAULTS } from '../../schemas/options';
import { recordRun } from '../../suites/record-run';
import { editionShown, recordedPlanFor } from '../../suites/recorded-edition-plan';
import { recordedResultOf } from '../../verdicts/recorded-result';
import { resultOf, type Result } from '../../verdicts/result';
import { Gateway, type HarEntry } from './gateway';

/** Returns a currently unused port. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const JUDGING = { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() } as const;

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

/** A file of recorded traffic, as text or as bytes. */
export type Recorded = { kind: RecordedFile['kind'] } & ({ text: string } | { bytes: Buffer });

/** Judges recorded traffic. @param most maximum number of invitations that are judged together */
export function judgedFrom(
  recorded: readonly Recorded[],
  timeoutMs: number,
  options: { target?: string; most?: number; edition?: Edition } = {},
): { result: Result; history: History } {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  try {
    const files = recorded.map((one, i): RecordedFile => {
      const { kind } = one;
      const file = join(folder, `${i}-${kind}.json`);
      writeFileSync(file, 'text' in one ? one.text : one.bytes);
      return { kind, file };
    });
    const gathered = gather(files);
    const { edition = editionShown(gathered.invitations), ...others } = options;
    const { digest: catalogDigest } = catalogOf(edition);
    const settings = { timeoutMs, quietMs: 500, suiteVersion: '0', catalogDigest };
    const by = edition === EDITION ? {} : { edition };
    const assembled = assemble(gathered, { ...settings, ...by, ...others, planOf: recordedPlanFor(edition) });
    try {
      return recordedResultOf(assembled, JUDGING);
    } finally {
      assembled.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
