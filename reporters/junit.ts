import { areaOf } from '../behaviors/catalog';
import type { BehaviorResult, ContractResult, Result } from '../verdicts/result';
import { contractVerdict } from '../verdicts/coverage';
import { findingsText, whyText } from './finding-lines';
import { docsUrl } from './links';
import { plain } from './plain';
import { originText, originUrl } from './wording/cause';
import { remarkText } from './wording/reason-text';
import { headline, VERDICT_WORDS } from './verdict-words';
import { element, type Xml } from './xml';
import { contractLines } from './wording/contract-text';

/** One test case: its name, and its outcome. */
interface Case {
  suite: string;
  name: string;
  outcome: 'passed' | 'failure' | 'error' | 'skipped';
  /** The message of a failure, an error or a skipped case. */
  message: string;
  type: string;
  detail: string;
  output: string;
  /** The duration of its attempts, ms. */
  durationMs: number;
}

/** Only a failure that the gate counts is a failure. */
function outcomeOf({ verdict, counted }: BehaviorResult): Case['outcome'] {
  if (verdict === 'passed') return 'passed';
  return verdict === 'failed' && counted ? 'failure' : 'skipped';
}

/** The cause of a failed behaviour, or the one that it waits for, in one line. */
function causeNote(id: string, { causes }: Result): string[] {
  const failed = causes.find(({ behaviors }) => behaviors.includes(id));
  if (failed && failed.behaviors[0] !== id) return [`cause      the same as of ${plain(failed.behaviors[0] ?? '')}`];
  const waiting = causes.filter(({ notChecked }) => notChecked.includes(id));
  return waiting.length > 0
    ? [`waits for  ${waiting.map(({ behaviors }) => plain(behaviors.join(', '))).join('; ')}`]
    : [];
}

function behaviorCase(one: BehaviorResult, result: Result): Case {
  const { gate } = result;
  const { id, level, verdict, counted, statement, source, scenarios } = one;
  const detail = findingsText(one);
  const summary = [
    `must hold  ${plain(statement)}`,
    `verdict    ${VERDICT_WORDS[verdict]}${counted ? '' : `, not counted at gate ${gate}`}`,
    `level      ${level}`,
    `source     ${plain(originText(source))}   ${originUrl(source)}`,
    ...causeNote(id, result),
    `tried by   ${scenarios.map(plain).join(', ') || 'nothing'}`,
    `read on    ${docsUrl(id)}`,
  ].join('\n');
  return {
    suite: areaOf(id),
    name: id,
    outcome: outcomeOf(one),
    message: whyText(one, gate),
    type: level,
    detail,
    output: detail === '' ? summary : `${summary}\n\n${detail}`,
    durationMs: one.durationMs ?? 0,
  };
}

function contractCase(one: ContractResult): Case {
  const { interaction, result, behaviors, counted, waivedBy } = one;
  const seen = contractLines(one).map(plain);
  const output = [`behaviours ${behaviors.map(plain).join(', ') || 'none'}`, ...seen].join('\n');
  const closes = result === 'failed' && counted !== false && waivedBy === undefined;
  const outcome = closes ? 'failure' : result === 'passed' ? 'passed' : 'skipped';
  const why = waivedBy
    ? ` with ${waivedBy.map(plain).join(', ')}`
    : result === 'failed' && !closes
      ? ', not counted at this gate'
      : '';
  const message = `${VERDICT_WORDS[contractVerdict(one)]}${why}: ${seen[0] ?? 'no mismatch was kept'}`;
  return {
    suite: 'contracts',
    name: plain(interaction),
    outcome,
    message,
    type: 'contract',
    detail: output,
    output,
    durationMs: 0,
  };
}

/** The gate: shows problems of a run that no other test case shows, such as a stale waiver. */
function gateCase(result: Result, others: readonly Case[]): Case {
  const { exitCode, gate, remarks } = result;
  const explained = others.some(({ outcome }) => outcome === 'failure');
  const outcome = exitCode === 0 || (exitCode === 1 && explained) ? 'passed' : exitCode === 1 ? 'failure' : 'error';
  const output = [`exit code  ${exitCode}: ${headline(result)}`, ...remarks.map(remarkText).map(plain)].join('\n');
  return {
    suite: 'gate',
    name: `gate ${gate}`,
    outcome,
    message: headline(result),
    type: 'gate',
    detail: output,
    output,
    durationMs: 0,
  };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/**
 * Makes names unique: a reader that identifies cases by class and name, such as GitLab's, would show only one of them.
 */
function uniquelyNamed(cases: readonly Case[]): Case[] {
  const taken = new Set<string>();
  return cases.map((one) => {
    const as = (name: string): string => `${one.suite} ${name}`;
    let name = one.name;
    for (let n = 2; taken.has(as(name)); n += 1) name = `${one.name} (${n})`;
    taken.add(as(name));
    return { ...one, name };
  });
}

function caseElement(one: Case): Xml {
  const { suite, name, outcome, message, type, detail, output, durationMs } = one;
  const reason = outcome === 'passed' ? [] : [element(outcome, { message, type }, [detail])];
  return element('testcase', { name, classname: `invite-conformance.${suite}`, time: seconds(durationMs) }, [
    ...reason,
    element('system-out', {}, [output]),
  ]);
}

function tallied(cases: readonly Case[]): Record<string, string> {
  const of = (outcome: Case['outcome']): string => String(cases.filter((one) => one.outcome === outcome).length);
  return { tests: String(cases.length), failures: of('failure'), errors: of('error') };
}

function suiteElement(name: string, cases: readonly Case[], result: Result): Xml {
  const skipped = String(cases.filter(({ outcome }) => outcome === 'skipped').length);
  // The cases of a suite run at the same time.
  const time = seconds(Math.max(0, ...cases.map(({ durationMs }) => durationMs)));
  const timestamp = result.startedAt.slice(0, 19);
  const properties = { target: result.target, gate: result.gate, version: result.suite.version };
  return element('testsuite', { name, ...tallied(cases), skipped, time, timestamp }, [
    element(
      'properties',
      {},
      Object.entries(properties).map(([key, value]) => element('property', { name: key, value: plain(value) })),
    ),
    ...cases.map(caseElement),
  ]);
}

/** Renders JUnit XML for Jenkins, GitLab and GitHub's actions: one suite per area, one test case per behaviour. */
export function junitReport(result: Result): string {
  const cases = [...result.behaviors.map((one) => behaviorCase(one, result)), ...result.contracts.map(contractCase)];
  const all = uniquelyNamed([...cases, gateCase(result, cases)]);
  const suites = [...new Set(all.map(({ suite }) => suite))];
  const time = seconds(result.durationMs);
  const root = element('testsuites', { name: result.suite.name, ...tallied(all), time }, [
    ...suites.map((suite) =>
      suiteElement(
        suite,
        all.filter((one) => one.suite === suite),
        result,
      ),
    ),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}
