import { codeOf, reasonOf, UsageError } from '../common/errors';

/** Limits of depth and values that no valid config or waivers file reaches. */
const DEEPEST = 50;
const MOST_VALUES = 100_000;

/** Matches strings and beginnings of comments in JSON. */
const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"|(?:^|(?<=[\s,{}[\]]))(?:\/\/|\/\*)/g;

/** The line of the first comment in JSON text; YAML would read it as a key. */
function commentIn(text: string): number | undefined {
  if (!/^\s*[{[/]/.test(text)) return undefined;
  for (const found of text.matchAll(STRING_OR_COMMENT)) {
    if (!found[0].startsWith('"')) return text.slice(0, found.index).split('\n').length;
  }
  return undefined;
}

/** Says why a value is not plain data of limited size: aliases can form a cycle, or expand to a huge tree. */
function faultIn(value: unknown): string | undefined {
  let seen = 0;
  const above = new Set<object>();
  const walk = (at: unknown): string | undefined => {
    seen += 1;
    if (seen > MOST_VALUES) return `it contains more than ${MOST_VALUES} values`;
    if (typeof at !== 'object' || at === null) return undefined;
    const kind = Object.prototype.toString.call(at).slice('[object '.length, -1);
    if (kind !== 'Object' && kind !== 'Array')
      return `it contains a ${kind}; a value is text, a number, true, false, a list or a map`;
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
  // Only the first line is safe to show: it is a position, while the rest shows content of the file.
  const line = (message.split('\n')[0] ?? '').replace(/:$/, '');
  if (code === 'TAG_RESOLVE_FAILED') return `${line}; write the value without a tag (!…)`;
  return name.startsWith('YAML') ? line : reasonOf({ message: line });
}

/**
 * Parses YAML or JSON text.
 * @param where the file and its kind, for messages
 * @throws UsageError that names the position if it can't be read
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
    const { parseDocument } = require('yaml') as typeof import('yaml');
    // The package's own `parse` would print warnings with lines of the file, which may contain a secret.
    const document = parseDocument(text, { logLevel: 'error' });
    const [fault] = [...document.errors, ...document.warnings];
    if (fault) throw fault;
    value = document.toJS();
  } catch (error) {
    throw new UsageError(`${where} can't be read: ${whyNot(error)}`);
  }
  checkPlain(value, where);
  return value;
}

/** @throws UsageError if a value is not plain data of limited size */
export function checkPlain(value: unknown, where: string): void {
  const fault = faultIn(value);
  if (fault !== undefined) throw new UsageError(`${where} can't be read: ${fault}`);
}
