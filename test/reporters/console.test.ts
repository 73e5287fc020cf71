import { parse } from 'yaml';
import { AREA_NAMES, areaOf, BEHAVIORS } from '../../behaviors/catalog';
import { consoleReport } from '../../reporters/console';
import { plain } from '../../reporters/plain';
import { readWaivers } from '../../verdicts/waivers';
import { findingOf, resultWith } from './results';

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

test('where all is well, a report fits a screen of 24 lines and 80 columns, and says what was judged', () => {
  const contracts = [{ interaction: 'i', result: 'passed' as const, behaviors: [], mismatches: [] }];
  const lines = linesOf(consoleReport(resultWith({}, { remarks: ['a', 'b'], contracts }), false));
  expect(lines.length).toBeLessThan(24);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  for (const area of AREA_NAMES) {
    const count = BEHAVIORS.filter(({ id }) => areaOf(id) === area).length;
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^ {2}✓ ${area} +${count} passed$`)));
  }
  expect(lines.at(-2)).toBe(`${BEHAVIORS.length} passed of ${BEHAVIORS.length} behaviours; gate shown; 1.2 s`);
  const verdict = `PASS  ${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours, 1 of 1 contract`;
  expect(lines.slice(0, 2)).toEqual([verdict, 'http://127.0.0.1:1/v1.0']);
  expect(lines.at(-1)).toBe(`${verdict} (exit 0)`);
});

test('failures that count come first, then the others, then what was waived, then what was untested', () => {
  const waiver = { behavior: 'response.json', reason: 'r', owner: 'o', expires: '2030-12-31' };
  const text = consoleReport(
    resultWith({
      'request.route': { verdict: 'untested', findings: [findingOf('no such call')] },
      'response.json': { verdict: 'waived', waiver, findings: [findingOf('waived')] },
      'response.result-info': { verdict: 'failed', counted: false, findings: [findingOf('uncounted')] },
      'roster.joined': { verdict: 'failed', findings: [findingOf('counted')] },
    }),
    false,
  );
  const heads = linesOf(text).filter((line) => /^[A-Z]{5,}/.test(line));
  expect(heads).toEqual([
    expect.stringMatching(/^FAILED {3}roster\.joined \[\w+\]$/),
    expect.stringMatching(/^FAILED {3}response\.result-info \[\w+\] \(not counted at this gate\)$/),
    expect.stringMatching(/^WAIVED {3}response\.json \[\w+\]$/),
    'UNTESTED no such call',
  ]);
});

test('a failure tells what was expected, seen, where, and what to try', () => {
  const finding = { expected: 'E (line 50)', seen: '$.id is null', where: 'single/one', hint: 'look', events: [7, 9] };
  const other = { ...finding, where: 'single/two', seen: '$.id is 7' };
  const text = consoleReport(
    resultWith({ 'response.location': { verdict: 'failed', findings: [finding, other] } }),
    false,
  );
  expect(text).toContain(
    [
      'FAILED   response.location [stated]',
      '  expected  E (line 50)',
      '  seen      $.id is null',
      '  where     single/one; events 7, 9',
      '  try       look',
      '  also      single/two: $.id is 7',
    ].join('\n'),
  );
});

test('each failure has a line that can be pasted into a waivers file as it is', () => {
  const failed = { verdict: 'failed' as const, findings: [findingOf('$.id is "a: b # \u001b", not \'c\'')] };
  const wrong = {
    'roster.joined': failed,
    'response.location': failed,
    'response.result-info': { ...failed, counted: false },
  };
  const inconclusive = {
    verdict: 'untested' as const,
    inconclusive: true as const,
    findings: [findingOf('no Location')],
  };
  Object.assign(wrong, {
    'response.location-operation': inconclusive,
    'pstn.accepted': { ...inconclusive, inconclusive: undefined },
  });
  const lines = linesOf(consoleReport(resultWith(wrong), false)).filter((line) => line.startsWith('- '));
  const { waivers, problems } = readWaivers(
    parse(lines.join('\n')),
    BEHAVIORS.map(({ id }) => id),
  );
  expect(problems).toEqual([]);
  expect(waivers.map(({ behavior }) => behavior).toSorted()).toEqual(
    Object.keys(wrong)
      .filter((id) => id !== 'pstn.accepted')
      .toSorted(),
  );
  expect(new Set(waivers.map(({ expires }) => expires))).toEqual(new Set(['2030-01-31']));
  expect(waivers[0]?.reason).toContain('$.id is "a: b # ');
  expect(lines.filter((line) => line.endsWith('# not counted at this gate'))).toHaveLength(1);
});

test('a waiver that closes the gate is told in full, and why contracts could not be verified, once a reason', () => {
  const stale = 'the waiver of roster.joined is stale: the behaviour passes; take it out (Ada)';
  const untested = { result: 'untested' as const, behaviors: [], mismatches: ['no token'] };
  const contracts = ['one', 'other'].map((interaction) => ({ ...untested, interaction }));
  const lines = linesOf(consoleReport(resultWith({}, { remarks: [stale, 'x'], contracts }), false));
  expect(lines).toContain(stale);
  expect(lines).toContain('1 remark, see result.json');
  expect(lines.slice(3, 6)).toEqual(['UNTESTED contract: no token', '  leaves    one', '  leaves    other']);
});

test('what is untested for one cause is told once', () => {
  const one = { verdict: 'untested' as const, findings: [findingOf('no phone may be dialled')] };
  const text = consoleReport(
    resultWith({ 'pstn.accepted': one, 'pstn.phone-roster': { ...one, counted: false } }),
    false,
  );
  expect(text.split('UNTESTED')).toHaveLength(2);
  expect(text).toContain('  leaves    pstn.accepted, pstn.phone-roster (not counted)');
  expect(text).toMatch(/^ {2}\? pstn +3 passed, 2 untested$/m);
});

test('the last line counts what closes the gate', () => {
  const failed = { verdict: 'failed' as const, findings: [findingOf('x')] };
  const untested = { verdict: 'untested' as const, findings: [findingOf('x')] };
  const contracts = [{ interaction: 'i', result: 'failed' as const, behaviors: [], mismatches: [] }];
  const last = (...given: Parameters<typeof resultWith>): string =>
    linesOf(consoleReport(resultWith(...given), false)).at(-1) ?? '';
  const one = { 'roster.joined': failed, 'request.unknown-call': { ...failed, counted: false } };
  expect(last(one, { exitCode: 1 })).toMatch(
    /^FAIL {2}1 behaviour failed; 1 failure from linked pages is not counted /,
  );
  expect(last(one, { exitCode: 1, contracts })).toMatch(/^FAIL {2}1 behaviour and 1 contract failed; /);
  const waived = { verdict: 'waived' as const, findings: [findingOf('x')] };
  expect(last({ 'roster.joined': waived })).toBe(
    `PASS  ${BEHAVIORS.length - 1} of ${BEHAVIORS.length} behaviours; 1 behaviour waived; contracts not verified (exit 0)`,
  );
  const two = { 'roster.joined': untested, 'roster.announced': untested };
  expect(last(two, { exitCode: 3 })).toMatch(
    /^INCOMPLETE {2}2 behaviours untested; 79 of 81 behaviours passed; .* \(exit 3\)$/,
  );
  expect(last({}, { exitCode: 3 })).toMatch(/^INCOMPLETE {2}nothing was judged; /);
});

test.each([
  [1, 'a waiver is stale or expired'],
  [3, 'INCOMPLETE'],
  [4, 'STOPPED  the environment: something could not be provisioned'],
  [130, 'INTERRUPTED'],
] as const)('exit code %i is explained', (exitCode, said) => {
  expect(linesOf(consoleReport(resultWith({}, { exitCode }), false)).at(-1)).toContain(said);
});

test('colours are there where a terminal shows them, and nowhere else', () => {
  const result = resultWith({ 'roster.joined': { verdict: 'failed', findings: [findingOf('x')] } }, { exitCode: 1 });
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

test.each(HOSTILE)("text of the target's is harmless: %s", (_name, text) => {
  expect(plain(text)).not.toMatch(UNSAFE);
  const mismatch = { interaction: text, result: 'failed' as const, behaviors: [], mismatches: [text] };
  const report = consoleReport(
    resultWith(
      {
        'roster.joined': { verdict: 'failed', findings: [findingOf(text), findingOf(text)] },
        'request.route': { verdict: 'untested', findings: [findingOf(text)] },
      },
      { target: `http://127.0.0.1/${text}`, contracts: [mismatch], remarks: [text], exitCode: 1 },
    ),
    false,
  );
  for (const line of linesOf(report)) expect(line).not.toMatch(UNSAFE);
  const harmless = consoleReport(
    resultWith(
      {
        'roster.joined': { verdict: 'failed', findings: [findingOf('x'), findingOf('x')] },
        'request.route': { verdict: 'untested', findings: [findingOf('x')] },
      },
      { contracts: [{ ...mismatch, interaction: 'x', mismatches: ['x'] }], remarks: ['x'], exitCode: 1 },
    ),
    false,
  );
  expect(linesOf(report)).toHaveLength(linesOf(harmless).length);
});

test('what can be read is left as it is', () => {
  const text = 'Ünïcödé 日本語 "quotes" <&> \\ $.id';
  expect(plain(text)).toBe(text);
});
