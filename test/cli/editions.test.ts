import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEW_IN_2025 } from '../support/documented';
import { bench, readResult } from './command';

const LATER = '2025-07-23';
const { inProcess: command, folder } = bench();
jest.setTimeout(120_000);

test('list and explain accept the edition by flag and variable', async () => {
  const ids = ({ stdout }: { stdout: string }): string[] =>
    (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
  const first = ids(await command(['list', '--json']));
  const later = ids(await command(['list', '--json', '--edition', LATER]));
  expect(first).toHaveLength(81);
  expect(later.filter((id) => !first.includes(id)).toSorted()).toEqual(NEW_IN_2025.map(([id]) => id).toSorted());
  expect(ids(await command(['list', '--json'], { env: { INVITE_EDITION: LATER } }))).toEqual(later);
  const explained = await command(['explain', 'move.accepted', '--edition', LATER]);
  expect(explained.stdout).toContain('source     participant-invite of 2025-07-23, line 948');
  expect((await command(['explain', 'pstn.accepted'])).stdout).toContain(
    '2025-07-23 the call no longer needs to be a group call',
  );
});

test.each([
  [['list', '--edition', '2025'], '--edition: no "2025"'],
  [
    ['explain', 'move.accepted'],
    'no behaviour "move.accepted" in the edition of 2021-02-16; --edition 2025-07-23 has it',
  ],
  [['run', '--scenario', 'move'], '--scenario: no "move"'],
  [['run', '--behavior', 'request.group-calls-only', '--edition', LATER], 'no "request.group-calls-only"'],
  [['drift', 'page.md', '--edition', LATER], `drift PAGE --edition ${LATER} --update`],
])('%j is refused with advice', async (args, message) => {
  writeFileSync(join(folder(), 'page.md'), '# A page\n\n## HTTP request\n\n```http\nPOST /x\n```\n');
  const { code, stderr } = await command(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('deltaParticipants needs an edition that describes them', async () => {
  writeFileSync(join(folder(), 'invite-conformance.config.yaml'), 'deltaParticipants: true\n');
  const { code, stderr } = await command(['run']);
  expect(code).toBe(2);
  expect(stderr).toContain('deltaParticipants: the edition 2021-02-16 does not describe such rosters');
});

test('openapi describes the edition', async () => {
  const version = ({ stdout }: { stdout: string }): unknown =>
    (JSON.parse(stdout) as { info: { version: string } }).info.version;
  expect(version(await command(['openapi']))).toBe('2021-02-16');
  const later = await command(['openapi', '--edition', LATER]);
  expect(version(later)).toBe(LATER);
  expect(later.stdout).toContain('a meeting of the same application');
});

test('a run names its edition, and is not combined with a run of another edition', async () => {
  const badge = join(folder(), 'badge.json');
  const reports = ['--report', 'console', '--report', `badge=${badge}`];
  const later = await command(['run', '--edition', LATER, '--gate', 'linked', '--out', 'later', ...reports]);
  expect(later.stdout.split('\n')[0]).toMatch(
    /^PASS {2}95 of 95 behaviours, 20 of 20 contracts {3}.*page of 2025-07-23/,
  );
  expect(later.code).toBe(0);
  expect(readResult(join(folder(), 'later'))).toMatchObject({ edition: LATER, exitCode: 0, remarks: [] });
  expect(JSON.parse(readFileSync(badge, 'utf8'))).toMatchObject({ label: 'participant: invite 2025-07-23' });
  const first = await command(['run', '--gate', 'linked', '--out', 'first', ...reports]);
  expect(first.stdout.split('\n')[0]).toMatch(
    /^PASS {2}81 of 81 behaviours, 19 of 19 contracts {3}.*page of 2021-02-16/,
  );
  expect(JSON.parse(readFileSync(badge, 'utf8'))).toMatchObject({ label: 'participant: invite' });
  expect(readResult(join(folder(), 'first'))).toMatchObject({ edition: '2021-02-16', exitCode: 0, remarks: [] });

  const compared = await command(['compare', 'first', 'later']);
  expect([compared.code, compared.stderr]).toEqual([2, expect.stringContaining('--other-catalog compares them')]);
  expect((await command(['compare', 'first', 'later', '--other-catalog'])).stdout).toContain('move.accepted');
  const merged = await command(['merge', 'first', 'later']);
  expect([merged.code, merged.stderr]).toEqual([2, expect.stringContaining('--other-edition merges them')]);
  const both = await command(['merge', 'first', 'later', '--other-edition']);
  expect([both.code, both.stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('97 of 97 behaviours')]);

  const again = await command(['judge', 'later', '--gate', 'linked']);
  expect([again.code, again.stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('page of 2025-07-23')]);
  const other = await command(['judge', 'first', '--gate', 'linked', '--edition', LATER]);
  expect([other.code, other.stdout.split('\n')[0]]).toEqual([3, expect.stringContaining('page of 2025-07-23')]);
});
