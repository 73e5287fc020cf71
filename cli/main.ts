#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '../suites/version';
import { tell } from './output';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

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

  root
    .command('run')
    .description('judge a target, or the embedded mock where none is named')
    .option('--target <url>', 'base URL: that to which /communications/calls is added (INVITE_TARGET)')
    .option('--config <file>', 'config file (default: invite-conformance.config.json, .yaml or .mjs in this folder)')
    .option('--token-file <file>', 'file that holds the valid token (or INVITE_TOKEN)')
    .option('--states <url>', "the target's provider-states endpoint (INVITE_STATES)")
    .option('--callback-host <host>', 'address on which notifications are awaited (default: 127.0.0.1)')
    .option('--callback-port <port>', 'port on which notifications are awaited (default: any that is free)')
    .option('--callback-url <url>', 'URL by which the target reaches that port, where it differs (INVITE_CALLBACK_URL)')
    .option('--scenario <name>', 'run this scenario only; may be repeated', collect)
    .addOption(gate())
    .option('--allow-untested', 'let a counted behaviour that could not be tried pass the gate')
    .option('--waivers <file>', 'failures that somebody answers for until a date')
    .option('--report <format[=file]>', 'console or json, to standard output or a file; may be repeated', collect)
    .option('--out <dir>', 'folder for the history and result.json (default: .invite-conformance)')
    .option('--timeout-ms <ms>', 'longest wait for one expected notification or answer (default: 10000)')
    .option('--quiet-ms <ms>', 'how long nothing more may come after the last expected event (default: 500)')
    .option('--concurrency <n>', 'most requests in flight at once (default: 32)')
    .option('--allow-pstn', 'dial the phone that the config names')
    .action(async (flags: object) => {
      const { run } = await import('./run.js');
      done(await run(flags));
    });

  root
    .command('mock')
    .description('serve a conforming implementation; prints {"url","states","tokens"} when it listens')
    .option('--port <port>', 'default: any that is free')
    .option('--fault <id>', 'be wrong in this way; may be repeated', collect)
    .option('--variant <id>', 'be right in this other way; may be repeated', collect)
    .option('--latency-ms <ms>', 'wait so long before each notification (default: 0)')
    .action(async (flags: object) => {
      const { mock } = await import('./mock.js');
      done(await mock(flags));
    });

  root
    .command('judge')
    .description('judge a recorded run again')
    .argument('<run-dir>', 'folder that holds the history')
    .addOption(gate())
    .option('--allow-untested', 'let a counted behaviour that could not be tried pass the gate')
    .option('--waivers <file>', 'failures that somebody answers for until a date')
    .option('--report <format[=file]>', 'console or json; may be repeated', collect)
    .action(async (folder: string, flags: object) => {
      const { judgeAgain } = await import('./judge.js');
      done(judgeAgain(folder, flags));
    });

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

void main().then((code) => {
  process.exitCode = code;
  // What a cut-off run left waiting must not hold the process; output is flushed before it ends.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
