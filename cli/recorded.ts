import type { Command, Option } from 'commander';
import { FORMAT_NAMES } from '../reporters/wishes';

/** Collects the values of a flag that may be repeated. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value];

/**
 * The commands that take what runs have recorded, and send nothing.
 * @param done takes the exit code
 * @param gate makes the flag that says which behaviours count
 */
export function recordedCommands(root: Command, done: (code: number) => void, gate: () => Option): void {
  root
    .command('compare')
    .description('which behaviours changed their verdict between two results; exit 1 where one got worse')
    .argument('<before>', 'a result.json, or the folder of a run')
    .argument('<after>', 'a later one')
    .option('--other-catalog', 'also where the two were judged by different catalogues')
    .action(async (before: string, after: string, flags: object) => {
      const { compareFiles } = await import('./compare.js');
      done(await compareFiles(before, after, flags));
    });

  root
    .command('merge')
    .description('join the results of several runs, of shards or of regions, into one with the exit code of the gate')
    .argument('<results...>', 'a result.json each, or the folder of a run')
    .option('--out <file>', 'file for the merged result')
    .option('--allow-untested', 'let a counted behaviour that could not be tried pass the gate')
    .option('--report <format[=file]>', `${FORMAT_NAMES.join(', ')}; may be repeated`, collect)
    .action(async (files: string[], flags: object) => {
      const { mergeFiles } = await import('./merge.js');
      done(await mergeFiles(files, flags));
    });

  const waivers = root.command('waivers').description('waivers files');
  waivers
    .command('check')
    .description('lint a waivers file; exit 1 where a waiver has expired')
    .argument('<file>')
    .action(async (file: string) => {
      const { checkWaivers } = await import('./waivers.js');
      done(await checkWaivers(file));
    });
  waivers
    .command('add')
    .description('add a waiver for each failure of a run that closes its gate; what the file holds is kept')
    .requiredOption('--from <run-dir>', 'folder of a run, or its result.json')
    .option('--file <file>', 'waivers file to add to (default: waivers.yaml)')
    .option('--owner <name>', 'who accepts the failures (default: unassigned)')
    .option('--expires <date>', 'last day on which they are accepted, YYYY-MM-DD (default: in 30 days)')
    .option('--reason <text>', 'why (default: the difference that was seen)')
    .action(async (flags: { from: string }) => {
      const { addWaivers } = await import('./waivers.js');
      done(await addWaivers(flags));
    });

  root
    .command('show')
    .description('print an event of a recorded run, and for a request a curl command that sends it again')
    .argument('<n>', 'number of the event, as reports tell it')
    .argument('[run-dir]', 'folder that holds the history (default: .invite-conformance)')
    .action(async (number: string, folder: string | undefined) => {
      const { show } = await import('./show.js');
      done(show(number, folder));
    });

  root
    .command('judge')
    .description('judge a recorded run again')
    .argument('<run-dirs...>', 'folder that holds the history; several: a listener and senders of one load run')
    .addOption(gate())
    .option('--allow-untested', 'let a counted behaviour that could not be tried pass the gate')
    .option('--waivers <file>', 'accepted failures, each with an owner and an expiry date')
    .option('--report <format[=file]>', `${FORMAT_NAMES.join(', ')}; may be repeated`, collect)
    .action(async (folders: string[], flags: object) => {
      const { judgeAgain } = await import('./judge.js');
      done(await judgeAgain(folders, flags));
    });
}
