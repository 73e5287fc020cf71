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
import { judgedFrom, type Recorded } from './judged-from';

/** Recordings of the conforming mock, and of some with one fault. */
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
  /** The verdict on each invitation, by behaviour and content. */
  outcomes: Map<string, Outcome['verdict']>;
}

/** Two recorded invitations are the same if their content and call are the same. */
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
    // The mutilated file may not be valid HAR, or contain no invitation, which is reported as a usage error.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

const idsOf = ({ behaviors }: Result, verdict: string): string[] =>
  behaviors.flatMap((one) => (one.verdict === verdict ? [one.id] : []));

const recordings = new Map(
  NAMES.map((name) => {
    const { history, result } = judgeGolden(name);
    const entries = entriesOf(history);
    const { timeoutMs } = history.header;
    const whole = judged([{ kind: 'har', text: harText(entries) }], timeoutMs);
    return [name, { entries, timeoutMs, whole, live: new Set(idsOf(result, 'failed')) }];
  }),
);

/** With the same id, all invitations but the first fail; another order, or missing times, changes the first. */
const COMPARED = 'response.operation-id-unique of ';

/**
 * The wrong verdicts compared with the whole recording. A failure of the live run may show only in a part of the
 * recording:
 * with fewer concurrent invitations an order can be judged that could not be before.
 */
function wrong(seen: Judged, whole: Judged, live: ReadonlySet<string>, isWhole: boolean): string[] {
  const failures = seen.result.behaviors.flatMap(({ id, verdict, findings }, i) => {
    const before = whole.result.behaviors[i]?.verdict;
    const isNew = verdict === 'failed' && before !== 'failed' && !live.has(id);
    return isNew ? [`${id}: ${before}, now ${JSON.stringify(findings[0])}`] : [];
  });
  const turned = (from: Outcome['verdict'], to: Outcome['verdict']): string[] => {
    const all = [...seen.outcomes].flatMap(([what, now]) =>
      now === to && whole.outcomes.get(what) === from ? [`${what}: ${from}, now ${to}`] : [],
    );
    const compared = all.filter((one) => one.startsWith(COMPARED));
    const isAnotherFirst = compared.length === 1 && [...whole.outcomes].some(isFailedCompared);
    return isAnotherFirst ? all.filter((one) => !one.startsWith(COMPARED)) : all;
  };
  return [...failures, ...turned('passed', 'failed'), ...(isWhole ? turned('failed', 'passed') : [])];
}

const isFailedCompared = ([what, verdict]: [string, Outcome['verdict']]): boolean =>
  what.startsWith(COMPARED) && verdict === 'failed';

test('no mutilation of a recording makes a verdict wrong', () => {
  assert(
    property(constantFrom(...NAMES), mutilations, (name, all) => {
      const recording = recordings.get(name);
      if (!recording?.whole) throw new Error('no recording');
      const { entries, timeoutMs, whole, live } = recording;
      const seen = judged(mutilated(entries, all), timeoutMs);
      // If notifications were lost, a repeated one may have been lost too.
      const found = seen ? wrong(seen, whole, live, !all.some(({ loses }) => loses === true)) : [];
      expect({ name, all: all.map((one) => one.name), found }).toMatchObject({ found: [] });
    }),
    { numRuns: Number(process.env['MUTILATIONS'] ?? 25) },
  );
});

test.each([
  ['with different ids', true],
  ['with the same ids', false],
])('two bots in one file, of two services %s, are judged separately', (_, apart) => {
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

/** The entry as another service's, with different or the same ids. */
function elsewhere(entry: HarEntry, apart: boolean): HarEntry {
  const written = JSON.stringify(entry).replaceAll(/http:\/\/[^/"]+\/v1\.0/g, 'http://another.example/v1.0');
  return JSON.parse(apart ? written.replaceAll('-0000-4000-', '-1111-4111-') : written) as HarEntry;
}
