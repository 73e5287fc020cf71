import { LEVELS } from '../../behaviors/behavior';
import { AREA_NAMES, areaOf, BEHAVIORS, catalogOf } from '../../behaviors/catalog';
import { contradictions } from '../../behaviors/contradictions';
import { DELIVERY_FACTS, FACTS } from '../../behaviors/facts';
import { EDITION, EDITIONS } from '../../behaviors/edition';
import { originOf } from '../../behaviors/source';
import { SCENARIOS } from '../../suites/scenarios';
import { DOCUMENTED } from '../support/documented';

const { behaviorsOf, digest } = catalogOf();
const ids: ReadonlySet<string> = new Set(BEHAVIORS.map(({ id }) => id));
const attempts = SCENARIOS.flatMap((scenario) =>
  scenario.attempts.map((attempt) => ({ ...attempt, key: `${scenario.name}/${attempt.name}` })),
);

describe('the catalogue', () => {
  test('contains the documented behaviours with their levels, in the order of the page', () => {
    expect(BEHAVIORS.map(({ id, level }) => [id, level])).toEqual(DOCUMENTED.map(([id, level]) => [id, level]));
  });

  test.each(DOCUMENTED)('%s (%s) comes from %s', (id, level, place) => {
    const behavior = BEHAVIORS.find((one) => one.id === id);
    const lines = behavior && 'lines' in behavior.source ? behavior.source.lines.map(String) : [];
    const expected = place === 'linked' ? [] : place.split(', ');
    expect(lines).toEqual(expect.arrayContaining(expected));
    expect(level === 'linked' ? behavior?.source.linked : place).toMatch(/\S/);
  });

  test('names each area once, and each id begins with its area', () => {
    expect(new Set(AREA_NAMES).size).toBe(AREA_NAMES.length);
    for (const id of ids) expect(AREA_NAMES).toContain(areaOf(id));
  });

  test('has a digest', () => {
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the scenarios', () => {
  test.each([...ids])('%s is tried by an attempt', (id) => {
    expect(attempts.filter(({ tries }) => tries.includes(id))).not.toHaveLength(0);
  });

  test.each(attempts)('$key tries only behaviours that exist, each once', ({ tries }) => {
    expect(tries.filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(tries).size).toBe(tries.length);
  });

  test('no two attempts have the same name', () => {
    expect(new Set(attempts.map(({ key }) => key)).size).toBe(attempts.length);
  });
});

describe('the contradictions', () => {
  test('each have a unique id, a reading and lines of the page', () => {
    expect(new Set(contradictions.map(({ id }) => id)).size).toBe(contradictions.length);
    for (const { contradiction, reading, lines } of contradictions) {
      expect(contradiction).not.toBe('');
      expect(reading).not.toBe('');
      expect(lines).not.toHaveLength(0);
    }
  });

  test('are the documented ones', () => {
    expect(contradictions.map(({ id }) => id)).toEqual([
      'status-casing',
      'permission-name',
      'location-not-in-examples',
      'example-2-replaces',
      'example-2-operation-path',
      'example-2-roster-path',
      'example-3-roster-call',
      'application-identity',
      'roster-info-type',
      'participant-id-null',
      'resource-prefix',
      'roster-extent',
      'null-padding',
      'content-length-464',
      'pstn-peer-call-note',
      'single-replaces',
    ]);
  });
});

describe('the records', () => {
  test.each(BEHAVIORS)('$id has facts, and rests on other behaviours', ({ id, facts, restsOn, statement }) => {
    expect(statement).not.toBe('');
    expect(facts).not.toHaveLength(0);
    for (const fact of facts) expect([id, ...behaviorsOf(fact)]).toContain(id);
    expect(restsOn).not.toContain(id);
    expect(new Set(restsOn).size).toBe(restsOn.length);
    for (const other of restsOn) expect(ids).toContain(other);
  });

  test('every fact belongs to a behaviour', () => {
    const used = new Set<string>(
      EDITIONS.flatMap((one) => catalogOf(one).behaviors).flatMap(({ facts }) => [...facts]),
    );
    expect([...Object.keys(FACTS), ...Object.keys(DELIVERY_FACTS)].filter((fact) => !used.has(fact))).toEqual([]);
  });

  test('a contradiction concerns existing behaviours', () => {
    expect(contradictions.flatMap(({ behaviors }) => [...behaviors]).filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe('the source of a behaviour', () => {
  const page = (...lines: number[]) => ({
    name: 'participant-invite',
    edition: EDITION,
    lines,
    url: 'https://learn.microsoft.com/en-us/graph/api/participant-invite',
  });
  const errors = { name: 'errors', url: 'https://learn.microsoft.com/en-us/graph/errors' };

  test.each([
    [{ lines: [50] }, { page: page(50) }],
    [{ lines: [25, 26] }, { page: page(25, 26) }],
    [{ linked: 'errors' }, { linked: errors }],
    [
      { lines: [52], linked: 'errors' },
      { page: page(52), linked: errors },
    ],
    [
      { linked: 'commsOperation, resultInfo' },
      {
        linked: {
          name: 'commsOperation, resultInfo',
          url: 'https://learn.microsoft.com/en-us/graph/api/resources/commsoperation',
        },
      },
    ],
  ] as const)('%j', (source, origin) => {
    expect(originOf(source)).toEqual(origin);
  });

  test('every behaviour has the URL of a page', () => {
    for (const { source } of BEHAVIORS) {
      const { page: own, linked } = originOf(source);
      const urls = [own?.url, linked?.url].filter((url) => url !== undefined);
      expect(urls).not.toHaveLength(0);
      for (const url of urls) expect(new URL(url).protocol).toBe('https:');
    }
  });

  test('the levels are ordered from the strongest evidence to the weakest', () => {
    expect(LEVELS).toEqual(['stated', 'shown', 'linked']);
  });
});
