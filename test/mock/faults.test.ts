import { FAULTS } from '../../mock/catalog';
import { conforming, transcribe } from './transcript';

/** Only the order of answer and notification is different, which a transcript does not have. */
const inTimeAlone = [
  'ordering.response-first/waits-for-the-acknowledgement',
  'ordering.response-first/answers-after-150-ms',
  'ordering.response-first/answers-last',
];

test('without a fault, everything is the same each time', async () => {
  expect(await transcribe({ faults: [], variants: [] })).toEqual(await conforming());
});

const shown = FAULTS.map(({ id }) => id).filter((id) => !inTimeAlone.includes(id));

test.each(shown)('%s makes a difference', async (id) => {
  const seen = (await transcribe({ faults: [id] })).join('\n\n');
  expect(seen).not.toContain('InternalServerError');
  const same = seen === (await conforming()).join('\n\n');
  expect(same).toBe(false);
});

test.each(inTimeAlone)('%s changes the order alone', async (id) => {
  expect((await transcribe({ faults: [id] })).toSorted()).toEqual((await conforming()).toSorted());
});
