import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from '../../history/history-file';
import { resultOf } from '../../verdicts/result';
import { bench, showsStack } from '../cli/command';
import { world } from './world';

const { instead, judged, written } = world();
const built = bench();

test('a folder that cannot be created ends the run with exit 2, before anything is sent', async () => {
  const file = written('a-file', '');
  const sent: string[] = [];
  const origin = await instead((req) => {
    sent.push(req.url ?? '');
    return false;
  });
  const ended = await judged({ target: `${origin}/v1.0`, out: join(file, 'out') });
  expect(ended).toMatchObject({
    code: 2,
    message: expect.stringMatching(/^can't write .*a part of its path is not a folder \(ENOTDIR\)/) as string,
  });
  expect(sent).toEqual([]);
});

test('a report on a full disk ends the run with exit 4, and the other reports are written', async () => {
  const other = written('other.json', '');
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const ended = await judged({ report: ['json=/dev/full', `json=${other}`] });
  expect(ended.code).toBe(4);
  expect(told.mock.calls.join()).toContain("can't write /dev/full: no space is left on the disk (ENOSPC)");
  expect(JSON.parse(readFileSync(other, 'utf8'))).toMatchObject({ exitCode: 0 });
  expect(ended.result?.exitCode).toBe(0);
});

test('a history on a full disk ends the run with exit 4, without a stack trace or a result', () => {
  // A file may have 16 blocks, as if the disk were full after them.
  const line = 'ulimit -f 16 && exec "$0" "$1" run --no-contracts --out run';
  const args = ['-c', line, process.execPath, join(built.dist, 'cli/main.js')];
  const { status, stderr } = spawnSync('sh', args, { cwd: built.folder(), encoding: 'utf8', timeout: 100_000 });
  expect(status).toBe(4);
  expect(stderr).toMatch(/invite-conformance: can't write run\/history\.ndjson: EFBIG/);
  expect(showsStack(stderr)).toBe(false);
  expect(readdirSync(join(built.folder(), 'run'))).toEqual(['history.ndjson']);
});

test('two simultaneous runs in one folder both end, and the folder contains the complete files of one', async () => {
  const out = join(built.folder(), 'shared');
  let second: ReturnType<typeof judged> | undefined;
  const origin = await instead(async () => {
    // The second run begins during the first one, which waits for its end.
    second ??= judged({ out });
    await second;
    return false;
  });
  const first = await judged({ target: `${origin}/v1.0`, out });
  const other = await second;
  expect([first.code, other?.code]).toEqual([0, 0]);
  expect(first.result).toEqual(other?.result);
  const judging = { gate: 'shown' as const, allowUntested: false, waivers: [], now: Date.now() };
  const again = resultOf(readHistory(out), judging);
  expect(again.target).toBe(other?.result?.target);
  expect(again.behaviors).toEqual(other?.result?.behaviors);
});

test('a clock that jumps by hours changes neither the exit code nor the times in the history', async () => {
  const real = Date.now.bind(Date);
  let looks = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => {
    looks += 1;
    return real() + (looks % 2 === 0 ? 1 : -1) * 3 * 3_600_000;
  });
  const ended = await judged({});
  jest.mocked(Date.now).mockRestore();
  expect(ended.code).toBe(0);
  expect(looks).toBeGreaterThan(0);
  expect(ended.result?.durationMs).toBeLessThan(3_600_000);
  const times = [...ended.written.matchAll(/"(?:sentAt|headersAt|endAt|bodyAt|acknowledgedAt)":([\d.-]+)/g)].map(
    timeIn,
  );
  expect(times.length).toBeGreaterThan(50);
  for (const time of times) expect(time >= 0 && time < 3_600_000).toBe(true);
});

function timeIn([, digits]: RegExpMatchArray): number {
  return Number(digits);
}
