import { createHash } from 'node:crypto';
import { authorization } from './authorization';
import type { AnyFactId, Behavior } from './behavior';
import { completion } from './completion';
import { contradictionsIn, type Contradiction } from './contradictions';
import { EDITION, EDITIONS, type Edition } from './edition';
import { DELIVERY_FACTS, FACTS, type DeliveryFactId, type FactId } from './facts';
import type { Fact } from './facts/fact';
import { failure } from './failure';
import type { Run } from '../history/run-view';
import { countDeviations, behaviorOfFact, judgeDeliveries, judgeInvitations } from './judge';
import { move } from './move';
import { multiple } from './multiple';
import { factsBehindNeed } from './needs';
import { notification } from './notification';
import { operationIds } from './operation-ids';
import { ordering } from './ordering';
import { pstn } from './pstn';
import { isRemarkedIn, recordIn, CONCURRENT_FACTS, type BehaviorRecord } from './record';
import { refusal } from './refusal';
import { replace } from './replace';
import { request } from './request';
import { response } from './response';
import { roster } from './roster';

/** All areas in the page's order; an area has the name of its file and of the first word of its ids. */
const AREAS = {
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
  move,
  ordering,
  failure,
};

const RECORDS = {
  ...request,
  ...authorization,
  ...refusal,
  ...response,
  ...notification,
  ...completion,
  ...roster,
  ...multiple,
  ...replace,
  ...pstn,
  ...move,
  ...ordering,
  ...failure,
};

/** The id of a documented behaviour, in any edition. */
export type BehaviorId = keyof typeof RECORDS;

/** The name of an area: the first word of the ids in it. */
export type Area = keyof typeof AREAS;

/** The names of the areas, in the page's order. */
export const AREA_NAMES: readonly Area[] = Object.keys(AREAS) as Area[];

/** The ids of the behaviours of all editions, in the page's order. */
export const BEHAVIOR_IDS: readonly BehaviorId[] = Object.keys(RECORDS) as BehaviorId[];

/** Whether a text is the id of a behaviour in any edition. */
export function isBehaviorId(text: string): text is BehaviorId {
  return Object.hasOwn(RECORDS, text);
}

function isDeliveryFact(id: string): id is DeliveryFactId {
  return Object.hasOwn(DELIVERY_FACTS, id);
}

function factsOf(id: BehaviorId, record: BehaviorRecord): readonly AnyFactId[] {
  if (isDeliveryFact(id)) return [id];
  if (record.across === 'operationIds') return ['response.operation-id-unique'];
  return record.facts ?? [id as FactId];
}

/** The catalogue of one edition of the page. */
export interface Catalog {
  edition: Edition;
  /** Every behaviour that the edition documents, in the page's order. */
  behaviors: readonly Behavior<BehaviorId>[];
  /** Changes with any id, level, statement or source; runs are comparable only if their digests are equal. */
  digest: string;
  /** The places where the page contradicts itself, with the suite's readings. */
  contradictions: readonly Contradiction[];
  /** Behaviours that the edition does not require; a deviation from them becomes a remark. */
  remarked: readonly {
    id: BehaviorId;
    statement: string;
    /** Counts the invitations that show it, and those of them that deviate. */
    count: (run: Run) => { deviating: number; tried: number };
  }[];
  /** Whether a text is the id of a behaviour of this edition. */
  has: (text: string) => text is BehaviorId;
  /** The behaviours with a fact: first the one with the same id, then those that check it in particular invitations. */
  behaviorsOf: (fact: string) => BehaviorId[];
  /** The behaviours that one relies on. */
  restsOnOf: (id: BehaviorId) => readonly BehaviorId[];
}

type Records = ReadonlyMap<BehaviorId, BehaviorRecord>;

function behaviorsIn(records: Records, fact: string): BehaviorId[] {
  const all = [...records].flatMap(([id, record]) => (factsOf(id, record).some((one) => one === fact) ? [id] : []));
  const home = behaviorOfFact(fact as FactId);
  return isBehaviorId(home) && records.has(home) ? [home, ...all.filter((id) => id !== home)] : all;
}

/** The behaviours that one relies on; they follow from the needs of its facts. */
function restsOn(id: BehaviorId, record: BehaviorRecord, records: Records): BehaviorId[] {
  const behaviorsOf = (fact: string): BehaviorId[] => behaviorsIn(records, fact);
  if (isDeliveryFact(id)) return ['completion.announced', 'roster.announced'];
  if (record.across) return ['response.operation-id'];
  const facts = factsOf(id, record).filter((fact): fact is FactId => Object.hasOwn(FACTS, fact));
  const needed = facts.flatMap((fact) => {
    const { needs }: Fact = FACTS[fact];
    return needs;
  });
  const needs = [...(record.needs ?? []), ...needed];
  const control: BehaviorId[] = needs.includes('controlled') ? ['request.route'] : [];
  const homes = facts.map(behaviorOfFact).filter(isBehaviorId);
  const refusing: BehaviorId[] =
    record.over === 'refusals' || record.over === 'refusedAtOnce'
      ? ['refusal.client-error', ...behaviorsOf('invitation.refused')]
      : [];
  const given = [...control, ...needs.flatMap(factsBehindNeed).flatMap(behaviorsOf), ...homes, ...refusing];
  return [...new Set(given)].filter((one) => one !== id && records.has(one));
}

function behaviorOf(id: BehaviorId, record: BehaviorRecord, records: Records): Behavior<BehaviorId> {
  const { level, statement, source } = record;
  const judge = isDeliveryFact(id)
    ? judgeDeliveries(id)
    : record.across
      ? (run: Parameters<Behavior['judge']>[0]) => operationIds()(run)
      : judgeInvitations(id, record);
  return {
    id,
    level,
    statement,
    source,
    facts: factsOf(id, record),
    restsOn: restsOn(id, record, records),
    judge,
    ...(record.across ? { judgeParts: operationIds } : {}),
  };
}

function createCatalog(edition: Edition): Catalog {
  const records: Records = new Map(
    BEHAVIOR_IDS.flatMap((id) => {
      const record = recordIn(RECORDS[id], edition);
      return record ? [[id, record] as const] : [];
    }),
  );
  const behaviors = [...records].map(([id, record]) => behaviorOf(id, record, records));
  const restsOnIt = new Map(behaviors.map((one) => [one.id, one.restsOn]));
  const summaries = behaviors.map(({ id, level, statement, source }) => [id, level, statement, source]);
  return {
    edition,
    behaviors,
    digest: createHash('sha256').update(JSON.stringify(summaries)).digest('hex').slice(0, 16),
    contradictions: contradictionsIn(edition),
    remarked: BEHAVIOR_IDS.filter((id) => isRemarkedIn(RECORDS[id], edition)).map((id) => {
      const { statement, needs, facts = [id as FactId] }: BehaviorRecord = RECORDS[id];
      return { id, statement, count: (run: Run) => countDeviations({ needs: needs ?? [], facts }, run) };
    }),
    has: (text): text is BehaviorId => isBehaviorId(text) && records.has(text),
    behaviorsOf: (fact) => behaviorsIn(records, fact),
    restsOnOf: (id) => restsOnIt.get(id) ?? [],
  };
}

const CATALOGS: ReadonlyMap<Edition, Catalog> = new Map(EDITIONS.map((edition) => [edition, createCatalog(edition)]));

/** The catalogue of an edition. @param edition default: the default edition */
export function catalogOf(edition: Edition = EDITION): Catalog {
  const catalog = CATALOGS.get(edition);
  if (!catalog) throw new RangeError(`unknown edition ${edition}; known: ${EDITIONS.join(', ')}`);
  return catalog;
}

/** The record of a behaviour, with its changes in later editions. */
export function recordOf(id: BehaviorId): BehaviorRecord {
  return RECORDS[id];
}

/** The behaviours of the default edition, in the page's order. */
export const BEHAVIORS: readonly Behavior<BehaviorId>[] = catalogOf().behaviors;

/** The area of a behaviour, which is also the name of its file. */
export function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

/** The behaviours that are judged together for concurrent invitations. */
export const JUDGED_WHEN_CONCURRENT: readonly string[] = CONCURRENT_FACTS.map(behaviorOfFact);
