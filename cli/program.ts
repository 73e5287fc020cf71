import { Command, CommanderError } from 'commander';
import { CONTRACTS_FLAGS, DOCTOR_FLAGS, LISTEN_FLAGS, RUN_FLAGS } from '../config/flags';
import { VERSION } from '../history/package-file';
import { declareWith, type Declare } from './declare-command';
import {
  DRIFT_FLAGS,
  EXPLAIN_FLAGS,
  INIT_FLAGS,
  LIST_FLAGS,
  LOAD_SCRIPT_FLAGS,
  OPENAPI_FLAGS,
  PAGE_FLAGS,
} from './flags';
import { interruptible } from './interrupt';
import { workingFolder } from './machine-limits';
import { mockCommand } from './mock-command';
import { reportError } from './output';
import { recordedCommands } from './recorded-run-commands';

/** The commands that judge or check a target. */
function targetCommands(root: Command, declare: Declare): void {
  declare(
    root.command('run').description('test a target, or the embedded mock if you name none'),
    RUN_FLAGS,
    async (flags) =>
      interruptible(async (signal) => {
        const { run } = await import('./run.js');
        return run(flags, signal);
      }),
  );
  declare(
    root.command('contracts').description("verify only the contracts: the suite's own, or the pacts that --pact names"),
    CONTRACTS_FLAGS,
    async (flags) =>
      interruptible(async (signal) => {
        const { contracts } = await import('./contracts.js');
        return contracts(flags, signal);
      }),
  );
  declare(
    root
      .command('doctor')
      .description('check configuration, target and callback step by step, and say how to fix each problem'),
    DOCTOR_FLAGS,
    async (flags) =>
      interruptible(async (signal) => {
        const { doctor } = await import('./doctor.js');
        return doctor(flags, signal);
      }),
  );
}

/** The commands that prepare: a config, a mock, a load run on several machines. */
function preparingCommands(root: Command, declare: Declare): void {
  declare(
    root
      .command('init')
      .description('write a config file with comments; asks questions, or takes flags without a terminal'),
    INIT_FLAGS,
    async (flags) => {
      const { init } = await import('./init.js');
      return init(flags);
    },
  );
  mockCommand(root, declare);
  declare(
    root
      .command('openapi')
      .description('print an OpenAPI 3.1 description of the endpoint, its notifications and the provider states'),
    OPENAPI_FLAGS,
    async (flags) => {
      const { openapi } = await import('./openapi.js');
      return openapi(flags);
    },
  );
  declare(
    root
      .command('load-script')
      .description('write an Artillery script for a load run that sends from several machines'),
    LOAD_SCRIPT_FLAGS,
    async (flags) => {
      const { loadScript } = await import('./load-script.js');
      return loadScript(flags);
    },
  );
  declare(
    root
      .command('listen')
      .description('receive and record the notifications of a load run that sends from several machines'),
    LISTEN_FLAGS,
    async (flags) => {
      const { listen } = await import('./listen.js');
      return listen(flags);
    },
  );
}

/** The commands about the documentation and the catalogue. */
function catalogueCommands(root: Command, declare: Declare): void {
  const page = root.command('page').description('read or check the documentation page');
  declare(
    page
      .command('read')
      .description('list what the page contains: parameters, notes and examples, with line numbers')
      .argument('<file>', 'the page, as Markdown or HTML: a file or a URL'),
    PAGE_FLAGS,
    async (flags, args) => {
      const { pageRead } = await import('./page.js');
      return pageRead(args.text(0), flags);
    },
  );
  declare(
    page
      .command('check')
      .description("check the page's examples against the schemas and the behaviours")
      .argument('<file>', 'the page, as Markdown or HTML: a file or a URL'),
    PAGE_FLAGS,
    async (flags, args) => {
      const { pageCheck } = await import('./page.js');
      return pageCheck(args.text(0), flags);
    },
  );
  declare(
    root
      .command('drift')
      .description('compare another version of the page: which behaviours are unchanged, moved, changed or gone')
      .argument('<page>', 'the page, as Markdown or HTML: a file or a URL'),
    DRIFT_FLAGS,
    async (flags, args) => {
      const { pageDrift } = await import('./page.js');
      return pageDrift(args.text(0), flags);
    },
  );
  declare(root.command('list').description('list the behaviours'), LIST_FLAGS, async (flags) => {
    const { list } = await import('./list.js');
    return list(flags);
  });
  declare(
    root
      .command('explain')
      .description('explain a behaviour: what it requires, its source, how to fix a failure, and a passing example')
      .argument('<id>', 'id of the behaviour, such as response.location'),
    EXPLAIN_FLAGS,
    async (flags, args) => {
      const { explain } = await import('./explain.js');
      return explain(args.text(0), flags);
    },
  );
}

/**
 * Creates the command with all its subcommands and flags; the code of each is loaded when it runs.
 * @param done receives the exit code
 */
export function program(done: (code: number) => void): Command {
  const root = new Command('invite-conformance')
    .description(
      'Tests whether an implementation of participant: invite does what its documentation says, behaviour by behaviour.',
    )
    .version(VERSION)
    .showHelpAfterError('Add --help to see all options.')
    .exitOverride();
  const declare = declareWith(done);
  targetCommands(root, declare);
  preparingCommands(root, declare);
  recordedCommands(root, declare);
  catalogueCommands(root, declare);
  return root;
}

/**
 * Runs the command and prints errors.
 * @param args its arguments, without the program's name
 * @returns its exit code
 */
export async function exitCodeOf(args: readonly string[]): Promise<number> {
  let code = 0;
  try {
    workingFolder();
    await program((said) => {
      code = said;
    }).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has already printed the error; help and version are not errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportError(error);
  }
}
