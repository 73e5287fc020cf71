import type { Command } from 'commander';
import type { Declare } from './declare-command';
import { COMPARE_FLAGS, JUDGE_FLAGS, MERGE_FLAGS, NO_FLAGS, WAIVERS_ADD_FLAGS } from './flags';

/** The commands that read recorded runs and send nothing. */
export function recordedCommands(root: Command, declare: Declare): void {
  declare(
    root
      .command('compare')
      .description('list the behaviours whose verdict changed between two results; exit 1 if one got worse')
      .argument('<before>', 'the earlier result: a result.json, or the folder of a run')
      .argument('<after>', 'the later result, given in the same way'),
    COMPARE_FLAGS,
    async (flags, args) => {
      const { compareFiles } = await import('./compare.js');
      return compareFiles(args.text(0), args.text(1), flags);
    },
  );
  declare(
    root
      .command('merge')
      .description("merge the results of several runs (shards, regions) into one, with the gate's exit code")
      .argument('<results...>', 'result.json files, or folders of runs'),
    MERGE_FLAGS,
    async (flags, args) => {
      const { mergeFiles } = await import('./merge.js');
      return mergeFiles(args.list(0), flags);
    },
  );

  const waivers = root.command('waivers').description('check a waivers file, or add waivers to it');
  declare(
    waivers.command('check').description('check a waivers file; exit 1 if a waiver has expired').argument('<file>'),
    NO_FLAGS,
    async (_flags, args) => {
      const { checkWaivers } = await import('./waivers.js');
      return checkWaivers(args.text(0));
    },
  );
  declare(
    waivers
      .command('add')
      .description(
        "add a waiver for each failure that a run's gate counts; waivers already in the file stay as they are",
      ),
    WAIVERS_ADD_FLAGS,
    async (flags) => {
      const { addWaivers } = await import('./waivers.js');
      return addWaivers(flags);
    },
  );

  declare(
    root
      .command('show')
      .description('print an event of a recorded run; for a request, also a curl command that sends it again')
      .argument('<n>', 'number of the event, as shown in reports')
      .argument('[run-dir]', 'folder of the run (default: .invite-conformance)'),
    NO_FLAGS,
    async (_flags, args) => {
      const { show } = await import('./show.js');
      return show(args.text(0), args.optional(1));
    },
  );
  declare(
    root
      .command('judge')
      .description('judge a recorded run again, or traffic recorded by another tool')
      .argument(
        '[run-dirs...]',
        'folder of the run; for a load run on several machines, the folders of the listener and of each sender',
      ),
    JUDGE_FLAGS,
    async (flags, args) => {
      const { judgeAgain } = await import('./judge.js');
      return judgeAgain(args.list(0), flags);
    },
  );
}
