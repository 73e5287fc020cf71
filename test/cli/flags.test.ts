import type { Command } from 'commander';
import { RUN_FLAGS, type CommandFlags, type FlagsOf, type RunFlags } from '../../config/flags';
import { program } from '../../cli/program';
import type { MockFlags, WaiversAddFlags } from '../../cli/flags';
import { OPTIONS, type OptionDescription } from '../../schemas/options';

/** All commands, by their words. */
function commands(of: Command = program(() => undefined), before = ''): Map<string, Command> {
  const found = of.commands.flatMap((one): [string, Command][] => {
    const name = `${before}${one.name()}`;
    return one.commands.length > 0 ? [...commands(one, `${name} `)] : [[name, one]];
  });
  return new Map(found);
}

/** The flags of version 0.1: each remains or is deprecated. */
const PUBLIC: Record<string, string> = {
  run: 'target config token-file states callback-host callback-port callback-url callback-unchecked timeout-ms concurrency allow-pstn scenario gate allow-untested waivers report out quiet-ms no-contracts profile load rate pact pact-provider dry-run',
  contracts:
    'target config token-file states callback-host callback-port callback-url callback-unchecked timeout-ms concurrency allow-pstn pact pact-provider gate allow-untested publish-as json',
  doctor:
    'target config token-file states callback-host callback-port callback-url callback-unchecked timeout-ms concurrency allow-pstn',
  init: 'target states token-variable phone without force',
  mock: 'list area json port host fault variant latency-ms allow-remote-callbacks token tls tls-name ca-file cert key log',
  'load-script': 'load rate out',
  listen:
    'target config token-file states callback-host callback-port callback-url callback-unchecked timeout-ms concurrency allow-pstn out',
  openapi: 'yaml target states callback-url',
  compare: 'other-catalog',
  merge: 'out allow-untested report',
  'waivers check': '',
  'waivers add': 'from file owner expires reason',
  show: '',
  judge: 'gate allow-untested waivers report',
  'page read': 'json',
  'page check': 'json',
  drift: 'format json fingerprints update',
  list: 'level json',
  explain: '',
};

test.each(Object.entries(PUBLIC))('%s has the flags of version 0.1', (name, flags) => {
  const there = (commands().get(name)?.options ?? []).map(({ long }) => long);
  const wanted = flags.split(' ').filter((flag) => flag !== '');
  expect(there).toEqual(expect.arrayContaining(wanted.map((flag) => `--${flag}`)));
});

test('the help of each command shows the variable and the default of each option in the schema', () => {
  const { options = [] } = commands().get('run') ?? {};
  const lacking = RUN_FLAGS.options.flatMap((key) => {
    const { flag, env, default: otherwise }: OptionDescription = OPTIONS[key];
    const text = options.find(({ flags }) => flags === flag)?.description ?? '';
    const wanted = [text === '' ? 'a description' : '', env ?? ''];
    if (typeof otherwise === 'number') wanted.push(`default: ${otherwise}`);
    return wanted.filter((one) => !text.includes(one)).map((one) => `${flag}: ${one}`);
  });
  expect(lacking).toEqual([]);
});

test('each flag has the name under which its command receives it', () => {
  for (const [name, command] of commands()) {
    for (const option of command.options) {
      const long = option.long ?? '';
      const attribute = option.attributeName().replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect([name, long.replace(/^--(no-)?/, '')]).toEqual([name, attribute]);
    }
  }
});

/** A table in which --timeout-ms and one of the command's own flags have other names. */
const RENAMED = {
  options: ['quietMs'],
  own: { wait: { takes: '<ms>', whole: [1, 10], description: 'A wait.' } },
} as const satisfies CommandFlags;

// The compiler performs this test: an unused @ts-expect-error fails `npm run types`.
test('a command receives exactly its flags, with their names and types', () => {
  const typed = (flags: RunFlags, mock: MockFlags, add: WaiversAddFlags): unknown[] => {
    const numbers: (number | undefined)[] = [flags.load, flags.rate, mock.port];
    const texts: (string | undefined)[] = [flags.timeoutMs, flags.target, add.from, add.file];
    const lists: (readonly string[] | undefined)[] = [flags.scenario, flags.report, flags.pact, mock.fault];
    const switches: (boolean | undefined)[] = [flags.dryRun, flags.allowUntested, flags.contracts];
    return [...numbers, ...texts, ...lists, ...switches];
  };
  const renamed = (flags: FlagsOf<typeof RENAMED>): unknown[] => [
    flags.quietMs,
    flags.wait,
    // @ts-expect-error the option is not in the table
    flags.timeoutMs,
    // @ts-expect-error the flag was renamed to --wait
    flags.waitMs,
  ];
  // @ts-expect-error misspelt
  const misspelt: RunFlags = { timeOutMs: '1' };
  // @ts-expect-error a flag of another type
  const wrong: RunFlags = { dryRun: 'yes' };
  // @ts-expect-error an option without a flag
  const unflagged: CommandFlags = { options: ['maxDials'] };
  // @ts-expect-error a required flag is missing
  const without: WaiversAddFlags = { file: 'w.yaml' };
  expect(typed({ load: 1 }, { port: 0, host: 'localhost', latencyMs: 0 }, { from: 'x', file: 'y' })).toContain('x');
  expect(renamed({ wait: 3 })).toContain(3);
  expect([misspelt, wrong, unflagged, without]).toHaveLength(4);
});
