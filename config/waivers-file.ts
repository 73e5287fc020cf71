import { BEHAVIOR_IDS } from '../behaviors/catalog';
import { UsageError } from '../common/errors';
import { readText, readTextNow, MAX_TEXT_BYTES } from '../common/read-file';
import { placesIn, placeText } from '../common/text-positions';
import { readWaivers, type Waiver } from '../verdicts/waivers';
import { parseYaml } from './yaml';

/** The number of errors of a file that are reported. */
const MAX_PROBLEMS = 20;

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
  const lines = problems.slice(0, MAX_PROBLEMS).map(({ steps, ofName, text: problem }) => {
    const position = places(steps, ofName ? 'name' : 'value');
    return `${placeText(file, position)}: ${problem.replace(/^: /, '')}`;
  });
  const more = problems.length - MAX_PROBLEMS;
  throw new UsageError([...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}
