import { sourceText } from '../../behaviors/behavior';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { BehaviorResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/verdict';

/** A finding whose every text is the same, so that a hostile one is everywhere. */
export function findingOf(text: string): BehaviorResult['findings'][number] {
  return { expected: text, seen: text, where: text, hint: text, events: [3, 4] };
}

/** A result in which every behaviour passed, but those that are given. */
export function resultWith(
  given: Record<string, Partial<BehaviorResult>> = {},
  more: Partial<Omit<Result, 'behaviors' | 'summary'>> = {},
): Result {
  const behaviors = BEHAVIORS.map(({ id, level, statement, source }): BehaviorResult => ({
    id,
    level,
    verdict: 'passed',
    counted: level !== 'linked',
    statement,
    source: sourceText(source),
    scenarios: ['single'],
    findings: [],
    ...given[id],
  }));
  const count = (verdict: Verdict): number => behaviors.filter((one) => one.verdict === verdict).length;
  return {
    suite: { name: 'invite-conformance', version: '0.0.0', catalogDigest: '0' },
    target: 'http://127.0.0.1:1/v1.0',
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 1234,
    gate: 'shown',
    exitCode: 0,
    behaviors,
    summary: {
      passed: count('passed'),
      failed: count('failed'),
      waived: count('waived'),
      untested: count('untested'),
      notApplicable: count('notApplicable'),
      notSelected: count('notSelected'),
    },
    contracts: [],
    contradictions: [],
    remarks: [],
    ...more,
  };
}
