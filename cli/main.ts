#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '../history/package-file';
import { FORMAT_NAMES } from '../reporters/wishes';
import { interruptible } from './interrupt';
import { workingFolder } from './machine';
import { tell, withReports } from './output';
import { collect, recordedCommands } from './recorded';
import { reasonOf } from '../common/errors';

/** The flags that say where a target is and how it is reached. */
function targeted(command: Command): Command {
  return command
    .option('--target <url>', 'base URL: that to which /communications/calls is added (INVITE_TARGET)')
    .option('--config <file>', 'config file (default: invite-conformance.config.json, .yaml or .mjs in this folder)')
    .option('--token-file <file>', 'file that holds the valid token (or INVITE_TOKEN)')
    .option('--states <url>', "the target's provider-states endpoint (INVITE_STATES)")
    .option('--callback-host <host>', 'address on which notifications are awaited (default: 127.0.0.1)')
    .option('--callback-port <port>', 'port on which notifications are awaited (default: any that is free)')
    .option('--callback-url <url>', 'URL by which the target reaches that port, where it differs (INVITE_CALLBACK_URL)')
    .option(
      '--callback-unchecked',
      'leave out the check that this machine reaches --callback-url, as only the target can',
    )
    .option('--timeout-ms <ms>', 'longest wait for one expected notification or answer (default: 10000)')
    .option('--concurrency <n>', 'most requests in flight at once (default: 32)')
    .option('--allow-pstn', 'dial the phone that the config names');
}

/** The command and its flags; each command's code is loaded when it is called. */
function program(done: (code: number) => void): Command {
  const root = new Command('invite-conformance')
    .description(
      'Tells, behaviour by behaviour, whether an implementation of participant: invite does what its documentation says.',
    )
    .version(VERSION)
    .showHelpAfterError()
    .exitOverride();
  const gate = (): Option =>
    new Option('--gate <level>', 'behaviours up to this level count: stated, shown or linked (default: shown)');

  targeted(root.command('run').description('judge a target, or the embedded mock where none is named'))
    .option('--scenario <name>', 'run this scenario only; may be repeated', collect)
    .addOption(gate())
    .option('--allow-untested', 'let a counted behaviour that could not be tried pass the gate')
    .option('--waivers <file>', 'accepted failures, each with an owner and an expiry date')
    .option(
      '--report <format[=file]>',
      `${FORMAT_NAMES.join(', ')}; to standard output or a file; may be repeated`,
      collect,
    )
    .option('--out <dir>', 'folder for the history and result.json (default: .invite-conformance)')
    .option(
      '--quiet-ms <ms>',
      'how long to watch for unexpected notifications after the last expected event (default: 500)',
    )
    .option('--no-contracts', 'leave the contracts out')
    .option('--profile', 'say on standard error how long each phase took')
    .option('--load <n>', 'send so many invitations over many calls, and judge every one')
    .option('--rate <n>', 'with --load: how many a second (default: 100)')
    .option('--pact <file or url>', "another bot's pact, verified beside our own contract; may be repeated", collect)
    .option('--pact-provider <name>', 'provider that this service is in such pacts (INVITE_PACT_PROVIDER)')
    .option('--dry-run', 'send nothing: list what a run would do to the target')
    .action(async (flags: object) => {
      done(
        await interruptible(async (signal) => {
          const { run } = await import('./run.js');
          return run(flags, signal);
        }),
      );
    });

  targeted(
    root.command('contracts').description('verify the contracts alone: our own, or the pact files that are named'),
  )
    .option(
      '--pact <file or url>',
      "another bot's pact, a file, a folder or at a Pact Broker, in place of our own contract; may be repeated",
      collect,
    )
    .option('--pact-provider <name>', 'provider that this service is in such pacts (INVITE_PACT_PROVIDER)')
    .addOption(gate())
    .option('--allow-untested', 'let an interaction that could not be run pass the gate')
    .option('--publish-as <version>', 'tell the broker of a --pact that this version of the target was verified')
    .option('--json', 'as JSON')
    .action(async (flags: object) => {
      done(
        await interruptible(async (signal) => {
          const { contracts } = await import('./contracts.js');
          return contracts(flags, signal);
        }),
      );
    });

  const page = root.command('page').description("the documentation's page as a source");
  page
    .command('read')
    .description('what the page holds: parameters, notes, examples, each with its lines')
    .argument('<file>', 'a page in Markdown')
    .option('--json', 'as JSON')
    .action(async (file: string, flags: { json?: boolean }) => {
      const { pageRead } = await import('./page.js');
      done(pageRead(file, flags));
    });
  page
    .command('check')
    .description("hold the page's examples against the schemas and the judges")
    .argument('<file>', 'a page in Markdown')
    .option('--json', 'as JSON')
    .action(async (file: string, flags: { json?: boolean }) => {
      const { pageCheck } = await import('./page.js');
      done(pageCheck(file, flags));
    });
  root
    .command('drift')
    .description('which behaviours stand, moved, changed or are gone in another version of the page')
    .argument('<page>', 'a page in Markdown')
    .option('--format <format>', 'text, json or markdown (default: text)')
    .option('--json', 'the same as --format json')
    .option('--fingerprints <file>', "fingerprints to hold it against, in place of the catalogue's own")
    .option('--update', 'write the fingerprints anew')
    .action(async (file: string, flags: object) => {
      const { pageDrift } = await import('./page.js');
      done(pageDrift(file, flags));
    });

  targeted(
    root.command('doctor').description('the preflight alone, layer by layer, with what to do about each'),
  ).action(async (flags: object) => {
    done(
      await interruptible(async (signal) => {
        const { doctor } = await import('./doctor.js');
        return doctor(flags, signal);
      }),
    );
  });

  root
    .command('init')
    .description('write a commented config; asks, or takes flags where nobody can be asked')
    .option('--target <url>', 'base URL of the target')
    .option(
      '--states <url>',
      "the target's provider-states endpoint; none: calls are created by the documented request",
    )
    .option('--token-variable <name>', 'environment variable that will hold the valid token')
    .option('--phone <number>', 'a phone of your own that may be dialled; none: the target dials no phones')
    .option('--without <capability...>', 'what the target does not do: replace, multiple, failure')
    .option('--force', 'write over a config that is there')
    .action(async (flags: object) => {
      const { init } = await import('./init.js');
      done(await init(flags));
    });

  root
    .command('mock')
    .description('serve a conforming implementation; prints {"url","states","tokens"} when it listens')
    .option('--port <port>', 'default: any that is free')
    .option('--fault <id>', 'inject this fault; may be repeated', collect)
    .option('--variant <id>', 'use this conforming variant; may be repeated', collect)
    .option('--latency-ms <ms>', 'send each notification so much later (default: 0)')
    .action(async (flags: object) => {
      const { mock } = await import('./mock.js');
      done(await mock(flags));
    });

  root
    .command('openapi')
    .description('write the endpoint, its notifications and the provider states as OpenAPI 3.1')
    .option('--yaml', 'as YAML')
    .option('--target <url>', 'base URL that it names as the server')
    .option('--states <url>', "URL that it names for the target's provider-states endpoint")
    .option('--callback-url <url>', 'URL that it names for the notifications')
    .action(async (flags: object) => {
      const { openapi } = await import('./openapi.js');
      done(openapi(flags));
    });

  root
    .command('load-script')
    .description('write a load run as a script for Artillery, to send from several machines')
    .option('--load <n>', 'how many invitations (default: 10000)')
    .option('--rate <n>', 'how many a second (default: 200)')
    .option('--out <dir>', 'folder for the script (default: load-script)')
    .action(async (flags: object) => {
      const { loadScript } = await import('./load-script.js');
      done(loadScript(flags));
    });

  targeted(
    root.command('listen').description('keep what is delivered to the one listener of a load run on several machines'),
  )
    .option('--out <dir>', 'folder for the history (default: .invite-conformance)')
    .action(async (flags: object) => {
      const { listen } = await import('./listen.js');
      done(await listen(flags));
    });

  recordedCommands(root, done, gate);

  root
    .command('list')
    .description('list the behaviours')
    .option('--level <level>', 'up to this level: stated, shown or linked')
    .option('--json', 'as JSON')
    .action(async (flags: object) => {
      const { list } = await import('./list.js');
      done(list(flags));
    });

  root
    .command('explain')
    .description('say what a behaviour is, where it comes from and what tries it')
    .argument('<id>', 'such as response.location')
    .action(async (id: string) => {
      const { explain } = await import('./explain.js');
      done(explain(id));
    });

  return root;
}

async function main(): Promise<number> {
  let code = 0;
  try {
    workingFolder();
    await program((said) => {
      code = said;
    }).parseAsync();
    return code;
  } catch (error) {
    // Commander has told what is wrong by then; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return tell(error);
  }
}

// Standard error only tells people how it goes: where it takes nothing, as on a full disk, the run goes on.
process.stderr.on('error', () => undefined);
// Standard output may carry a report. A reader that goes away, as head does, has what it wanted; what is lost otherwise is told.
let lost: Error | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') lost ??= error;
});

void main().then((code) => {
  process.exitCode = code;
  // What a cut-off run left waiting must not hold the process; output is flushed before it ends.
  process.stdout.write('', () => {
    const last =
      lost === undefined
        ? code
        : withReports(code, [{ message: `can't write standard output: ${reasonOf(lost)}`, internal: false }]);
    process.stderr.write('', () => process.exit(last));
  });
});
