import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../config/load';
import { runOptions, type Flags, type RunOptions } from '../config/settings';
import type { History, HistoryEvent, HistoryHeader, LoadWish } from '../history/events';
import { openHistory, streamHistory } from '../history/store';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { outputIsForMachines, readWishes } from '../reporters/wishes';
import { writeReport } from '../reporters/write';
import { readyValidators } from '../schemas';
import { conduct, type Phase, type RunHooks, type RunSettings } from '../suites/conduct';
import { SCENARIOS } from '../suites/scenarios';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import { beside, keepContracts, otherPacts, wantsContracts } from './contracts-beside';
import type { NamedPact } from '../contracts';
import { embedded } from './embedded';
import { Interrupted, say, showsColour } from './output';
import { Profile } from './profile';
import { progressLine } from './progress';

const RESULT_FILE = 'result.json';

/**
 * Conducts a run whose history goes to a file in a folder, shows how far it is, and takes an interrupt.
 * @param steps what the progress counts, in the plural
 * @throws Interrupted where it was interrupted before there was anything to judge
 */
async function record<T>(out: string, steps: string, conducted: (hooks: RunHooks) => Promise<T>): Promise<T> {
  const file = openHistory(out);
  // A run that ends early must not leave the result of the one before.
  rmSync(join(out, RESULT_FILE), { force: true });
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
  const { step, end } = progressLine(steps);
  // What is still under way when a run is cut off goes on for a while; the file holds what was judged, and no more.
  let ended = false;
  const sink = (line: HistoryEvent | HistoryHeader): void => {
    if (!ended) file.write(line);
    ended ||= line.kind === 'end';
    // The preflight's own exchanges come before any of these.
    begun ||= ['call', 'invitation', 'missing', 'attemptEnd'].includes(line.kind);
  };
  try {
    return await Promise.race([conducted({ sink, progress: step, signal: abort.signal }), stoppedEarly]);
  } finally {
    end();
    ended = true;
    file.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

type Judged = { result: Result; history: History };

async function once(
  options: RunOptions,
  settings: RunSettings,
  /** The pacts of other bots to be verified beside the own; undefined: no contract is verified. */
  pacts: NamedPact[] | undefined,
  judging: Judging,
  profile: Profile,
): Promise<Judged> {
  const phase = (name: Phase): void => {
    profile.begin(name);
    // There is nothing else to do then; what comes late in the window must not be kept waiting.
    if (name === 'quiet window') void readyValidators(settings.quietMs / 2);
  };
  const conducted = async (): Promise<History> => {
    const history = await record(options.out, 'attempts', (hooks) => conduct(settings, { ...hooks, phase }));
    // What is left of them, once the scenarios are over.
    profile.begin('contracts');
    return history;
  };
  const { history, contracts } = pacts
    ? await beside({ ...settings, pacts }, conducted)
    : { history: await conducted(), contracts: [] };
  profile.begin('judging');
  keepContracts(options.out, contracts);
  return { result: resultOf(history, { ...judging, contracts }), history };
}

/** A load run is judged when it is over, as its file is read: judging beside it would take from what it measures. */
async function underLoad(
  settings: RunSettings,
  load: LoadWish,
  out: string,
  judging: Judging,
  profile: Profile,
): Promise<Judged> {
  const [{ conductLoad }, { loadResultOf }] = await Promise.all([
    import('../suites/load.js'),
    import('../verdicts/load.js'),
  ]);
  profile.begin('load');
  await record(out, 'invitations', (hooks) => conductLoad(settings, load, hooks));
  profile.begin('judging');
  keepContracts(out, []);
  const { result, evidence } = loadResultOf(streamHistory(out), judging);
  return { result, history: evidence };
}

/**
 * `run`: judges a target, or the embedded mock where none is named.
 * @returns the exit code
 */
export async function run(flags: Flags & { profile?: boolean }): Promise<number> {
  const profile = new Profile();
  const options = runOptions(await loadConfig(flags.config, process.cwd()), flags, process.env, SCENARIOS);
  const wishes = readWishes(options.reports);
  const wanted = options.load === undefined && wantsContracts(options, flags);
  const pacts = wanted ? await otherPacts(flags, options.settings.timeoutMs) : undefined;
  if (!options.access) profile.begin('mock');
  const mock = options.access ? undefined : await embedded();
  try {
    const access = options.access ?? mock?.access;
    if (!access) throw new Error('neither a target nor the mock');
    if (mock) say('No target named: judging the embedded mock.\n');
    const both = { ...options.settings, ...access };
    const { gate, allowUntested, waivers, out } = options;
    const judging = { gate, allowUntested, waivers, now: Date.now(), pageFingerprint: ownPageFingerprint() };
    const { result, history } = options.load
      ? await underLoad(both, options.load, out, judging, profile)
      : await once(options, both, pacts, judging, profile);
    writeReport(join(out, RESULT_FILE), `${JSON.stringify(result, null, 2)}\n`);
    profile.begin('reports');
    const { report } = await import('../reporters/index.js');
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
    if (flags.profile === true) say(profile.table());
    return result.exitCode;
  } finally {
    await mock?.close();
  }
}
