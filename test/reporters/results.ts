import { BEHAVIORS } from '../../behaviors/catalog';
import type { Finding } from '../../behaviors/behavior';
import { EDITION } from '../../behaviors/edition';
import { originOf } from '../../behaviors/source';
import { causesOf } from '../../verdicts/causes';
import { summaryOf, type BehaviorResult, type Result } from '../../verdicts/result';

/** A finding of the completion's clientContext with the same text in every place that the target controls. */
export function findingOf(text: string, more: Partial<Finding> = {}): Finding {
  return {
    fact: 'completion.client-context',
    expected: { is: 'json', value: 'sent' },
    observed: { is: 'json', value: text },
    at: [{ event: 3, part: 'body', path: `$.${text}` }],
    attempt: { scenario: 'single', name: 'one', invitation: 'single/one/1' },
    ...more,
  };
}

/** The reason of an untested behaviour, with a given text. */
export function reasonsOf(text: string): NonNullable<BehaviorResult['reasons']> {
  return [
    {
      reason: { why: 'notProvided', cause: 'environment', missing: text, advice: `Provide ${text}.` },
      attempt: { scenario: 'single', name: 'one' },
      events: [],
    },
  ];
}

type Given = { [Key in keyof BehaviorResult]?: BehaviorResult[Key] | undefined };

/** A result in which every behaviour passed, except the given ones. */
export function resultWith(
  given: Record<string, Given> = {},
  more: Partial<Omit<Result, 'behaviors' | 'summary'>> = {},
): Result {
  const behaviors = BEHAVIORS.map(({ id, level, statement, source }): BehaviorResult => {
    const own = given[id];
    const failed = own?.findings?.length ?? 0;
    return {
      id,
      level,
      verdict: 'passed',
      counted: level !== 'linked',
      statement,
      source: originOf(source),
      scenarios: ['single'],
      attempts: { passed: 1, failed, untested: own?.verdict === 'untested' ? 1 : 0 },
      findings: [],
      ...(own as Partial<BehaviorResult> | undefined),
    };
  });
  const contracts = more.contracts ?? [];
  return {
    formatVersion: 2,
    suite: { name: 'invite-conformance', version: '0.0.0', catalogDigest: '0' },
    edition: EDITION,
    target: 'http://127.0.0.1:1/v1.0',
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 1234,
    gate: 'shown',
    exitCode: 0,
    causes: causesOf(behaviors, contracts),
    behaviors,
    summary: summaryOf(behaviors),
    contracts,
    contradictions: [],
    remarks: [],
    ...more,
  };
}
