import type { Level } from '../../behaviors/behavior';
import { BEHAVIORS } from '../../behaviors/catalog';
import { explain } from '../../cli/explain';
import { list } from '../../cli/list';
import { UsageError } from '../../target/errors';
import { printed } from './printed';

test.each(BEHAVIORS.map(({ id }) => id))('explain %s', (id) => {
  const behavior = BEHAVIORS.find((one) => one.id === id);
  const text = printed(() => explain(id));
  expect(text.split('\n')[0]).toBe(id);
  expect(text).toContain(`  must hold  ${behavior?.statement}`);
  expect(text).toContain(`  level      ${behavior?.level}`);
  expect(text).toMatch(/^ {2}source {5}\S/m);
  expect(text).toMatch(/^ {2}tried by {3}[\w-]+\/[\w-]+/m);
  expect(text).toContain(`  judged in  behaviors/${id.split('.')[0]}.ts`);
});

test.each([
  ['response.loction', 'response.location'],
  ['Roster.Joined', 'roster.joined'],
])('an id that is none is refused with the nearest one: %s', (id, nearest) => {
  expect(() => explain(id)).toThrow(UsageError);
  expect(() => explain(id)).toThrow(`no behaviour ${JSON.stringify(id)}; did you mean ${nearest}?`);
});

test('an area in place of an id is told with all of its behaviours', () => {
  const inArea = BEHAVIORS.filter(({ id }) => id.startsWith('pstn.')).map(({ id }) => id);
  expect(inArea.length).toBeGreaterThan(1);
  expect(() => explain('pstn')).toThrow(`no behaviour "pstn"; that is an area, with ${inArea.join(', ')}`);
});

test.each<[Level | undefined, Level[]]>([
  [undefined, ['stated', 'shown', 'linked']],
  ['linked', ['stated', 'shown', 'linked']],
  ['shown', ['stated', 'shown']],
  ['stated', ['stated']],
])('list up to level %s', (level, levels) => {
  const expected = BEHAVIORS.filter((one) => levels.includes(one.level));
  const flags = level === undefined ? {} : { level };
  const lines = printed(() => list(flags))
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(expected.map(({ id }) => id));
  const json = JSON.parse(printed(() => list({ ...flags, json: true }))) as unknown[];
  expect(json).toMatchObject(expected.map(({ id, level: of, statement }) => ({ id, level: of, statement })));
});
