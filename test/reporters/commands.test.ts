import { FORMAT_NAMES, report } from '../../reporters';
import { COMMANDS, OBEYED } from '../support/ci-commands';
import { HOSTILE_TEXT, mixedResult } from './samples';

/** A report as it is written to standard output. */
function written(format: (typeof FORMAT_NAMES)[number], text: string): string {
  let all = '';
  const take = (part: string): void => {
    all += part;
  };
  report(mixedResult(text), [{ format }], { machine: take, people: take, colour: false });
  return all;
}

test.each(FORMAT_NAMES)('no report contains a CI command from the target: %s', (format) => {
  expect(written(format, '')).not.toBe('');
  for (const [, command] of COMMANDS) {
    const lines = written(format, command).split('\n');
    // The GitHub commands of the report itself are intended.
    const others =
      format === 'github' ? lines.map((line) => line.replace(/^::(error|warning|notice) title=/, '')) : lines;
    expect(others.filter((line) => OBEYED.test(line))).toEqual([]);
  }
});

test.each(FORMAT_NAMES)('no report contains invisible or direction-changing characters: %s', (format) => {
  expect(written(format, HOSTILE_TEXT).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
});
