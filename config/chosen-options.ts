import { misspeltVariables } from './environment-variables';
import type { Flags } from './flags';
import { listOptions, type ListedOption } from './list-options';
import { findConfig, readConfig, unreadConfigs } from './load-config';
import { resolver } from './resolve-option';
import { runOptions, type ResolvedOptions } from './run-options';

/** The options of a command, and information about them. */
export interface ChosenOptions {
  options: ResolvedOptions;
  /** Each option with its origin, for display. */
  listed: ListedOption[];
  /** Likely mistakes, one sentence each. */
  hints: string[];
}

/**
 * Finds and reads the config, and combines flags, environment, config and defaults.
 * @param folder where to search for a config if none is named
 * @param signal ends slow steps: fetching a token, reading a file
 * @throws UsageError that names the flag, the variable or the config key
 * @throws Interrupted if the signal is aborted first
 */
export async function chooseOptions(
  flags: Flags,
  env: NodeJS.ProcessEnv,
  folder: string,
  signal?: AbortSignal,
): Promise<ChosenOptions> {
  const named = flags.config ?? (env['INVITE_CONFIG'] || undefined);
  const path = findConfig(named, folder);
  const file = path === undefined ? {} : await readConfig(path, signal);
  const options = await runOptions(file, flags, env, signal);
  const unread = named === undefined ? unreadConfigs(path, folder) : [];
  const listed = listOptions(resolver({ flags, env, file }), options, path);
  return { options, listed, hints: [...misspeltVariables(env, file), ...unread] };
}
