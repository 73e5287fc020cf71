import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import { editText, onCompletion, onResponse, together } from '../hook-builders';

/** Faults that interpret a clientContext as something other than plain text. */

type Garbling = readonly [what: string, says: string, of: (context: string) => Json];

const isGuid = (text: string): boolean => /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i.test(text);

const literal = (text: string): Json | undefined =>
  new Map<string, Json>([
    ['null', null],
    ['true', true],
    ['false', false],
  ]).get(text.toLowerCase());

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

const GARBLINGS: readonly Garbling[] = [
  [
    'number',
    'returns a clientContext that looks like a number as a number',
    (text) => (/^-?[\d.]+(e\d+)?$/.test(text) ? Number(text) : text),
  ],
  [
    'number-rewritten',
    'normalises a clientContext that looks like a number, such as 1.0 to 1',
    (text) => (Number.isFinite(Number(text)) && text.trim() !== '' ? String(Number(text)) : text),
  ],
  [
    'literal',
    'returns the clientContext "null", "true" or "false" as a JSON literal',
    (text) => literal(text) ?? (text === 'null' ? null : text),
  ],
  [
    'none',
    'treats the clientContext "undefined" or "None" as absent',
    (text) => (/^(undefined|None)$/.test(text) ? null : text),
  ],
  [
    'guid-lowercased',
    'returns a clientContext that is a GUID in lower case',
    (text) => (isGuid(text) ? text.toLowerCase() : text),
  ],
  [
    'guid-bare',
    'strips the braces from a clientContext that is a GUID',
    (text) => (isGuid(text) ? text.replace(/^\{(.*)\}$/, '$1') : text),
  ],
  [
    'guid-hyphenated',
    'inserts hyphens into a clientContext that is a GUID',
    (text) => (/^[0-9a-f]{32}$/i.test(text) ? text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : text),
  ],
  [
    'date',
    'normalises a clientContext that is a date to ISO 8601 in UTC',
    (text) => (isDate(text) ? new Date(text).toISOString() : text),
  ],
  [
    'date-without-time',
    'adds a time to a clientContext that is a date',
    (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text),
  ],
  ['tabs', 'replaces tabs in a clientContext with spaces', (text) => text.replaceAll('\t', ' ')],
  ['line-feeds', 'removes line breaks from a clientContext', (text) => text.replaceAll(/[\r\n]/g, '')],
  ['carriage-returns', 'replaces CRLF in a clientContext with line feeds', (text) => text.replaceAll('\r\n', '\n')],
  ['placeholders', 'removes %s and {0} from a clientContext', (text) => text.replaceAll(/%s|\{0\}/g, '')],
  ['blank', 'treats a blank clientContext as absent', (text) => (text.trim() === '' ? null : text)],
  [
    'unescaped',
    'decodes percent escapes in a clientContext',
    (text) => text.replaceAll(/%[0-7][0-9a-f]/gi, (escape) => decodeURIComponent(escape)),
  ],
  [
    'entities',
    'decodes HTML entities in a clientContext',
    (text) => text.replaceAll('&amp;', '&').replaceAll('&#65;', 'A'),
  ],
  [
    'json',
    'returns a clientContext that is JSON as the parsed value',
    (text) => (/^["[{]/.test(text) ? parsed(text) : text),
  ],
  ['prototype', 'returns null instead of the clientContext __proto__', (text) => (text === '__proto__' ? null : text)],
];

/** Control and non-ASCII characters: a service may refuse them, but must not rewrite those that it accepts. */
const UNUSUAL: readonly Garbling[] = [
  [
    'control-characters',
    'removes control characters from a clientContext',
    (text) => text.replaceAll(/[^\P{Cc}\s]/gu, ''),
  ],
  ['composed', 'normalises a clientContext to composed characters (NFC)', (text) => text.normalize('NFC')],
  ['decomposed', 'normalises a clientContext to decomposed characters (NFD)', (text) => text.normalize('NFD')],
  [
    'compatible',
    'replaces the ligature fi in a clientContext with letters (NFKC)',
    (text) => text.replaceAll('\ufb01', 'fi'),
  ],
];

const change =
  (of: Garbling[2]) =>
  (operation: JsonObject): void =>
    editText(operation, 'clientContext', of);

const inBoth = (of: Garbling[2]): HookMaker => together(onResponse(change(of)), onCompletion(change(of)));

const COMPLETION = 'completion.client-context';
/** A clientContext that is not returned as a string also violates the schema. */
const SCHEMAS = ['response.operation', 'completion.operation'];

export const contextFaults: readonly Fault[] = [...GARBLINGS, ...UNUSUAL].flatMap(([what, says, of]) => [
  fault(`response.client-context/${what}`, says, inBoth(of), [COMPLETION, ...SCHEMAS]),
  fault(`${COMPLETION}/${what}`, `${says}, in the completion only`, onCompletion(change(of)), SCHEMAS.slice(1)),
]);
