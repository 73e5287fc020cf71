import * as fc from 'fast-check';
import type { Step } from '../../common/json-path';
import { placesIn, placeText } from '../../common/text-positions';

const YAML = `# a comment
target: http://x
tokens:
  valid: { env: A }
list:
  - one
  - two: 2
base: &base
  inner: 1
other: *base
`;

test.each<[Step[], 'name' | 'value', string]>([
  [['target'], 'name', '2:1'],
  [['target'], 'value', '2:9'],
  [['tokens', 'valid', 'env'], 'name', '4:12'],
  [['tokens', 'valid', 'env'], 'value', '4:17'],
  [['list', 0], 'value', '6:5'],
  [['list', 1, 'two'], 'value', '7:10'],
  [['other', 'inner'], 'value', '9:10'],
  // The place of an absent value is where it would be added.
  [['tokens', 'delegated'], 'value', '4:3'],
  [['list', 7], 'value', '6:3'],
  [[], 'value', '2:1'],
])('%j, its %s, is at %s', (steps, what, place) => {
  expect(placeText('f', placesIn(YAML)(steps, what))).toBe(`f:${place}`);
});

test('an unreadable text has no places', () => {
  expect(placesIn('')(['a'])).toBeUndefined();
  expect(placesIn('x'.repeat(5_000_000))(['a'])).toBeUndefined();
  expect(placeText('f', undefined)).toBe('f');
});

test('every value of a JSON text is found at its place', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 5 }), (object) => {
      const text = JSON.stringify(object, null, 2);
      const places = placesIn(text);
      const lines = text.split('\n');
      for (const [key, value] of Object.entries(object)) {
        const at = places([key]);
        const rest = lines
          .slice((at?.line ?? 0) - 1)
          .join('\n')
          .slice((at?.column ?? 0) - 1);
        expect(rest.startsWith(JSON.stringify(value, null, 2).split('\n')[0] ?? '')).toBe(true);
      }
    }),
  );
});
