import { chooseOptions } from '../config/chosen-options';
import type { Edition } from '../behaviors/edition';
import type { Flags } from '../config/flags';
import { resolver } from '../config/resolve-option';
import type { ListedOption } from '../config/list-options';
import type { ResolvedOptions } from '../config/run-options';
import { plain } from '../reporters/plain';
import { readReportOptions } from '../reporters/report-options';
import { workingFolder } from './machine-limits';
import { printMessage } from './output';

/**
 * Reads the options of a command from its flags, the environment and the config, and prints hints about likely
 * mistakes.
 * @throws UsageError that names the flag, the variable or the config key
 * @throws Interrupted if the signal is aborted first
 */
export async function optionsFor(
  flags: Flags,
  signal?: AbortSignal,
): Promise<{ options: ResolvedOptions; listed: ListedOption[] }> {
  const { options, listed, hints } = await chooseOptions(flags, process.env, workingFolder(), signal);
  const origin = listed.find(({ key }) => key === 'reports')?.origin ?? '';
  readReportOptions(options.reports, origin.startsWith('--') ? origin : `${origin}: reports`);
  for (const hint of hints) printMessage(`${plain(hint)}\n`);
  return { options, listed };
}

/**
 * The edition for a command without a target, from its flag and the environment.
 * @throws UsageError for an unknown one
 */
export function editionFrom({ edition }: Pick<Flags, 'edition'>): Edition {
  return resolver({ flags: edition === undefined ? {} : { edition }, env: process.env, file: {} })('edition').value;
}

/** Lists options with their origins, one per line. */
export function optionLines(listed: readonly ListedOption[]): string[] {
  const widest = Math.max(...listed.map(({ key }) => key.length));
  return listed.map(({ key, value, origin }) => `  ${key.padEnd(widest)}  ${plain(value)}  (${plain(origin)})`);
}
