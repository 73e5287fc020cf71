import { createHash } from 'node:crypto';
import { authorization } from './authorization';
import { LEVELS, type Behavior } from './behavior';
import { completion } from './completion';
import { contradictions, type Contradiction } from './contradictions';
import { failure } from './failure';
import { multiple } from './multiple';
import { notification } from './notification';
import { ordering } from './ordering';
import { pstn } from './pstn';
import { refusal } from './refusal';
import { replace } from './replace';
import { request } from './request';
import { response } from './response';
import { roster } from './roster';

/** All areas in the page's order; an area's file bears its name, and so do the ids in it. */
const AREAS: Record<string, Behavior[]> = {
  request,
  authorization,
  refusal,
  response,
  notification,
  completion,
  roster,
  multiple,
  replace,
  pstn,
  ordering,
  failure,
};

const KEYS = new Set(['id', 'level', 'statement', 'source', 'judge', 'overParts']);

/** A fault in the catalogue: a fault of ours, found when it is loaded. */
export class CatalogError extends Error {}

/**
 * Checks a catalogue and lists it in order.
 * @throws CatalogError for an unknown key, an id that stands twice or in a wrong area, a record without a judge, level,
 * statement or source, and a contradiction about a behaviour that is none
 */
export function load(areas: Record<string, Behavior[]>, notes: readonly Contradiction[]): readonly Behavior[] {
  const seen = new Set<string>();
  const all = Object.entries(areas).flatMap(([area, records]) => records.map((record) => ({ area, record })));
  for (const { area, record } of all) {
    const unknown = Object.keys(record).find((key) => !KEYS.has(key));
    if (unknown !== undefined) throw new CatalogError(`${record.id}: unknown key ${unknown}`);
    if (seen.has(record.id)) throw new CatalogError(`${record.id}: stands twice in the catalogue`);
    if (!record.id.startsWith(`${area}.`)) throw new CatalogError(`${record.id}: does not belong in area ${area}`);
    if (typeof record.judge !== 'function') throw new CatalogError(`${record.id}: has no judge`);
    if (!LEVELS.includes(record.level)) throw new CatalogError(`${record.id}: no level ${record.level}`);
    const { source } = record;
    const sourced = ('lines' in source && source.lines.length > 0) || (source.linked ?? '') !== '';
    if (record.statement === '' || !sourced) {
      throw new CatalogError(`${record.id}: has no statement or no source`);
    }
    seen.add(record.id);
  }
  for (const note of notes) {
    const stranger = note.behaviors.find((id) => !seen.has(id));
    if (stranger !== undefined) throw new CatalogError(`contradiction ${note.id}: no behaviour ${stranger}`);
  }
  return all.map(({ record }) => record);
}

/** Every documented behaviour, in the page's order. */
export const BEHAVIORS: readonly Behavior[] = load(AREAS, contradictions);

/** The names of the areas, in the page's order. */
export const AREA_NAMES: readonly string[] = Object.keys(AREAS);

/** Changes whenever an id, a level, a statement or a source does; runs are only comparable with the same. */
export const CATALOG_DIGEST: string = createHash('sha256')
  .update(JSON.stringify(BEHAVIORS.map(({ id, level, statement, source }) => [id, level, statement, source])))
  .digest('hex')
  .slice(0, 16);

/** The area of a behaviour, which is also the file that it stands in. */
export function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}
