import { describeValue } from '../../schemas';
import { shorten, truncate } from '../../schemas/value-preview';

test.each([
  [undefined, 'absent'],
  [null, 'null'],
  [true, 'boolean true'],
  [-1.5, 'number -1.5'],
  ['', 'string ""'],
  ['a\n"b"\u0000', 'string "a\\n\\"b\\"\\u0000"'],
  [[], 'array []'],
  [[1, [null, 'x']], 'array [1,[null,"x"]]'],
  [{}, 'object {}'],
  [{ a: 1, 'b"c': { d: [] } }, 'object {"a":1,"b\\"c":{"d":[]}}'],
])('%j is shown as %s', (value, shown) => {
  expect(describeValue(value)).toBe(shown);
});

test('a short text is shown whole, a long one is shortened to 120 characters', () => {
  expect(shorten('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
  expect(shorten('x'.repeat(119))).toBe(`"${'x'.repeat(118)}…`);
  expect(truncate('é'.repeat(120))).toBe('é'.repeat(120));
  expect(truncate('é'.repeat(121))).toBe(`${'é'.repeat(119)}…`);
});

test('the length of a shortened string is given in characters', () => {
  expect(describeValue('x'.repeat(118))).not.toContain('characters');
  expect(describeValue('x'.repeat(119))).toMatch(/… \(119 characters\)$/);
});

test('the length of a shortened string is counted without a list of its characters, which would take much more memory', () => {
  const lists = jest.spyOn(Array, 'from');
  expect(describeValue('\u4e2d'.repeat(340_000))).toMatch(/… \(340000 characters\)$/);
  const longest = Math.max(...lists.mock.results.map(({ value }) => (value as unknown[]).length));
  lists.mockRestore();
  expect(longest).toBeLessThan(1000);
});

test('half a character at the cut causes no error', () => {
  const text = `x${'😀'.repeat(300)}`;
  expect(shorten(text)).toBe(`"x${'😀'.repeat(117)}…`);
});

test('a long array is not walked to its end', () => {
  const seen: number[] = [];
  const items = Array.from({ length: 10_000 }, (_, index) => ({
    get value() {
      seen.push(index);
      return index;
    },
  }));
  shorten(items);
  expect(seen.length).toBeLessThan(100);
});
