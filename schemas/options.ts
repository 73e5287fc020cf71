import type { ConfigFile } from './generated/config';
import type { OPTIONS } from './generated/options';

export { DEFAULTS, OPTIONS } from './generated/options';
export type { ConfigFile, PemSource, TokenSource } from './generated/config';

/** An option in config.schema.json. */
export interface OptionDescription {
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object' | 'enum' | 'token' | 'pem';
  /** One sentence, for tables and comments. */
  readonly description: string;
  /** In commander's notation: `--callback-host <host>`. */
  readonly flag?: string;
  /** The name of the flag's value: `callbackHost`. */
  readonly flagName?: string;
  /** The description of the flag, if it differs from that of the option. */
  readonly flagDescription?: string;
  /** The environment variable. */
  readonly env?: string;
  /** The allowed values of an enum. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly example?: unknown;
  readonly default?: unknown;
}

/** The path of an option in the config: `callback.host`. */
export type OptionKey = keyof typeof OPTIONS;

type At<T, Path extends string> = Path extends `${infer First}.${infer Rest}`
  ? First extends keyof T
    ? At<NonNullable<T[First]>, Rest>
    : never
  : Path extends keyof T
    ? NonNullable<T[Path]>
    : never;

/** The type of an option's value in the config. */
export type OptionValue<K extends OptionKey> = At<ConfigFile, K>;

/** The options that have a flag. */
export type FlagOptionKey = { [K in OptionKey]: 'flag' extends keyof (typeof OPTIONS)[K] ? K : never }[OptionKey];

type FlagName<K extends FlagOptionKey> = (typeof OPTIONS)[K]['flagName'];

type FlagValue<Type> = Type extends 'boolean' ? boolean : Type extends 'array' ? string[] : string;

/** The flag values of some options, as commander returns them; undefined if the command line does not set them. */
export type OptionFlags<K extends FlagOptionKey = FlagOptionKey> = {
  [P in K as FlagName<P>]?: FlagValue<(typeof OPTIONS)[P]['type']>;
};

type Part<K extends keyof ConfigFile> = NonNullable<ConfigFile[K]>;

/** The invitees in the config. */
export type Invitees = Part<'invitees'>;

/** Members to add to the create-call requests, or to replace in them. */
export type CallBodies = NonNullable<Part<'provisioning'>['calls']>;

/** Ids of prepared calls; the service already posts to the callback URL. */
export type StaticCalls = NonNullable<Part<'provisioning'>['static']>;

/** The capabilities of the service. */
export type Capabilities = Required<Part<'capabilities'>>;

/** The address of the callback listener, and the URL under which the target reaches it. */
export type Callback = Part<'callback'> & Required<Pick<Part<'callback'>, 'host' | 'port'>>;

/** The options with a single value that always has a default. */
export type PlainOptions = Required<
  Pick<
    ConfigFile,
    | 'edition'
    | 'deltaParticipants'
    | 'gate'
    | 'allowUntested'
    | 'allowPstn'
    | 'maxDials'
    | 'reports'
    | 'out'
    | 'timeoutMs'
    | 'quietMs'
    | 'concurrency'
  >
>;
