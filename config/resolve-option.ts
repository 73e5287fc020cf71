import { UsageError } from '../common/errors';
import { didYouMean } from '../common/nearest-name';
import {
  OPTIONS,
  type ConfigFile,
  type OptionDescription,
  type OptionFlags,
  type OptionKey,
  type OptionValue,
} from '../schemas/options';
import { descriptionOf } from './flags';

/** The origin of an option's value, and its name there: `--target`, `INVITE_TARGET`, `callback.host`. */
export interface Origin {
  from: 'flag' | 'environment' | 'file' | 'default';
  name: string;
}

/** The value of an option, and its origin. */
export interface SourcedValue<T> {
  value: T;
  origin: Origin;
}

/** The value of an option; defined if the option has a default. */
type ResolvedOption<K extends OptionKey> = 'default' extends keyof (typeof OPTIONS)[K]
  ? SourcedValue<OptionValue<K>>
  : SourcedValue<OptionValue<K>> | undefined;

/** The sources of options, in order of precedence. */
export interface OptionSources {
  flags: OptionFlags;
  env: NodeJS.ProcessEnv;
  file: ConfigFile;
}

/**
 * Returns the value of an option.
 * @throws UsageError that names the flag or variable with an invalid value
 */
export type Resolver = <K extends OptionKey>(key: K) => ResolvedOption<K>;

/**
 * Parses a whole number of a flag or a variable.
 * @throws UsageError that names it
 */
export function wholeNumber(value: string, name: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}; it is ${JSON.stringify(value)}`);
}

/** Checks that a value is one of the known words. @throws UsageError that names the nearest */
export function oneOf<T extends string>(value: string, known: readonly T[], name: string): T {
  const found = known.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new UsageError(`${name}: no ${JSON.stringify(value)}${didYouMean(value, known)} Known: ${known.join(', ')}`);
}

/** Parses the text of a flag or a variable for an option. */
function read(
  text: string,
  name: string,
  { type, values = [], minimum = 0, maximum = 0, ...option }: OptionDescription,
): unknown {
  if (type === 'integer') return wholeNumber(text, name, minimum, maximum);
  if (type === 'enum') return oneOf(text, values, name);
  if (option.pattern !== undefined && !new RegExp(option.pattern, 'u').test(text))
    throw new UsageError(`${name} must be such as ${String(option.example)}; it is ${JSON.stringify(text)}`);
  return text;
}

function ofFlag(
  flags: Readonly<Record<string, unknown>>,
  option: OptionDescription,
): SourcedValue<unknown> | undefined {
  const { flag, flagName, type } = option;
  const value = flagName === undefined ? undefined : flags[flagName];
  if (flag === undefined || value === undefined) return undefined;
  const name = flag.split(' ')[0] ?? flag;
  const origin: Origin = { from: 'flag', name };
  // A secret is never the value of a flag: the flag names its file.
  if (type === 'token') return { value: { file: value }, origin };
  return { value: typeof value === 'string' ? read(value, name, option) : value, origin };
}

/** An empty variable counts as unset. */
function ofEnvironment(env: NodeJS.ProcessEnv, option: OptionDescription): SourcedValue<unknown> | undefined {
  const { env: name, type } = option;
  const text = name === undefined ? '' : (env[name] ?? '');
  if (name === undefined || text === '') return undefined;
  const origin: Origin = { from: 'environment', name };
  if (type === 'token' || type === 'pem') return { value: { env: name }, origin };
  return { value: read(text, name, option), origin };
}

function ofFile(file: ConfigFile, key: string): SourcedValue<unknown> | undefined {
  let at: unknown = file;
  for (const step of key.split('.')) at = (at as Record<string, unknown> | undefined)?.[step];
  return at === undefined ? undefined : { value: at, origin: { from: 'file', name: key } };
}

/**
 * Combines the sources of options: flags override the environment, which overrides the config file, which overrides the
 * defaults.
 */
export function resolver({ flags, env, file }: OptionSources): Resolver {
  return <K extends OptionKey>(key: K): ResolvedOption<K> => {
    const option = descriptionOf(key);
    const otherwise: SourcedValue<unknown> | undefined =
      option.default === undefined
        ? undefined
        : { value: option.default, origin: { from: 'default', name: 'default' } };
    const given = ofFlag(flags, option) ?? ofEnvironment(env, option) ?? ofFile(file, key) ?? otherwise;
    // The value was parsed by the option's type in the table.
    return given as ResolvedOption<K>;
  };
}
