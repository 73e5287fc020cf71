import type { Command } from 'commander';
import type { Declare } from './declare-command';
import { COMPARE_FLAGS, JUDGE_FLAGS, MERGE_FLAGS, NO_FLAGS, WAIVERS_ADD_FLAGS } from './flags';

/** The commands that take what runs have recorded, and send nothing. */
export function recordedCommands(root: Command, declare: Declare): void {
  declare(
    root
      .command('compare')
      .description('which behaviours changed their verdict between two results; exit 1 where one got worse')
      .argument('<before>', 'a result.json, or the folder of a run')
      .argument('<after>', 'a later one'),
    COMPARE_FLAGS,
    async (flags, args) => {
      const { compareFiles } = await import('./compare.js');
      return compareFiles(args.text(0), args.text(1), flags);
    },
  );
  declare(
    root
      .command('merge')
      .description('join the results of several runs, of shards or of regions, into one with the exit code of the gate')
      .argument('<results...>', 'a result.json each, or the folder of a run'),
    MERGE_FLAGS,
    async (flags, args) => {
      const { mergeFiles } = await import('./merge.js');
      return mergeFiles(args.list(0), flags);
    },
  );

  const waivers = root.command('waivers').description('waivers files');
  declare(
    waivers.command('check').description('lint a waivers file; exit 1 where a waiver has expired').argument('<file>'),
    NO_FLAGS,
    async (_flags, args) => {
      const { checkWaivers } = await import('./waivers.js');
      return checkWaivers(args.text(0));
    },
  );
  declare(
    waivers
      .command('add')
      .description('add a waiver for each failure of a run that closes its gate; what the file holds is kept'),
    WAIVERS_ADD_FLAGS,
    async (flags) => {
      const { addWaivers } = await import('./waivers.js');
      return addWaivers(flags);
    },
  );

  declare(
    root
      .command('show')
      .description('print an event of a recorded run, and for a request a curl command that sends it again')
      .argument('<n>', 'number of the event, as reports tell it')
      .argument('[run-dir]', 'folder that holds the history (default: .invite-conformance)'),
    NO_FLAGS,
    async (_flags, args) => {
      const { show } = await import('./show.js');
      return show(args.text(0), args.optional(1));
    },
  );
  declare(
    root
      .command('judge')
      .description('judge a recorded run again, or traffic that other tools recorded')
      .argument('[run-dirs...]', 'folder that holds the history; several: a listener and senders of one load run'),
    JUDGE_FLAGS,
    async (flags, args) => {
      const { judgeAgain } = await import('./judge.js');
      return judgeAgain(args.list(0), flags);
    },
  );
}
