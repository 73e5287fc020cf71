import { createHash } from 'node:crypto';
import { authorization } from './authorization';
import type { AnyFactId, Behavior } from './behavior';
import { completion } from './completion';
import { contradictions as notes, type Contradiction } from './contradictions';
import { DELIVERY_FACTS, FACTS, type DeliveryFactId, type FactId } from './facts';
import type { Fact } from './facts/fact';
import { failure } from './failure';
import { homeOf, overDeliveries, overInvitations } from './judge';
import { multiple } from './multiple';
import { givenBy } from './needs';
import { notification } from './notification';
import { operationIds } from './operation-ids';
import { ordering } from './ordering';
import { pstn } from './pstn';
import { TOGETHER, type BehaviorRecord } from './record';
import { refusal } from './refusal';
import { replace } from './replace';
import { request } from './request';
import { response } from './response';
import { roster } from './roster';

/** All areas in the page's order; an area's file bears its name, and so do the ids in it. */
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
  ...ordering,
  ...failure,
};

/** The id of a documented behaviour. */
export type BehaviorId = keyof typeof RECORDS;

/** The name of an area: the first word of the ids in it. */
export type Area = keyof typeof AREAS;

/** The names of the areas, in the page's order. */
export const AREA_NAMES: readonly Area[] = Object.keys(AREAS) as Area[];

/** The ids of all behaviours, in the page's order. */
export const BEHAVIOR_IDS: readonly BehaviorId[] = Object.keys(RECORDS) as BehaviorId[];

/** Whether a text is the id of a behaviour. */
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

/** The behaviours that are about a fact: the one of its own id, then those that look at it in particular invitations. */
export function behaviorsOf(fact: string): BehaviorId[] {
  const all = BEHAVIOR_IDS.filter((id) => factsOf(id, RECORDS[id]).some((one) => one === fact));
  const home = homeOf(fact as FactId);
  return isBehaviorId(home) ? [home, ...all.filter((id) => id !== home)] : all;
}

/** What a behaviour rests on follows from what its facts need to be shown. */
function restsOn(id: BehaviorId, record: BehaviorRecord): BehaviorId[] {
  if (isDeliveryFact(id)) return ['completion.announced', 'roster.announced'];
  if (record.across) return ['response.operation-id'];
  const facts = factsOf(id, record).filter((fact): fact is FactId => Object.hasOwn(FACTS, fact));
  const needed = facts.flatMap((fact) => {
    const { needs }: Fact = FACTS[fact];
    return needs;
  });
  const needs = [...(record.needs ?? []), ...needed];
  const control: BehaviorId[] = needs.includes('controlled') ? ['request.route'] : [];
  const homes = facts.map(homeOf).filter(isBehaviorId);
  const refusing: BehaviorId[] =
    record.over === 'refusals' || record.over === 'refusedAtOnce'
      ? ['refusal.client-error', ...behaviorsOf('invitation.refused')]
      : [];
  const given = [...control, ...needs.flatMap(givenBy).flatMap(behaviorsOf), ...homes, ...refusing];
  return [...new Set(given)].filter((one) => one !== id);
}

function behaviorOf(id: BehaviorId): Behavior<BehaviorId> {
  const record: BehaviorRecord = RECORDS[id];
  const { level, statement, source } = record;
  const judge = isDeliveryFact(id)
    ? overDeliveries(id)
    : record.across
      ? (run: Parameters<Behavior['judge']>[0]) => operationIds()(run)
      : overInvitations(id, record);
  return {
    id,
    level,
    statement,
    source,
    facts: factsOf(id, record),
    restsOn: restsOn(id, record),
    judge,
    ...(record.across ? { overParts: operationIds } : {}),
  };
}

/** Every documented behaviour, in the page's order. */
export const BEHAVIORS: readonly Behavior<BehaviorId>[] = BEHAVIOR_IDS.map(behaviorOf);

const RESTS_ON = new Map(BEHAVIORS.map((one) => [one.id, one.restsOn]));

/** The behaviours without which one cannot be judged. */
export function restsOnOf(id: BehaviorId): readonly BehaviorId[] {
  return RESTS_ON.get(id) ?? [];
}

/** Where the page contradicts itself, with the readings taken. */
export const contradictions: readonly Contradiction<BehaviorId>[] = notes;

/** Changes whenever an id, a level, a statement or a source does; runs are only comparable with the same. */
export const CATALOG_DIGEST: string = createHash('sha256')
  .update(JSON.stringify(BEHAVIORS.map(({ id, level, statement, source }) => [id, level, statement, source])))
  .digest('hex')
  .slice(0, 16);

/** The area of a behaviour, which is also the file that it stands in. */
export function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

/** The behaviours of an invitation alone that are judged together, where several are under way at once. */
export const JUDGED_TOGETHER: readonly string[] = TOGETHER.map(homeOf);
