import { catalogOf } from '../behaviors/catalog';
import type { ListenFlags } from '../config/flags';
import { openHistory } from '../history/history-file';
import type { MockGivenOptions } from '../schemas/run-options';
import { openSession } from '../target/session';
import { plain } from '../reporters/plain';
import { optionsFor } from './options';
import { printMessage, printOutput } from './output';

/** A run on several machines may bring any number of deliveries; they are written to the disk. */
const ROOM = { maxDeliveries: Number.MAX_SAFE_INTEGER, maxConnections: 8192 };
/** A listener sends nothing, so it needs no target. */
const NO_TARGET: MockGivenOptions = {
  target: 'http://none.invalid',
  tokens: {},
  provisioning: { calls: {} },
  invitees: {},
  allowPstn: false,
};
/**
 * The number of samples of the target's Date header: for senders that can't reach the listener, it synchronizes the
 * clocks.
 */
const LOOKS = 20;
const LOOK_TIME = 2000;
const PAUSE = 50;

/** `listen`: records the notifications of a load run on several machines, until it is stopped. */
export async function listen(flags: ListenFlags): Promise<number> {
  const { options } = await optionsFor(flags);
  const file = openHistory(options.out);
  const session = await openSession(options.target === undefined ? { ...options, ...NO_TARGET } : options, {
    catalogDigest: catalogOf(options.edition).digest,
    load: { count: 0, rate: 0 },
    // The listener may have no target.
    roundTripMs: 0,
    continuesWhenStopped: true,
    sink: (line) =>
      file.write(line.kind === 'header' ? { ...line, machine: { name: 'listener', role: 'listens' } } : line),
    limits: ROOM,
  });
  const { recorder, listener } = session;
  printOutput(`${JSON.stringify({ url: listener.url, ready: listener.readyUrl })}\n`);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
  if (options.target !== undefined) {
    for (let i = 0; i < LOOKS; i += 1) {
      const sentAt = recorder.now();
      const answer = await fetch(options.target, { signal: AbortSignal.timeout(LOOK_TIME), redirect: 'manual' }).catch(
        () => undefined,
      );
      const receivedAt = recorder.now();
      await answer?.body?.cancel();
      const shows = Date.parse(answer?.headers.get('date') ?? '');
      if (!Number.isNaN(shows))
        recorder.add({ kind: 'clock', of: 'target', sentAt, receivedAt, shows, resolutionMs: 1000 });
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
  await stopped;
  const remarks = listener.remarks();
  recorder.add({ kind: 'end', at: recorder.now(), interrupted: false, remarks });
  await session.close();
  file.close();
  for (const remark of remarks) printMessage(`${plain(remark)}\n`);
  return 0;
}
