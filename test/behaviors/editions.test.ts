import { BEHAVIOR_IDS, catalogOf, recordOf } from '../../behaviors/catalog';
import { EDITION, EDITIONS } from '../../behaviors/edition';
import { originOf } from '../../behaviors/source';
import { scenariosOf } from '../../suites/scenarios';
import { DOCUMENTED, GONE_IN_2025, NEW_IN_2025 } from '../support/documented';

const LATER = '2025-07-23';
const { behaviors } = catalogOf(LATER);
const attempts = scenariosOf(LATER).flatMap((scenario) =>
  scenario.attempts.map((attempt) => ({ ...attempt, key: `${scenario.name}/${attempt.name}` })),
);

/** An edition is frozen; a change of these values needs a line in the CHANGELOG. */
test.each([
  ['2021-02-16', 81, 'b16d3f1b0a64531a'],
  ['2025-07-23', 95, '5593332ef0215e4d'],
] as const)('the edition of %s has %i behaviours, and is frozen', (edition, count, digest) => {
  const catalog = catalogOf(edition);
  expect(catalog.behaviors).toHaveLength(count);
  expect(catalog.digest).toBe(digest);
});

test('each edition has a distinct digest, and an unknown edition has no catalogue', () => {
  expect(new Set(EDITIONS.map((edition) => catalogOf(edition).digest)).size).toBe(EDITIONS.length);
  expect(() => catalogOf('2024-01-01' as typeof LATER)).toThrow('unknown edition 2024-01-01');
});

describe('the edition of 2025-07-23', () => {
  test('documents the behaviours of the first one, without the removed and with the new ones', () => {
    const stays = DOCUMENTED.filter(([id]) => !GONE_IN_2025.includes(id));
    const expected = [...stays, ...NEW_IN_2025].map(([id, level]) => `${id} ${level}`);
    expect(behaviors.map(({ id, level }) => `${id} ${level}`).toSorted()).toEqual(expected.toSorted());
    expect(behaviors.map(({ id }) => id)).toEqual(BEHAVIOR_IDS.filter((id) => !GONE_IN_2025.includes(id)));
  });

  test.each(NEW_IN_2025)('%s (%s) comes from %s', (id, _level, place) => {
    const behavior = behaviors.find((one) => one.id === id);
    const origin = behavior && originOf(behavior.source, LATER);
    const linked = place === 'linked' && origin?.linked !== undefined;
    const lines = origin?.page?.lines.map(String) ?? [];
    expect([...lines, origin?.page?.section, linked ? 'linked' : '']).toContain(place);
    expect(origin?.page?.edition ?? LATER).toBe(LATER);
  });

  test.each(DOCUMENTED)('has a place, or is marked as removed: %s', (id) => {
    const record = recordOf(BEHAVIOR_IDS.find((one) => one === id) ?? 'request.route');
    const said = record.later?.[LATER];
    expect(said !== undefined || !('lines' in record.source)).toBe(true);
    expect(said !== undefined && 'absent' in said).toBe(GONE_IN_2025.includes(id));
  });

  test.each(behaviors)('$id is tried by an attempt', ({ id }) => {
    expect(attempts.filter(({ tries }) => tries.includes(id))).not.toHaveLength(0);
  });

  test.each(attempts)('$key tries only behaviours of the edition, each once', ({ tries }) => {
    expect(tries.filter((id) => !catalogOf(LATER).has(id))).toEqual([]);
    expect(new Set(tries).size).toBe(tries.length);
  });

  test.each(behaviors)('$id rests on behaviours of the edition', ({ id, restsOn }) => {
    expect(restsOn.filter((one) => !catalogOf(LATER).has(one) || one === id)).toEqual([]);
  });

  test('resolves only the contradiction about the name of the permission', () => {
    const ids = (edition: typeof LATER | typeof EDITION) => catalogOf(edition).contradictions.map(({ id }) => id);
    expect(ids(EDITION).filter((id) => !ids(LATER).includes(id))).toEqual(['permission-name']);
  });
});

test('no attempt of the first edition tries a new behaviour or belongs to a later edition', () => {
  const fresh = NEW_IN_2025.map(([id]) => id);
  const first = scenariosOf().flatMap(({ attempts: all }) => all);
  expect(first.filter(({ tries }) => tries.some((id) => fresh.includes(id)))).toEqual([]);
  expect(first.filter(({ since }) => since !== undefined)).toEqual([]);
  expect(scenariosOf().map(({ name }) => name)).not.toContain('move');
});
