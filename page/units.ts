import { factsOf, type Wording } from './wording-facts';
import { inKnownOrder } from './column-order';
import { LIMITS, limited } from './limits';
import type { Example, Message, Page, Part, Row, Table } from './page';
import { hashOf, tracesOf } from './words';

/** The kinds of units; drift compares pages unit by unit. */
export type UnitKind =
  | 'heading'
  | 'sentence'
  | 'permission'
  | 'parameter'
  | 'row'
  | 'signature'
  | 'request line'
  | 'status line'
  | 'header'
  | 'example value'
  | 'code'
  | 'include';

/** The smallest part of a page that changes as a whole. */
export interface Unit {
  kind: UnitKind;
  line: number;
  lastLine: number;
  /** The hash of its content. */
  hash: string;
  /** The hash of its name: a value's path, a row's first cell, a header's name; empty for text. */
  key: string;
  /** Finds text again after a rewording; empty for units with only a key. */
  traces: string;
  /** What a rewording must not change (see `factsOf`); absent if any other text is a change, or if unknown. */
  facts?: string;
  /** Its content; absent if only its fingerprint is known. */
  text?: string;
  /** Its content as read; only for text that can be reworded. */
  wording?: Wording;
}

/** Units that belong together: a paragraph, a table, a message. */
export interface Chunk {
  /** Its kind, such as `a response`. */
  name: string;
  units: Unit[];
}

/** The content under a heading of one of the first three levels. */
export interface Section {
  chunks: Chunk[];
}

/** A page as input for drift. */
export interface Inventory {
  title: string;
  sections: Section[];
}

/** Deeper headings introduce messages; they do not begin sections. */
const DEEPEST_SECTION = 3;

const IDENTIFIER = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** Replaces identifiers and telephone numbers, which are arbitrary in an example. */
function withoutArbitrary(text: string): string {
  return text.replace(IDENTIFIER, '{id}').replace(/\+\d{6,}/g, '{number}');
}

/**
 * Lists the content of a page, unit by unit.
 *
 * @param old the page that it is compared with; tables get its order of columns
 * @throws UsageError if it exceeds the limit of units
 */
export function inventoryOf(page: Page, old?: Inventory): Inventory {
  const sections: Section[] = [{ chunks: [] }];
  const rows = new Set(old ? unitsOf(old).flatMap(({ kind, hash }) => (kind === 'row' ? [hash] : [])) : []);
  const isKnown = (header: Row): boolean => rows.has(rowHash(header));
  let units = 0;
  for (const part of page.parts) {
    if (part.kind === 'heading' && part.level <= DEEPEST_SECTION) sections.push({ chunks: [] });
    const chunk = chunkOf(part.kind === 'table' && old ? inKnownOrder(part, isKnown) : part);
    if (!chunk) continue;
    sections.at(-1)?.chunks.push(chunk);
    units += chunk.units.length;
    limited(units, 'units', `it holds more than ${LIMITS.units} sentences, rows and values`);
  }
  return { title: hashOf('title', page.title), sections };
}

/** All units in the page's order. */
export function unitsOf(inventory: Inventory): Unit[] {
  return inventory.sections.flatMap((section) => section.chunks.flatMap((chunk) => chunk.units));
}

/** The example that contains a line. */
export function exampleAt(page: Page, line: number): Example | undefined {
  return page.examples.find(({ lines }) => lines.first <= line && line <= lines.last);
}

function chunkOf(part: Part): Chunk | undefined {
  switch (part.kind) {
    case 'heading':
      return {
        name: 'a heading',
        units: [textUnit('heading', { text: part.text, code: [], isHeading: true }, part.lines.first)],
      };
    case 'prose':
      return {
        name: part.place === 'note' ? 'a note' : 'a paragraph',
        units: part.sentences.map(({ text, code = [], lines }) =>
          textUnit('sentence', { text, code }, lines.first, lines.last),
        ),
      };
    case 'table':
      return { name: 'a table', units: tableUnits(part) };
    case 'signature':
      return {
        name: 'a request',
        units: [plainUnit('signature', `${part.method} ${pathOf(part.path)}`, part.lines.first)],
      };
    case 'code':
      return {
        name: 'code',
        units: [plainUnit('code', part.text.replace(/\s+/g, ' ').trim(), part.lines.first, part.lines.last)],
      };
    case 'message':
      return { name: part.role === 'json' ? 'JSON' : `a ${part.role}`, units: messageUnits(part) };
    case 'include':
      return { name: 'an include', units: [includeUnit(part.target, part.lines.first)] };
    case 'annotation':
    case 'tab':
    default:
      return undefined;
  }
}

function textUnit(kind: UnitKind, wording: Wording, line: number, lastLine = line): Unit {
  return { ...plainUnit(kind, wording.text, line, lastLine), facts: factsOf(wording), wording };
}

function plainUnit(kind: UnitKind, text: string, line: number, lastLine = line): Unit {
  return { kind, line, lastLine, hash: hashOf(kind, text), key: '', traces: tracesOf(text), text };
}

/** The unit of an include, identified by its file, whatever the relative path. */
function includeUnit(target: string, line: number): Unit {
  const file = target.trim().replace(/^(?:~\/|\/|\.{1,2}\/)+/, '');
  const hash = hashOf('include', file.toLowerCase());
  return { kind: 'include', line, lastLine: line, hash, key: '', traces: '', text: file };
}

function tableUnits({ header, rows }: Table): Unit[] {
  const [first = ''] = header.cells;
  const kind = /^permission/i.test(first) ? 'permission' : /^(?:parameter|property)/i.test(first) ? 'parameter' : 'row';
  return [rowUnit('row', header), ...rows.map((row) => rowUnit(kind, row))];
}

function rowHash({ cells }: Pick<Row, 'cells'>): string {
  return hashOf('row', ...cells);
}

function rowUnit(kind: UnitKind, { cells, code = [], lines }: Row): Unit {
  const text = cells.join(' | ');
  const own = cells.map(withoutReferences);
  const wording = { text: own.join(' | '), code, cells: own };
  return {
    kind,
    line: lines.first,
    lastLine: lines.last,
    hash: rowHash({ cells }),
    key: hashOf('cell', cells[0] ?? ''),
    traces: tracesOf(wording.text),
    facts: factsOf(wording),
    text,
    wording,
  };
}

/** A cell without sentences that only refer to another page. */
function withoutReferences(cell: string): string {
  const sentences = cell.split(/(?<=[.!?]) /);
  const own = sentences.filter(
    (one) => !/^(?:(?:to )?(?:learn|read) more|for (?:more |further )?(?:information|details)|see) /i.test(one),
  );
  return own.length === 0 ? cell : own.join(' ');
}

/** A path without host, version and identifiers, which differ from example to example. */
function pathOf(path: string): string {
  return withoutArbitrary(path.replace(/^https?:\/\/[^/]+/i, '').replace(/^\/(?:v\d+\.\d+|beta)(?=\/)/i, ''));
}

function messageUnits(message: Message): Unit[] {
  const units: Unit[] = [];
  const add = (kind: UnitKind, line: number, key: string, text: string): void => {
    units.push({
      kind,
      line,
      lastLine: line,
      hash: hashOf(message.role, key, text),
      key: hashOf(message.role, key),
      traces: '',
      text,
    });
  };
  const line = message.startLine ?? message.lines.first;
  if (message.status !== undefined) add('status line', line, 'status line', String(message.status));
  if (message.method !== undefined)
    add('request line', line, 'request line', `${message.method} ${pathOf(message.path ?? '')}`);
  for (const header of message.headers) {
    add('header', header.line, `header ${header.name}`, `${header.name}: ${header.value.replace(/\s+/g, ' ').trim()}`);
  }
  for (const { path, line: at, value } of message.body?.members ?? []) {
    add('example value', at, `value ${path}`, `${path}: ${withoutArbitrary(value)}`);
  }
  return units;
}
