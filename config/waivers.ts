import { BEHAVIOR_IDS } from '../behaviors/catalog';
import { UsageError } from '../common/errors';
import { readText, TEXT_CAP } from '../common/files';
import { placesIn, placeText } from '../common/positions';
import { readWaivers, type Waiver } from '../verdicts/waivers';
import { parseYaml } from './yaml';

/** How many faults of a file are told. */
const MOST_TOLD = 20;

/**
 * Loads and checks a waivers file.
 * @throws UsageError that names each fault with its place
 * @throws Interrupted where the signal comes first
 */
export async function loadWaivers(file: string | undefined, signal?: AbortSignal): Promise<Waiver[]> {
  if (file === undefined) return [];
  const text = await readText(file, 'waivers file', { cap: TEXT_CAP, signal });
  // One file may serve several editions.
  const { waivers, problems } = readWaivers(parseYaml(text, `waivers file ${file}`), BEHAVIOR_IDS);
  if (problems.length === 0) return waivers;
  const places = placesIn(text);
  const told = problems.slice(0, MOST_TOLD).map(({ steps, ofName, text: said }) => {
    const position = places(steps, ofName ? 'name' : 'value');
    return `${placeText(file, position)}: ${said.replace(/^: /, '')}`;
  });
  const more = problems.length - MOST_TOLD;
  throw new UsageError([...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}
