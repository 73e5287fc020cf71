import { AREA_NAMES, areaOf, catalogOf } from '../behaviors/catalog';
import { originOf } from '../behaviors/source';
import { didYouMean } from '../common/nearest-name';
import { UsageError } from '../common/errors';
import { isCounted } from '../verdicts/gate';
import type { ListFlags } from './flags';
import { editionFrom } from './options';
import { printOutput } from './output';

function knownArea(name: string): string {
  const found = AREA_NAMES.find((one) => one === name);
  if (found !== undefined) return found;
  const known = AREA_NAMES.join(', ');
  throw new UsageError(`--area: no ${JSON.stringify(name)}${didYouMean(name, AREA_NAMES)} Known: ${known}`);
}

/**
 * `list`: lists the behaviours, filtered by level and area if given.
 * @throws UsageError for an unknown area
 */
export function list(flags: ListFlags): number {
  const { level = 'linked', area, json = false } = flags;
  const edition = editionFrom(flags);
  const areas: readonly string[] = area?.map(knownArea) ?? AREA_NAMES;
  const listed = catalogOf(edition).behaviors.filter(
    (behavior) => isCounted(behavior.level, level) && areas.includes(areaOf(behavior.id)),
  );
  const text = json
    ? JSON.stringify(
        listed.map(({ id, level: of, statement, source }) => ({
          id,
          level: of,
          statement,
          source: originOf(source, edition),
        })),
        null,
        2,
      )
    : listed.map(({ id, level: of, statement }) => `${id.padEnd(46)} ${of.padEnd(7)} ${statement}`).join('\n');
  printOutput(`${text}\n`);
  return 0;
}
