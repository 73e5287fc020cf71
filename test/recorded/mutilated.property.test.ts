import { assert, constantFrom, property } from 'fast-check';
import type { Outcome } from '../../behaviors/behavior';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { AttemptRef } from '../../behaviors/finding';
import { UsageError } from '../../common/errors';
import type { Exchange, History } from '../../history/events';
import { runView } from '../../history/run-view';
import type { Result } from '../../verdicts/result';
import { judgeGolden } from '../support/golden';
import type { HarEntry } from './gateway';
import { entriesOf, harText } from './har-of-history';
import { mutilated, mutilations } from './mutilations';
import { judgedFrom, type Recorded } from './run';

/** Recordings of the conforming mock, and of some that do one thing wrong. */
const NAMES = [
  'conforming',
  'fault.completion.announced__never',
  'fault.roster.invitees__empty',
  'fault.completion.once__again-after-300-ms',
  'fault.ordering.response-first__answers-after-150-ms',
  'fault.ordering.completion-before-roster__completion-late',
  'fault.refusal.no-effect__roster-follows',
  'fault.response.operation-id-unique__constant',
];

interface Judged {
  result: Result;
  /** What each invitation came to, by behaviour and content. */
  outcomes: Map<string, Outcome['verdict']>;
}

/** An invitation is the same in two recordings if the same was sent to the same call. */
function outcomesIn(history: History): Judged['outcomes'] {
  const run = runView(history);
  const sent = new Map(run.invitations.map(({ record, exchange }) => [record.key, contentOf(exchange)]));
  const found: Judged['outcomes'] = new Map();
  for (const { id, judge } of BEHAVIORS) {
    for (const outcome of judge(run)) {
      const attempt = attemptOf(outcome);
      const content = sent.get(attempt.invitation ?? '');
      if (content !== undefined) found.set(`${id} of ${content}`, outcome.verdict);
    }
  }
  return found;
}

function attemptOf(outcome: Outcome): AttemptRef {
  if (outcome.verdict === 'passed') return outcome.attempt;
  return outcome.verdict === 'failed' ? outcome.finding.attempt : outcome.unjudged.attempt;
}

const contentOf = ({ request }: Exchange): string => `${request.url} ${request.body.content}`;

function judged(recorded: readonly Recorded[], timeoutMs: number): Judged | undefined {
  try {
    const { result, history } = judgedFrom(recorded, timeoutMs);
    return { result, outcomes: outcomesIn(history) };
  } catch (error) {
    // What is left may be no HAR file any more, or hold no invitation; that is said.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

const recordings = new Map(
  NAMES.map((name) => {
    const { history } = judgeGolden(name);
    const entries = entriesOf(history);
    const { timeoutMs } = history.header;
    return [name, { entries, timeoutMs, whole: judged([{ kind: 'har', text: harText(entries) }], timeoutMs) }];
  }),
);

/** What is wrong about verdicts, held against those on the whole recording. */
function wrong(seen: Judged, whole: Judged, isWhole: boolean): string[] {
  const failures = seen.result.behaviors.flatMap(({ id, verdict, findings }, i) => {
    const before = whole.result.behaviors[i]?.verdict;
    return verdict === 'failed' && before !== 'failed' ? [`${id}: ${before}, now ${JSON.stringify(findings[0])}`] : [];
  });
  const others = [...seen.outcomes].flatMap(([what, now]) => {
    const before = whole.outcomes.get(what);
    const turned = (now === 'failed' && before === 'passed') || (isWhole && now === 'passed' && before === 'failed');
    return turned ? [`${what}: ${before}, now ${now}`] : [];
  });
  return [...failures, ...others];
}

test('no mutilation of a recording makes a verdict wrong', () => {
  assert(
    property(constantFrom(...NAMES), mutilations, (name, all) => {
      const { entries, timeoutMs, whole } = recordings.get(name) ?? { entries: [], timeoutMs: 0, whole: undefined };
      const seen = judged(mutilated(entries, all), timeoutMs);
      // What came once too often may be what was lost, and nothing tells.
      const found = seen && whole ? wrong(seen, whole, !all.some(({ loses }) => loses === true)) : [];
      expect({ name, all: all.map((one) => one.name), found }).toMatchObject({ found: [] });
    }),
    { numRuns: Number(process.env['MUTILATIONS'] ?? 25) },
  );
});

test.each([
  ['that give ids of their own', true],
  ['that give the same ids', false],
])('two bots in one file, of two services %s, are judged apart', (_, apart) => {
  const [one, other] = [recordings.get('conforming'), recordings.get('fault.roster.invitees__empty')];
  if (!one?.whole || !other?.whole) throw new Error('no recordings');
  const moved = other.entries.map((entry) => elsewhere(entry, apart));
  const both = [{ kind: 'har' as const, text: harText([...moved, ...one.entries]) }];
  const first = judgedFrom(both, one.timeoutMs, { target: one.whole.result.target }).result;
  const second = judgedFrom(both, one.timeoutMs, { target: 'http://another.example/v1.0' }).result;
  expect(idsOf(first, 'failed')).toEqual([]);
  expect(idsOf(second, 'failed')).toEqual(apart ? idsOf(other.whole.result, 'failed') : []);
  expect(first.recording?.leftOut).toContainEqual(expect.objectContaining({ why: 'otherTarget' }));
});

const idsOf = ({ behaviors }: Result, verdict: string): string[] =>
  behaviors.flatMap((one) => (one.verdict === verdict ? [one.id] : []));

/** The entry as another service's, with ids of its own or the same ones. */
function elsewhere(entry: HarEntry, apart: boolean): HarEntry {
  const written = JSON.stringify(entry).replaceAll(/http:\/\/[^/"]+\/v1\.0/g, 'http://another.example/v1.0');
  return JSON.parse(apart ? written.replaceAll('-0000-4000-', '-1111-4111-') : written) as HarEntry;
}
