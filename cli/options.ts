import { chooseOptions } from '../config/chosen-options';
import type { Edition } from '../behaviors/edition';
import type { Flags } from '../config/flags';
import { resolver } from '../config/resolve-option';
import type { ListedOption } from '../config/list-options';
import type { RunOptions } from '../config/run-options';
import { plain } from '../reporters/plain';
import { workingFolder } from './machine-limits';
import { printMessage } from './output';

/**
 * The options of a command by its flags, the environment and the config; says what may be a mistake in them.
 * @throws UsageError that names the flag, the variable, or the file's key at fault
 * @throws Interrupted where the signal comes first
 */
export async function optionsFor(
  flags: Flags,
  signal?: AbortSignal,
): Promise<{ options: RunOptions; listed: ListedOption[] }> {
  const { options, listed, hints } = await chooseOptions(flags, process.env, workingFolder(), signal);
  for (const hint of hints) printMessage(`${plain(hint)}\n`);
  return { options, listed };
}

/**
 * The edition that a command without a target is about, by its flag and the environment.
 * @throws UsageError for an unknown one
 */
export function editionFrom({ edition }: Pick<Flags, 'edition'>): Edition {
  return resolver({ flags: edition === undefined ? {} : { edition }, env: process.env, file: {} })('edition').value;
}

/** Options with what gave each, a line each. */
export function optionLines(listed: readonly ListedOption[]): string[] {
  const widest = Math.max(...listed.map(({ key }) => key.length));
  return listed.map(({ key, value, origin }) => `  ${key.padEnd(widest)}  ${plain(value)}  (${plain(origin)})`);
}
