import { createHash } from 'node:crypto';
import type { Log, Notification, ReportingDescriptor, Result as SarifResult } from 'sarif';
import { areaOf } from '../behaviors/catalog';
import type { BehaviorResult, Result } from '../verdicts/result';
import { contractVerdict } from '../verdicts/coverage';
import { causeFollows, causeLines, causeTitle, whyText, type Line } from './finding-lines';
import { REPOSITORY } from './links';
import { plain } from './plain';
import { sortedBehaviors, reportedCauses } from './result-groups';
import { originText, originUrl } from './wording/cause';
import { reasonAdvice, remarkText } from './wording/reason-text';
import { jsonText } from '../common/printable';
import { headline } from './verdict-words';
import { contractLines } from './wording/contract-text';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** A plain-text message, with brackets escaped, because they would form links (SARIF 2.1.0, section 3.11.6). */
function message(text: string): { text: string } {
  return { text: text.replace(/[\\[\]]/g, (character) => `\\${character}`) };
}

function levelOf({ counted, verdict }: BehaviorResult): 'error' | 'warning' | 'note' {
  if (verdict === 'waived') return 'warning';
  return counted ? 'error' : 'note';
}

function ruleOf({ id, level, statement, source }: BehaviorResult): ReportingDescriptor {
  return {
    id,
    name: id,
    shortDescription: { text: plain(statement) },
    fullDescription: { text: `${plain(statement)} (${plain(originText(source))})` },
    help: { text: `${plain(statement)}\nSource: ${plain(originText(source))}\n${originUrl(source)}` },
    helpUri: originUrl(source),
    defaultConfiguration: { level: 'error' },
    properties: { tags: [areaOf(id), level] },
  };
}

/** Stable between runs: contains no generated id. */
function fingerprint(id: string, attempt: string): string {
  return createHash('sha256')
    .update(JSON.stringify([id, attempt]))
    .digest('hex')
    .slice(0, 32);
}

/** The attempt of a finding: `single/one`. */
function attemptOf(one: BehaviorResult): string {
  const attempt = one.findings[0]?.attempt;
  return attempt && attempt.scenario !== '' ? plain(`${attempt.scenario}/${attempt.name}`) : one.id;
}

/** The result of a failed or waived behaviour. @param text its message, not escaped yet */
function resultOf(one: BehaviorResult, text: readonly string[], result: Result): SarifResult {
  const attempt = attemptOf(one);
  const note = one.counted ? '' : ` (not counted at gate ${result.gate})`;
  return {
    ruleId: one.id,
    ruleIndex: result.behaviors.indexOf(one),
    kind: 'fail',
    level: levelOf(one),
    message: message([`${one.id}${note}`, ...text.map(plain)].join('\n')),
    locations: [
      {
        logicalLocations: [{ name: attempt, fullyQualifiedName: `${attempt}/${one.id}`, kind: 'member' }],
      },
    ],
    partialFingerprints: { 'behaviorAndAttempt/v1': fingerprint(one.id, attempt) },
    properties: {
      counted: one.counted,
      verdict: one.verdict,
      events: one.findings.flatMap(({ at }) => at.map(({ event }) => event)),
    },
    ...(one.waiver
      ? {
          suppressions: [
            {
              kind: 'external' as const,
              status: 'accepted' as const,
              justification: `${plain(one.waiver.reason)} (${plain(one.waiver.owner)}, until ${plain(one.waiver.expires)})`,
            },
          ],
        }
      : {}),
  };
}

/** One result per cause, for its first behaviour, and one per waived behaviour. */
function resultsOf(result: Result): SarifResult[] {
  const lines = (all: readonly Line[]): string[] => all.map(([label, text]) => `${label.padEnd(12)}${text}`);
  const failed = reportedCauses(result).flatMap((one): SarifResult[] => {
    const [first] = one.behaviors;
    const text = [causeTitle(one), ...lines([...causeLines(one), ...causeFollows(one)])];
    return first ? [resultOf(first, text, result)] : [];
  });
  const waived = sortedBehaviors(result).waived.map((one) => resultOf(one, [whyText(one, result.gate)], result));
  return [...failed, ...waived];
}

/** Untested behaviours and stale or expired waivers are notifications about the run, because they show nothing about the target. */
function notificationsOf(result: Result): Notification[] {
  const untested = sortedBehaviors(result).untested.map((one): Notification => {
    const advice = (one.reasons ?? []).flatMap(({ reason }) => reasonAdvice(reason) ?? []);
    const fix = one.waitsFor || advice.length === 0 ? '' : `; fix: ${[...new Set(advice)].join(' ')}`;
    return {
      level: one.counted ? 'warning' : 'note',
      message: message(plain(`${whyText(one, result.gate)}${fix}`)),
      associatedRule: { id: one.id },
    };
  });
  const contracts = result.contracts
    .filter(({ result: verdict }) => verdict === 'failed' || verdict === 'untested')
    .map((one) => ({ ...one, verdict: contractVerdict(one) }))
    .map((one): Notification => ({
      level: one.verdict === 'failed' && one.counted !== false ? 'error' : 'warning',
      message: message(
        [
          `contract ${one.verdict}${one.counted === false ? ', not counted at this gate' : ''}: ${plain(one.interaction)}`,
          ...contractLines(one).map(plain),
        ].join('\n'),
      ),
    }));
  const remarks = result.remarks.map((remark): Notification => ({
    level: 'note',
    message: message(plain(remarkText(remark))),
  }));
  return [...untested, ...contracts, ...remarks];
}

/**
 * Renders SARIF 2.1.0: one rule per behaviour, one result per cause; waived failures are suppressed. A result names its
 * attempt and no file, because a service failed, and no file of the user's repository is known to be responsible.
 */
export function sarifReport(result: Result): string {
  const { suite, behaviors, exitCode, gate, target, startedAt } = result;
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: suite.name,
            version: plain(suite.version),
            informationUri: REPOSITORY,
            rules: behaviors.map(ruleOf),
          },
        },
        automationDetails: { id: `${suite.name}/${gate}/` },
        invocations: [
          {
            executionSuccessful: exitCode === 0 || exitCode === 1,
            exitCode,
            exitCodeDescription: headline(result),
            startTimeUtc: startedAt,
            toolExecutionNotifications: notificationsOf(result),
          },
        ],
        results: resultsOf(result),
        columnKind: 'utf16CodeUnits',
        properties: { target: plain(target), gate, catalogDigest: plain(suite.catalogDigest), summary: result.summary },
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}
