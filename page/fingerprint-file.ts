import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readTextNow, MAX_TEXT_BYTES } from '../common/read-file';
import { join } from 'node:path';
import { EDITION, type Edition } from '../behaviors/edition';
import { isObject } from '../history/values';
import { UsageError } from '../target/errors';
import type { BehaviorFingerprint, Fingerprints, Place } from './fingerprints';
import type { Inventory, Unit, UnitKind } from './units';

/** The package's fingerprints of the page behind the catalogue. */
export const OWN_FINGERPRINTS: string = join(__dirname, 'fingerprints.json');

/** The fingerprints file of an edition; for a later edition it does not exist until a user creates it. */
export function fingerprintsFileOf(edition: Edition): string {
  return edition === EDITION ? OWN_FINGERPRINTS : join(__dirname, `fingerprints-${edition}.json`);
}

/** Identifies a version of an edition's page: a hash of its fingerprints; undefined if there are none. */
export function ownPageFingerprint(edition: Edition = EDITION): string | undefined {
  const file = fingerprintsFileOf(edition);
  if (!existsSync(file)) return undefined;
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}

const SHORT: [UnitKind, string][] = [
  ['heading', 'heading'],
  ['sentence', 'sentence'],
  ['permission', 'permission'],
  ['parameter', 'parameter'],
  ['row', 'row'],
  ['signature', 'signature'],
  ['request line', 'request-line'],
  ['status line', 'status-line'],
  ['header', 'header'],
  ['example value', 'value'],
  ['code', 'code'],
  ['include', 'include'],
];
const WORD = new Map(SHORT);
const KIND = new Map(SHORT.map(([kind, word]) => [word, kind]));

/**
 * Formats a unit as `12 sentence 3.4 hash key traces facts`: line, kind, section and chunk, the hash, what finds a
 * changed unit again, and what a rewording must not change (`-`: nothing; no field: any other text is a change).
 */
function written(unit: Unit, section: number, chunk: number): string {
  const lines = unit.lastLine === unit.line ? String(unit.line) : `${unit.line}-${unit.lastLine}`;
  const facts = unit.facts === undefined ? [] : [unit.facts || '-'];
  const found = [unit.hash, unit.key || '-', unit.traces || '-', ...facts];
  return [lines, WORD.get(unit.kind), `${section}.${chunk}`, ...found].join(' ');
}

/** Formats a JSON array of strings as Prettier does at 120 columns. */
function array(indent: string, items: readonly string[], before: number): string {
  const line = `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
  if (before + line.length + 1 <= 120) return line;
  return `[\n${items.map((item) => `${indent}  ${JSON.stringify(item)}`).join(',\n')}\n${indent}]`;
}

/** Formats a fingerprints file. */
export function fingerprintText({ inventory, behaviors }: Fingerprints): string {
  const units = inventory.sections.flatMap(({ chunks }, section) =>
    chunks.flatMap((chunk, at) => chunk.units.map((unit) => written(unit, section, at))),
  );
  const places = [...behaviors].map(([id, { recorded, places: all }]) => {
    const key = `    ${JSON.stringify(id)}: `;
    const items = [`record ${recorded.join(' ')}`, ...all.map(({ line, hash }) => `${line} ${hash}`)];
    return `${key}${array('    ', items, key.length)}`;
  });
  return [
    '{',
    '  "format": 2,',
    `  "title": ${JSON.stringify(inventory.title)},`,
    `  "behaviors": {\n${places.join(',\n')}\n  },`,
    `  "page": ${array('  ', units, Infinity)}`,
    '}\n',
  ].join('\n');
}

/** @throws UsageError if the file can't be written */
export function writeFingerprints(file: string, fingerprints: Fingerprints): void {
  try {
    writeFileSync(file, fingerprintText(fingerprints));
  } catch (error) {
    throw new UsageError(`can't write ${file}: ${(error as Error).message}`);
  }
}

/** @throws UsageError if the file is missing, damaged, or of another format */
export function readFingerprints(file: string): Fingerprints {
  return parseFingerprints(readTextNow(file, 'the fingerprints', MAX_TEXT_BYTES), file);
}

/** @param name of the text, for messages */
export function parseFingerprints(text: string, name: string): Fingerprints {
  const fault = (what: string): UsageError => new UsageError(`${name}: ${what}; not a file of fingerprints`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fault('not JSON');
  }
  // Format 1 has neither facts nor includes, so rewordings are reported as changes.
  if (!isObject(value) || (value['format'] !== 1 && value['format'] !== 2)) throw fault('not of format 1 or 2');
  const { title, behaviors, page } = value;
  if (typeof title !== 'string' || !isObject(behaviors) || !Array.isArray(page))
    throw fault('title, behaviors or page is missing');
  const inventory: Inventory = { title, sections: [] };
  for (const item of page as unknown[]) {
    if (typeof item !== 'string' || !readUnit(item, inventory)) throw fault(`not a unit: ${JSON.stringify(item)}`);
  }
  const all = Object.entries(behaviors).map(([id, items]): [string, BehaviorFingerprint] => {
    const read = readPlaces(items);
    if (!read) throw fault(`the places of ${id} are invalid`);
    return [id, read];
  });
  return { inventory, behaviors: new Map(all) };
}

function readUnit(item: string, { sections }: Inventory): boolean {
  const found = /^(\d+)(?:-(\d+))? (\S+) (\d+)\.(\d+) ([0-9a-f]{16}) (\S+) (\S+)(?: (\S+))?$/.exec(item);
  const kind = KIND.get(found?.[3] ?? '');
  if (!found || !kind) return false;
  const line = Number(found[1]);
  const at = Number(found[4]);
  const chunk = Number(found[5]);
  while (sections.length <= at && sections.length < 10_000) sections.push({ chunks: [] });
  const chunks = sections[at]?.chunks;
  if (!chunks) return false;
  while (chunks.length <= chunk && chunks.length < 10_000) chunks.push({ name: '', units: [] });
  const [key = '', traces = '', facts] = [found[7], found[8], found[9]].map((part) => (part === '-' ? '' : part));
  const lastLine = Number(found[2] ?? line);
  chunks[chunk]?.units.push({
    kind,
    line,
    lastLine,
    hash: found[6] ?? '',
    key,
    traces,
    ...(facts === undefined ? {} : { facts }),
  });
  return true;
}

function readPlaces(items: unknown): BehaviorFingerprint | undefined {
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) return undefined;
  const [record = '', ...rest] = items;
  if (!/^record( \d+)*$/.test(record)) return undefined;
  const places = rest.map((item): Place => {
    const [line = '', hash = ''] = item.split(' ');
    return { line: Number(line), hash };
  });
  return { recorded: record.split(' ').slice(1).map(Number), places };
}
