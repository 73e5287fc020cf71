import { loadWaivers } from '../config/settings';
import { plain } from '../reporters/plain';
import { print } from './output';
import { endsSoon, isLive } from '../verdicts/waivers';

/** `waivers check FILE`: lints a waivers file; what can't be read is exit 2, an expired waiver exit 1. */
export async function checkWaivers(file: string): Promise<number> {
  const waivers = await loadWaivers(file);
  const now = Date.now();
  for (const waiver of waivers) {
    const state = !isLive(waiver, now) ? 'expired' : endsSoon(waiver, now) ? 'ends soon' : 'live';
    print(
      `${state.padEnd(9)} ${plain(waiver.behavior).padEnd(44)} until ${plain(waiver.expires)}, ${plain(waiver.owner)}\n`,
    );
  }
  const expired = waivers.filter((waiver) => !isLive(waiver, now)).length;
  print(`${waivers.length} waiver(s), ${expired} expired\n`);
  return expired > 0 ? 1 : 0;
}
