import { assert, constantFrom, integer, property } from 'fast-check';
import { JsonArrayReader, type JsonArrayElement } from '../../history/import/json-array-reader';

/** The elements found in a document that arrives in pieces of `size` bytes. */
function found(
  text: string,
  path: readonly string[],
  size: number,
  longest?: number,
): { elements: JsonArrayElement[]; end: object } {
  const bytes = Buffer.from(text);
  const reader = new JsonArrayReader(path, longest);
  const elements: JsonArrayElement[] = [];
  for (let at = 0; at < bytes.length; at += size) elements.push(...reader.take(bytes.subarray(at, at + size)));
  return { elements, end: reader.end() };
}

const ODD = [
  '{"a":1}',
  '{"text":"]}{[\\"\\\\"}',
  '{"größe":"漢字🙂","deep":[[{"entries":[{}]}]]}',
  '{"log":{"entries":[{"x":1}]}}',
  '[1,[2]]',
];

test('each element is found complete, however the document is split', () => {
  assert(
    property(integer({ min: 1, max: 40 }), constantFrom(...ODD), constantFrom(...ODD), (size, one, other) => {
      const text = ` {"log" : {"version":"1.2","pages":[{"id":1}], "entries" :[${one}, ${other}],"z":{"entries":[{}]}}}`;
      const { elements, end } = found(text, ['log', 'entries'], size);
      expect(elements).toEqual([{ text: one }, { text: other }]);
      expect(end).toEqual({ found: true, cutOff: false });
    }),
  );
});

test.each([
  ['{"log":{"entries":[{"a":1},{"b":', true, true, 1],
  ['{"log":{"entries":[{"a":1}', true, true, 1],
  ['{"log":{"entries":[', true, true, 0],
  ['{"log":{"entr', false, true, 0],
  ['{"log":{"entries":[]}}', true, false, 0],
  ['{"entries":[{}]}', false, false, 0],
  ['{"log":{"x":{"entries":[{}]}}}', false, false, 0],
  ['[{"log":{"entries":[{}]}}]', false, false, 0],
  ['{"log":{"entries":{}}}', false, false, 0],
  ['{"log":{"entries":{"x":[{}]}}}', false, false, 0],
  [' \n', false, false, 0],
  ['', false, false, 0],
  [']}]}', false, false, 0],
  ['root:x:0:0', false, false, 0],
])('%s', (text, isThere, cutOff, count) => {
  const { elements, end } = found(text, ['log', 'entries'], 7);
  expect(end).toEqual({ found: isThere, cutOff });
  expect(elements).toHaveLength(count);
});

test.each([1, 7, 1000])('an element that is too long is skipped, and the next one is read, in pieces of %i', (size) => {
  const [whole, long] = [`{"a":"${'x'.repeat(12)}"}`, `{"a":"${'x'.repeat(13)}"}`];
  const { elements, end } = found(`{"log":{"entries":[${long},${whole},{"b":1}]}}`, ['log', 'entries'], size, 20);
  expect(elements).toEqual([{ tooLong: true }, { text: whole }, { text: '{"b":1}' }]);
  expect(end).toEqual({ found: true, cutOff: false });
});
