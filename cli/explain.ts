import { areaOf, BEHAVIORS } from '../behaviors/catalog';
import { explanationOf, explanationText } from '../reporters/explanation';
import { SCENARIOS } from '../suites/scenarios';
import { UsageError } from '../target/errors';
import { didYouMean } from '../common/nearest';
import type { ExplainFlags } from './flags';
import { print } from './output';

/** `explain ID`: all that is known about a behaviour. @throws UsageError for an id that is none */
export function explain(id: string, { json = false }: ExplainFlags = {}): number {
  const behavior = BEHAVIORS.find((one) => one.id === id);
  if (!behavior) {
    const known = BEHAVIORS.map((one) => one.id);
    const inArea = known.filter((one) => areaOf(one) === id.toLowerCase());
    if (inArea.length > 0)
      throw new UsageError(`no behaviour ${JSON.stringify(id)}; that is an area, with ${inArea.join(', ')}`);
    throw new UsageError(
      `no behaviour ${JSON.stringify(id)}${didYouMean(id, known)} \`invite-conformance list\` shows them all`,
    );
  }
  const attempts = SCENARIOS.flatMap(({ name, attempts: all }) =>
    all.filter(({ tries }) => tries.includes(id)).map((attempt) => `${name}/${attempt.name}`),
  );
  const explanation = explanationOf(behavior, attempts);
  print(json ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(explanation));
  return 0;
}
