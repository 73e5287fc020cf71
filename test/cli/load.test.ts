import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOAD_PLAN } from '../../suites/load-run';
import type { Result } from '../../verdicts/result';
import { bench, readResult, showsStack } from './command';

const { inProcess: command, everythingWritten, folder } = bench();

test('a load run judges every invitation by the behaviours that it tries, and judge gives the same result', async () => {
  const reports = ['--report', 'console', '--report', 'html=load.html', '--report', 'markdown=load.md'];
  const { code, stdout } = await command(['run', '--load', '40', '--rate', '50', '--out', 'run', ...reports]);
  expect(showsStack(everythingWritten())).toBe(false);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^load {3}40 invitations sent: 40 accepted; 50 a second offered, [\d.]+ achieved$/m);
  expect(stdout).toMatch(/^ {7}completion +p50 [\d.]+ m?s +p95 /m);
  const result = readResult(join(folder(), 'run'));
  const tried = result.behaviors.filter(({ scenarios }) => scenarios.includes('load'));
  expect(tried.map(({ id }) => id).toSorted()).toEqual([...LOAD_PLAN.tries].toSorted());
  expect(stdout).toContain(`PASS  what was selected: ${tried.length} of ${tried.length} behaviours`);
  expect(tried.every(({ verdict, attempts }) => verdict === 'passed' && attempts.failed === 0)).toBe(true);
  expect(result.behaviors.find(({ id }) => id === 'completion.announced')?.attempts.passed).toBe(40);
  expect(readFileSync(join(folder(), 'load.html'), 'utf8')).toContain('<svg class="plot"');
  expect(readFileSync(join(folder(), 'load.md'), 'utf8')).toContain('| completion: ');
  const again = await command(['judge', 'run', '--report', 'json']);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toEqual(result);
});

test('a truncated history is judged up to its end, and reported as interrupted', async () => {
  await command(['run', '--load', '16', '--rate', '50', '--out', 'run']);
  const file = join(folder(), 'run', 'history.ndjson');
  const lines = readFileSync(file, 'utf8').split('\n');
  const gone = /"kind":"(attemptEnd","scenario":"load","attempt":"call-2|end)"/;
  writeFileSync(file, lines.filter((line) => !gone.test(line)).join('\n'));
  const { code, stdout } = await command(['judge', 'run', '--report', 'json']);
  expect(code).toBe(130);
  const { load, remarks } = JSON.parse(stdout) as Result;
  expect(load?.sent).toBe(8);
  expect(remarks).toContainEqual({
    code: 'recorded',
    text: '8 invitations were still running when the run ended; they are not judged',
  });
});

test.each([
  [['--load', '0'], '--load must be a whole number from 1'],
  [['--load', '10', '--rate', 'fast'], '--rate must be a whole number from 1'],
  [['--rate', '10'], '--rate without --load'],
  [['--load', '10', '--scenario', 'single'], '--load and --scenario'],
])('run %j is refused', async (args, message) => {
  const { code, stderr } = await command(['run', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('a load run refuses prepared calls', async () => {
  const config = { target: 'http://127.0.0.1:9/v1.0', provisioning: { static: { groupCall: 'c' } } };
  writeFileSync(join(folder(), 'config.json'), JSON.stringify(config));
  const { code, stderr } = await command(['run', '--config', 'config.json', '--load', '10']);
  expect(code).toBe(2);
  expect(stderr).toContain('not provisioning.static');
});
