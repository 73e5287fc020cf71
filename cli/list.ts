import { BEHAVIORS } from '../behaviors/catalog';
import { originOf } from '../behaviors/source';
import { counts } from '../verdicts/gate';
import type { ListFlags } from './flags';
import { print } from './output';

/** `list`: the behaviours, up to a level where one is named. */
export function list({ level = 'linked', json = false }: ListFlags): number {
  const listed = BEHAVIORS.filter((behavior) => counts(behavior.level, level));
  const text = json
    ? JSON.stringify(
        listed.map(({ id, level: of, statement, source }) => ({
          id,
          level: of,
          statement,
          source: originOf(source),
        })),
        null,
        2,
      )
    : listed.map(({ id, level: of, statement }) => `${id.padEnd(46)} ${of.padEnd(7)} ${statement}`).join('\n');
  print(`${text}\n`);
  return 0;
}
