import { catalogFor } from './edition';
import { collectGarbage } from '../common/collect-garbage';
import type { History, HistoryEvent, HistoryHeader } from '../history/events';
import type { JudgedBehavior } from './judged-behavior';
import { judgeUnresolved, MAX_FINDINGS } from './verdict';
import { resultFromVerdicts, resultOf, type Judging, type Result } from './result';
import { resolveWaitsFor } from './waits-for';

/** The most reasons per behaviour that are kept when a recording is judged in parts. */
const MAX_UNTESTED = 20;

/** Memory is released after this number of parts. */
const PARTS_PER_COLLECTION = 8;

/** Recorded traffic, as one history or as several of whole calls each. */
export interface RecordedHistories {
  /** The header of the whole; complete once all histories were read. */
  header: () => HistoryHeader;
  histories: Iterable<History>;
}

/** Joins the verdicts of two parts of a recording on a behaviour. */
function joinedVerdicts(one: JudgedBehavior, other: JudgedBehavior): JudgedBehavior {
  const { inconclusive, ...shared } = one;
  const verdicts = [one.verdict, other.verdict];
  const doubted = one.doubted === true || other.doubted === true;
  const passed = verdicts.includes('passed') ? (doubted ? 'untested' : 'passed') : one.verdict;
  const verdict = verdicts.includes('failed') ? 'failed' : passed;
  const isInconclusive = verdict === 'untested' && (inconclusive === true || other.inconclusive === true);
  const untested = [...one.untested, ...other.untested].slice(0, MAX_UNTESTED);
  const [a, b] = [one.attempts, other.attempts];
  return {
    ...shared,
    verdict,
    scenarios: [...new Set([...one.scenarios, ...other.scenarios])],
    attempts: { passed: a.passed + b.passed, failed: a.failed + b.failed, untested: a.untested + b.untested },
    findings: [...one.findings, ...other.findings].slice(0, MAX_FINDINGS),
    untested,
    environment: false,
    waits: untested.map(({ restsOn }) => [...restsOn]),
    ...(isInconclusive ? { inconclusive: true as const } : {}),
    ...(doubted ? { doubted: true as const } : {}),
    ...(one.internal || other.internal ? { internal: true as const } : {}),
  };
}

/**
 * Judges recorded traffic, in parts if it is too large for one history.
 * @returns the result, and the part of the history that reports show
 */
export function recordedResultOf(
  { header, histories }: RecordedHistories,
  judging: Judging,
): { result: Result; history: History } {
  const parts = histories[Symbol.iterator]();
  const [first, second] = [parts.next(), parts.next()];
  if (first.done === true) throw new Error('recorded traffic has at least one history');
  if (second.done === true) return { result: resultOf(first.value, judging), history: first.value };
  // Judges of the whole run keep their state from part to part.
  const catalog = catalogFor(header());
  const behaviors = catalog.behaviors.map((one) => (one.judgeParts ? { ...one, judge: one.judgeParts() } : one));
  const evidence = new Map<number, HistoryEvent>();
  let all: JudgedBehavior[] | undefined;
  let end = 0;
  let part = 0;
  for (let next: IteratorResult<History> = first, then: IteratorResult<History> = second; next.done !== true;) {
    const { value: history } = next;
    const judged = judgeUnresolved(history, behaviors);
    const before = all;
    all = before === undefined ? judged : judged.map((one, i) => joinedVerdicts(before[i] ?? one, one));
    keepEvidence(evidence, history, judged);
    part += 1;
    if (part % PARTS_PER_COLLECTION === 0) collectGarbage();
    end = history.events.reduce((last, event) => (event.kind === 'end' ? event.at : last), end);
    next = then;
    then = then.done === true ? then : parts.next();
  }
  const last = { kind: 'end' as const, n: 0, at: end, interrupted: false, remarks: [] };
  const whole = header();
  const result = resultFromVerdicts(
    { header: whole, judged: resolveWaitsFor(all ?? [], catalog), end: last, remarks: [] },
    judging,
  );
  return { result, history: { header: whole, events: [...evidence.values()].toSorted((a, b) => a.n - b.n) } };
}

/** The most events that are kept for reports. */
const MAX_EVENTS = 2000;

/** Keeps the events of findings, with their calls and invitations. */
function keepEvidence(
  evidence: Map<number, HistoryEvent>,
  { events }: History,
  judged: readonly JudgedBehavior[],
): void {
  const shown = judged.flatMap(({ findings }) => findings.slice(0, MAX_FINDINGS));
  const numbers = new Set(shown.flatMap(({ at }) => at.map(({ event }) => event)));
  const keys = new Set(shown.flatMap(({ attempt }) => [attempt.invitation, attempt.call]));
  for (const event of events) {
    if (evidence.size >= MAX_EVENTS) return;
    const isOf =
      (event.kind === 'exchange' && keys.has(event.invitation)) ||
      ((event.kind === 'call' || event.kind === 'invitation') && keys.has(event.key));
    if (isOf || numbers.has(event.n)) evidence.set(event.n, event);
  }
}
