import type { Document, LineCounter } from 'yaml';
import type { Step } from './json-path';

/** A place in a text; line and column begin with 1. */
export interface Position {
  line: number;
  column: number;
}

/** The longest text in which places are searched, in characters: a search parses the whole text again. */
const LONGEST = 512 * 1024;

/**
 * Finds the place of a value in a text.
 * @param steps from the root to the value
 * @param what the place of the member's name, or of its value
 * @returns if the value is missing, the place of its nearest parent; undefined if the text can't be parsed, or is too
 * long
 */
export type Places = (steps: readonly Step[], what?: 'name' | 'value') => Position | undefined;

/** The positions of values in a YAML (or JSON) text; parsed on first use. */
export function placesIn(text: string): Places {
  let read: { document: Document.Parsed; lines: LineCounter } | undefined;
  return (steps, what = 'value') => {
    if (text.length > LONGEST) return undefined;
    try {
      read ??= parsed(text);
      const offset = offsetOf(read.document, steps, what);
      if (offset === undefined) return undefined;
      const { line, col } = read.lines.linePos(offset);
      return { line, column: col };
    } catch {
      return undefined;
    }
  };
}

/** Loaded on first use: a file without mistakes does not need it. */
const yaml = (): typeof import('yaml') => require('yaml') as typeof import('yaml');

function parsed(text: string): { document: Document.Parsed; lines: LineCounter } {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, logLevel: 'silent' }), lines };
}

function startOf(node: unknown): number | undefined {
  return yaml().isNode(node) ? node.range?.[0] : undefined;
}

/** The offset of the value at the end of some steps, or of its nearest parent. */
function offsetOf(document: Document.Parsed, steps: readonly Step[], what: 'name' | 'value'): number | undefined {
  const { isAlias, isMap, isScalar, isSeq } = yaml();
  let at: unknown = document.contents;
  let found = startOf(at);
  for (const [i, step] of steps.entries()) {
    if (isAlias(at)) at = at.resolve(document);
    const pair = isMap(at)
      ? at.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    const next: unknown = pair ? pair.value : isSeq(at) ? at.items[Number(step)] : undefined;
    const name = startOf(pair?.key);
    const start = what === 'name' && i === steps.length - 1 ? name : (startOf(next) ?? name);
    if (start === undefined) break;
    found = start;
    at = next;
  }
  return found;
}

/** A file and a place in it, as editors and terminals read it: `my.yaml:3:14`. */
export function placeText(file: string, position: Position | undefined): string {
  return position === undefined ? file : `${file}:${position.line}:${position.column}`;
}
