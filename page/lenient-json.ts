/** JSON that a page shows. */
export interface ReadJson {
  /** The text as JSON proper, each value on the line on which it stood; absent where it can't be read. */
  json?: string;
  value?: unknown;
  /** What was read otherwise than it is written, each with its line. */
  slips: string[];
  /** Why it can't be read. */
  error?: string;
}

/** Examples are nested some ten deep; every value's path is as long as its depth. */
const DEEPEST = 100;

/**
 * Reads JSON as people write it by hand: comments, commas too many or too few, typographic quotation marks and single quotes
 * are read as what was meant.
 *
 * @param firstLine the line that the text begins on, for the slips
 */
export function readJson(text: string, firstLine = 1): ReadJson {
  const strict = parsed(text);
  if ('value' in strict) return { json: text, value: strict.value, slips: [] };
  const { json, slips } = repaired(text, firstLine);
  const lenient = slips.length > 0 ? parsed(json) : strict;
  return 'value' in lenient ? { json, value: lenient.value, slips } : { slips: [], error: strict.error };
}

function parsed(text: string): { value: unknown } | { error: string } {
  if (depthOf(text) > DEEPEST) return { error: `nested more than ${DEEPEST} deep` };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** How deep JSON text is nested at most; brackets within strings count, which no example comes near to feel. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[{}\]]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const OPEN_QUOTE = /["'\u201C\u201D\u2018\u2019]/;
/** Strings by any marks, comments, marks of JSON, white space, anything else. */
const PIECE =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\u201C\u201D][^"\u201C\u201D\n]*["\u201C\u201D]|[\u2018\u2019][^\u2018\u2019\n]*[\u2018\u2019]|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\],:]|\s+|[^\s{}[\],:"'/\u201C\u201D\u2018\u2019]+|./g;

/** Rewrites text piece by piece; no piece changes its line. */
function repaired(text: string, firstLine: number): { json: string; slips: string[] } {
  const out: string[] = [];
  const slips: string[] = [];
  let line = firstLine;
  /** Where the last comma stands in `out`, as long as nothing but white space follows it. */
  let comma = -1;
  let commaLine = 0;
  /** Whether a value has just ended, after which there must be a mark. */
  let ended = false;
  const slip = (what: string, on = line): void => void slips.push(`${what} on line ${on}`);
  for (const [piece] of text.matchAll(PIECE)) {
    if (/^\s/.test(piece)) out.push(piece);
    else if (piece.startsWith('//') || piece.startsWith('/*')) {
      slip('a comment');
      out.push(piece.replace(/[^\n]/g, ' '));
    } else if (piece === ',') {
      if (comma !== -1) slip('a comma too many');
      else {
        [comma, commaLine] = [out.length, line];
        out.push(piece);
      }
      ended = false;
    } else if (piece === '}' || piece === ']') {
      if (comma !== -1) {
        slip(`a comma before ${piece}`, commaLine);
        out[comma] = ' ';
      }
      out.push(piece);
      comma = -1;
      ended = true;
    } else {
      if (ended && piece !== ':') {
        slip('no comma before the value');
        out.push(',');
      }
      const isString = OPEN_QUOTE.test(piece[0] ?? '') && piece.length > 1;
      if (isString && !piece.startsWith('"')) slip('other quotation marks than JSON has');
      out.push(isString && !piece.startsWith('"') ? `"${piece.slice(1, -1).replace(/(?<!\\)"/g, '\\"')}"` : piece);
      comma = -1;
      ended = isString || !/^[{[:]$/.test(piece);
    }
    line += piece.split('\n').length - 1;
  }
  return { json: out.join(''), slips };
}
