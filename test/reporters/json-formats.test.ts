import { toBeValidSarifLog } from '@microsoft/jest-sarif';
import { validateStrict } from 'ctrf';
import type { Log } from 'sarif';
import { badgeReport } from '../../reporters/badge';
import { ctrfReport } from '../../reporters/ctrf';
import { sarifReport } from '../../reporters/sarif';
import { BEHAVIORS } from '../../behaviors/catalog';
import { goodResult, holdsControls, HOSTILE_TEXT, mixedResult, resultWith } from './samples';

expect.extend({ toBeValidSarifLog });

/** Every string in a JSON value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

const SAMPLES: [string, ReturnType<typeof mixedResult>][] = [
  ['every verdict', mixedResult()],
  ['hostile text everywhere', mixedResult(HOSTILE_TEXT)],
  ['all passed', goodResult()],
  ['interrupted', resultWith([], { exitCode: 130 })],
];

describe('ctrf', () => {
  type Report = { results: { summary: Record<string, number>; tests: Record<string, unknown>[] } };
  const read = (text: string): Report => JSON.parse(text) as Report;

  test.each(SAMPLES)("%s satisfies the format's own schema", (_, result) => {
    expect(() => validateStrict(JSON.parse(ctrfReport(result)))).not.toThrow();
  });

  test('the counts are those of the tests, and only counted failures are failed', () => {
    const result = mixedResult();
    const { summary, tests } = read(ctrfReport(result)).results;
    expect(tests).toHaveLength(BEHAVIORS.length + 3);
    for (const status of ['passed', 'failed', 'skipped', 'pending', 'other']) {
      expect([status, tests.filter((one) => one['status'] === status).length]).toEqual([status, summary[status]]);
    }
    const counted = result.behaviors.filter(({ verdict, counted: does }) => verdict === 'failed' && does).length;
    expect(summary['failed']).toBe(counted + 1);
    expect(tests.find((one) => one['rawStatus'] === 'waived')).toMatchObject({ status: 'other' });
  });

  test('no text contains control characters', () => {
    const texts = strings(JSON.parse(ctrfReport(mixedResult(HOSTILE_TEXT))));
    expect(texts.filter((text) => holdsControls(text))).toEqual([]);
  });
});

describe('sarif', () => {
  const runOf = (text: string) => {
    const [run] = (JSON.parse(text) as Log).runs;
    if (!run) throw new Error('no run');
    return { run, results: run.results ?? [], rules: run.tool.driver.rules ?? [] };
  };

  test.each(SAMPLES)('%s satisfies the schema of SARIF 2.1.0', (_, result) => {
    expect(JSON.parse(sarifReport(result))).toBeValidSarifLog();
  });

  test('the schema refuses invalid SARIF', () => {
    expect({ version: '2.1.0', runs: [{ results: [] }] }).not.toBeValidSarifLog();
  });

  test('has a rule for each behaviour, with its page, and each result refers to its rule', () => {
    const { results, rules } = runOf(sarifReport(mixedResult()));
    expect(rules.map(({ id }) => id)).toEqual(BEHAVIORS.map(({ id }) => id));
    for (const { helpUri } of rules) {
      expect(helpUri).toMatch(
        /^https:\/\/(learn\.microsoft\.com\/en-us\/graph\/|graph\.microsoft\.com\/v1\.0\/\$metadata$)/,
      );
    }
    const uriOf = (id: string): string | undefined => rules.find((rule) => rule.id === id)?.helpUri;
    expect(uriOf('request.route')).toBe('https://learn.microsoft.com/en-us/graph/api/participant-invite');
    expect(uriOf('refusal.error-body')).toBe('https://learn.microsoft.com/en-us/graph/errors');
    expect(uriOf('failure.announced')).toBe('https://learn.microsoft.com/en-us/graph/api/resources/commsoperation');
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
  });

  test("no result names a file, because the reader's repository would not contain it", () => {
    const text = sarifReport(mixedResult());
    expect(text).not.toMatch(/physicalLocation|artifactLocation|uriBaseId|docs\/behaviors/);
    for (const { locations = [] } of runOf(text).results) expect(locations[0]?.logicalLocations).toHaveLength(1);
  });

  test('levels follow the gate; waived failures are suppressed; untested behaviours are not results', () => {
    const sample = mixedResult();
    const { run, results } = runOf(sarifReport(sample));
    for (const { ruleId, level, suppressions = [] } of results) {
      const one = sample.behaviors.find(({ id }) => id === ruleId);
      const wanted = one?.verdict === 'waived' ? 'warning' : one?.counted === true ? 'error' : 'note';
      expect([ruleId, level, suppressions.length]).toEqual([ruleId, wanted, one?.verdict === 'waived' ? 1 : 0]);
    }
    const told =
      run.invocations?.[0]?.toolExecutionNotifications?.map(({ associatedRule }) => associatedRule?.id) ?? [];
    const untested = sample.behaviors.filter(({ verdict }) => verdict === 'untested').map(({ id }) => id);
    expect(told.filter((id) => id !== undefined).toSorted()).toEqual(untested.toSorted());
  });

  test('fingerprints differ within a run, and are the same in runs with different ids', () => {
    const prints = (text: string): (string | undefined)[] =>
      runOf(text).results.map(({ partialFingerprints }) => partialFingerprints?.['behaviorAndAttempt/v1']);
    const one = prints(sarifReport(mixedResult()));
    expect(new Set(one).size).toBe(one.length);
    const text = sarifReport(mixedResult(' another call'));
    expect(prints(text)).toEqual(one);
  });

  test('no text contains control characters, and no message is a link', () => {
    const { run, results } = runOf(sarifReport(mixedResult(HOSTILE_TEXT)));
    expect(strings(run).filter((text) => holdsControls(text))).toEqual([]);
    for (const { message } of results) expect(message.text).not.toMatch(/(?<!\\)\[/);
  });
});

describe('badge', () => {
  const badge = (more: Parameters<typeof resultWith>[1]) =>
    JSON.parse(badgeReport(resultWith(goodResult().behaviors, more))) as unknown;

  test('can be read by shields.io, with a message for every exit code', () => {
    const said = (message: string, color: string) => ({
      schemaVersion: 1,
      label: 'participant: invite',
      message,
      color,
    });
    const contracts = [{ interaction: 'i', result: 'passed' as const, behaviors: [], mismatches: [] }];
    expect(badge({ contracts })).toEqual(said('conforms (shown)', 'brightgreen'));
    expect(badge({ exitCode: 1 })).toEqual(said('gate failed', 'red'));
    expect(badge({ exitCode: 3 })).toEqual(said('incomplete', 'yellow'));
    expect(badge({ exitCode: 4 })).toEqual(said('not judged', 'lightgrey'));
    expect(badge({ exitCode: 130 })).toEqual(said('interrupted', 'lightgrey'));
    const { behaviors } = mixedResult();
    const failures = behaviors.filter(({ verdict, counted }) => verdict === 'failed' && counted).length;
    expect(JSON.parse(badgeReport(mixedResult()))).toEqual(said(`${failures + 1} failed`, 'red'));
    const waived = behaviors.filter(({ verdict }) => verdict === 'waived');
    expect(JSON.parse(badgeReport(resultWith(waived, { contracts })))).toEqual(
      said(`partial 0/${waived.length}, ${waived.length} waived`, 'yellowgreen'),
    );
  });
});
