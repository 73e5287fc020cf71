/** JSON as read from a page. */
export interface ReadJson {
  /** The text as valid JSON, with each value on its original line; absent if it can't be read. */
  json?: string;
  value?: unknown;
  /** The mistakes that were corrected, each with its line. */
  slips: string[];
  /** Why it can't be read. */
  error?: string;
}

/** Examples have about ten levels; deeper nesting would make the paths of values too long. */
const DEEPEST = 100;

/**
 * Reads JSON as written by hand: it accepts comments, ellipses for values that are left out, extra and missing commas,
 * typographic quotation marks and single quotes.
 *
 * @param firstLine the line on which the text begins, for the slips
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

/** The nesting depth of JSON text; it also counts brackets in strings, which is negligible in examples. */
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
/** Strings in any quotes, ellipses, comments, JSON punctuation, white space, anything else. */
const PIECE =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\u201C\u201D][^"\u201C\u201D\n]*["\u201C\u201D]|[\u2018\u2019][^\u2018\u2019\n]*[\u2018\u2019]|\.{3}|\u2026|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\],:]|\s+|[^\s{}[\],:"'/\u201C\u201D\u2018\u2019]+|./g;

/** Rewrites text token by token; every token stays on its line. */
function repaired(text: string, firstLine: number): { json: string; slips: string[] } {
  const out: string[] = [];
  const slips: string[] = [];
  let line = firstLine;
  /** The index of the last comma in `out`, while only white space follows it. */
  let comma = -1;
  let commaLine = 0;
  /** Whether a value has just ended, so that punctuation must follow. */
  let ended = false;
  /** The last piece other than white space and comments, and whether an ellipsis stands at this place. */
  let before = '';
  let elided = false;
  const slip = (what: string, on = line): void => void slips.push(`${what} on line ${on}`);
  for (const [piece] of text.matchAll(PIECE)) {
    if (/^\s/.test(piece)) out.push(piece);
    else if (piece.startsWith('//') || piece.startsWith('/*')) {
      slip('a comment');
      out.push(piece.replace(/[^\n]/g, ' '));
    } else if (/^(?:\.{3}|\u2026)$/.test(piece) && before !== ':') {
      slip('an ellipsis');
      elided = true;
    } else if (piece === ',') {
      // A comma on either side of an ellipsis may be one too many.
      const surplus = comma !== -1 || (elided && /^[{[]$/.test(before));
      if (surplus && !elided) slip('a comma too many');
      if (!surplus) {
        [comma, commaLine] = [out.length, line];
        out.push(piece);
      }
      ended = false;
    } else if (piece === '}' || piece === ']') {
      if (comma !== -1) {
        if (!elided) slip(`a comma before ${piece}`, commaLine);
        out[comma] = ' ';
      }
      out.push(piece);
      comma = -1;
      ended = true;
    } else {
      if (ended && piece !== ':') {
        if (!elided) slip('no comma before the value');
        out.push(',');
      }
      const isString = OPEN_QUOTE.test(piece[0] ?? '') && piece.length > 1;
      if (isString && !piece.startsWith('"')) slip('other quotation marks than JSON has');
      out.push(isString && !piece.startsWith('"') ? `"${piece.slice(1, -1).replace(/(?<!\\)"/g, '\\"')}"` : piece);
      comma = -1;
      ended = isString || !/^[{[:]$/.test(piece);
    }
    if (!/^(?:\s|\/[/*]|\.{3}$|\u2026$)/.test(piece)) {
      before = piece;
      elided = false;
    }
    line += piece.split('\n').length - 1;
  }
  return { json: out.join(''), slips };
}
