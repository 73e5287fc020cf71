import { resultFromVerdicts, resultOf, type Judging } from '../../verdicts/result';
import { BEHAVIORS } from '../../behaviors/catalog';
import { judge } from '../../verdicts/verdict';
import { findingText } from '../../reporters/wording/finding-text';
import { all, drop, put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';

const JUDGING: Judging = { gate: 'linked', allowUntested: true, waivers: [], now: 0 };

/** The behaviours of each cause of a run, in order. */
function causes(run: RunStory): string[][] {
  return resultOf(run.history(), JUDGING).causes.map(({ behaviors }) => behaviors.toSorted());
}

const TRIES = BEHAVIORS.map(({ id }) => id).filter((id) =>
  /^(response|completion|roster|notification|ordering\.c)/.test(id),
);
const plain = (): RunStory => aRun([...TRIES, 'request.route']);

test('one value that several behaviours judge is one cause', () => {
  const run = plain().invite().answer().completion(put('/changeType', 'Deleted')).roster();
  expect(causes(run)).toEqual([['completion.change-type', 'notification.change-type']]);
});

test('two defects are two causes', () => {
  const run = plain()
    .invite()
    .answer()
    .completion(all(put('/changeType', 'updated'), put('/resourceData/id', 'x')))
    .roster();
  expect(causes(run).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    ['completion.change-type'],
    ['completion.operation-id'],
  ]);
});

test('two defects in one entry are two causes', () => {
  const run = plain()
    .invite()
    .answer()
    .completion()
    .roster(all(put('/resourceData/0/isMuted', 'x'), drop('/resourceData/0/mediaStreams')));
  expect(causes(run).flat().toSorted()).toEqual(['roster.media-streams', 'roster.participant']);
});

test('a value that is wrong as a whole, and defects within it, are one cause', () => {
  const run = plain()
    .invite()
    .answer(put('/resultInfo', { code: 'x', subcode: 1 }))
    .completion()
    .roster();
  expect(causes(run)).toEqual([['response.operation', 'response.result-info']]);
});

test('a mismatch with an id that is itself wrong belongs to the cause of the id', () => {
  const run = plain().invite().answer(put('/id', '')).completion().roster();
  const [one, ...others] = causes(run);
  expect(others).toEqual([]);
  expect(one).toEqual(
    expect.arrayContaining(['response.operation-id', 'completion.operation-id', 'completion.resource-url']),
  );
});

test('invitations without a response for the same reason are one cause; a refusal is another', () => {
  const run = aRun(['request.route']).invite().joins();
  run
    .invite({ tries: ['request.client-context-optional'], clientContext: null })
    .noAnswer('no complete response within 1000 ms');
  run.invite({ tries: ['authorization.required'], expect: 'refused' }).noAnswer('no complete response within 1000 ms');
  run.invite({ tries: ['multiple.accepted'] }).refuse(400);
  expect(causes(run).toSorted((a, b) => b.length - a.length)).toEqual([
    ['authorization.required', 'request.client-context-optional'],
    ['multiple.accepted'],
  ]);
});

test('a clientContext that is misread in the same way is one cause, in another way two', () => {
  const both = plain()
    .invite()
    .answer(put('/clientContext', 'x'))
    .completion(put('/resourceData/clientContext', 'x'))
    .roster();
  expect(causes(both)).toEqual([['completion.client-context', 'response.client-context']]);
  const each = plain()
    .invite()
    .answer(put('/clientContext', 'x'))
    .completion(put('/resourceData/clientContext', 'y'))
    .roster();
  expect(causes(each)).toHaveLength(2);
});

test('a service that answers refusals with 200 and an error has one defect', () => {
  const run = aRun(['request.route']).invite().joins();
  for (const id of ['request.content-type', 'authorization.delegated']) {
    run.invite({ tries: [id], expect: 'refused' }).refuse(200);
  }
  const [cause, ...others] = resultOf(run.history(), JUDGING).causes;
  expect(others).toEqual([]);
  expect(cause?.behaviors).toEqual(['request.content-type', 'authorization.delegated']);
  expect(cause && findingText(cause.finding, 'request.content-type')).toMatchObject({
    title: expect.stringMatching(/^An invitation sent with this Content-Type is answered 200 \(.+\)\.$/),
    fix: 'Answer a refusal with a 4xx status, not with a success that has an error in its body.',
  });
});

test('a late completion is one cause, whatever it should have preceded', () => {
  const run = aRun(['ordering.completion-before-roster', 'ordering.replaced-call-ends-after-completion']);
  run.invite({ replacing: true }).answer().peer('terminated', 'deleted').roster().completion();
  expect(causes(run)).toEqual([['ordering.completion-before-roster', 'ordering.replaced-call-ends-after-completion']]);
});

test('a judge that throws leaves the other results, and the exit code is 5', () => {
  const history = plain().invite().answer().completion(put('/changeType', 'updated')).roster().history();
  const broken = BEHAVIORS.map((one) =>
    one.id === 'roster.joined'
      ? {
          ...one,
          judge: () => {
            throw new RangeError('oh');
          },
        }
      : one,
  );
  const result = resultFromVerdicts(
    {
      header: history.header,
      judged: judge(history, broken),
      end: { kind: 'end', n: 1, at: 1, interrupted: false, remarks: [] },
      remarks: [],
    },
    JUDGING,
  );
  expect(result.exitCode).toBe(5);
  expect(result.behaviors.find(({ id }) => id === 'roster.joined')).toMatchObject({
    verdict: 'untested',
    reasons: [{ reason: { why: 'internal', error: 'RangeError: oh' } }],
  });
  expect(result.causes.map(({ behaviors }) => behaviors)).toEqual([['completion.change-type']]);
  expect(result.summary.passed).toBeGreaterThan(20);
});
