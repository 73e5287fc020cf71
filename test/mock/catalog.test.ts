import { mockCatalog } from '../../mock';
import { FAULTS, pick, VARIANTS } from '../../mock/catalog';
import { DOCUMENTED } from '../support/documented';

const BEHAVIORS = DOCUMENTED.map(([id]) => id);

const areas = ['request', 'authorization', 'refusal', 'response', 'notification', 'completion', 'roster'];

test('each documented behaviour has a fault, and each fault breaks a documented behaviour', () => {
  const broken = new Set(FAULTS.map(({ behavior }) => behavior));
  expect([...broken].toSorted()).toEqual(BEHAVIORS.toSorted());
});

test('there are at least 150 faults and 30 variants', () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(150);
  expect(VARIANTS.length).toBeGreaterThanOrEqual(30);
  for (const area of areas) {
    expect(FAULTS.filter(({ behavior }) => behavior.startsWith(`${area}.`)).length).toBeGreaterThan(5);
  }
});

test.each([
  ['faults', FAULTS],
  ['variants', VARIANTS],
] as const)('%s have unique ids and a description', (_what, records) => {
  const ids = records.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(records.filter(({ says }) => says.length < 8 || says.length > 120 || says.endsWith('.'))).toEqual([]);
});

test('a fault is named after its behaviour, and lists only existing behaviours', () => {
  for (const { id, behavior, also = [] } of FAULTS) {
    expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+\/[a-z0-9-]+$/);
    expect(id.startsWith(`${behavior}/`)).toBe(true);
    expect(also.filter((other) => !BEHAVIORS.includes(other))).toEqual([]);
    expect(also).not.toContain(behavior);
    expect(new Set(also).size).toBe(also.length);
  }
});

test.each([
  ['fault', 'batched', 'Unknown fault "batched": that is a variant'],
  ['fault', 'completion.once', 'Unknown fault "completion.once": did you mean "completion.once/'],
  ['fault', 'twice-at-once', 'did you mean "completion.once/twice-at-once"?'],
  ['fault', 'nonsense', `Unknown fault "nonsense": \`invite-conformance mock --list\` shows all ${FAULTS.length}`],
])('the error for a wrong kind or a part of an id helps: %s %j', (what, id, message) => {
  expect(() => pick(what, FAULTS, [id])).toThrow(message);
});

test('variants are named in kebab-case', () => {
  expect(VARIANTS.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test('an unknown id is an error that names the nearest', () => {
  expect(() => pick('fault', FAULTS, ['completion.once/twice-at-one'])).toThrow(
    'Unknown fault "completion.once/twice-at-one": did you mean "completion.once/twice-at-once"?',
  );
  expect(() => pick('variant', VARIANTS, ['bached'])).toThrow('did you mean "batched"?');
  expect(() => pick('variant', [], ['x'])).toThrow('there are none');
  expect(() => pick('variant', VARIANTS, ['nothing-like-any-of-them'])).toThrow(
    /: `invite-conformance mock --list` shows all \d+$/,
  );
  expect(pick('variant', VARIANTS, ['batched', 'app-prefix']).map(({ id }) => id)).toEqual(['batched', 'app-prefix']);
});

test('the list contains every fault and variant once, by area, each with a sentence', () => {
  const { faults, variants } = mockCatalog();
  for (const { id, area, sentence } of [...faults, ...variants]) {
    expect([id, sentence]).toEqual([id, expect.stringMatching(/^[A-Z0-9].{8,120}\.$/)]);
    expect(area).toMatch(/^[a-z]+$/);
  }
  const inOrder = faults.map(({ area }) => area).filter((area, index, all) => area !== all[index - 1]);
  expect(inOrder).toEqual([...new Set(inOrder)]);
  expect(
    faults.every(({ id, behavior, area }) => id.startsWith(`${behavior}/`) && behavior.startsWith(`${area}.`)),
  ).toBe(true);
});
