import { AREA_NAMES, areaOf, BEHAVIORS } from '../../behaviors/catalog';
import { consoleReport } from '../../reporters/console';
import { githubReport } from '../../reporters/github';
import { htmlReport } from '../../reporters/html';
import { markdownReport } from '../../reporters/markdown';
import { plain } from '../../reporters/plain';
import type { ContractResult, Result } from '../../verdicts/result';
import { findingOf, reasonsOf, resultWith } from './results';

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
const reportOf = (...given: Parameters<typeof resultWith>): string => consoleReport(resultWith(...given), false);
const passing: ContractResult = { interaction: 'i', result: 'passed', behaviors: [], mismatches: [] };
const ALL = BEHAVIORS.length;
const failed = { verdict: 'failed' as const, findings: [findingOf('x')] };

test('a report of a passed run is the verdict with its scope, the target, and the areas', () => {
  const lines = linesOf(reportOf({}, { remarks: [{ code: 'recorded', text: 'a' }], contracts: [passing] }));
  expect(lines.slice(0, 3)).toEqual([
    `PASS  ${ALL} of ${ALL} behaviours, 1 of 1 contract   (gate: shown, page of 2021-02-16, 1.2 s)`,
    '      http://127.0.0.1:1/v1.0',
    '',
  ]);
  expect(lines.length).toBeLessThanOrEqual(6);
  const areas = lines.slice(3).join(' ');
  const counts = AREA_NAMES.map((area) => [area, BEHAVIORS.filter(({ id }) => areaOf(id) === area).length] as const);
  const there = counts.filter(([, count]) => count > 0);
  for (const [area, count] of there) expect(areas).toContain(`${area} ${count}/${count}`);
  // Areas of later editions only are not listed.
  expect(counts.filter(([area, count]) => count === 0 && areas.includes(`${area} `))).toEqual([]);
  expect(areas).toMatch(/^areas .* contracts 1\/1$/);
});

test('a cause is reported once: the difference, its place, the count, the source and one fix, then its consequences', () => {
  const call = '13ec0ddc-0000-4000-8000-000000000000';
  const path = '/communications/calls/5f49d144-0000-4000-8000-000000000000/operations/ac41210b';
  const finding = findingOf('', {
    fact: 'completion.resource-url',
    expected: { is: 'resource', path },
    observed: { is: 'json', value: `/communications/calls/${call}/operations/ac41210b` },
    at: [{ event: 344, part: 'body', path: '$.value[0].resourceUrl' }],
  });
  const contract: ContractResult = {
    interaction: 'completion',
    result: 'failed',
    behaviors: ['completion.resource-url'],
    mismatches: [],
  };
  const result = resultWith(
    {
      'completion.resource-url': {
        verdict: 'failed',
        findings: [finding],
        attempts: { passed: 26, failed: 1, untested: 0 },
      },
      'notification.resource-url': { verdict: 'failed', findings: [{ ...finding, fact: 'notification.resource-url' }] },
      'ordering.concurrent-invitations': { verdict: 'untested', waitsFor: ['completion.resource-url'] },
    },
    { exitCode: 1, contracts: [contract] },
  );
  const lines = linesOf(consoleReport(result, false, { folder: 'out dir', files: ['report.html'] }));
  expect(lines.slice(0, 16)).toEqual([
    'FAIL  1 cause: 2 behaviours and 1 contract failed, 1 not checked because of it   (gate: shown, page of 2021-02-16, 1.2 s)',
    '      http://127.0.0.1:1/v1.0',
    '',
    "1  The completion's resourceUrl names another call.",
    `     expected  ${path}`,
    `     got       "/communications/calls/${call}/operations/ac41210b"`,
    '     differs   the call id differs; the operation id is right',
    "     at        event 344, $.value[0].resourceUrl   invite-conformance show 344 'out dir'",
    '     in        1 of 27 invitations: single/one/1',
    '     source    participant-invite, line 169 (shown)   https://learn.microsoft.com/en-us/graph/api/participant-invite',
    '     fix       Build resourceUrl from the id of the call that the operation belongs to and the id of the operation.',
    '   failed       completion.resource-url, notification.resource-url; contracts: completion',
    '   not checked  ordering.concurrent-invitations',
    '',
    expect.stringMatching(/^areas {2}request /),
    expect.stringMatching(/ contracts 0\/1$/),
  ]);
  expect(lines.slice(16)).toEqual([
    "waive  invite-conformance waivers add --from 'out dir'",
    'more   report.html, out dir/',
  ]);
});

test('counted causes come first; uncounted ones are reported and marked', () => {
  const text = reportOf(
    {
      'response.result-info': {
        ...failed,
        counted: false,
        findings: [findingOf('uncounted', { fact: 'response.result-info' })],
      },
      'roster.joined': { ...failed, findings: [findingOf('counted', { fact: 'roster.joined' })] },
    },
    { exitCode: 1 },
  );
  const heads = linesOf(text).filter((line) => /^\d/.test(line));
  expect(heads).toEqual([
    expect.stringMatching(/^1 {2}counted in the invitee's entry in the roster .*\.$/),
    expect.stringMatching(/^2 {2}The response's resultInfo .*\. \(not counted at gate shown\)$/),
  ]);
  expect(text).toMatch(/failed {7}response\.result-info \(\w+, not counted\)/);
});

test('contracts that failed without a failed behaviour are a cause of their own; uncounted ones are marked', () => {
  const mismatch = { interaction: 'alone', result: 'failed' as const, behaviors: [], mismatches: [] };
  const text = reportOf(
    {},
    { exitCode: 1, contracts: [mismatch, { ...mismatch, interaction: 'p', pending: true, counted: false }] },
  );
  expect(text).toMatch(/^FAIL {2}1 cause: 1 contract failed/);
  expect(text).toContain('contracts: alone');
  expect(text).toContain('p (pending, not counted)');
});

test('behaviours untested without a failure are reported once for each reason, with what to do', () => {
  const one = { verdict: 'untested' as const, reasons: reasonsOf('no phone may be dialled') };
  const text = reportOf({ 'pstn.accepted': one, 'pstn.phone-roster': { ...one, counted: false } }, { exitCode: 3 });
  expect(text.split('untested  ')).toHaveLength(2);
  expect(linesOf(text).slice(3, 7)).toEqual([
    'untested  no phone may be dialled',
    '   fix          Provide no phone may be dialled.',
    '   not checked  pstn.accepted, pstn.phone-roster (shown, not counted)',
    '',
  ]);
  expect(text).toContain('pstn 3/5');
});

test('what behaviours and contracts both lack is reported once', () => {
  const missing = 'no phone may be dialled';
  const one = { verdict: 'untested' as const, reasons: reasonsOf(missing) };
  const reason = { why: 'notProvided' as const, missing, advice: `Provide ${missing}.` };
  const lacking: ContractResult = { ...passing, interaction: 'a phone', result: 'untested', reason };
  const other: ContractResult = { ...lacking, interaction: 'else', reason: { ...reason, missing: 'no user' } };
  const result = resultWith({ 'pstn.accepted': one }, { exitCode: 3, contracts: [lacking, other] });
  const told = 'pstn.accepted; contracts: a phone';
  expect(linesOf(consoleReport(result, false)).slice(3, 9)).toEqual([
    'untested  no phone may be dialled',
    '   fix          Provide no phone may be dialled.',
    `   not checked  ${told}`,
    'untested  no user (Provide no phone may be dialled.)',
    '   not checked  contracts: else',
    '',
  ]);
  for (const text of [markdownReport(result), githubReport(result)]) expect(text).toContain(told);
  expect(htmlReport(result).split('1 behaviour and 2 contracts not checked')).toHaveLength(2);
});

test.each<[Result['exitCode'], 'interrupted' | 'stopped', Result['stopped']]>([
  [130, 'interrupted', undefined],
  [4, 'stopped', { cause: 'unreachable', inFlight: [], seen: 'ECONNREFUSED' }],
])('exit code %i: interrupted attempts are not listed', (exitCode, why, stopped) => {
  const attempt = { scenario: 'single', name: 'one' };
  const cutOff = { verdict: 'untested' as const, reasons: [{ reason: { why }, attempt, events: [] }] };
  const contract: ContractResult = { ...passing, result: 'untested', reason: { why } };
  const given = { 'response.json': cutOff, 'pstn.accepted': { ...cutOff, reasons: reasonsOf('no phone') } };
  const text = reportOf(given, { exitCode, contracts: [contract], ...(stopped ? { stopped } : {}) });
  expect(linesOf(text).filter((line) => line.startsWith('untested'))).toEqual(['untested  no phone']);
  expect(text).not.toContain('response.json');
});

test('of a hundred consequences, each area shows its number', () => {
  const waiting = { verdict: 'untested' as const, waitsFor: ['request.route'] };
  const given = Object.fromEntries(BEHAVIORS.map(({ id }) => [id, waiting]));
  const text = reportOf(
    { ...given, 'request.route': { ...failed, findings: [findingOf('x', { fact: 'invitation.accepted' })] } },
    { exitCode: 1 },
  );
  expect(text).toMatch(/not checked {2}request 11, authorization 7, refusal 3, /);
  expect(linesOf(text).length).toBeLessThan(20);
});

test('remarks that decide the gate come first, others are omitted; waived failures take one line', () => {
  const waiver = { behavior: 'response.json', reason: 'r', owner: 'Ada', expires: '2030-12-31' };
  const text = reportOf(
    { 'response.json': { verdict: 'waived', waiver, findings: [findingOf('waived')] } },
    {
      exitCode: 1,
      deadWaivers: [{ behavior: 'roster.joined', why: 'stale' }],
      remarks: [
        { code: 'waiverStale', behavior: 'roster.joined', owner: 'Ada', expires: '2030-12-31' },
        { code: 'recorded', text: 'of no weight' },
      ],
    },
  );
  expect(linesOf(text)[3]).toBe('the waiver for roster.joined (owner: Ada) is stale: the behaviour passes; remove it');
  expect(text).not.toContain('of no weight');
  expect(text).toContain('waived  response.json (Ada, until 2030-12-31)');
  expect(text).not.toContain('waivers add');
});

test('a stopped run says so first, with the exit code and what to do', () => {
  const stopped = {
    cause: 'unreachable' as const,
    exchange: 293,
    inFlight: ['request/second/1'],
    seen: 'ECONNREFUSED',
  };
  const alone = linesOf(reportOf({}, { exitCode: 4, stopped }));
  expect(alone[0]).toMatch(
    /^STOPPED {2}the target stopped answering at exchange 293: ECONNREFUSED; in flight: request\/second\/1\. \d+ behaviours were judged before that; the others were not\. Exit 4\. /,
  );
  expect(alone[3]).toMatch(/^ {3}fix {3}Look in the target's log/);
  const both = linesOf(reportOf({ 'roster.joined': failed }, { exitCode: 1, stopped }));
  expect(both[3]).toMatch(/^STOPPED {2}the target stopped answering/);
});

test.each([
  [1, 'a waiver is stale or expired'],
  [3, 'INCOMPLETE'],
  [4, 'STOPPED  the environment: provisioning failed'],
  [130, 'INTERRUPTED'],
] as const)('exit code %i is explained in the first line', (exitCode, said) => {
  expect(linesOf(reportOf({}, { exitCode }))[0]).toContain(said);
});

test('colours are used only on a terminal', () => {
  const result = resultWith({ 'roster.joined': failed }, { exitCode: 1 });
  expect(consoleReport(result, false)).not.toContain('\u001b');
  expect(consoleReport(result, true)).toContain('\u001b[31m');
});

const HOSTILE = [
  ['an escape sequence', '\u001b[2J\u001b[31mPASSED'],
  ['a title of the window', '\u001b]0;owned\u0007'],
  ['an eight-bit control', '\u009b2J'],
  ['line breaks', 'x\r\nFAILED   all.of-it\u2028\u2029\u0085'],
  ['a backspace and a null', 'x\b\b\u0000'],
  ['marks that turn the direction', '\u202egnorw\u202c\u2066x\u2069\u200f\u061c'],
  ['invisible letters', 'a\u200bb\u2060c\ufeffd\u00ade'],
  ['tags beyond the first plane', '\u{e0041}\u{e007f}'],
] as const;

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

test.each(HOSTILE)('text of the target is harmless: %s', (_name, text) => {
  expect(plain(text)).not.toMatch(UNSAFE);
  const reported = (said: string): string[] =>
    linesOf(
      consoleReport(
        resultWith(
          {
            'roster.joined': { verdict: 'failed', findings: [findingOf(said), findingOf(said)] },
            'request.route': { verdict: 'untested', reasons: reasonsOf(said) },
          },
          {
            target: `http://127.0.0.1/${said}`,
            contracts: [{ interaction: said, result: 'failed', behaviors: [], mismatches: [] }],
            remarks: [{ code: 'waiverStale', behavior: 'x', owner: said, expires: said }],
            exitCode: 1,
          },
        ),
        false,
        { folder: said, files: [said] },
      ),
    );
  const report = reported(text);
  for (const line of report) expect(line).not.toMatch(UNSAFE);
  expect(report).toHaveLength(reported('x').length);
});

test('readable text is unchanged', () => {
  const text = 'Ünïcödé 日本語 "quotes" <&> \\ $.id';
  expect(plain(text)).toBe(text);
});
