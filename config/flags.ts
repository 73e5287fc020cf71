import { OPTIONS, type FlagOptionKey, type OptionDescription, type OptionFlags } from '../schemas/options';

/** A flag that is not an option of the config. Its name is its key in the table: `dryRun` is `--dry-run`. */
export interface OwnFlag {
  /** The placeholder of its value in the help: `<file>`. Absent for a switch. */
  readonly takes?: string;
  /** One sentence. */
  readonly description: string;
  /** Whether it may be repeated. */
  readonly many?: true;
  /** `--no-NAME`: switches off what is on by default. */
  readonly negated?: true;
  /** Whether the command requires it. */
  readonly required?: true;
  /** The allowed values. */
  readonly values?: readonly string[];
  /** The value is a whole number in this range. */
  readonly whole?: readonly [least: number, most: number];
  /** Its environment variable. */
  readonly env?: string;
  /** Its default. */
  readonly default?: string | number;
  /** The text of the help about a default that is not a value. */
  readonly defaultText?: string;
}

/** The flags of a command: those of options, by their path in the config, and its own. */
export interface CommandFlags {
  readonly options?: readonly FlagOptionKey[];
  readonly own?: Readonly<Record<string, OwnFlag>>;
}

type OwnValue<F extends OwnFlag> = F extends { many: true }
  ? string[]
  : F extends { whole: readonly number[] }
    ? number
    : F extends { values: readonly (infer V)[] }
      ? V
      : F extends { takes: string }
        ? string
        : boolean;

type Given = { default: string | number } | { required: true };

type OwnFlags<T extends Readonly<Record<string, OwnFlag>>> = {
  [K in keyof T as T[K] extends Given ? K : never]: OwnValue<T[K]>;
} & { [K in keyof T as T[K] extends Given ? never : K]?: OwnValue<T[K]> };

type Joined<T> = { [K in keyof T]: T[K] };

/** The flag values that a command receives, by the names in the table. */
export type FlagsOf<C extends CommandFlags> = Joined<
  (C['options'] extends readonly FlagOptionKey[] ? OptionFlags<C['options'][number]> : unknown) &
    (C['own'] extends Readonly<Record<string, OwnFlag>> ? OwnFlags<C['own']> : unknown)
>;

/** The name of a flag on the command line: `dryRun` is `--dry-run`. */
export function longOf(name: string, negated = false): string {
  return `--${negated ? 'no-' : ''}${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The description of an option, with one type for all. */
export function descriptionOf(key: keyof typeof OPTIONS): OptionDescription {
  return OPTIONS[key];
}

/** The options for the location of a target and the access to it. */
const TARGET_OPTIONS = [
  'target',
  'tokens.valid',
  'provisioning.states',
  'callback.host',
  'callback.port',
  'callback.url',
  'callback.unchecked',
  'timeoutMs',
  'concurrency',
  'allowPstn',
  'edition',
] as const;

/** The flag of the config file. */
export const CONFIG_FLAG = {
  config: {
    takes: '<file>',
    description: 'Config file.',
    env: 'INVITE_CONFIG',
    defaultText: 'invite-conformance.config.json, .yaml or .mjs in this folder',
  },
} as const;

/** The default number of invitations per second in a load run. */
export const LOAD_RATE = 100;

/** `run` */
export const RUN_FLAGS = {
  options: [
    ...TARGET_OPTIONS,
    'start.command',
    'scenarios',
    'gate',
    'allowUntested',
    'waivers',
    'reports',
    'out',
    'quietMs',
    'pactProvider',
  ],
  own: {
    ...CONFIG_FLAG,
    behavior: {
      takes: '<id>',
      many: true,
      description: 'Test only this behaviour, with only the attempts that it needs.',
    },
    rerunFailed: {
      takes: '<run-dir>',
      description: 'Test only the behaviours that failed or were untested in this run.',
    },
    bail: { description: 'Stop after the first failure that the gate counts.' },
    contracts: { negated: true, description: 'Do not verify contracts.' },
    pact: {
      takes: '<file or url>',
      many: true,
      description: "Pact of another bot (file, folder or URL), verified in addition to the suite's own contract.",
    },
    profile: { description: 'Print to standard error how long each phase took.' },
    load: {
      takes: '<n>',
      whole: [1, 10_000_000],
      description: 'Send this number of invitations over many calls, and judge each of them.',
    },
    rate: {
      takes: '<n>',
      whole: [1, 100_000],
      description: 'With --load: invitations per second.',
      defaultText: String(LOAD_RATE),
    },
    dryRun: { description: 'Send nothing; list the options and what a run would do to the target.' },
  },
} as const satisfies CommandFlags;

/** `contracts` */
export const CONTRACTS_FLAGS = {
  options: [...TARGET_OPTIONS, 'start.command', 'gate', 'allowUntested', 'reports', 'out', 'pactProvider'],
  own: {
    ...CONFIG_FLAG,
    pact: {
      takes: '<file or url>',
      many: true,
      description:
        "Pact of another bot (file, folder, or URL at a Pact Broker), verified instead of the suite's own contract.",
    },
    publishAs: {
      takes: '<version>',
      description: 'Publish the results to the broker of --pact, as results of this version of the target.',
    },
    json: { description: 'As JSON.' },
  },
} as const satisfies CommandFlags;

/** `doctor` */
export const DOCTOR_FLAGS = {
  options: [...TARGET_OPTIONS, 'start.command'],
  own: CONFIG_FLAG,
} as const satisfies CommandFlags;

/** `listen` */
export const LISTEN_FLAGS = { options: [...TARGET_OPTIONS, 'out'], own: CONFIG_FLAG } as const satisfies CommandFlags;

export type RunFlags = FlagsOf<typeof RUN_FLAGS>;
export type ContractsFlags = FlagsOf<typeof CONTRACTS_FLAGS>;
export type DoctorFlags = FlagsOf<typeof DOCTOR_FLAGS>;
export type ListenFlags = FlagsOf<typeof LISTEN_FLAGS>;

/** The flags of all commands with a target. */
export type Flags = OptionFlags &
  Partial<Pick<RunFlags, 'config' | 'load' | 'rate' | 'dryRun' | 'contracts' | 'pact' | 'behavior' | 'bail'>>;
