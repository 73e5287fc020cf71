import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AREA_NAMES } from '../../behaviors/catalog';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '../..');
const COPIED = ['behaviors', 'reporters/wording', 'suites', 'mock/faults', 'test/behaviors'];
const { parseSync } = require('@swc/core') as { parseSync: (text: string, options: object) => unknown };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'new-behavior-'));
  for (const one of COPIED) cpSync(join(ROOT, one), join(folder, one), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function make(...args: string[]): { code: number | null; said: string; files: string[] } {
  const script = join(ROOT, 'scripts/new-behavior.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' });
  const files = stdout.split('\n').flatMap((line) => (/^ {2}\S+\.ts$/.test(line) ? [line.trim()] : []));
  return { code: status, said: `${stdout}${stderr}`, files };
}

test.each(AREA_NAMES)('writes the skeletons of a behaviour of the area %s', (area) => {
  const id = `${area}.made-up`;
  const { code, said, files } = make(id);
  expect([code, said]).toEqual([0, expect.stringContaining(`Skeletons of ${id}`)]);
  expect(files).toEqual(
    expect.arrayContaining([`behaviors/${area}.ts`, `mock/faults/${area}.ts`, `test/behaviors/${area}.test.ts`]),
  );
  expect(files.filter((file) => file.startsWith('suites/'))).toHaveLength(1);
  expect(files.filter((file) => file.startsWith('reporters/wording/'))).toHaveLength(1);
  expect(files.length).toBeLessThanOrEqual(6);
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(`'${id}`);
    expect(() => parseSync(text, { syntax: 'typescript' })).not.toThrow();
  }
  // Every skeleton fails to compile; only the list of behaviours that attempts try is complete.
  const whole = files.filter((file) => !readFileSync(join(folder, file), 'utf8').includes('FILL_IN('));
  expect(whole.filter((file) => file !== 'suites/behavior-lists.ts')).toEqual([]);
});

test.each([
  ['nothing', [], 'name the behaviour as <area>.<name>'],
  ['an invalid id', ['Response_x'], 'name the behaviour as <area>.<name>'],
  ['an unknown area', ['weather.rain'], 'no area weather'],
  ['a file without an area', ['catalog.rain'], 'no area catalog'],
  ['an id that is taken', ['response.location'], 'there is a behaviour response.location already'],
])('refuses %s, and writes no file', (_what, args, message) => {
  const before = readFileSync(join(folder, 'behaviors/response.ts'), 'utf8');
  const { code, said, files } = make(...args);
  expect([code, said, files]).toEqual([1, expect.stringContaining(message), []]);
  expect(readFileSync(join(folder, 'behaviors/response.ts'), 'utf8')).toBe(before);
});
