import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import { editText, onCompletion, onResponse, together } from '../hook-builders';

/** Contexts that look like something else than text, and are read as that. */

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
    'rewrites a clientContext that looks like a number',
    (text) => (Number.isFinite(Number(text)) && text.trim() !== '' ? String(Number(text)) : text),
  ],
  [
    'literal',
    'returns the clientContext null, true or false as a literal',
    (text) => literal(text) ?? (text === 'null' ? null : text),
  ],
  [
    'none',
    'reads the clientContext undefined or None as absent',
    (text) => (/^(undefined|None)$/.test(text) ? null : text),
  ],
  [
    'guid-lowercased',
    'returns a clientContext that is a GUID in lower case',
    (text) => (isGuid(text) ? text.toLowerCase() : text),
  ],
  [
    'guid-bare',
    'returns a clientContext that is a GUID without its braces',
    (text) => (isGuid(text) ? text.replace(/^\{(.*)\}$/, '$1') : text),
  ],
  [
    'guid-hyphenated',
    'returns a clientContext that is a GUID with hyphens',
    (text) => (/^[0-9a-f]{32}$/i.test(text) ? text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : text),
  ],
  ['date', 'rewrites a clientContext that is a date', (text) => (isDate(text) ? new Date(text).toISOString() : text)],
  ['tabs', 'returns tabs in a clientContext as spaces', (text) => text.replaceAll('\t', ' ')],
  ['line-feeds', 'leaves line feeds out of a clientContext', (text) => text.replaceAll(/[\r\n]/g, '')],
  ['carriage-returns', 'returns line ends in a clientContext as line feeds', (text) => text.replaceAll('\r\n', '\n')],
  ['blank', 'reads a blank clientContext as absent', (text) => (text.trim() === '' ? null : text)],
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
  ['json', 'parses a clientContext that is JSON', (text) => (/^["[{]/.test(text) ? parsed(text) : text)],
  ['prototype', 'loses the clientContext __proto__', (text) => (text === '__proto__' ? null : text)],
];

/** Letters beyond ASCII: a service may refuse them; those it takes it must not write anew. */
const COMPOSED: readonly Garbling[] = [
  ['composed', 'composes the characters of a clientContext (NFC)', (text) => text.normalize('NFC')],
  ['decomposed', 'decomposes the characters of a clientContext (NFD)', (text) => text.normalize('NFD')],
  ['compatible', 'returns ligatures in a clientContext as letters (NFKC)', (text) => text.replaceAll('\ufb01', 'fi')],
];

const change =
  (of: Garbling[2]) =>
  (operation: JsonObject): void =>
    editText(operation, 'clientContext', of);

const inBoth = (of: Garbling[2]): HookMaker => together(onResponse(change(of)), onCompletion(change(of)));

const COMPLETION = 'completion.client-context';
/** What comes back as no text is no clientContext by its schema either. */
const SCHEMAS = ['response.operation', 'completion.operation'];

export const contextFaults: readonly Fault[] = [...GARBLINGS, ...COMPOSED].flatMap(([what, says, of]) => [
  fault(`response.client-context/${what}`, says, inBoth(of), [COMPLETION, ...SCHEMAS]),
  fault(`${COMPLETION}/${what}`, `${says}, in the completion`, onCompletion(change(of)), SCHEMAS.slice(1)),
]);
