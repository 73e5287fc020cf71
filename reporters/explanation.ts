import { LEVELS, type Behavior, type Level } from '../behaviors/behavior';
import { areaOf, catalogOf, recordOf, type BehaviorId } from '../behaviors/catalog';
import { EDITION, EDITIONS, type Edition } from '../behaviors/edition';
import { originOf, type Origin } from '../behaviors/source';
import passing from './passing-examples.json';
import { plain } from './plain';
import { originText, originUrl } from './wording/cause';
import { fixOf } from './wording/finding-text';

/** One message of a passing example. */
export interface ExampleMessage {
  from: 'bot' | 'target';
  /** Method and path, or the status. */
  startLine: string;
  /** `name: value`; only headers that behaviours are about. */
  headers: string[];
  /** Parsed if it is JSON; absent if there is none. */
  body?: unknown;
  /** The time after the request was sent, ms. */
  afterMs: number;
}

/** An example that passes, from a recorded run against a conforming implementation. */
export interface PassingExample {
  /** The invitation: `scenario/attempt/name`. */
  invitation: string;
  /** What is special about it. */
  says: string;
  messages: ExampleMessage[];
}

/** Everything that the suite knows about a behaviour. */
export interface Explanation {
  id: BehaviorId;
  level: Level;
  /** The gates at which it counts. */
  gates: Level[];
  statement: string;
  source: Origin;
  /** What the editions say about it, if they differ. */
  editions?: { edition: Edition; says: string }[];
  facts: string[];
  /** How to fix a failure, one sentence per fact. */
  fixes: string[];
  example: PassingExample;
  related: {
    /** Behaviours without which it can't be judged. */
    restsOn: BehaviorId[];
    /** Behaviours that can't be judged without it. */
    neededBy: BehaviorId[];
    /** Behaviours that check the same facts in other invitations. */
    sameChecks: BehaviorId[];
    /** The other behaviours of its area. */
    sameArea: BehaviorId[];
  };
  /** `scenario/attempt` */
  triedBy: string[];
  contradictions: { id: string; contradiction: string; reading: string; lines: number[] }[];
}

/** The meaning of each level, and whether gates count it. */
const LEVEL_MEANINGS: Record<Level, string> = {
  stated: "from the page's text or tables; every gate counts it",
  shown: "only from the page's examples; counts at --gate shown (the default) and linked",
  linked: 'from a page that the documentation links to; counts only at --gate linked',
};

type Attempts = Record<string, { says: string } & Partial<Record<string, ExampleMessage[]>>>;

function exampleOf(id: BehaviorId): PassingExample {
  const { attempt, parts } = passing.behaviors[id];
  const { [attempt]: shown } = passing.attempts as unknown as Attempts;
  const messages = parts.flatMap((part) => shown?.[part] ?? []);
  return {
    invitation: attempt,
    says: shown?.says ?? '',
    messages: messages.toSorted((one, other) => one.afterMs - other.afterMs),
  };
}

/** What the editions say about a behaviour, in order; empty if they agree. */
export function editionsOf(id: BehaviorId): { edition: Edition; says: string }[] {
  const { since = EDITIONS[0], later = {} } = recordOf(id);
  const differences = EDITIONS.flatMap((edition): { edition: Edition; says: string }[] => {
    const changed = edition === EDITIONS[0] ? undefined : later[edition];
    if (changed && 'absent' in changed) return [{ edition, says: `not part of it: ${changed.absent}` }];
    if (changed?.differs !== undefined) return [{ edition, says: changed.differs }];
    return edition === since && since !== EDITIONS[0] ? [{ edition, says: 'new in it' }] : [];
  });
  return differences;
}

/**
 * Collects what the suite knows about a behaviour.
 * @param attempts the attempts that try it, as `scenario/attempt`
 * @param edition the behaviour's edition
 */
export function explanationOf(
  behavior: Behavior<BehaviorId>,
  attempts: readonly string[],
  edition: Edition = EDITION,
): Explanation {
  const { id, level, statement, source, facts, restsOn } = behavior;
  const { behaviors: all, contradictions } = catalogOf(edition);
  const editions = editionsOf(id);
  const others = all.filter((one) => one.id !== id);
  const ids = (which: readonly Behavior<BehaviorId>[]): BehaviorId[] => which.map((one) => one.id);
  const notes = contradictions.filter(({ behaviors }) => behaviors.some((one) => one === id));
  return {
    id,
    level,
    gates: LEVELS.slice(LEVELS.indexOf(level)),
    statement,
    source: originOf(source, edition),
    ...(editions.length > 0 ? { editions } : {}),
    facts: [...facts],
    fixes: [...new Set(facts.map((fact) => fixOf(fact, id)))],
    example: exampleOf(id),
    related: {
      restsOn: [...restsOn],
      neededBy: ids(others.filter((one) => one.restsOn.includes(id))),
      sameChecks: ids(others.filter((one) => one.facts.some((fact) => facts.includes(fact)))),
      sameArea: ids(others.filter((one) => areaOf(one.id) === areaOf(id))),
    },
    triedBy: [...attempts],
    contradictions: notes.map(({ id: of, contradiction, reading, lines }) => ({
      id: of,
      contradiction,
      reading,
      lines: [...lines],
    })),
  };
}

function messageLines({ from, startLine, headers, body }: ExampleMessage): string[] {
  const content =
    body === undefined ? [] : typeof body === 'string' ? [body] : JSON.stringify(body, null, 2).split('\n');
  const sign = from === 'bot' ? '>' : '<';
  return [
    `${sign} ${startLine}`,
    ...headers.map((header) => `${sign} ${header}`),
    ...content.map((line) => `${sign} ${plain(line)}`),
  ];
}

/** Formats an explanation as text. */
export function explanationText(explanation: Explanation): string {
  const { id, level, statement, source, editions = [], facts, fixes, example, related, triedBy } = explanation;
  const ids = (label: string, some: readonly string[]): string[] =>
    some.length === 0 ? [] : [`  ${label.padEnd(10)} ${some.join(', ')}`];
  const lines = [
    id,
    `  must hold  ${statement}`,
    `  level      ${level}: ${LEVEL_MEANINGS[level]}`,
    `  source     ${originText(source)}`,
    `             ${originUrl(source)}`,
    ...editions.map(({ edition, says }) => `  ${edition} ${says}`),
    ...fixes.map((fix, i) => `  ${i === 0 ? 'fix       ' : '          '} ${fix}`),
    ...ids('checks', facts),
    ...ids('rests on', related.restsOn),
    ...ids('needed by', related.neededBy),
    ...ids('see also', related.sameChecks),
    ...ids('same area', related.sameArea),
    ...ids('tried by', triedBy),
    `  judged in  behaviors/${areaOf(id)}.ts`,
    ...explanation.contradictions.flatMap((note) => [
      `  the page contradicts itself (${note.id}, line${note.lines.length > 1 ? 's' : ''} ${note.lines.join(', ')})`,
      `             ${note.contradiction}`,
      `    reading  ${note.reading}`,
    ]),
    `  passes     ${example.invitation}: ${example.says}`,
    ...example.messages.flatMap((message) => ['', ...messageLines(message).map((line) => `    ${line}`)]),
  ];
  return `${lines.join('\n')}\n`;
}
