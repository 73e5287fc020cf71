import * as fc from 'fast-check';
import { didYouMean, nearestName } from '../../common/nearest-name';

const IDS = ['request.route', 'response.location', 'completion.once'];

describe('the nearest known word', () => {
  test.each([
    ['completion.onec', 'completion.once'],
    ['RESPONSE.LOCATION', 'response.location'],
    ['route', 'request.route'],
    ['request.route', 'request.route'],
  ])('to %s is %s', (word, found) => {
    expect(nearestName(word, IDS)).toBe(found);
  });

  test('is the first of several equally near ones', () => {
    expect(nearestName('axc', ['abc', 'acc'])).toBe('abc');
  });

  test('is undefined without known words', () => {
    expect(nearestName('a', [])).toBeUndefined();
    expect(didYouMean('a', [])).toBe('.');
  });

  test.each(['banana', 'x', 'location-of-everything-in-the-response', 'x'.repeat(100_000)])(
    'is undefined if none is near: %.20s',
    (word) => {
      expect(nearestName(word, IDS)).toBeUndefined();
    },
  );

  test('is the word itself if it is known', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 8 }), (known) => {
        for (const word of known) expect(nearestName(word, known)).toBe(word);
      }),
    );
  });
});
