import type { ConfigFile } from './generated/config';
import type { OPTIONS } from './generated/options';

export { DEFAULTS, OPTIONS } from './generated/options';
export type { ConfigFile, PemSource, PeerToPeerCall, TokenSource } from './generated/config';

/** What config.schema.json says of one option. */
export interface OptionDescription {
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object' | 'enum' | 'token' | 'pem';
  /** One sentence for a table and for a comment. */
  readonly description: string;
  /** As commander takes it: `--callback-host <host>`. */
  readonly flag?: string;
  /** The name of the flag's value: `callbackHost`. */
  readonly flagName?: string;
  /** What the flag does, where the description does not say it. */
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

/** What a config may say of an option. */
export type OptionValue<K extends OptionKey> = At<ConfigFile, K>;

/** The options that a flag gives. */
export type FlagOptionKey = { [K in OptionKey]: 'flag' extends keyof (typeof OPTIONS)[K] ? K : never }[OptionKey];

type FlagName<K extends FlagOptionKey> = (typeof OPTIONS)[K]['flagName'];

type FlagValue<Type> = Type extends 'boolean' ? boolean : Type extends 'array' ? string[] : string;

/** The values of the flags of some options, as commander gives them: undefined if the command line does not set it. */
export type OptionFlags<K extends FlagOptionKey = FlagOptionKey> = {
  [P in K as FlagName<P>]?: FlagValue<(typeof OPTIONS)[P]['type']>;
};

type Part<K extends keyof ConfigFile> = NonNullable<ConfigFile[K]>;

/** Whom the config names as invitees. */
export type Invitees = Part<'invitees'>;

/** Members to add to, or to put in place of, those of the create-call requests. */
export type CallBodies = NonNullable<Part<'provisioning'>['calls']>;

/** Ids of calls that somebody prepared by hand; the service already posts to the callback URL. */
export type StaticCalls = NonNullable<Part<'provisioning'>['static']>;

/** What the service supports. */
export type Capabilities = Required<Part<'capabilities'>>;

/** Where notifications are received, and by which URL the target reaches that. */
export type Callback = Part<'callback'> & Required<Pick<Part<'callback'>, 'host' | 'port'>>;

/** The options that have one value, which is there wherever nothing is said: the default. */
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
