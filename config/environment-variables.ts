import { nearestName } from '../common/nearest-name';
import { OPTIONS, type ConfigFile, type OptionDescription } from '../schemas/options';
import { CONFIG_FLAG, longOf } from './flags';

const PREFIX = 'INVITE_';

/** The environment variables of options. */
const OF_OPTIONS: readonly string[] = Object.values<OptionDescription>(OPTIONS).flatMap(({ env }) => env ?? []);

/** Variables of test runners and of commands without options. */
const OTHERS = ['INVITE_RESULTS', 'INVITE_HISTORIES', 'INVITE_RATE', 'INVITE_LISTENER', 'INVITE_PACT_FOLDER'];

/** Every environment variable that the suite reads, except those that a config names. */
export const VARIABLES: readonly string[] = [...OF_OPTIONS, CONFIG_FLAG.config.env, ...OTHERS];

/** The environment variables that a config names for tokens, certificates and keys. */
function namedIn({ tokens = {}, tls = {} }: ConfigFile): string[] {
  return [...Object.values(tokens), ...Object.values(tls)].flatMap((source) =>
    typeof source === 'object' && 'env' in source ? [source.env] : [],
  );
}

/** The plausible variable names of options without one, from their flag and key, with the way to set the option. */
function withoutVariable(): Map<string, string> {
  const named = Object.entries<OptionDescription>(OPTIONS).flatMap(([key, { env, flagName }]) => {
    if (env !== undefined) return [];
    const how = flagName === undefined ? `${key} in the config` : `${longOf(flagName)}, or ${key} in the config`;
    return [flagName, key.replaceAll('.', '-')].flatMap((name): [string, string][] =>
      name === undefined ? [] : [[longOf(name).slice(2).replaceAll('-', '_').toUpperCase(), how]],
    );
  });
  return new Map(named);
}

/**
 * Variables that are set but not read, with names similar to variables that are read.
 * @returns a sentence for each; never a value
 */
export function misspeltVariables(env: NodeJS.ProcessEnv, file: ConfigFile): string[] {
  const read = new Set([...VARIABLES, ...namedIn(file)]);
  const endings = VARIABLES.map((name) => name.slice(PREFIX.length));
  const others = withoutVariable();
  return Object.keys(env).flatMap((name) => {
    if (read.has(name) || !name.toUpperCase().startsWith(PREFIX)) return [];
    const ending = name.slice(PREFIX.length);
    const instead = others.get(ending.toUpperCase());
    if (instead !== undefined) return [`the suite does not read the environment variable ${name}: use ${instead}`];
    const near = nearestName(ending, endings);
    // If the similar variable is set, this one belongs to another program.
    if (near === undefined || (env[PREFIX + near] ?? '') !== '') return [];
    return [`the suite does not read the environment variable ${name}; did you mean ${PREFIX}${near}?`];
  });
}
