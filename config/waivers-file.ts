import { BEHAVIOR_IDS } from '../behaviors/catalog';
import { UsageError } from '../common/errors';
import { readText, readTextNow, MAX_TEXT_BYTES } from '../common/read-file';
import { placesIn, placeText } from '../common/text-positions';
import { readWaivers, type Waiver } from '../verdicts/waivers';
import { parseYaml } from './yaml';

/** The number of errors of a file that are reported. */
const MOST_TOLD = 20;

const WHAT = 'waivers file';

/**
 * Loads and checks a waivers file.
 * @throws UsageError that names each problem with its position
 * @throws Interrupted if the signal is aborted first
 */
export async function loadWaivers(file: string | undefined, signal?: AbortSignal): Promise<Waiver[]> {
  return file === undefined ? [] : waiversIn(await readText(file, WHAT, { cap: MAX_TEXT_BYTES, signal }), file);
}

/**
 * Loads waivers synchronously: test runners must know the skipped tests before they run anything.
 * @throws UsageError as `loadWaivers` does
 */
export function loadWaiversNow(file: string): Waiver[] {
  return waiversIn(readTextNow(file, WHAT, MAX_TEXT_BYTES), file);
}

function waiversIn(text: string, file: string): Waiver[] {
  // One file may serve several editions.
  const { waivers, problems } = readWaivers(parseYaml(text, `${WHAT} ${file}`), BEHAVIOR_IDS);
  if (problems.length === 0) return waivers;
  const places = placesIn(text);
  const told = problems.slice(0, MOST_TOLD).map(({ steps, ofName, text: said }) => {
    const position = places(steps, ofName ? 'name' : 'value');
    return `${placeText(file, position)}: ${said.replace(/^: /, '')}`;
  });
  const more = problems.length - MOST_TOLD;
  throw new UsageError([...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}
