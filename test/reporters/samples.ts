import { BEHAVIORS } from '../../behaviors/catalog';
import type { Finding } from '../../behaviors/behavior';
import { EDITION } from '../../behaviors/edition';
import { originOf } from '../../behaviors/source';
import { causesOf } from '../../verdicts/causes';
import { contradictions } from '../../behaviors/contradictions';
import { isCounted } from '../../verdicts/gate';
import type { BehaviorResult, Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';

/** Texts of a malicious target. */
export const HOSTILE: readonly string[] = [
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007',
  'one\r\ntwo\rthree\nfour',
  'left \u202egnp.exe\u2066 right\u200b',
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  'a ]]> b <![CDATA[ c <!-- d --> e &amp; f',
  '</script></style></title><!-- <script>',
  '::error file=a,line=1::hurt\n::stop-commands::x\n##[error]old',
  "=cmd|' /C calc'!A0",
  '| a | `b` ``c`` *d* _e_ [f](javascript:alert(3)) ![g](x) # h ~~i~~ @octocat #12 https://evil.example',
  '%0A%25::warning::%s {0} {{1}} [x](1) \\',
  'nul \u0000 non \uFFFE\uFFFF half \uD800 c1 \u0085\u009b31m tag \u{E0041} 𝒜🙂',
];

/** All of them in one text. */
export const HOSTILE_TEXT: string = HOSTILE.join(' ');

const CYCLE: Verdict[] = ['failed', 'passed', 'waived', 'untested', 'notApplicable', 'passed', 'passed'];

function finding(text: string, i: number): Finding {
  return {
    fact: BEHAVIORS[i % BEHAVIORS.length]?.facts[0] ?? 'notification.change-type',
    expected: { is: 'allowed', allowed: `deleted ${text}` },
    observed: { is: 'json', value: text },
    at: [{ event: i + 1, part: 'body', path: `$.b${i}${text}` }],
    attempt: { scenario: 'single', name: 'one', invitation: `single/one/1 ${text}`, call: `single/one#1${text}` },
  };
}

function behaviorResult(i: number, verdict: Verdict, text: string): BehaviorResult {
  const behavior = BEHAVIORS[i];
  if (!behavior) throw new Error(`no behaviour ${i}`);
  const { id, level, statement, source } = behavior;
  const findings = verdict === 'failed' || verdict === 'waived' ? [finding(text, i)] : [];
  if (i % 2 === 0 && verdict === 'failed') findings.push(finding(text, i + 1));
  const one: BehaviorResult = {
    id,
    level,
    verdict,
    counted: isCounted(level, 'shown'),
    statement: `${statement}${text}`,
    source: originOf(source),
    scenarios: ['single', `multiple${text}`],
    attempts: { passed: 1, failed: findings.length, untested: verdict === 'untested' ? 1 : 0 },
    findings,
    ...(verdict === 'untested'
      ? {
          reasons: [
            {
              reason: { why: 'notProvided', cause: 'environment', missing: `a token ${text}`, advice: `Name ${text}.` },
              attempt: { scenario: 'single', name: 'one' },
              events: [i + 1],
            },
          ],
        }
      : {}),
  };
  if (verdict !== 'waived') return one;
  return {
    ...one,
    waiver: { behavior: id, reason: `known ${text}`, owner: `Ada ${text}`, expires: '2030-01-31' },
  };
}

/** A result with every verdict, counted and not. @param text the text in every place that the target controls */
export function mixedResult(text = ''): Result {
  const behaviors = BEHAVIORS.map((_, i) => behaviorResult(i, CYCLE[i % CYCLE.length] ?? 'passed', text));
  return resultWith(behaviors, {
    target: `http://127.0.0.1:1/v1.0${text}`,
    exitCode: 1,
    contracts: [
      {
        interaction: `an invitation ${text}`,
        result: 'failed',
        behaviors: ['response.location'],
        mismatches: [{ part: 'body', path: `$.id ${text}`, message: text }],
      },
      { interaction: 'a refusal', result: 'passed', behaviors: ['refusal.client-error'], mismatches: [] },
      {
        interaction: `a notification ${text}`,
        result: 'untested',
        behaviors: [],
        mismatches: [],
        reason: { why: 'notProvided', missing: `a call ${text}`, advice: `Name ${text}.` },
      },
    ],
    remarks: [{ code: 'recorded', text: `a remark ${text}` }],
    suite: { name: 'invite-conformance', version: `0.1.0${text}`, catalogDigest: `0123${text}` },
    contradictions: contradictions.map(({ id, contradiction, reading, behaviors: ids }) => ({
      id,
      contradiction: `${contradiction}${text}`,
      reading: `${reading}${text}`,
      behaviors: [...ids],
    })),
  });
}

/** A result in which every counted behaviour passed. */
export function goodResult(): Result {
  return resultWith(
    BEHAVIORS.map((_, i) => behaviorResult(i, 'passed', '')),
    {},
  );
}

/** A result of some behaviours. */
export function resultWith(behaviors: BehaviorResult[], more: Partial<Result>): Result {
  const summary = { passed: 0, failed: 0, waived: 0, untested: 0, notApplicable: 0, notSelected: 0 };
  for (const { verdict } of behaviors) summary[verdict] += 1;
  return {
    formatVersion: 2,
    suite: { name: 'invite-conformance', version: '0.1.0', catalogDigest: '0123456789abcdef' },
    edition: EDITION,
    target: 'http://127.0.0.1:1/v1.0',
    startedAt: '2030-01-02T03:04:05.678Z',
    durationMs: 1234,
    gate: 'shown',
    exitCode: 0,
    summary,
    causes: causesOf(behaviors, more.contracts ?? []),
    behaviors,
    contracts: [],
    contradictions: contradictions.map(({ id, contradiction, reading, behaviors: ids }) => ({
      id,
      contradiction,
      reading,
      behaviors: [...ids],
    })),
    remarks: [],
    ...more,
  };
}

/**
 * Whether a text contains a character that moves a terminal's cursor, changes the direction of writing or is invisible.
 */
export function holdsControls(text: string, allowed = '\n'): boolean {
  return Array.from(text).some(
    (character) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(character) && !allowed.includes(character),
  );
}
