import { codeOf, reasonOf, UsageError } from '../common/errors';

/** Deeper, or of more values, than anything that a config or a waivers file holds. */
const DEEPEST = 50;
const MOST_VALUES = 100_000;

/** Strings, and what may begin a comment, in JSON. */
const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"|(?:^|(?<=[\s,{}[\]]))(?:\/\/|\/\*)/g;

/** The line of the first comment in a text of JSON; YAML would read one as a key. */
function commentIn(text: string): number | undefined {
  if (!/^\s*[{[/]/.test(text)) return undefined;
  for (const found of text.matchAll(STRING_OR_COMMENT)) {
    if (!found[0].startsWith('"')) return text.slice(0, found.index).split('\n').length;
  }
  return undefined;
}

/** Why a value is not plain data of a bounded size: aliases can make a cycle, or a tree out of all proportion. */
function faultIn(value: unknown): string | undefined {
  let seen = 0;
  const above = new Set<object>();
  const walk = (at: unknown): string | undefined => {
    seen += 1;
    if (seen > MOST_VALUES) return `it contains more than ${MOST_VALUES} values`;
    if (typeof at !== 'object' || at === null) return undefined;
    if (above.has(at)) return 'an alias in it refers to a value that contains the alias';
    if (above.size >= DEEPEST) return `it is nested more than ${DEEPEST} levels deep`;
    above.add(at);
    for (const one of Object.values(at)) {
      const fault = walk(one);
      if (fault !== undefined) return fault;
    }
    above.delete(at);
    return undefined;
  };
  return walk(value);
}

function whyNot(error: unknown): string {
  const code = codeOf(error);
  if (code === 'MULTIPLE_DOCS') {
    const line = /at line (\d+)/.exec((error as Error).message)?.[1] ?? '?';
    return `it contains several YAML documents; the second begins at line ${line}; write only one`;
  }
  if (code === 'RESOURCE_EXHAUSTION') return `it is nested more than ${DEEPEST} levels deep`;
  const { name, message } = error as Error;
  if (name === 'RangeError') return `it is nested more than ${DEEPEST} levels deep`;
  if (name === 'ReferenceError' && message.startsWith('Excessive')) return 'its aliases expand to too many values';
  // Of some errors the first line alone is a place in a text; the rest would show what the file holds.
  const line = (message.split('\n')[0] ?? '').replace(/:$/, '');
  return name === 'YAMLParseError' ? line : reasonOf({ message: line });
}

/**
 * The value of a YAML (or JSON) text.
 * @param where the file and what it is, for messages
 * @throws UsageError that names the place where it can't be read
 */
export function parseYaml(text: string, where: string): unknown {
  const comment = commentIn(text);
  if (comment !== undefined) {
    throw new UsageError(
      `${where} can't be read: JSON has no comments, but line ${comment} has one; remove it, or write the file in YAML, where comments begin with #`,
    );
  }
  let value: unknown;
  try {
    // Loaded here: a run without a config does not need it.
    const { parse } = require('yaml') as typeof import('yaml');
    value = parse(text);
  } catch (error) {
    throw new UsageError(`${where} can't be read: ${whyNot(error)}`);
  }
  checkPlain(value, where);
  return value;
}

/** @throws UsageError where a value is not plain data of a bounded size */
export function checkPlain(value: unknown, where: string): void {
  const fault = faultIn(value);
  if (fault !== undefined) throw new UsageError(`${where} can't be read: ${fault}`);
}
