import type { Level } from '../behaviors/behavior';
import { originOf } from '../behaviors/source';
import { originText, originUrl } from '../reporters/wording/cause';
import { areaOf, BEHAVIORS } from '../behaviors/catalog';
import { contradictions } from '../behaviors/contradictions';
import { SCENARIOS } from '../suites/scenarios';
import { UsageError } from '../target/errors';
import { print } from './output';
import { didYouMean } from '../common/nearest';

/** What each level means, and what the gate makes of it. */
const LEVEL_MEANINGS: Record<Level, string> = {
  stated: "the page's text or a table says so; every gate counts it",
  shown: "only the page's examples show it; counts at --gate shown (the default) and linked",
  linked: 'a page that the documentation links to says so; counts at --gate linked only',
};

/** `explain ID`: all that is known about a behaviour. */
export function explain(id: string): number {
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
  const notes = contradictions.filter(({ behaviors }) => behaviors.some((one) => one === id));
  const source = originOf(behavior.source);
  const lines = [
    behavior.id,
    `  must hold  ${behavior.statement}`,
    `  level      ${behavior.level}: ${LEVEL_MEANINGS[behavior.level]}`,
    `  source     ${originText(source)}`,
    `             ${originUrl(source)}`,
    `  checks     ${behavior.facts.join(', ')}`,
    ...(behavior.restsOn.length > 0 ? [`  rests on   ${behavior.restsOn.join(', ')}`] : []),
    `  tried by   ${attempts.join(', ')}`,
    `  judged in  behaviors/${areaOf(id)}.ts`,
    ...notes.flatMap((note) => [
      `  the page contradicts itself (${note.id}, line${note.lines.length > 1 ? 's' : ''} ${note.lines.join(', ')})`,
      `             ${note.contradiction}`,
      `    reading  ${note.reading}`,
    ]),
  ];
  print(`${lines.join('\n')}\n`);
  return 0;
}
