import * as fc from 'fast-check';
import { check, schemaNames } from '../../schemas';
import { samples } from './samples';

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

const deepObject = nested(10_000, (user) => ({ user }));
const deepArray = nested(10_000, (inner) => [inner]);

test.each(schemaNames)('%s survives 10,000 levels', (name) => {
  expect(check(name, { ...samples[name], more: deepObject })).toEqual([]);
  expect(check(name, deepArray)).toHaveLength(1);
});

test('a deep value is shown by its beginning', () => {
  const [violation] = check('identity', { id: deepObject });
  expect(violation?.found).toMatch(/^object (\{"user":)+/);
  expect(violation?.found).toMatch(/…$/);
  expect(check('identity', { id: deepArray })[0]?.found).toBe(`array ${'['.repeat(119)}…`);
});

test('__proto__ and other inherited names are ordinary properties', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"id":"o1","participants":[]},"constructor":1,"toString":null}');
  expect(check('invite-participants-operation', hostile)).toMatchObject([
    { path: '$.id', found: 'absent (present: __proto__, constructor, toString)' },
    { path: '$.participants' },
  ]);
  const inherited: unknown = Object.create({ id: 'o1', participants: [] });
  expect(check('invite-participants-operation', inherited)).toHaveLength(2);
  expect(Object.prototype).not.toHaveProperty('participants');
});

test('a value that contains itself is judged', () => {
  const ring: unknown[] = [];
  ring.push(ring);
  expect(check('invite-participants-operation', { id: ring, participants: [] })[0]?.found).toMatch(/^array \[+…$/);
});

test('the first violation in a huge value is reported immediately', () => {
  const started = performance.now();
  const violations = check('invite-participants-operation', { id: 'o1', participants: Array<number>(400_000).fill(0) });
  expect(violations).toMatchObject([{ path: '$.participants[0]', found: 'number 0' }]);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('a huge value without a violation satisfies its schema', () => {
  const participants = Array<object>(20_000).fill({ identity: {} });
  expect(check('invite-participants-operation', { id: 'o1', participants })).toEqual([]);
});

test('long texts and names are truncated between characters', () => {
  const [violation] = check('result-info', { code: '😀'.repeat(1_000_000), subcode: 0 });
  expect(violation?.found).toBe(`string "${'😀'.repeat(118)}… (1000000 characters)`);
  const [absent] = check('chat-info', 'x'.repeat(1_000_000));
  expect(absent?.message.length).toBeLessThan(300);
  const [lost] = check('comms-operation', { ['n'.repeat(1_000_000)]: 1 });
  expect(lost?.found).toBe(`absent (present: ${'n'.repeat(119)}…)`);
});

test('any JSON value has a result that can be put into words', () => {
  fc.assert(
    fc.property(fc.constantFrom(...schemaNames), fc.jsonValue(), (name, value) => {
      for (const { path, expected, found, message } of check(name, value)) {
        expect(path).toMatch(/^\$/);
        expect(expected).not.toBe('');
        expect(message).toBe(`${path} must be ${expected}, but is ${found}`);
      }
    }),
  );
});

test('any JSON value in place of any property has at most one violation for each place', () => {
  fc.assert(
    fc.property(fc.constantFrom(...schemaNames), fc.nat(), fc.jsonValue(), (name, pick, value) => {
      const keys = Object.keys(samples[name]);
      const violations = check(name, { ...samples[name], [keys[pick % keys.length] ?? '']: value });
      const paths = violations.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      for (const { expected } of violations) expect(expected).not.toContain('something else');
    }),
  );
});
