import type { ResolvedOptions } from '../../config/run-options';
import type { RunOptions } from '../../schemas/run-options';

/** Options that name a target. @throws Error where they name none */
export function targeted(options: ResolvedOptions): RunOptions {
  if (options.target === undefined) throw new Error('the options name no target');
  return options;
}
