import { UsageError } from '../common/errors';
import type { History } from '../history/events';
import { mergedMachineHistory } from '../history/machine-histories';
import { streamHistory, wholeHistory } from '../history/history-file';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { oneOf } from '../config/resolve-option';
import { LEVELS } from '../behaviors/behavior';
import { EDITIONS, type Edition } from '../behaviors/edition';
import { editionOf, judgedAs } from '../verdicts/edition';
import { DEFAULTS } from '../schemas/options';
import { loadResultOf } from '../verdicts/load-result';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import type { JudgeOptions } from './options';
import { readWaivers } from './waivers';

/**
 * Judges a run of any kind; for a load run, the returned history contains only the events of findings.
 * @param edition the edition to judge by; undefined: the recorded one
 */
export function judgeFolders(
  folders: readonly string[],
  given: Judging,
  edition: Edition | undefined,
): { result: Result; history: History } {
  const [folder = ''] = folders;
  const machines = folders.length > 1 ? mergedMachineHistory(folders) : undefined;
  const recorded = machines?.stream ?? streamHistory(folder);
  const stream = { ...recorded, header: judgedAs(recorded.header, edition) };
  const judging = { ...given, pageFingerprint: ownPageFingerprint(editionOf(stream.header)) };
  if (stream.header.machine) {
    throw new UsageError(
      `${folder} is part of a load run on several machines: give the folders of the listener and of every sender`,
    );
  }
  if (stream.header.load) {
    const { result, evidence } = loadResultOf(stream, judging, machines?.remarks);
    return { result, history: evidence };
  }
  const history = wholeHistory(stream);
  return { result: resultOf(history, judging), history };
}

/**
 * Judges a recorded run again; sends nothing.
 * @param recorded the history, or its folder
 * @throws UsageError for invalid options; HistoryFileError if the folder contains no history, or a damaged one
 */
export async function judge(recorded: History | string, options: JudgeOptions = {}): Promise<Result> {
  const { gate = DEFAULTS.gate, allowUntested = DEFAULTS.allowUntested, waivers = [], edition } = options;
  const by = edition === undefined ? undefined : oneOf(edition, EDITIONS, 'edition');
  const judging: Judging = {
    gate: oneOf(gate, LEVELS, 'gate'),
    allowUntested,
    waivers: await readWaivers(waivers),
    now: Date.now(),
  };
  if (typeof recorded === 'string') return judgeFolders([recorded], judging, by).result;
  const header = judgedAs(recorded.header, by);
  return resultOf({ ...recorded, header }, { ...judging, pageFingerprint: ownPageFingerprint(editionOf(header)) });
}
