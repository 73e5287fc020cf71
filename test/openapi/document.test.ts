import { check, schemas, type SchemaName } from '../../schemas';
import { samples } from '../schemas/samples';
import { DOCUMENTED } from '../support/documented';
import { INVITE, STATES, checkerOf, contents, description } from './description';

const document = description();
const held = checkerOf(document);

/** Every property with a name, anywhere in the document. */
function members(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [...(key === name ? [item] : []), ...members(item, name)]);
}

test('every documented behaviour is named in exactly one place', () => {
  const named = members(document, 'x-behaviors').flat().map(String);
  expect(named).toHaveLength(DOCUMENTED.length);
  expect(new Set(named)).toEqual(new Set(DOCUMENTED.map(([id]) => id)));
});

test('it refers to nothing outside itself', () => {
  const names = Object.keys(document.components.schemas);
  const refs = members(document, '$ref').map((ref) => String(ref).replace('#/components/schemas/', ''));
  expect(refs.length).toBeGreaterThan(30);
  expect(refs.filter((ref) => !names.includes(ref))).toEqual([]);
  expect(names.filter((name) => !refs.includes(name))).toEqual([]);
  expect([...members(document, '$id'), ...members(document, '$schema')]).toEqual([]);
});

test('a tool that follows it calls only this machine', () => {
  const { callbacks = {} } = document.paths[INVITE]?.post ?? {};
  const urls = [
    ...document.servers.map(({ url }) => url),
    ...(document.paths[STATES]?.servers ?? []).map(({ url }) => url),
    ...Object.values(callbacks).flatMap((one) => Object.keys(one)),
  ];
  expect(urls).toHaveLength(5);
  expect(urls.map((url) => new URL(url).hostname)).toEqual(Array(5).fill('127.0.0.1'));
});

test('it describes the completion, the roster and the end of a call', () => {
  expect(Object.keys(document.paths)).toEqual([INVITE, STATES]);
  expect(Object.keys(document.paths[INVITE]?.post.callbacks ?? {})).toEqual(['completion', 'roster', 'call']);
});

test('every body has examples, and each satisfies its schema', () => {
  const all = contents(document);
  expect(all.length).toBeGreaterThan(12);
  for (const [place, { schema, examples }] of all) {
    expect([place, Object.keys(examples)]).not.toEqual([place, []]);
    const wrong = Object.entries(examples).map(([name, { value }]) => [place, name, held(schema, value)]);
    expect(wrong).toEqual(Object.keys(examples).map((name) => [place, name, []]));
  }
});

/** Properties whose schema is in another file; the document includes that one, and so refuses more there. */
const LEFT_TO_OTHERS = ['mediaStreams', 'value'];

const described = Object.entries(schemas).filter(([, { title }]) => title in document.components.schemas);

test('only a resource that no message contains is left out', () => {
  expect(Object.keys(schemas).filter((name) => !described.some(([one]) => one === name))).toEqual(['comms-operation']);
});

describe.each(described.map(([name, { title }]) => [name as SchemaName, title] as const))('%s', (name, title) => {
  const schema = { $ref: `#/components/schemas/${title}` };

  test('is accepted like by its schema', () => {
    expect(held(schema, samples[name])).toEqual([]);
  });

  test.each(Object.keys(samples[name]))('with another %s, it is refused like by its schema', (member) => {
    const others = [undefined, null, 7, '', [], {}, [7], { id: 7 }, { error: 7 }];
    const refused = (judge: (value: unknown) => unknown[]): boolean[] =>
      others.map((other) => judge(JSON.parse(JSON.stringify({ ...samples[name], [member]: other }))).length > 0);
    const bySchema = refused((value) => check(name, value));
    const byDocument = refused((value) => held(schema, value));
    expect(byDocument.map((one, i) => (bySchema[i] === true ? one : one && !LEFT_TO_OTHERS.includes(member)))).toEqual(
      bySchema,
    );
  });
});

const notifications = { $ref: '#/components/schemas/Notifications' };

function notified(resourceData: unknown): object {
  const change = { changeType: 'updated', resourceUrl: '/communications/calls/c1' };
  return { '@odata.type': '#microsoft.graph.commsNotifications', value: [{ ...change, resourceData }] };
}

test.each([
  ['an operation', { id: 'o1', participants: [] }],
  ['a roster', [samples.participant]],
  ['a call', { state: 'terminated' }],
])('a notification may contain %s', (_what, resourceData) => {
  expect(held(notifications, notified(resourceData))).toEqual([]);
});

test.each([
  ['nothing', undefined],
  ['a text', 'established'],
  ['participants without info', [{ id: 'p1' }]],
  ['an operation without an id', { '@odata.type': '#microsoft.graph.inviteParticipantsOperation', participants: [] }],
  ['a call in an unknown state', { state: 'gone' }],
])('a notification may not contain %s', (_what, resourceData) => {
  expect(held(notifications, notified(resourceData))).not.toEqual([]);
});
