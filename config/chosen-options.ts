import { misspeltVariables } from './environment-variables';
import type { Flags } from './flags';
import { listOptions, type ListedOption } from './list-options';
import { findConfig, readConfig } from './load-config';
import { resolver } from './resolve-option';
import { runOptions, type ResolvedOptions } from './run-options';

/** The options of a command, and what there is to tell of them. */
export interface ChosenOptions {
  options: ResolvedOptions;
  /** Each option with what gave it, for people to read. */
  listed: ListedOption[];
  /** Possible mistakes, one sentence each. */
  hints: string[];
}

/**
 * Finds and reads the config, and puts flags, environment, config and defaults together.
 * @param folder where a config is looked for that is not named
 * @param signal ends what takes long: fetching a token, reading a file
 * @throws UsageError that names the flag, the variable, or the file's key at fault
 * @throws Interrupted where the signal comes first
 */
export async function chooseOptions(
  flags: Flags,
  env: NodeJS.ProcessEnv,
  folder: string,
  signal?: AbortSignal,
): Promise<ChosenOptions> {
  const path = findConfig(flags.config ?? (env['INVITE_CONFIG'] || undefined), folder);
  const file = path === undefined ? {} : await readConfig(path, signal);
  const options = await runOptions(file, flags, env, signal);
  const listed = listOptions(resolver({ flags, env, file }), options, path);
  return { options, listed, hints: misspeltVariables(env, file) };
}
