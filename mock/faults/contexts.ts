import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../records';
import { editText, onCompletion, onResponse, together } from '../shaping';

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
    'gives a clientContext that is a number back as one',
    (text) => (/^-?[\d.]+(e\d+)?$/.test(text) ? Number(text) : text),
  ],
  [
    'number-rewritten',
    'writes a clientContext that is a number anew',
    (text) => (Number.isFinite(Number(text)) && text.trim() !== '' ? String(Number(text)) : text),
  ],
  [
    'literal',
    'gives null, true and false as text back as literals',
    (text) => literal(text) ?? (text === 'null' ? null : text),
  ],
  ['none', 'takes undefined and None for no clientContext', (text) => (/^(undefined|None)$/.test(text) ? null : text)],
  ['guid-lowercased', 'gives a GUID back in lower case', (text) => (isGuid(text) ? text.toLowerCase() : text)],
  ['guid-bare', 'gives a GUID back without braces', (text) => (isGuid(text) ? text.replace(/^\{(.*)\}$/, '$1') : text)],
  [
    'guid-hyphenated',
    'gives a GUID back with hyphens',
    (text) => (/^[0-9a-f]{32}$/i.test(text) ? text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : text),
  ],
  ['date', 'writes a date anew', (text) => (isDate(text) ? new Date(text).toISOString() : text)],
  ['tabs', 'gives tabs back as spaces', (text) => text.replaceAll('\t', ' ')],
  ['line-feeds', 'leaves line feeds out', (text) => text.replaceAll(/[\r\n]/g, '')],
  ['carriage-returns', 'gives line ends back as line feeds', (text) => text.replaceAll('\r\n', '\n')],
  ['blank', 'takes a blank clientContext for none', (text) => (text.trim() === '' ? null : text)],
  [
    'unescaped',
    'reads percent escapes',
    (text) => text.replaceAll(/%[0-7][0-9a-f]/gi, (escape) => decodeURIComponent(escape)),
  ],
  ['entities', 'reads the entities of HTML', (text) => text.replaceAll('&amp;', '&').replaceAll('&#65;', 'A')],
  ['json', 'reads a clientContext that is JSON', (text) => (/^["[{]/.test(text) ? parsed(text) : text)],
  ['prototype', 'loses the clientContext __proto__', (text) => (text === '__proto__' ? null : text)],
];

/** Letters beyond ASCII: a service may refuse them; those it takes it must not write anew. */
const COMPOSED: readonly Garbling[] = [
  ['composed', 'composes characters', (text) => text.normalize('NFC')],
  ['decomposed', 'decomposes characters', (text) => text.normalize('NFD')],
  ['compatible', 'gives ligatures back as letters', (text) => text.replaceAll('\ufb01', 'fi')],
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
