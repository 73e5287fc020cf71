import { LEVELS } from '../behaviors/behavior';
import { BEHAVIORS } from '../behaviors/catalog';
import { originOf } from '../behaviors/source';
import { UsageError } from '../target/errors';
import { counts } from '../verdicts/gate';
import { print } from './output';
import { didYouMean } from '../common/nearest';

/** `list`: the behaviours, up to a level where one is named. */
export function list(flags: { level?: string; json?: boolean }): number {
  const level = LEVELS.find((one) => one === (flags.level ?? 'linked'));
  if (!level) {
    throw new UsageError(
      `--level: no ${JSON.stringify(flags.level)}${didYouMean(flags.level ?? '', LEVELS)} Known: ${LEVELS.join(', ')}`,
    );
  }
  const listed = BEHAVIORS.filter((behavior) => counts(behavior.level, level));
  const text =
    flags.json === true
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
