import * as fc from 'fast-check';
import { driftOf, markdown, sources } from './drifted';
import { propertyRuns } from '../support/property-runs';

/** Lines of prose: no table, heading, comment, code or front matter. */
function isProse(line: string): boolean {
  return /^(?:> )?[A-Z*][^|{}"]*\.$/.test(line);
}

/** Rewraps prose: each space becomes one or more spaces, or a line break. */
function wrapped(line: string, choices: readonly number[]): string {
  const mark = line.startsWith('> ') ? '> ' : '';
  let at = 0;
  return (
    mark +
    line.slice(mark.length).replace(/ /g, (space, offset: number) => {
      const choice = choices[at++ % choices.length] ?? 0;
      const next = line.slice(mark.length + offset + 1);
      // A line break within a label or a link's target would not be white space; a digit could begin a list.
      if (choice === 0 && /^[a-z]/.test(next)) return `\n${mark}`;
      return space.repeat(1 + (choice % 3));
    })
  );
}

test('white space and line breaks are not drift', () => {
  const choices = fc.array(fc.nat(7), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(choices, fc.nat(3), fc.boolean(), (spaces, empty, windows) => {
      const lines = markdown.split('\n').map((line, i) => {
        if (isProse(line)) return wrapped(line, spaces);
        if (/^\s+["{}[\]]/.test(line)) return `${' '.repeat(spaces[i % spaces.length] ?? 0)}${line}`;
        if (line.startsWith('|')) return line.replace(/ \|/g, `${' '.repeat(spaces[i % spaces.length] ?? 0)} |`);
        return line === '' && i > 5 ? '\n'.repeat(empty) : line;
      });
      const report = driftOf(lines.join(windows ? '\r\n' : '\n'));
      const { stands, moved } = report.counts;
      expect(stands + moved).toBe(sources.size);
      expect(report.behaviors.flatMap(({ places }) => places.filter(({ elsewhere }) => elsewhere === true))).toEqual(
        [],
      );
      expect([report.uncovered, report.reworded, report.removed]).toEqual([[], [], []]);
    }),
    { numRuns: propertyRuns(25) },
  );
});
