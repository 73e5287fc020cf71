import { VARIANTS } from '../../mock/catalog';
import { ahead } from '../support/ahead';
import { conforming, transcribe, type Transcript } from './transcript';

/** These change only when and how bytes are sent, which a transcript does not contain. */
const inTimeAlone = ['slow-answer', 'slow-notifications', 'parallel-delivery', 'no-waiting', 'racing-answer'];

/** One attempt of each kind is enough to show a variant. */
const attempts =
  'one two six no-chat phone no-number unreachable replace replace-in-one-callback peer context-257 text anonymous empty twice'.split(
    ' ',
  );

const statuses = (transcript: Transcript): (string | undefined)[] =>
  transcript.filter((line) => line.startsWith('answer')).map((line) => line.split('\n')[1]);

const accepted = (transcript: Transcript): number[] =>
  statuses(transcript).flatMap((status, n) => (status === '200' ? [n] : []));

/** Variants that refuse something that the mock accepts by default, each with an attempt of it. */
const stricter: Readonly<Record<string, string>> = {
  'beyond-ascii-refused': 'beyond-ascii',
  'six-refused-before-the-first-is-read': 'replace-first-of-six',
};

const shown = VARIANTS.map(({ id }) => id).filter((id) => !(id in stricter) && !inTimeAlone.includes(id));

const transcriptOf = ahead(shown, (id) => transcribe({ variants: [id] }, attempts), 6);

test.each(shown)('%s makes a difference', async (id) => {
  const [seen, standard] = await Promise.all([transcriptOf(id), conforming(attempts)]);
  const same = seen.join('\n\n') === standard.join('\n\n');
  expect(same).toBe(false);
  expect(accepted(seen)).toEqual(expect.arrayContaining(accepted(standard)));
  expect(statuses(seen).filter((status) => !/^(200|4\d\d)$/.test(status ?? ''))).toEqual([]);
});

test.each(Object.entries(stricter))('%s refuses something that the mock accepts by default', async (id, attempt) => {
  const seen = async (variants: string[]): Promise<(string | undefined)[]> =>
    statuses(await transcribe({ variants }, [attempt, 'one']));
  expect(await seen([])).toEqual(['200', '200']);
  expect(new Set(await seen([id]))).toEqual(new Set(['200', '400']));
});

test.each(inTimeAlone)('%s changes only the timing', async (id) => {
  const few = ['one', 'unreachable', 'replace', 'six'];
  expect((await transcribe({ variants: [id] }, few)).toSorted()).toEqual((await conforming(few)).toSorted());
});

test('variants can be combined with each other and with a fault', async () => {
  const variants = ['roster-full', 'app-prefix', 'nulls-everywhere', 'batched', 'chunked-bodies', 'pretty-json'];
  const transcript = await transcribe({ variants, faults: ['completion.client-context/lowercased'] }, ['one', 'two']);
  const text = transcript.join('\n');
  expect(text).toContain('"clientContext": " context a 1 "');
  expect(text).toMatch(/"resourceUrl": "\/app\/calls\/#\d+\/participants"/);
});
