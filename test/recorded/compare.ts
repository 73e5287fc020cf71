import { findingText } from '../../reporters/wording/finding-text';
import type { BehaviorResult, Result } from '../../verdicts/result';

/**
 * Accepted differences between the verdicts on recorded traffic and those on the recorded run, in addition to untested.
 */

interface Meant {
  why: string;
  /** The fault of the mock, and the behaviour. */
  fault: RegExp;
  behavior: RegExp;
  verdicts: 'failed for passed' | 'passed for failed';
}

const MEANT: readonly Meant[] = [
  {
    why: 'what was accepted is judged as accepted, as a recording does not tell that the call does not exist',
    fault: /^request\.unknown-call\//,
    behavior: /^(response|completion|roster|notification)\./,
    verdicts: 'failed for passed',
  },
  {
    why: 'an operation that was announced as failed is judged as a failure, as a recording does not tell that it must not fail',
    fault: /^completion\.status\/|\/fails/,
    behavior: /^failure\./,
    verdicts: 'failed for passed',
  },
  {
    why: 'what was accepted is judged as accepted, as a recording does not tell that the call has no chat info',
    fault: /^multiple\.chat-info-required\//,
    behavior: /^(response|completion)\.participants$/,
    verdicts: 'failed for passed',
  },
  {
    why: 'an operation with an unknown status is judged as completed, as a recording does not tell that it must fail',
    fault: /^failure\.announced\/error$/,
    behavior: /^completion\.operation$/,
    verdicts: 'failed for passed',
  },
  {
    why: 'two invitations with the same operation id are one operation in a recording, which is announced twice',
    fault: /^response\.operation-id-unique\//,
    behavior: /^completion\.once$/,
    verdicts: 'failed for passed',
  },
  {
    why: 'a recording does not tell that a token is unknown, so how it is refused is not judged',
    fault: /^authorization\.unknown-token\//,
    behavior: /^authorization\.status-401$/,
    verdicts: 'passed for failed',
  },
  {
    why: 'a context of another type is no operation either: contexts of all kinds are judged as a whole',
    fault: /^(response|completion)\.client-context\//,
    behavior: /^(response|completion)\.operation$/,
    verdicts: 'failed for passed',
  },
  {
    why: 'a notification about a call to which no invitation was recorded may be about one that the bot made otherwise',
    fault: /^(notification|roster)\.resource-url\//,
    behavior: /^notification\.resource-url$/,
    verdicts: 'passed for failed',
  },
  {
    why: 'an invitation without an end is judged as one alone too, as it may have been the only one under way',
    fault: /^ordering\.concurrent-invitations\/completion-lost$/,
    behavior: /^completion\.announced$/,
    verdicts: 'failed for passed',
  },
  {
    why: 'schemes other than Bearer and Basic are masked, and so not tried',
    fault: /./,
    behavior: /^authorization\.bearer$/,
    verdicts: 'passed for failed',
  },
];

/** Whether a verdict on a recording differs from that on the run for a known reason. */
export function isMeant(fault: string, { id, verdict }: BehaviorResult): boolean {
  const verdicts = verdict === 'failed' ? 'failed for passed' : 'passed for failed';
  return MEANT.some((one) => one.verdicts === verdicts && one.fault.test(fault) && one.behavior.test(id));
}

/**
 * The verdicts on a recording that contradict those on the run itself; untested contradicts none.
 * @param fault the mock's fault, with its slash
 */
export function contradictions(live: Result, recorded: Result, fault: string): string[] {
  return live.behaviors.flatMap((one, i) => {
    const other = recorded.behaviors[i];
    if (!other || other.verdict === 'untested' || other.verdict === one.verdict || isMeant(fault, other)) return [];
    // Delays differ by the place of measurement: a proxy sees a message earlier than the suite, and a busy machine
    // later.
    if ([...one.findings, ...other.findings].some(({ observed }) => observed.is === 'delay')) return [];
    // Untested because of a failure is compatible with passed.
    if (one.verdict === 'untested' && other.verdict === 'passed') return [];
    const [finding] = [...other.findings, ...one.findings];
    return [
      `${one.id}: ${one.verdict}, recorded ${other.verdict}: ${finding ? findingText(finding, one.id).title : ''}`,
    ];
  });
}

/** The verdict on one behaviour and, if it is untested, what the recording does not show. */
export function verdictOn({ behaviors }: Result, id: string): string {
  const found = behaviors.find((one) => one.id === id);
  if (!found) return 'none';
  const why = (found.reasons ?? []).map(({ reason }) =>
    reason.why === 'notRecorded' ? reason.what : reason.why === 'notShown' ? reason.lacks : reason.why,
  );
  return [found.verdict, ...new Set(why)].join(' ');
}
