import { BEHAVIOR_IDS } from '../behaviors/catalog';
import { UsageError } from '../common/errors';
import { readWaivers as checkWaivers, type Waiver } from '../verdicts/waivers';

/**
 * Reads waivers from a file, or checks a list.
 * @param given the name of a YAML or JSON file, or the list
 * @throws UsageError that names each problem, Interrupted if the signal is aborted first
 */
export async function readWaivers(given: string | readonly unknown[], signal?: AbortSignal): Promise<Waiver[]> {
  if (typeof given === 'string') {
    const { loadWaivers } = require('../config/waivers-file') as typeof import('../config/waivers-file');
    return loadWaivers(given, signal);
  }
  const { waivers, problems } = checkWaivers([...given], BEHAVIOR_IDS);
  if (problems.length === 0) return waivers;
  throw new UsageError(problems.map(({ text }) => `waivers${text}`).join('\n'));
}
