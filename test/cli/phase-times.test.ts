import { PhaseTimes } from '../../cli/phase-times';

test('phases follow each other without a gap, and the table shows their sum', () => {
  const profile = new PhaseTimes();
  profile.begin('scenarios');
  profile.begin('quiet window');
  const lines = profile.table().trimEnd().split('\n');
  expect(lines[0]).toBe('phases, ms');
  const rows = lines.slice(1).map((line) => /^ {2}(\w[\w ]*?) +(\d+)$/.exec(line)?.slice(1) ?? []);
  expect(rows.map(([name]) => name)).toEqual(['start', 'scenarios', 'quiet window', 'in all']);
  const [start = 0, scenarios = 0, quiet = 0, all = 0] = rows.map(([, ms]) => Number(ms));
  // Each phase is rounded separately.
  expect(Math.abs(start + scenarios + quiet - all)).toBeLessThanOrEqual(2);
});
