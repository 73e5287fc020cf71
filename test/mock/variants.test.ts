import { VARIANTS } from '../../mock/catalog';
import { ahead } from '../support/ahead';
import { conforming, transcribe, type Transcript } from './transcript';

/** Only when and how bytes are sent is different, which a transcript does not have. */
const inTimeAlone = ['slow-answer', 'slow-notifications', 'parallel-delivery', 'no-waiting', 'racing-answer'];

/** One of each kind is enough to show a variant. */
const attempts =
  'one two six no-chat phone no-number unreachable replace replace-in-one-callback peer context-257 text anonymous empty twice'.split(
    ' ',
  );

const statuses = (transcript: Transcript): (string | undefined)[] =>
  transcript.filter((line) => line.startsWith('answer')).map((line) => line.split('\n')[1]);

const accepted = (transcript: Transcript): number[] =>
  statuses(transcript).flatMap((status, n) => (status === '200' ? [n] : []));

/** It refuses what others take. */
const stricter = 'beyond-ascii-refused';

const shown = VARIANTS.map(({ id }) => id).filter((id) => id !== stricter && !inTimeAlone.includes(id));

const transcriptOf = ahead(shown, (id) => transcribe({ variants: [id] }, attempts), 6);

test.each(shown)('%s makes a difference', async (id) => {
  const [seen, standard] = await Promise.all([transcriptOf(id), conforming(attempts)]);
  const same = seen.join('\n\n') === standard.join('\n\n');
  expect(same).toBe(false);
  expect(accepted(seen)).toEqual(expect.arrayContaining(accepted(standard)));
  expect(statuses(seen).filter((status) => !/^(200|4\d\d)$/.test(status ?? ''))).toEqual([]);
});

test(`${stricter} refuses what the mock takes otherwise`, async () => {
  const seen = async (variants: string[]): Promise<unknown> =>
    statuses(await transcribe({ variants }, ['beyond-ascii', 'one']));
  expect([await seen([]), await seen([stricter])]).toEqual([
    ['200', '200'],
    ['200', '400'],
  ]);
});

test.each(inTimeAlone)('%s changes the time alone', async (id) => {
  const few = ['one', 'unreachable', 'replace', 'six'];
  expect((await transcribe({ variants: [id] }, few)).toSorted()).toEqual((await conforming(few)).toSorted());
});

test('variants can be combined, with one another and with a fault', async () => {
  const variants = ['roster-full', 'app-prefix', 'nulls-everywhere', 'batched', 'chunked-bodies', 'pretty-json'];
  const transcript = await transcribe({ variants, faults: ['completion.client-context/lowercased'] });
  const text = transcript.join('\n');
  expect(text).toContain('"clientContext": " context a 1 "');
  expect(text).toMatch(/"resourceUrl": "\/app\/calls\/#\d+\/participants"/);
});
