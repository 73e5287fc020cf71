import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { junitReport } from '../../reporters/junit';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { Result } from '../../verdicts/result';
import { goodResult, holdsControls, HOSTILE_TEXT, mixedResult, resultWith } from './samples';

const XSD = readFileSync(join(__dirname, '../fixtures/reports/junit.xsd'), 'utf8');

/** Jenkins' schema of the format, in its first published version; later versions allow more. */
const JENKINS = readFileSync(join(__dirname, '../fixtures/reports/jenkins-junit-4.xsd'), 'utf8');

async function faults(xml: string, schema = XSD): Promise<string[]> {
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents: xml }, schema: [schema] });
  return errors.map(({ message }) => message);
}

function attribute(xml: string, name: string): number {
  return Number(new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(xml)?.[1]);
}

function count(xml: string, tag: string): number {
  return xml.split(`<${tag} `).length - 1;
}

function caseOf(xml: string, name: string): string {
  return new RegExp(`<testcase name="${name}"[^]*?</testcase>`).exec(xml)?.[0] ?? '';
}

test.each([
  ['every verdict', mixedResult()],
  ['hostile text everywhere', mixedResult(HOSTILE_TEXT)],
  ['all passed', goodResult()],
])("%s satisfies the schema, and Jenkins' own", async (_, result) => {
  const xml = junitReport(result);
  expect(await faults(xml)).toEqual([]);
  // It does not know messages of skipped tests, which Jenkins shows and its later schemas allow.
  const bare = xml.replaceAll(/<skipped [^>]*?(\/?)>/g, '<skipped$1>');
  expect(await faults(bare, JENKINS)).toEqual([]);
});

test('the schema refuses invalid JUnit XML', async () => {
  const xml = junitReport(goodResult());
  expect(await faults(xml.replace('<testcase ', '<testcase size="1" '))).not.toEqual([]);
  expect(await faults(xml.replace(' tests="1"', ''))).not.toEqual([]);
  expect(await faults(xml.replace('<testcase ', '<testcase size="1" '), JENKINS)).not.toEqual([]);
});

test('each behaviour is a test case, and the counts match the test cases', () => {
  const xml = junitReport(mixedResult());
  expect(count(xml, 'testcase')).toBe(BEHAVIORS.length + 3 + 1);
  expect(attribute(xml, 'tests')).toBe(BEHAVIORS.length + 3 + 1);
  expect(attribute(xml, 'failures')).toBe(count(xml, 'failure'));
  expect(attribute(xml, 'errors')).toBe(0);
});

test('only counted failures are failures', () => {
  const result = mixedResult();
  const xml = junitReport(result);
  const failed = result.behaviors.filter(({ verdict }) => verdict === 'failed');
  expect(failed.some(({ counted }) => !counted)).toBe(true);
  for (const { id, counted } of failed) {
    expect(caseOf(xml, id)).toContain(counted ? '<failure ' : '<skipped message="failed, not counted at gate shown');
    expect(caseOf(xml, id).includes('<failure')).toBe(counted);
  }
});

test('waived, untested and not applicable are distinguished', () => {
  const result = mixedResult();
  const xml = junitReport(result);
  const first = (verdict: string): string =>
    caseOf(xml, result.behaviors.find((one) => one.verdict === verdict)?.id ?? '');
  expect(first('waived')).toContain('<skipped message="waived by Ada');
  expect(first('waived')).toContain('verdict    waived');
  expect(first('untested')).toContain('<skipped message="untested: a token');
  expect(first('notApplicable')).toContain('<skipped message="not applicable: the config declares');
});

test('hostile text stays text', () => {
  const xml = junitReport(mixedResult(HOSTILE_TEXT));
  expect(xml).not.toContain('<script');
  expect(xml).not.toContain(']]>');
  expect(xml).not.toContain('<!');
  expect(holdsControls(xml)).toBe(false);
});

test('if no behaviour failed but the gate is closed, there is a failed test case for the gate', () => {
  const gate = (more: Partial<Result>): string =>
    caseOf(junitReport(resultWith(goodResult().behaviors, more)), 'gate shown');
  expect(gate({})).not.toMatch(/<(failure|error|skipped)/);
  expect(
    gate({ exitCode: 1, remarks: [{ code: 'waiverStale', behavior: 'x', owner: 'Ada', expires: '2030-01-01' }] }),
  ).toContain('<failure message="FAIL  a waiver is stale or expired');
  expect(gate({ exitCode: 4 })).toContain('<error message="STOPPED  the environment: provisioning failed');
  expect(gate({ exitCode: 130 })).toContain('<error message="INTERRUPTED');
  expect(caseOf(junitReport(mixedResult()), 'gate shown')).not.toMatch(/<(failure|error)/);
});

test('no two test cases have the same class and name, whatever the names of interactions', () => {
  const one = { interaction: 'an invitation', result: 'passed' as const, behaviors: [], mismatches: [] };
  const contracts = [one, { ...one, consumer: 'another bot' }, { ...one, interaction: 'an invitation (2)' }];
  const xml = junitReport(resultWith(goodResult().behaviors, { contracts }));
  const names = [...xml.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"/g)].map(
    ([, name, suite]) => `${suite} ${name}`,
  );
  expect(names).toHaveLength(BEHAVIORS.length + 4);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('invite-conformance.contracts an invitation (2)');
});

test('a test case takes as long as its attempts, and a suite as long as its longest test case', () => {
  const behaviors = goodResult().behaviors.map((one) => ({
    ...one,
    durationMs: one.id === 'response.json' ? 1234 : 7,
  }));
  const xml = junitReport(resultWith(behaviors, {}));
  expect(xml).toContain('<testcase name="response.json" classname="invite-conformance.response" time="1.234">');
  expect(xml).toMatch(/<testsuite name="response" [^>]*time="1\.234"/);
  expect(xml).toMatch(/<testsuite name="roster" [^>]*time="0\.007"/);
});
