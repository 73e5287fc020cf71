import { FAULTS } from '../../mock/catalog';
import { orderGapFaults } from '../../mock/faults/order-gaps';
import { conforming, TOGETHER, transcribe } from './transcript';

/** Only the order of answer and notification is different, which a transcript does not have. */
const inTimeAlone: readonly string[] = [
  'ordering.response-first/waits-for-the-acknowledgement',
  'ordering.response-first/answers-after-150-ms',
  'ordering.response-first/answers-last',
  ...orderGapFaults.filter(({ behavior }) => behavior === 'ordering.response-first').map(({ id }) => id),
];

/** What shows an order; other attempts go on meanwhile in other tests. */
const ordering = ['one', 'replace-in-one-callback', 'together'];

test('without a fault, everything is the same each time', async () => {
  expect(await transcribe({ faults: [], variants: [] })).toEqual(await conforming());
});

test.each(inTimeAlone)('%s changes the order alone', async (id) => {
  const seen = await transcribe({ faults: [id] }, ordering);
  expect(seen.toSorted()).toEqual((await conforming(ordering)).toSorted());
});

test('all faults at once do not break the mock', async () => {
  const seen = await transcribe({ faults: FAULTS.map(({ id }) => id) }, [...TOGETHER, 'twice', 'together']);
  expect(seen.filter((line) => line.startsWith('answer')).length).toBeGreaterThan(30);
});
