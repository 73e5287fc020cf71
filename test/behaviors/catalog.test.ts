import { LEVELS, sourceText, type Behavior } from '../../behaviors/behavior';
import { AREA_NAMES, areaOf, BEHAVIORS, CATALOG_DIGEST, CatalogError, load } from '../../behaviors/catalog';
import { contradictions, type Contradiction } from '../../behaviors/contradictions';
import { SCENARIOS } from '../../suites/scenarios';
import { DOCUMENTED } from '../support/documented';

const ids = new Set(BEHAVIORS.map(({ id }) => id));
const attempts = SCENARIOS.flatMap((scenario) =>
  scenario.attempts.map((attempt) => ({ ...attempt, key: `${scenario.name}/${attempt.name}` })),
);

describe('the catalogue', () => {
  test('holds the 81 documented behaviours, with their levels, in the order of the page', () => {
    expect(DOCUMENTED).toHaveLength(81);
    expect(BEHAVIORS.map(({ id, level }) => [id, level])).toEqual(DOCUMENTED.map(([id, level]) => [id, level]));
  });

  test.each(DOCUMENTED)('%s (%s) comes from %s', (id, level, place) => {
    const behavior = BEHAVIORS.find((one) => one.id === id);
    const lines = behavior && 'lines' in behavior.source ? behavior.source.lines.map(String) : [];
    const expected = place === 'linked' ? [] : place.split(', ');
    expect(lines).toEqual(expect.arrayContaining(expected));
    expect(level === 'linked' ? behavior?.source.linked : place).toMatch(/\S/);
  });

  test('names each area once, and each id after its area', () => {
    expect(new Set(AREA_NAMES).size).toBe(AREA_NAMES.length);
    for (const id of ids) expect(AREA_NAMES).toContain(areaOf(id));
  });

  test('has a digest', () => {
    expect(CATALOG_DIGEST).toMatch(/^[0-9a-f]{16}$/);
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
  test('have each an id of their own, a reading and lines of the page', () => {
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

describe('loading a catalogue', () => {
  const good: Behavior = {
    id: 'area.good',
    level: 'stated',
    statement: 'it is good',
    source: { lines: [1] },
    judge: () => [],
  };
  const note: Contradiction = { id: 'note', contradiction: 'a', reading: 'b', lines: [1], behaviors: ['area.good'] };

  test('lists the records in order', () => {
    const other = { ...good, id: 'other.good' };
    expect(load({ area: [good], other: [other] }, [note])).toEqual([good, other]);
  });

  const refused: [what: string, records: unknown[], message: string][] = [
    ['an unknown key', [{ ...good, sauce: 1 }], 'area.good: unknown key sauce'],
    ['an id that stands twice', [good, good], 'area.good: stands twice'],
    ['an id in a wrong area', [{ ...good, id: 'elsewhere.good' }], 'elsewhere.good: does not belong in area area'],
    ['an id that only begins like its area', [{ ...good, id: 'areas.good' }], 'does not belong in area area'],
    ['no judge', [{ ...good, judge: undefined }], 'area.good: has no judge'],
    ['a level that is none', [{ ...good, level: 'guessed' }], 'area.good: no level guessed'],
    ['no statement', [{ ...good, statement: '' }], 'area.good: has no statement'],
  ];

  test.each(refused)('refuses %s', (_what, records, message) => {
    const loading = (): unknown => load({ area: records as Behavior[] }, []);
    expect(loading).toThrow(CatalogError);
    expect(loading).toThrow(message);
  });

  test('refuses a contradiction about a behaviour that is none', () => {
    const loading = (): unknown => load({ area: [good] }, [{ ...note, behaviors: ['area.good', 'area.bad'] }]);
    expect(loading).toThrow(CatalogError);
    expect(loading).toThrow('contradiction note: no behaviour area.bad');
  });
});

describe('the words for a source', () => {
  test.each([
    [{ lines: [50] }, 'the page, line 50'],
    [{ lines: [25, 26] }, 'the page, lines 25, 26'],
    [{ linked: 'errors' }, 'linked: errors'],
    [{ lines: [52], linked: 'operation' }, 'the page, line 52; linked: operation'],
  ])('%j', (source, words) => {
    expect(sourceText(source)).toBe(words);
  });

  test('the levels go from the strongest evidence to the weakest', () => {
    expect(LEVELS).toEqual(['stated', 'shown', 'linked']);
  });
});
