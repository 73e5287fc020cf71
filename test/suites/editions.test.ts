import type { Edition } from '../../behaviors/edition';
import { embeddedMock } from '../../api/embedded-mock';
import { recordRun } from '../../suites/record-run';
import { checkTarget } from '../../suites/target-checks';
import { DEFAULTS } from '../../schemas/options';
import { resultOf, type Result } from '../../verdicts/result';
import { NEW_IN_2025 } from '../support/documented';

const [FIRST, LATER] = ['2021-02-16', '2025-07-23'] as const;
const OPTIONS = { ...DEFAULTS, timeoutMs: 3000, maxDials: 9 };

/** The result of judging a mock of one edition by another edition. */
async function judged(mockOf: Edition, by: Edition, variants: string[] = []): Promise<Result> {
  const { access, close } = await embeddedMock({ edition: mockOf, variants });
  try {
    const deltaParticipants = variants.includes('delta-rosters');
    const options = { ...OPTIONS, ...access, edition: by, deltaParticipants };
    const history = await recordRun(options, { disposable: true });
    return resultOf(history, { gate: 'linked', allowUntested: false, waivers: [], now: 0 });
  } finally {
    await close();
  }
}

const idsWith = ({ behaviors }: Result, verdict: string): string[] =>
  behaviors.flatMap((one) => (one.verdict === verdict ? [one.id] : []));

// test/cli/editions tests that each mock passes its own edition.
test('the mock of the first edition fails only the requirements that the later one adds', async () => {
  const result = await judged(FIRST, LATER);
  const failed = idsWith(result, 'failed');
  expect(failed).toEqual([
    'request.peer-call-single',
    'request.one-bot',
    'roster.hidden-absent',
    'pstn.e164',
    'pstn.peer-call',
    'move.accepted',
    'move.first-only-accepted',
    'move.response-participant-id',
  ]);
  // Behaviours that rest on a completed move are untested.
  expect(idsWith(result, 'untested')).toEqual(['move.first-only-roster', 'move.roster', 'move.source-call-stays']);
  const fresh = NEW_IN_2025.map(([id]) => id);
  expect([...failed, ...idsWith(result, 'untested')].filter((id) => !fresh.includes(id))).toEqual([]);
});

test('the mock of the later edition fails the one behaviour of the first that it contradicts', async () => {
  const result = await judged(LATER, FIRST);
  expect(idsWith(result, 'failed')).toEqual(['request.group-calls-only']);
  expect(idsWith(result, 'untested')).toEqual([]);
});

test('in the later edition a roster before its completion is a remark, and delta rosters are judged if the bots opted in', async () => {
  const result = await judged(LATER, LATER, ['roster-before-completion', 'delta-rosters']);
  expect(idsWith(result, 'passed')).toHaveLength(result.behaviors.length);
  expect(result.remarks).toEqual([
    expect.objectContaining({ code: 'notAsked', behavior: 'ordering.completion-before-roster' }),
  ]);
});

test('doctor asks for the meetings of the later edition', async () => {
  const { access, close } = await embeddedMock({ edition: LATER });
  try {
    const names = async (edition: Edition): Promise<string[]> => {
      const seen = await checkTarget({ ...OPTIONS, ...access, edition }, { disposable: true });
      return seen.filter(({ result }) => result === 'ok').map(({ what }) => what);
    };
    const meetings = ['a meeting of the application', 'a meeting of another application'];
    expect(await names(LATER)).toEqual(expect.arrayContaining(meetings));
    expect(await names(FIRST)).not.toContain(meetings[0]);
  } finally {
    await close();
  }
});
