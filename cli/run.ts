import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../config/load';
import { runOptions, type Access, type Flags, type RunOptions } from '../config/settings';
import type { History, HistoryEvent, HistoryHeader } from '../history/events';
import { openHistory } from '../history/store';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { outputIsForMachines, readWishes, report, writeReport } from '../reporters';
import { conduct } from '../suites/conduct';
import { SCENARIOS } from '../suites/scenarios';
import { resultOf } from '../verdicts/result';
import { beside, keepContracts, wantsContracts } from './contracts-beside';
import { embedded } from './embedded';
import { Interrupted, say, showsColour } from './output';
import { progressLine } from './progress';

const RESULT_FILE = 'result.json';

async function record(options: RunOptions, access: Access): Promise<History> {
  const file = openHistory(options.out);
  // A run that ends early must not leave the result of the one before.
  rmSync(join(options.out, RESULT_FILE), { force: true });
  const abort = new AbortController();
  let begun = false;
  let stop = (): void => undefined;
  const stoppedEarly = new Promise<never>((_, reject) => {
    stop = () => {
      abort.abort();
      if (!begun) reject(new Interrupted());
    };
  });
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const { step, end } = progressLine();
  // What is still under way when a run is cut off goes on for a while; the file holds what was judged, and no more.
  let ended = false;
  const sink = (line: HistoryEvent | HistoryHeader): void => {
    if (!ended) file.write(line);
    ended ||= line.kind === 'end';
    // The preflight's own exchanges come before any of these.
    begun ||= ['call', 'invitation', 'missing', 'attemptEnd'].includes(line.kind);
  };
  try {
    const conducted = conduct({ ...options.settings, ...access }, { sink, progress: step, signal: abort.signal });
    return await Promise.race([conducted, stoppedEarly]);
  } finally {
    end();
    ended = true;
    file.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/**
 * `run`: judges a target, or the embedded mock where none is named.
 * @returns the exit code
 */
export async function run(flags: Flags): Promise<number> {
  const options = runOptions(await loadConfig(flags.config, process.cwd()), flags, process.env, SCENARIOS);
  const wishes = readWishes(options.reports);
  const mock = options.access ? undefined : await embedded();
  try {
    const access = options.access ?? mock?.access;
    if (!access) throw new Error('neither a target nor the mock');
    if (mock) say('No target named: judging the embedded mock.\n');
    const both = { ...options.settings, ...access };
    const conducted = (): Promise<History> => record(options, access);
    const { history, contracts } = wantsContracts(options, flags)
      ? await beside(both, conducted)
      : { history: await conducted(), contracts: [] };
    keepContracts(options.out, contracts);
    const { gate, allowUntested, waivers, out } = options;
    const result = resultOf(history, {
      gate,
      allowUntested,
      waivers,
      now: Date.now(),
      pageFingerprint: ownPageFingerprint(),
      contracts,
    });
    writeReport(join(out, RESULT_FILE), `${JSON.stringify(result, null, 2)}\n`);
    const toPeople = outputIsForMachines(wishes) ? process.stderr : process.stdout;
    report(
      result,
      wishes,
      {
        machine: (text) => process.stdout.write(text),
        people: (text) => toPeople.write(text),
        colour: showsColour(toPeople),
      },
      history,
    );
    return result.exitCode;
  } finally {
    await mock?.close();
  }
}
