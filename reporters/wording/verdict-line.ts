import { LEVELS, type Level } from '../../behaviors/behavior';
import { isWaivedIndirectly, JUDGED_VERDICTS } from '../../verdicts/gate';
import type { BehaviorResult, Result } from '../../verdicts/result';
import { countText } from './count-text';
import { recordedText } from './recording-text';
import { reportedCauses } from '../result-groups';
import { judgedBeforeText, stoppedText } from './stopped-text';

/**
 * Builds the line with the verdict of a run and its scope. Console, HTML, Markdown, JUnit, SARIF, CTRF, GitHub's
 * annotations, the badge and the Jest suite all use it, so that no report claims more than another.
 */

const HEADS = { 0: 'PASS', 1: 'FAIL', 3: 'INCOMPLETE', 4: 'STOPPED', 5: 'ERROR', 130: 'INTERRUPTED' } as const;

/** The origin of a level's behaviours. */
const ORIGINS: Record<Level, string> = {
  stated: "the page's text",
  shown: "the page's examples",
  linked: 'linked pages',
};

/** `PASS`, `FAIL`, `INCOMPLETE`, `STOPPED`, `ERROR` or `INTERRUPTED`. */
export function verdictWord({ exitCode }: Pick<Result, 'exitCode'>): (typeof HEADS)[Result['exitCode']] {
  return HEADS[exitCode];
}

/** The behaviours that a run was to judge: those that are selected and applicable. */
function inScope({ behaviors }: Pick<Result, 'behaviors'>): BehaviorResult[] {
  return behaviors.filter(({ verdict }) => verdict !== 'notSelected' && verdict !== 'notApplicable');
}

function having<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.filter(holds).length;
}

/** `38 of 38 behaviours, 19 of 19 contracts` */
function passedText(result: Result): string {
  const behaviors = inScope(result);
  const contracts = result.contracts.filter((one) => one.result !== 'notApplicable');
  const passed = having(behaviors, ({ verdict }) => verdict === 'passed');
  const kept = having(contracts, (one) => one.result === 'passed');
  const verified = contracts.length > 0 ? [`${kept} of ${countText(contracts.length, 'contract')}`] : [];
  // A run of only contracts judges no behaviours.
  const judged = behaviors.length > 0 || verified.length === 0;
  return [...(judged ? [`${passed} of ${countText(behaviors.length, 'behaviour')}`] : []), ...verified].join(', ');
}

/** The number of selected behaviours that are named. */
const MOST_ASKED = 3;

/** The limits of the verdict, each as a phrase. */
function limits(result: Result): string[] {
  const { behaviors, contracts, selection, load } = result;
  const absent = selection?.absent ?? [];
  const scenarios = selection?.scenarios ?? [];
  const leftOut = having(behaviors, ({ verdict }) => verdict === 'notSelected');
  const notApplicable = having(behaviors, ({ verdict }) => verdict === 'notApplicable');
  const asked = selection?.behaviors ?? [];
  const named = asked.slice(0, MOST_ASKED).join(', ') + (asked.length > MOST_ASKED ? ', …' : '');
  const chosen = asked.length > 0 ? ` (--behavior ${named})` : ` (--scenario ${scenarios.join(', ')})`;
  const part = scenarios.length > 0 || asked.length > 0 ? chosen : '';
  const why = load ? ' (--load)' : selection?.bailed ? ' (--bail)' : part;
  return [
    ...uncounted(result),
    ...some(
      having(behaviors, ({ verdict }) => verdict === 'waived'),
      (n) => `${countText(n, 'behaviour')} waived`,
    ),
    ...some(
      having(contracts, (one) => one.waivedBy !== undefined),
      (n) => `${countText(n, 'contract')} waived`,
    ),
    ...(result.exitCode === 0 ? allowed(result) : []),
    ...some(leftOut, (n) => `${n} not selected${why}`),
    ...some(
      notApplicable,
      (n) => `${n} not applicable${absent.length > 0 ? ` (declared absent: ${absent.join(', ')})` : ''}`,
    ),
    ...(contracts.length === 0 ? ['contracts not verified'] : []),
  ];
}

function some(count: number, text: (count: number) => string): string[] {
  return count > 0 ? [text(count)] : [];
}

/** Failed and untested items that the gate does not count. */
function uncounted({ behaviors, contracts, gate }: Result): string[] {
  const failed = behaviors.filter(({ verdict, counted }) => verdict === 'failed' && !counted);
  const weaker = failed.filter(({ level }) => LEVELS.indexOf(level) > LEVELS.indexOf(gate));
  const levels = LEVELS.filter((level) => weaker.some((one) => one.level === level));
  const untested = having(behaviors, ({ verdict, counted }) => verdict === 'untested' && !counted);
  const broken = having(
    contracts,
    (one) => one.result === 'failed' && !one.waivedBy && one.counted === false && one.pending !== true,
  );
  const pending = having(contracts, (one) => one.pending === true && one.result !== 'passed');
  const from = levels.map((level) => ORIGINS[level]).join(' and ');
  const are = (n: number): string => (n === 1 ? 'is' : 'are');
  return [
    ...some(
      weaker.length,
      (n) => `${countText(n, 'failure')} from ${from} ${are(n)} not counted (--gate ${levels.at(-1)} counts them)`,
    ),
    ...some(
      failed.length - weaker.length,
      (n) => `${countText(n, 'failure')} of behaviours that were not selected ${are(n)} not counted`,
    ),
    ...some(broken, (n) => `${countText(n, 'failed contract')} about such behaviours ${are(n)} not counted`),
    ...some(pending, (n) => `${countText(n, 'pending contract')} ${are(n)} not counted`),
    ...some(untested, (n) => `${n} untested ${are(n)} not counted`),
  ];
}

/** Counted but untested items that --allow-untested accepts. */
function allowed({ behaviors, contracts }: Result): string[] {
  const untested = having(behaviors, ({ verdict, counted }) => verdict === 'untested' && counted);
  const open = having(contracts, (one) => one.result === 'untested' && one.counted !== false);
  const parts = [...some(untested, (n) => countText(n, 'behaviour')), ...some(open, (n) => countText(n, 'contract'))];
  return parts.length > 0 ? [`${parts.join(' and ')} untested (--allow-untested)`] : [];
}

/** The beginning of the line for a partial verdict. */
function leadOf(result: Result): string {
  const parts = [
    ...(result.behaviors.some(({ verdict }) => verdict === 'notSelected') ? ['what was selected'] : []),
    ...(uncounted(result).length > 0 ? [`at gate ${result.gate}`] : []),
  ];
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}

/** `2 behaviours and 1 contract`, only those that count. */
function countedText({ behaviors, contracts }: Result, verdict: 'failed' | 'untested'): string {
  const count = having(behaviors, (one) => one.verdict === verdict && one.counted);
  const broken = having(contracts, (one) => one.result === verdict && !one.waivedBy && one.counted !== false);
  return [...some(count, (n) => countText(n, 'behaviour')), ...some(broken, (n) => countText(n, 'contract'))].join(
    ' and ',
  );
}

/** Waivers that fail the gate by themselves. */
function deadText({ deadWaivers = [] }: Result): string[] {
  const of = (why: 'stale' | 'expired'): string[] =>
    deadWaivers.flatMap((one) => (one.why === why ? [one.behavior] : []));
  return [
    ...some(
      of('stale').length,
      (n) => `${countText(n, 'waiver')} stale because the behaviour passes (${of('stale').join(', ')})`,
    ),
    ...some(of('expired').length, (n) => `${countText(n, 'waiver')} expired (${of('expired').join(', ')})`),
  ];
}

/** Counted items that are untested for a reason other than a failure. */
function openText(result: Result): string[] {
  const { behaviors, contracts } = result;
  const following = new Set(reportedCauses(result).flatMap(({ notVerified }) => notVerified));
  const open = having(behaviors, (one) => one.verdict === 'untested' && one.counted && one.waitsFor === undefined);
  const unverified = having(
    contracts,
    (one) => one.result === 'untested' && one.counted !== false && !following.has(one),
  );
  const parts = [...some(open, (n) => countText(n, 'behaviour')), ...some(unverified, (n) => countText(n, 'contract'))];
  return parts.length > 0 ? [`${parts.join(' and ')} untested`] : [];
}

/** `1 cause: 2 behaviours and 1 contract failed, 3 not checked because of it`, only what counts. */
function failedText(result: Result): string[] {
  const failed = countedText(result, 'failed');
  const causes = reportedCauses(result).filter(({ counted }) => counted).length;
  const waiting = having(result.behaviors, ({ verdict, waitsFor }) => verdict === 'untested' && waitsFor !== undefined);
  const because = waiting > 0 ? `, ${waiting} not checked because of ${causes === 1 ? 'it' : 'them'}` : '';
  const said = [
    ...(failed === '' ? [] : [`${countText(causes, 'cause')}: ${failed} failed${because}`]),
    ...deadText(result),
  ];
  return said.length > 0 ? said : ['a waiver is stale or expired'];
}

/** Says that nothing passed, and how many behaviours wait for waived failures. */
function coveredText({ behaviors }: Result): string {
  const covered = having(behaviors, isWaivedIndirectly);
  return `no behaviour passed, ${covered} not checked because of waived failures (--allow-untested accepts that)`;
}

/** The verdict line without its first word. */
export function verdictText(result: Result): string {
  const untested = countedText(result, 'untested');
  const judged = having(result.behaviors, ({ verdict }) => JUDGED_VERDICTS.includes(verdict));
  switch (result.exitCode) {
    case 0:
      return [`${leadOf(result)}${passedText(result)}`, ...limits(result)].join('; ');
    case 1:
      return [...failedText(result), ...openText(result), ...limits(result)].join('; ');
    case 3:
      return [
        judged === 0 ? 'nothing was judged' : untested === '' ? coveredText(result) : `${untested} untested`,
        ...(judged === 0 ? [] : [`${passedText(result)} passed`]),
        ...limits(result),
      ].join('; ');
    case 4:
      if (result.stopped) return `${stoppedText(result.stopped)}. ${judgedBeforeText(judged)}`;
      return `the environment: provisioning failed; ${passedText(result)} passed before that`;
    default:
      return `partial results are kept; ${passedText(result)} passed before that`;
  }
}

/** `gate: shown, page of 2021-02-16, 1.2 s`: the scope of the verdict. */
export function scopeText(result: Pick<Result, 'gate' | 'edition' | 'durationMs' | 'recording' | 'behaviors'>): string {
  const { gate, edition, durationMs } = result;
  const recorded = recordedText(result);
  const of = recorded === undefined ? '' : `${recorded}, `;
  return `${of}gate: ${gate}, page of ${edition}, ${(durationMs / 1000).toFixed(1)} s`;
}

/** `PASS  81 of 81 behaviours, 19 of 19 contracts` */
export function verdictLine(result: Result): string {
  return `${verdictWord(result)}  ${verdictText(result)}`;
}
