import { verifyContracts } from '../../contracts';
import { settingsFor, withMock } from './target';

jest.setTimeout(120_000);

/** Conforming ways that differ in what a contract could be too strict about, several at a time. */
const VARIANTS = [
  ['relative-location', 'resource-url-key-form', 'status-upper-case', 'nulls-omitted', 'batched', 'roster-full'],
  [
    'location-key-form-escaped',
    'resource-url-mixed-form',
    'extra-properties',
    'nulls-everywhere',
    'participants-reordered',
  ],
  ['content-type-odata', 'headers-upper-case', 'roster-one-by-one', 'replaced-call-deleted-only', 'error-bare'],
  [
    'location-app-path',
    'absolute-resource-url',
    'all-fail-later',
    'content-type-400',
    'slow-answer',
    'running-notification-first',
    'lobby-first',
  ],
];

test.each(VARIANTS.map((variants) => ({ variants })))('no interaction fails with $variants', async ({ variants }) => {
  const results = await withMock({ variants }, (mock) => verifyContracts(settingsFor(mock, { timeoutMs: 10_000 })));
  expect(results.filter(({ result }) => result !== 'passed')).toEqual([]);
});

test('notifications may each take as long as the deadline allows, counted from what makes them due', async () => {
  const results = await withMock({ variants: ['slow-notifications'] }, (mock) =>
    verifyContracts(settingsFor(mock, { timeoutMs: 10_000 })),
  );
  expect(results.filter(({ result }) => result !== 'passed')).toEqual([]);
});
