import type { Flags, RunOptions } from '../config/run-options';

/** Whether a run verifies the contracts too: unless they, or other scenarios and no pact of another bot, are left out. */
export function includesContracts({ settings, load }: RunOptions, flags: Pick<Flags, 'contracts' | 'pact'>): boolean {
  if (load !== undefined || flags.contracts === false) return false;
  return (
    flags.contracts === true ||
    (settings.selected ?? settings.behaviors) === undefined ||
    (flags.pact !== undefined && flags.pact.length > 0)
  );
}
