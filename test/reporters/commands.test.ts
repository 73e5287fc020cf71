import { FORMAT_NAMES, report } from '../../reporters';
import { COMMANDS, OBEYED } from '../support/ci-commands';
import { HOSTILE_TEXT, mixedResult } from './samples';

/** A report as it goes to standard output. */
function written(format: (typeof FORMAT_NAMES)[number], text: string): string {
  let all = '';
  const take = (part: string): void => {
    all += part;
  };
  report(mixedResult(text), [{ format }], { machine: take, people: take, colour: false });
  return all;
}

test.each(FORMAT_NAMES)('nothing that a target says commands a CI system: %s', (format) => {
  expect(written(format, '')).not.toBe('');
  for (const [, command] of COMMANDS) {
    const lines = written(format, command).split('\n');
    // What begins GitHub's own commands is ours.
    const others =
      format === 'github' ? lines.map((line) => line.replace(/^::(error|warning|notice) title=/, '')) : lines;
    expect(others.filter((line) => OBEYED.test(line))).toEqual([]);
  }
});

test.each(FORMAT_NAMES)('no character that is not seen, or turns the text around, stands in a report: %s', (format) => {
  expect(written(format, HOSTILE_TEXT).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
});
