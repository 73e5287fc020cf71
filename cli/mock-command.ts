import type { Command } from 'commander';
import type { Declare } from './declare-command';
import { MOCK_FLAGS } from './flags';

const EXAMPLES = `
Examples:
  invite-conformance mock --list                             the faults and variants, by area
  invite-conformance mock --port 8080 --log                  serve until Ctrl+C
  invite-conformance mock --fault completion.announced/never -- npm test
                                                             serve while npm test runs; end with its exit code

The command behind -- finds the mock by INVITE_TARGET (base URL), INVITE_STATES, INVITE_TOKEN,
INVITE_TOKEN_WITHOUT_PERMISSION, INVITE_TOKEN_DELEGATED and INVITE_PHONE (a made-up number); with --tls the CA is in
INVITE_TLS_CA (PEM) and at the path INVITE_TLS_CA_FILE, and Node trusts it (NODE_EXTRA_CA_CERTS). docs/mock.md has more.`;

/** Declares the command `mock` and its flags. */
export function mockCommand(root: Command, declare: Declare): void {
  const command = root
    .command('mock')
    .description('start a server that conforms; prints {"url","states","tokens"} when it is ready')
    .argument('[command...]', 'after --: serve while this command runs, and exit with its exit code')
    .addHelpText('after', EXAMPLES);
  declare(command, MOCK_FLAGS, async (flags, args) => {
    const { mock } = await import('./mock.js');
    return mock(flags, args.list(0));
  });
}
