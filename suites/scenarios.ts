import { catalogOf } from '../behaviors/catalog';
import { EDITION, EDITIONS, type Edition } from '../behaviors/edition';
import { authorization } from './authorization';
import { failure } from './failure';
import { move } from './move';
import { multiple } from './multiple';
import { ordering } from './ordering';
import { pstn } from './pstn';
import { replace } from './replace';
import { request } from './request';
import type { Attempt, Scenario } from './scenario';
import { single } from './single';

const ALL: readonly Scenario[] = [single, multiple, replace, pstn, move, request, authorization, failure, ordering];

function isIn(edition: Edition, { since = EDITIONS[0], until = edition }: Attempt): boolean {
  const at = EDITIONS.indexOf(edition);
  return EDITIONS.indexOf(since) <= at && at <= EDITIONS.indexOf(until);
}

/** The scenarios of an edition: its attempts, with the behaviours that it documents. */
export function scenariosOf(edition: Edition = EDITION): readonly Scenario[] {
  const { has } = catalogOf(edition);
  return ALL.flatMap(({ name, attempts }) => {
    const own = attempts
      .filter((attempt) => isIn(edition, attempt))
      .map((attempt) => ({ ...attempt, tries: attempt.tries.filter(has) }));
    return own.length > 0 ? [{ name, attempts: own }] : [];
  });
}

/** Every scenario of the default edition. */
export const SCENARIOS: readonly Scenario[] = scenariosOf();
