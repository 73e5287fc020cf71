import { FAULTS } from '../../mock/catalog';
import { orderGapFaults } from '../../mock/faults/order-gaps';
import { conforming, TOGETHER, transcribe } from './transcript';

/** These change only the order of response and notification, which a transcript does not contain. */
const inTimeAlone: readonly string[] = [
  'ordering.response-first/waits-for-the-acknowledgement',
  'ordering.response-first/answers-after-150-ms',
  'ordering.response-first/answers-last',
  ...orderGapFaults.filter(({ behavior }) => behavior === 'ordering.response-first').map(({ id }) => id),
];

/** Attempts that show an order; the other attempts run in other tests. */
const ordering = ['one', 'replace-in-one-callback', 'together'];

test('without a fault, every run has the same transcript', async () => {
  expect(await transcribe({ faults: [], variants: [] })).toEqual(await conforming());
});

test.each(inTimeAlone)('%s changes only the order', async (id) => {
  const seen = await transcribe({ faults: [id] }, ordering);
  expect(seen.toSorted()).toEqual((await conforming(ordering)).toSorted());
});

test('all faults at once do not break the mock', async () => {
  const seen = await transcribe({ faults: FAULTS.map(({ id }) => id) }, [...TOGETHER, 'twice', 'together']);
  expect(seen.filter((line) => line.startsWith('answer')).length).toBeGreaterThan(30);
});
