import { areaOf } from '../behaviors/catalog';
import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';
import { findingsText, whyText } from './finding-lines';
import { originText, originUrl } from './wording/cause';
import { remarkText } from './wording/reason-text';
import { docsUrl } from './links';
import { plain } from './plain';
import { jsonText } from '../common/printable';
import { countText, headline } from './verdict-words';
import { contractLines } from './wording/contract-text';

/** The version of the Common Test Report Format. */
const SPEC_VERSION = '0.0.0';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** `failed` if the gate counts it; an uncounted or waived failure is `other`. */
function statusOf({ verdict, counted }: BehaviorResult): Status {
  if (verdict === 'failed') return counted ? 'failed' : 'other';
  if (verdict === 'waived') return 'other';
  return verdict === 'passed' ? 'passed' : 'skipped';
}

function behaviorTest(one: BehaviorResult, gate: Result['gate']): object {
  const { id, level, verdict, counted, statement, source, scenarios, waiver } = one;
  const trace = findingsText(one);
  return {
    testId: id,
    name: id,
    status: statusOf(one),
    rawStatus: verdict,
    duration: one.durationMs ?? 0,
    suite: [areaOf(id)],
    type: 'conformance',
    tags: [level],
    ...(verdict === 'passed' ? {} : { message: whyText(one, gate) }),
    ...(trace === '' ? {} : { trace }),
    extra: {
      statement: plain(statement),
      source: plain(`${originText(source)}   ${originUrl(source)}`),
      counted,
      scenarios: scenarios.map(plain),
      documentation: docsUrl(id),
      ...(waiver
        ? { waiver: Object.fromEntries(Object.entries(waiver).map(([key, value]) => [key, plain(String(value))])) }
        : {}),
    },
  };
}

function contractStatus({ result, counted, waivedBy }: ContractResult): Status {
  if (result === 'failed') return counted === false || waivedBy ? 'other' : 'failed';
  return result === 'passed' ? result : 'skipped';
}

function contractTest(one: ContractResult): object {
  const { interaction, result, behaviors, waivedBy } = one;
  const seen = contractLines(one).map(plain);
  return {
    name: plain(interaction) || 'an interaction without a description',
    status: contractStatus(one),
    rawStatus: result,
    duration: 0,
    suite: ['contracts'],
    type: 'contract',
    ...(seen.length > 0 ? { message: seen[0], trace: seen.join('\n') } : {}),
    extra: { behaviors: behaviors.map(plain), ...(waivedBy ? { waivedBy: waivedBy.map(plain) } : {}) },
  };
}

/** Renders the Common Test Report Format (ctrf.io): one test per behaviour and per interaction of the contracts. */
export function ctrfReport(result: Result): string {
  const { suite, target, startedAt, durationMs, gate, exitCode, behaviors, contracts, remarks } = result;
  const statuses: Status[] = [...behaviors.map(statusOf), ...contracts.map(contractStatus)];
  const of = (status: Status): number => statuses.filter((one) => one === status).length;
  const began = Date.parse(startedAt);
  const start = Number.isNaN(began) ? 0 : began;
  const report = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    generatedBy: `${suite.name} ${plain(suite.version)}`,
    results: {
      tool: { name: suite.name, version: plain(suite.version), extra: { catalogDigest: plain(suite.catalogDigest) } },
      summary: {
        tests: statuses.length,
        passed: of('passed'),
        failed: of('failed'),
        skipped: of('skipped'),
        pending: of('pending'),
        other: of('other'),
        suites: new Set([...behaviors.map(({ id }) => areaOf(id)), ...contracts.map(() => 'contracts')]).size,
        start,
        stop: start + durationMs,
        extra: { exitCode, meaning: headline(result), remarks: countText(remarks.length, 'remark') },
      },
      tests: [...behaviors.map((one) => behaviorTest(one, gate)), ...contracts.map(contractTest)],
      environment: { extra: { target: plain(target), gate } },
      extra: { remarks: remarks.map(remarkText).map(plain) },
    },
  };
  return `${jsonText(report, 2)}\n`;
}
