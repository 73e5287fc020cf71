import { memberPath } from '../common/json-path';

/** A value in JSON text: its path, its line, and the value itself if it is neither object nor array. */
export interface Member {
  path: string;
  line: number;
  /** The JSON text of a string, number, boolean or null; `{}` and `[]` for objects and arrays. */
  value: string;
}

type Open = { path: string; index: number | undefined; key: string | undefined };

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+|\n/g;

/**
 * Lists every value in JSON text, with the line of its key or, in an array, of the value.
 *
 * @param text must be JSON
 * @param firstLine the line on which the text begins
 */
export function membersOf(text: string, firstLine: number): Member[] {
  const members: Member[] = [];
  const open: Open[] = [];
  let line = firstLine;
  let keyLine = firstLine;
  let afterKey = false;
  const pathHere = (): string => {
    const within = open.at(-1);
    if (!within) return '$';
    return within.index === undefined ? memberPath(within.path, within.key ?? '') : `${within.path}[${within.index}]`;
  };
  const add = (value: string): void => {
    members.push({ path: pathHere(), line: afterKey ? keyLine : line, value });
    afterKey = false;
  };
  for (const [token] of text.matchAll(TOKEN)) {
    const within = open.at(-1);
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') {
      const path = pathHere();
      add(token === '{' ? '{}' : '[]');
      open.push({ path, index: token === '[' ? 0 : undefined, key: undefined });
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (within?.index !== undefined) within.index += 1;
      else if (within) within.key = undefined;
    } else if (token === ':') afterKey = true;
    else if (within && within.index === undefined && within.key === undefined) {
      within.key = JSON.parse(token) as string;
      keyLine = line;
    } else add(token);
  }
  return members;
}
