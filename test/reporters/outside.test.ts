import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { badgeReport } from '../../reporters/badge';
import { githubReport } from '../../reporters/github';
import type { Result } from '../../verdicts/result';
import { goodResult, HOSTILE_TEXT, mixedResult, resultWith } from './samples';

/** The output of the format's own makers; their packages are ES modules that tests cannot load. */
function written(tool: 'github' | 'badge', input: unknown): string {
  const args = [join(__dirname, 'outside.mjs'), tool];
  return execFileSync(process.execPath, args, { input: JSON.stringify(input), encoding: 'utf8', stdio: 'pipe' });
}

const decoded = (text: string): string => decodeURIComponent(text.replaceAll(/%(?!25|0A|0D|3A|2C)/g, '%25'));

test.each([
  ['every verdict', mixedResult()],
  ['hostile text everywhere', mixedResult(HOSTILE_TEXT)],
  ['all passed', goodResult()],
])("annotations are identical to those of GitHub's own toolkit: %s", (_, result) => {
  // Writing replaces a lone surrogate.
  const lines = Buffer.from(githubReport(result)).toString();
  const commands = lines
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, level, title = '', message = ''] = /^::(error|warning|notice) title=([^:,]*)::(.*)$/.exec(line) ?? [];
      return { level, title: decoded(title), message: decoded(message) };
    });
  expect(commands.every(({ level }) => level !== undefined)).toBe(true);
  expect(written('github', commands) === lines).toBe(true);
});

test('the makers of shields.io can draw a badge, in a colour that they know', () => {
  const { behaviors } = goodResult();
  const codes = ([0, 1, 3, 4, 130] as const).map((exitCode): Result => resultWith(behaviors, { exitCode }));
  const badges = [...codes, mixedResult()].map((result) => {
    const { schemaVersion, ...badge } = JSON.parse(badgeReport(result)) as Record<string, string | number>;
    expect(schemaVersion).toBe(1);
    return badge;
  });
  const [drawn, colourless] = [badges, badges.map((badge) => ({ ...badge, color: 'no such colour' }))].map(
    (all) => JSON.parse(written('badge', all)) as string[],
  );
  badges.forEach(({ label, message, color }, i) => {
    expect(drawn?.[i]).toContain(`aria-label="${label}: ${message}"`);
    // An unknown colour is drawn in bright green.
    expect([message, drawn?.[i] === colourless?.[i]]).toEqual([message, color === 'brightgreen']);
  });
  expect(() => written('badge', [{ label: 'x' }])).toThrow('ValidationError');
});
