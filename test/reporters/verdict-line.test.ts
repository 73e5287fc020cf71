import { BEHAVIORS } from '../../behaviors/catalog';
import { badgeReport } from '../../reporters/badge';
import { consoleReport } from '../../reporters/console';
import { ctrfReport } from '../../reporters/ctrf';
import { githubReport } from '../../reporters/github';
import { htmlReport } from '../../reporters/html';
import { junitReport } from '../../reporters/junit';
import { markdownReport } from '../../reporters/markdown';
import { sarifReport } from '../../reporters/sarif';
import type { BehaviorResult, ContractResult, Result } from '../../verdicts/result';
import { scopeText, verdictLine } from '../../reporters/wording/verdict-line';
import { findingOf, resultWith } from './results';

const ALL = BEHAVIORS.length;
const contract: ContractResult = { interaction: 'i', result: 'passed', behaviors: ['response.json'], mismatches: [] };
const contracts = [contract];
const failed = { verdict: 'failed' as const, findings: [findingOf('x')] };
const untested = { verdict: 'untested' as const, findings: [findingOf('x')] };
const LINKED = BEHAVIORS.filter(({ level }) => level === 'linked').map(({ id }) => id);

/** The behaviours of an area, each with the given result. */
function area(name: string, given: Partial<BehaviorResult>): Record<string, Partial<BehaviorResult>> {
  const own = BEHAVIORS.filter(({ id }) => id.startsWith(`${name}.`));
  return Object.fromEntries(own.map(({ id }) => [id, given]));
}

const sizeOf = (name: string): number => Object.keys(area(name, {})).length;
const badgeOf = (result: Result): string => (JSON.parse(badgeReport(result)) as { message: string }).message;

const leftOut = { verdict: 'notSelected' as const, counted: false };
const load = {
  count: 1,
  sent: 1,
  answers: { accepted: 1, refused: 0, throttled: 0, otherAnswer: 0, noAnswer: 0 },
  rate: { offered: 1, achieved: 1 },
};
const [first = '', second = ''] = LINKED;

const TABLE: [what: string, result: Result, line: string, badge: string][] = [
  [
    'everything passed',
    resultWith({}, { contracts }),
    `PASS  ${ALL} of ${ALL} behaviours, 1 of 1 contract`,
    'conforms (shown)',
  ],
  [
    'the contracts were left out',
    resultWith(),
    `PASS  ${ALL} of ${ALL} behaviours; contracts not verified`,
    `partial ${ALL}/${ALL}, no contracts`,
  ],
  [
    'other scenarios were selected',
    resultWith(area('pstn', leftOut), { contracts, selection: { scenarios: ['single', 'replace'] } }),
    `PASS  what was selected: ${ALL - sizeOf('pstn')} of ${ALL - sizeOf('pstn')} behaviours, 1 of 1 contract; ${sizeOf('pstn')} not selected (--scenario single, replace)`,
    `partial ${ALL - sizeOf('pstn')}/${ALL}`,
  ],
  [
    'some behaviours were selected',
    resultWith(area('pstn', leftOut), {
      contracts,
      selection: { scenarios: ['single'], behaviors: ['a', 'b', 'c', 'd'] },
    }),
    `PASS  what was selected: ${ALL - sizeOf('pstn')} of ${ALL - sizeOf('pstn')} behaviours, 1 of 1 contract; ${sizeOf('pstn')} not selected (--behavior a, b, c, …)`,
    `partial ${ALL - sizeOf('pstn')}/${ALL}`,
  ],
  [
    'the run ended at a failure',
    resultWith(
      { ...area('pstn', leftOut), 'response.json': failed },
      { contracts, exitCode: 1, selection: { bailed: true } },
    ),
    `FAIL  1 cause: 1 behaviour failed; ${sizeOf('pstn')} not selected (--bail)`,
    '1 failed',
  ],
  [
    'a load run',
    resultWith(area('pstn', leftOut), { load }),
    `PASS  what was selected: ${ALL - sizeOf('pstn')} of ${ALL - sizeOf('pstn')} behaviours; ${sizeOf('pstn')} not selected (--load); contracts not verified`,
    `partial ${ALL - sizeOf('pstn')}/${ALL}, no contracts`,
  ],
  [
    'capabilities were declared absent',
    resultWith(area('pstn', { verdict: 'notApplicable' }), { contracts, selection: { absent: ['pstn'] } }),
    `PASS  ${ALL - sizeOf('pstn')} of ${ALL - sizeOf('pstn')} behaviours, 1 of 1 contract; ${sizeOf('pstn')} not applicable (declared absent: pstn)`,
    `partial ${ALL - sizeOf('pstn')}/${ALL}`,
  ],
  [
    'failures are not counted',
    resultWith({ [first]: { ...failed, counted: false }, [second]: { ...failed, counted: false } }, { contracts }),
    `PASS  at gate shown: ${ALL - 2} of ${ALL} behaviours, 1 of 1 contract; 2 failures from linked pages are not counted (--gate linked counts them)`,
    `partial ${ALL - 2}/${ALL}`,
  ],
  [
    'a contract failed for uncounted behaviours',
    resultWith(
      { [first]: { ...failed, counted: false } },
      { contracts: [{ ...contract, result: 'failed', counted: false }] },
    ),
    `PASS  at gate shown: ${ALL - 1} of ${ALL} behaviours, 0 of 1 contract; 1 failure from linked pages is not counted (--gate linked counts them); 1 failed contract about such behaviours is not counted`,
    `partial ${ALL - 1}/${ALL}`,
  ],
  [
    'failures are waived',
    resultWith(
      { 'response.json': { ...failed, verdict: 'waived' } },
      { contracts: [{ ...contract, result: 'failed', waivedBy: ['response.json'] }] },
    ),
    `PASS  ${ALL - 1} of ${ALL} behaviours, 0 of 1 contract; 1 behaviour waived; 1 contract waived`,
    `partial ${ALL - 1}/${ALL}, 1 waived`,
  ],
  [
    'untested behaviours are allowed',
    resultWith({ 'response.json': untested }, { contracts: [contract, { ...contract, result: 'untested' }] }),
    `PASS  ${ALL - 1} of ${ALL} behaviours, 1 of 2 contracts; 1 behaviour and 1 contract untested (--allow-untested)`,
    `partial ${ALL - 1}/${ALL}`,
  ],
  [
    'some failed',
    resultWith(
      { 'response.json': failed, 'response.operation': { ...untested, waitsFor: ['response.json'] } },
      { exitCode: 1, contracts: [{ ...contract, result: 'failed' }] },
    ),
    'FAIL  1 cause: 1 behaviour and 1 contract failed, 1 not checked because of it',
    '2 failed',
  ],
  [
    'some failed, and others are untested for a reason of their own',
    resultWith(
      {
        'response.json': failed,
        'response.operation': { ...untested, waitsFor: ['response.json'] },
        'pstn.accepted': untested,
      },
      {
        exitCode: 1,
        contracts: [
          contract,
          { ...contract, interaction: 'j', result: 'untested' },
          { ...contract, interaction: 'k', result: 'untested', behaviors: ['pstn.accepted'] },
        ],
      },
    ),
    'FAIL  1 cause: 1 behaviour failed, 1 not checked because of it; 1 behaviour and 1 contract untested',
    '1 failed',
  ],
  [
    'waivers are stale or expired',
    resultWith(
      {},
      {
        exitCode: 1,
        contracts,
        deadWaivers: [
          { behavior: first, why: 'stale' },
          { behavior: second, why: 'expired' },
        ],
      },
    ),
    `FAIL  1 waiver stale because the behaviour passes (${first}); 1 waiver expired (${second})`,
    'gate failed',
  ],
  [
    'some are untested',
    resultWith({ 'response.json': untested }, { exitCode: 3, contracts }),
    `INCOMPLETE  1 behaviour untested; ${ALL - 1} of ${ALL} behaviours, 1 of 1 contract passed`,
    'incomplete',
  ],
];

test.each(TABLE)('if %s, the line and the badge say what passed', (_what, result, line, badge) => {
  expect(verdictLine(result)).toBe(line);
  expect(badgeOf(result)).toBe(badge);
});

test.each(TABLE)('if %s, every report says the same', (_what, result, line) => {
  const words = line.slice(line.indexOf('  ') + 2);
  const junit = junitReport(result).replaceAll('&apos;', "'");
  expect(consoleReport(result, false).split('\n')[0]).toBe(
    `${line}${result.exitCode > 1 ? `. Exit ${result.exitCode}.` : ''}   (${scopeText(result)})`,
  );
  expect(htmlReport(result).replaceAll('&#39;', "'")).toContain(words);
  expect(markdownReport(result).split('\n')[0]?.replaceAll('\\', '')).toContain(`participant: invite: ${line}`);
  expect(junit).toContain(`exit code  ${result.exitCode}: ${line}`);
  expect(
    githubReport(result)
      .split('\n')
      .some((one) => one.includes(`::${line}`)),
  ).toBe(true);
  expect(ctrfReport(result)).toContain(`"meaning": "${line}"`);
  expect(sarifReport(result)).toContain(`"exitCodeDescription": "${line}"`);
});

test('a report says that the target conforms only if everything was tried and passed', () => {
  const saying = TABLE.filter(([, result]) => {
    const all = [consoleReport(result, false), htmlReport(result), markdownReport(result), badgeReport(result)].join();
    return /\bconforms\b|does what the documentation says/i.test(all);
  });
  expect(saying.map(([what]) => what)).toEqual(['everything passed']);
});

test('in a run that passes, each reported cause is marked as not counted', () => {
  const passing = TABLE.filter(([, { exitCode }]) => exitCode === 0);
  const heads = passing
    .flatMap(([, result]) => consoleReport(result, false).split('\n'))
    .filter((line) => /^\d/.test(line));
  expect(heads.length).toBeGreaterThan(0);
  for (const head of heads) expect(head).toMatch(/\(not counted at gate shown\)$/);
});
