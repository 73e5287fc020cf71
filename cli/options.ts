import { chosenOptions } from '../config/options';
import type { Flags } from '../config/flags';
import type { ListedOption } from '../config/listing';
import type { RunOptions } from '../config/settings';
import { plain } from '../reporters/plain';
import { workingFolder } from './machine';
import { say } from './output';

/**
 * The options of a command by its flags, the environment and the config; says what may be a mistake in them.
 * @throws UsageError that names the flag, the variable, or the file's key at fault
 * @throws Interrupted where the signal comes first
 */
export async function optionsFor(
  flags: Flags,
  signal?: AbortSignal,
): Promise<{ options: RunOptions; listed: ListedOption[] }> {
  const { options, listed, hints } = await chosenOptions(flags, process.env, workingFolder(), signal);
  for (const hint of hints) say(`${plain(hint)}\n`);
  return { options, listed };
}

/** Options with what gave each, a line each. */
export function optionLines(listed: readonly ListedOption[]): string[] {
  const widest = Math.max(...listed.map(({ key }) => key.length));
  return listed.map(({ key, value, origin }) => `  ${key.padEnd(widest)}  ${plain(value)}  (${plain(origin)})`);
}
