import { areaOf, catalogOf } from '../behaviors/catalog';
import { EDITIONS, type Edition } from '../behaviors/edition';
import { explanationOf, explanationText } from '../reporters/explanation';
import { scenariosOf } from '../suites/scenarios';
import { UsageError } from '../target/errors';
import { didYouMean } from '../common/nearest-name';
import type { ExplainFlags } from './flags';
import { editionFrom } from './options';
import { printOutput } from './output';

/** `explain ID`: explains a behaviour. @throws UsageError for an id that the edition does not have */
export function explain(id: string, flags: ExplainFlags = {}): number {
  const edition = editionFrom(flags);
  const behavior = catalogOf(edition).behaviors.find((one) => one.id === id);
  if (!behavior) throw unknown(id, edition);
  const attempts = scenariosOf(edition).flatMap(({ name, attempts: all }) =>
    all.filter(({ tries }) => tries.includes(id)).map((attempt) => `${name}/${attempt.name}`),
  );
  const explanation = explanationOf(behavior, attempts, edition);
  printOutput(flags.json === true ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(explanation));
  return 0;
}

function unknown(id: string, edition: Edition): UsageError {
  const known = catalogOf(edition).behaviors.map((one) => one.id);
  const no = `no behaviour ${JSON.stringify(id)}`;
  const inArea = known.filter((one) => areaOf(one) === id.toLowerCase());
  if (inArea.length > 0) return new UsageError(`${no}; that is an area. Its behaviours: ${inArea.join(', ')}`);
  const other = EDITIONS.find((one) => catalogOf(one).has(id));
  if (other !== undefined) return new UsageError(`${no} in the edition of ${edition}; --edition ${other} has it`);
  return new UsageError(`${no}${didYouMean(id, known)} \`invite-conformance list\` prints all ids`);
}
