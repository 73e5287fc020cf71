import { Command } from 'commander';
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
import { mockCommand } from './mock-command';
import { recordedCommands } from './recorded-run-commands';

/** The commands that judge a target, or look at it. */
function targetCommands(root: Command, declare: Declare): void {
  declare(
    root.command('run').description('judge a target, or the embedded mock where none is named'),
    RUN_FLAGS,
    async (flags) =>
      interruptible(async (signal) => {
        const { run } = await import('./run.js');
        return run(flags, signal);
      }),
  );
  declare(
    root.command('contracts').description('verify the contracts alone: our own, or the pact files that are named'),
    CONTRACTS_FLAGS,
    async (flags) =>
      interruptible(async (signal) => {
        const { contracts } = await import('./contracts.js');
        return contracts(flags, signal);
      }),
  );
  declare(
    root.command('doctor').description('the preflight alone, layer by layer, with what to do about each'),
    DOCTOR_FLAGS,
    async (flags) =>
      interruptible(async (signal) => {
        const { doctor } = await import('./doctor.js');
        return doctor(flags, signal);
      }),
  );
}

/** The commands that make ready: a config, a mock, a load run on several machines. */
function preparingCommands(root: Command, declare: Declare): void {
  declare(
    root.command('init').description('write a commented config; asks, or takes flags where nobody can be asked'),
    INIT_FLAGS,
    async (flags) => {
      const { init } = await import('./init.js');
      return init(flags);
    },
  );
  mockCommand(root, declare);
  declare(
    root.command('openapi').description('write the endpoint, its notifications and the provider states as OpenAPI 3.1'),
    OPENAPI_FLAGS,
    async (flags) => {
      const { openapi } = await import('./openapi.js');
      return openapi(flags);
    },
  );
  declare(
    root
      .command('load-script')
      .description('write a load run as a script for Artillery, to send from several machines'),
    LOAD_SCRIPT_FLAGS,
    async (flags) => {
      const { loadScript } = await import('./load-script.js');
      return loadScript(flags);
    },
  );
  declare(
    root.command('listen').description('keep what is delivered to the one listener of a load run on several machines'),
    LISTEN_FLAGS,
    async (flags) => {
      const { listen } = await import('./listen.js');
      return listen(flags);
    },
  );
}

/** The commands about the documentation and the catalogue. */
function catalogueCommands(root: Command, declare: Declare): void {
  const page = root.command('page').description("the documentation's page as a source");
  declare(
    page
      .command('read')
      .description('what the page holds: parameters, notes, examples, each with its lines')
      .argument('<file>', 'a page in Markdown'),
    PAGE_FLAGS,
    async (flags, args) => {
      const { pageRead } = await import('./page.js');
      return pageRead(args.text(0), flags);
    },
  );
  declare(
    page
      .command('check')
      .description("check the page's examples against the schemas and the judges")
      .argument('<file>', 'a page in Markdown'),
    PAGE_FLAGS,
    async (flags, args) => {
      const { pageCheck } = await import('./page.js');
      return pageCheck(args.text(0), flags);
    },
  );
  declare(
    root
      .command('drift')
      .description('which behaviours stand, moved, changed or are gone in another version of the page')
      .argument('<page>', 'a page in Markdown'),
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
      .description('say what a behaviour is, where it comes from, how to fix it, and what passing looks like')
      .argument('<id>', 'such as response.location'),
    EXPLAIN_FLAGS,
    async (flags, args) => {
      const { explain } = await import('./explain.js');
      return explain(args.text(0), flags);
    },
  );
}

/**
 * The command with all its subcommands and flags; each one's code is loaded when it is called.
 * @param done takes the exit code
 */
export function program(done: (code: number) => void): Command {
  const root = new Command('invite-conformance')
    .description(
      'Tells, behaviour by behaviour, whether an implementation of participant: invite does what its documentation says.',
    )
    .version(VERSION)
    .showHelpAfterError()
    .exitOverride();
  const declare = declareWith(done);
  targetCommands(root, declare);
  preparingCommands(root, declare);
  recordedCommands(root, declare);
  catalogueCommands(root, declare);
  return root;
}
