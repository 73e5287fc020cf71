import { resolver } from '../config/resolve';
import { loadWaivers } from '../config/waivers';
import type { History } from '../history/events';
import { streamMachines } from '../history/machines';
import { streamHistory, wholeHistory } from '../history/store';
import { ownPageFingerprint } from '../page/fingerprint-file';
import { checkWritable, outputIsForMachines, readWishes, report } from '../reporters';
import { UsageError } from '../target/errors';
import type { Edition } from '../behaviors/edition';
import { editionOf, judgedAs } from '../verdicts/edition';
import { loadResultOf } from '../verdicts/load';
import { resultOf, type Judging, type Result } from '../verdicts/result';
import type { JudgeFlags } from './flags';
import { reportOutput, withReports } from './output';

/** Judges a run of any kind; of a load run, the history is what the findings are about. */
function judged(
  folders: readonly string[],
  given: Judging,
  edition: Edition | undefined,
): { result: Result; history: History } {
  const [folder = ''] = folders;
  const machines = folders.length > 1 ? streamMachines(folders) : undefined;
  const recorded = machines?.stream ?? streamHistory(folder);
  const stream = { ...recorded, header: judgedAs(recorded.header, edition) };
  const judging = { ...given, pageFingerprint: ownPageFingerprint(editionOf(stream.header)) };
  if (stream.header.machine) {
    throw new UsageError(
      `${folder} is a part of a run on several machines: name the listener's folder and the senders'`,
    );
  }
  if (stream.header.load) {
    const { result, evidence } = loadResultOf(stream, judging, machines?.remarks);
    return { result, history: evidence };
  }
  const history = wholeHistory(stream);
  return { result: resultOf(history, judging), history };
}

/** `judge RUN_DIR…`: judges a recorded run again, or what several machines recorded of one load run. */
export async function judgeAgain(folders: readonly string[], flags: JudgeFlags): Promise<number> {
  const option = resolver({ flags, env: process.env, file: {} });
  const gate = option('gate').value;
  const wishes = readWishes(option('reports').value);
  for (const file of wishes.flatMap((wish) => wish.file ?? [])) checkWritable(file);
  const waivers = await loadWaivers(option('waivers')?.value);
  const { result, history } = judged(
    folders,
    {
      gate,
      allowUntested: option('allowUntested').value,
      waivers,
      now: Date.now(),
    },
    flags.edition,
  );
  const [folder, ...others] = folders;
  // The result of a run on several machines, and of one that was judged again otherwise, is kept nowhere.
  const kept = others.length === 0 ? folder : undefined;
  const faults = report(result, wishes, reportOutput(outputIsForMachines(wishes)), history, kept);
  return withReports(result.exitCode, faults);
}
