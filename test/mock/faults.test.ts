import { FAULTS } from '../../mock/catalog';
import { orderGapFaults } from '../../mock/faults/order-gaps';
import { ahead } from '../support/ahead';
import { conforming, transcribe } from './transcript';

/** Only the order of answer and notification is different, which a transcript does not have. */
const inTimeAlone: readonly string[] = [
  'ordering.response-first/waits-for-the-acknowledgement',
  'ordering.response-first/answers-after-150-ms',
  'ordering.response-first/answers-last',
  ...orderGapFaults.filter(({ behavior }) => behavior === 'ordering.response-first').map(({ id }) => id),
];

/** A transcript does not show what makes a difference among many alone, and short gaps only where the machine has time: suites do. */
const elsewhere: readonly string[] = orderGapFaults
  .filter(
    ({ id, behavior }) => behavior === 'ordering.concurrent-invitations' || /-(15|30|60)-ms-not-waiting$/.test(id),
  )
  .map(({ id }) => id);

const inputs =
  'empty null word nobody malformed no-context null-context other-case context-256 context-257 text text-json multipart xml octets charset';

/** What shows the faults of an area; other attempts go on meanwhile in other tests. */
const showing: Record<string, string> = {
  request: `one generated odd-json odd-calls odd-contexts one-after-the-other remembered two peer unknown twice phone-twice phone-after-another twice-among-others ${inputs}`,
  authorization:
    'one remembered token-elsewhere scheme-jwt scheme-bearers basic-password basic-name anonymous tokenless token-cut token-lengthened basic forged no-permission delegated',
  refusal: 'one six replace-first-of-six anonymous malformed after-refusal odd-json',
  response: 'one two replace beyond-ascii context-then-none odd-contexts generated',
  notification: 'one two',
  completion: 'one two beyond-ascii context-then-none odd-contexts',
  roster: 'one two replace replace-first-then-one together',
  multiple: 'one two five six no-chat',
  replace: 'one replace replace-first replace-first-of-six replace-first-then-one',
  pstn: 'one phone no-number',
  ordering: 'one replace-in-one-callback together',
  failure: 'one unreachable unreachable-then-one',
};

const attemptsFor = (id: string): string[] => (showing[id.split('.')[0] ?? ''] ?? '').split(' ');

test('without a fault, everything is the same each time', async () => {
  expect(await transcribe({ faults: [], variants: [] })).toEqual(await conforming());
});

const shown = FAULTS.map(({ id }) => id).filter((id) => !inTimeAlone.includes(id) && !elsewhere.includes(id));

const transcriptOf = ahead(shown, (id) => transcribe({ faults: [id] }, attemptsFor(id)), 6);

test.each(shown)('%s makes a difference', async (id) => {
  const seen = (await transcriptOf(id)).join('\n\n');
  expect(seen).not.toContain('InternalServerError');
  const same = seen === (await conforming(attemptsFor(id))).join('\n\n');
  expect(same).toBe(false);
});

test.each(inTimeAlone)('%s changes the order alone', async (id) => {
  const seen = await transcribe({ faults: [id] }, attemptsFor(id));
  expect(seen.toSorted()).toEqual((await conforming(attemptsFor(id))).toSorted());
});

test('all faults at once do not break the mock', async () => {
  const seen = await transcribe({ faults: FAULTS.map(({ id }) => id) });
  expect(seen.filter((line) => line.startsWith('answer')).length).toBeGreaterThan(30);
});
