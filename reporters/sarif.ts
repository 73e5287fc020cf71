import { createHash } from 'node:crypto';
import type { Log, Notification, ReportingDescriptor, Result as SarifResult } from 'sarif';
import { areaOf } from '../behaviors/catalog';
import type { Finding } from '../behaviors/behavior';
import type { BehaviorResult, Result } from '../verdicts/result';
import { contractVerdict } from '../verdicts/verdict-line';
import { findingText } from './finding';
import { documentationUrl, REPOSITORY } from './links';
import { plain } from './plain';
import { attemptOf, causesOf, sorted } from './select';
import { jsonText } from '../common/printable';
import { meaningOf } from './words';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** A plain-text message; brackets are escaped, which would make a link of text in it (SARIF 2.1.0, section 3.11.6). */
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
    fullDescription: { text: `${plain(statement)} (${plain(source)})` },
    help: { text: `${plain(statement)}\nSource: ${plain(source)}\n${documentationUrl(id)}` },
    helpUri: documentationUrl(id),
    defaultConfiguration: { level: 'error' },
    properties: { tags: [areaOf(id), level] },
  };
}

/** The same from run to run: it holds no id that a run makes up. */
function fingerprint(id: string, attempt: string, ordinal: number): string {
  return createHash('sha256')
    .update(JSON.stringify([id, attempt, ordinal]))
    .digest('hex')
    .slice(0, 32);
}

function resultsOf(one: BehaviorResult, ruleIndex: number, gate: string): SarifResult[] {
  const seen = new Map<string, number>();
  const findings: Finding[] =
    one.findings.length > 0
      ? one.findings
      : [{ expected: one.statement, seen: 'no finding was kept', where: '', hint: '', events: [] }];
  return findings.map((finding) => {
    const attempt = plain(attemptOf(finding)) || one.id;
    const ordinal = seen.get(attempt) ?? 0;
    seen.set(attempt, ordinal + 1);
    const note = one.counted ? '' : ` (not counted at gate ${gate})`;
    return {
      ruleId: one.id,
      ruleIndex,
      kind: 'fail',
      level: levelOf(one),
      message: message(`${one.id}${note}\n${findingText(finding)}`),
      locations: [
        {
          logicalLocations: [{ name: attempt, fullyQualifiedName: `${attempt}/${one.id}`, kind: 'member' }],
        },
      ],
      partialFingerprints: { 'behaviorAndAttempt/v1': fingerprint(one.id, attempt, ordinal) },
      properties: { counted: one.counted, verdict: one.verdict, events: finding.events },
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
  });
}

/** What is untested, stale or expired is told about the run, as nothing is known about the target there. */
function notificationsOf(result: Result): Notification[] {
  const untested = causesOf(sorted(result).untested).flatMap(({ seen, hint, behaviors }) =>
    behaviors.map(({ id, counted }): Notification => ({
      level: counted ? 'warning' : 'note',
      message: message(`untested: ${plain(seen)}; try: ${plain(hint)}`),
      associatedRule: { id },
    })),
  );
  const contracts = result.contracts
    .filter(({ result: verdict }) => verdict === 'failed' || verdict === 'untested')
    .map((one) => ({ ...one, verdict: contractVerdict(one) }))
    .map(({ interaction, verdict, counted, mismatches }): Notification => ({
      level: verdict === 'failed' && counted !== false ? 'error' : 'warning',
      message: message(
        [
          `contract ${verdict}${counted === false ? ', not counted at this gate' : ''}: ${plain(interaction)}`,
          ...mismatches.map(plain),
        ].join('\n'),
      ),
    }));
  const remarks = result.remarks.map((remark): Notification => ({ level: 'note', message: message(plain(remark)) }));
  return [...untested, ...contracts, ...remarks];
}

/**
 * SARIF 2.1.0: a rule a behaviour, a result a finding of what failed; what is waived is suppressed. A result names the
 * attempt that it is about and no file: what failed is a service, and no file of the user's repository is known to hold it.
 */
export function sarifReport(result: Result): string {
  const { suite, behaviors, exitCode, gate, target, startedAt } = result;
  const failures = behaviors.flatMap((one, i) =>
    one.verdict === 'failed' || one.verdict === 'waived' ? resultsOf(one, i, gate) : [],
  );
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
            exitCodeDescription: meaningOf(result),
            startTimeUtc: startedAt,
            toolExecutionNotifications: notificationsOf(result),
          },
        ],
        results: failures,
        columnKind: 'utf16CodeUnits',
        properties: { target: plain(target), gate, catalogDigest: plain(suite.catalogDigest), summary: result.summary },
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}
