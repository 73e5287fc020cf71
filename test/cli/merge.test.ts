import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { Result } from '../../verdicts/result';
import { findingOf, resultWith } from '../reporters/results';
import { bench, showsStack } from './command';

const { inProcess: command, everythingWritten, folder } = bench();

const LEFT_OUT = { verdict: 'notSelected', counted: false } as const;

function write(name: string, result: Result): void {
  writeFileSync(join(folder(), name), JSON.stringify(result));
}

test('merge joins results into one, with the exit code of the gate', async () => {
  write('one.json', resultWith({ 'response.location': LEFT_OUT }));
  write('two.json', resultWith({ 'response.json': LEFT_OUT }, { target: 'http://b/v1.0' }));
  const good = await command(['merge', 'one.json', 'two.json', '--out', 'all/merged.json']);
  expect(good.code).toBe(0);
  expect(good.stdout).toContain(`${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours`);
  const merged = JSON.parse(readFileSync(join(folder(), 'all/merged.json'), 'utf8')) as Result;
  expect(merged.summary.passed).toBe(BEHAVIORS.length);
  // A merged result can be merged and compared again.
  expect((await command(['merge', 'all/merged.json', '--report', 'json'])).code).toBe(0);
  expect((await command(['compare', 'one.json', 'all/merged.json'])).code).toBe(0);

  write(
    'three.json',
    resultWith({ 'response.location': { verdict: 'failed', findings: [findingOf('x')] } }, { exitCode: 1 }),
  );
  const bad = await command(['merge', 'one.json', 'three.json']);
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain('at        event 3, $.x of three.json');
  // The shard that tried response.location is missing.
  expect((await command(['merge', 'one.json'])).code).toBe(3);
});

test('merge refuses a file that is not a result, another catalogue, and a file named twice', async () => {
  write('one.json', resultWith());
  write('other.json', resultWith({}, { suite: { name: 'invite-conformance', version: '0', catalogDigest: 'f00' } }));
  writeFileSync(join(folder(), 'none.json'), '{}');
  for (const [args, message] of [
    [['one.json', 'other.json'], 'different versions of the behaviours'],
    [['one.json', 'none.json'], 'none.json is not the result of a run'],
    [['one.json', 'one.json'], 'one.json is given twice'],
    [['one.json', 'missing.json'], 'the file does not exist'],
  ] as const) {
    const { code, stderr } = await command(['merge', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  }
  expect(showsStack(everythingWritten())).toBe(false);
});

test('a result of another format is refused with advice', async () => {
  const { formatVersion: _, ...first } = resultWith();
  writeFileSync(join(folder(), 'first.json'), JSON.stringify(first));
  writeFileSync(join(folder(), 'later.json'), JSON.stringify({ ...resultWith(), formatVersion: 3 }));
  write('now.json', resultWith());
  for (const [other, message] of [
    ['first.json', /first\.json was written by version 0\.1 .* Judge its history again/],
    ['later.json', /later\.json was written by a later version \(formatVersion 3\)/],
  ] as const) {
    for (const args of [
      ['compare', 'now.json', other],
      ['merge', 'now.json', other],
    ]) {
      const { code, stderr } = await command(args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  }
  expect(showsStack(everythingWritten())).toBe(false);
});

test('compare and merge accept the folders of runs, and report what is missing from a folder without a result', async () => {
  const worse = { 'response.location': { verdict: 'failed' as const, findings: [findingOf('x')] } };
  for (const [name, result] of [
    ['before', resultWith()],
    ['after', resultWith(worse, { exitCode: 1 })],
  ] as const) {
    mkdirSync(join(folder(), name));
    write(`${name}/result.json`, result);
  }
  mkdirSync(join(folder(), 'empty'));
  const compared = await command(['compare', 'before', 'after']);
  expect(compared.code).toBe(1);
  expect(compared.stdout).toContain('worse  response.location: passed → failed');
  expect((await command(['merge', 'before', 'after', '--report', 'json'])).code).toBe(1);
  const { code, stderr } = await command(['compare', 'before', 'empty']);
  expect(code).toBe(2);
  expect(stderr).toContain(join('empty', 'result.json'));
});
