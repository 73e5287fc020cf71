import { BEHAVIORS } from '../behaviors/catalog';
import { UsageError } from '../common/errors';
import { readWaivers, type Waiver } from '../verdicts/waivers';
import { readYaml } from './load';

/** How many faults of a file are told. */
const MOST_TOLD = 20;

/**
 * Loads and checks a waivers file.
 * @throws UsageError that names each fault
 * @throws Interrupted where the signal comes first
 */
export async function loadWaivers(file: string | undefined, signal?: AbortSignal): Promise<Waiver[]> {
  if (file === undefined) return [];
  const { waivers, problems } = readWaivers(
    await readYaml(file, 'waivers file', signal),
    BEHAVIORS.map(({ id }) => id),
  );
  if (problems.length === 0) return waivers;
  const more = problems.length - MOST_TOLD;
  const told = problems.slice(0, MOST_TOLD).map((problem) => `${file}${problem}`);
  throw new UsageError([...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}
