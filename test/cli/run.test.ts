import { ownInteractions } from '../../contracts';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaOf, BEHAVIORS } from '../../behaviors/catalog';
import type { Result } from '../../verdicts/result';
import { startMock } from '../../mock';
import { bench, readResult, showsStack, verdictsOf, type CommandOptions, type Mock } from './command';

const { command, inProcess, everythingWritten, folder, mock } = bench();

const ALL_PASS = Object.fromEntries(BEHAVIORS.map(({ id }) => [id, 'passed']));

/** The flags and the environment that connect a run to a mock in another process. */
function into({ url, states, tokens }: Pick<Mock, 'url' | 'states' | 'tokens'>): {
  flags: string[];
  options: CommandOptions;
} {
  const file = join(folder(), 'token');
  writeFileSync(file, `${tokens.valid}\n`);
  return {
    flags: ['--target', url, '--states', states, '--token-file', file, '--allow-pstn'],
    options: {
      env: {
        INVITE_TOKEN_WITHOUT_PERMISSION: tokens.withoutPermission,
        INVITE_TOKEN_DELEGATED: tokens.delegated,
        INVITE_PHONE: '+12345678901',
      },
    },
  };
}

test('run judges the embedded mock: everything passes, with counts by area, and a history is written', async () => {
  const { code, stdout, stderr } = await command(['run']);
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toContain(`PASS  ${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours, `);
  for (const area of new Set(BEHAVIORS.map(({ id }) => areaOf(id))))
    expect(stdout).toMatch(new RegExp(`  ${area} (\\d+)/\\1`));
  expect(stdout).toMatch(/^more {3}\.invite-conformance\/$/m);
  expect(stderr).toContain('No target given: testing the embedded mock.');
  expect(showsStack(everythingWritten())).toBe(false);
  const out = join(folder(), '.invite-conformance');
  expect(verdictsOf(readResult(out))).toEqual(ALL_PASS);
  expect(readFileSync(join(out, 'history.ndjson'), 'utf8').split('\n').length).toBeGreaterThan(100);
});

const OWN = ownInteractions().length;

test('a mock in another process gets the same verdicts, as pure JSON with --report json, without a token in any output', async () => {
  const served = await mock();
  const { flags, options } = into(served);
  const args = ['run', ...flags, '--quiet-ms', '0', '--out', 'run', '--report', 'json', '--report', 'console'];
  const { code, stdout, stderr } = await command(args, options);
  expect(verdictsOf(JSON.parse(stdout) as Result)).toEqual(ALL_PASS);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(readResult(join(folder(), 'run')));
  expect(stderr).toContain(
    `PASS  ${BEHAVIORS.length} of ${BEHAVIORS.length} behaviours, ${OWN} of ${OWN} contracts   (gate: shown, `,
  );
  writeFileSync(join(folder(), 'token'), '');
  const written = everythingWritten();
  expect(written.length).toBeGreaterThan(100_000);
  for (const token of Object.values(served.tokens)) {
    expect(written).not.toContain(token);
    expect(written).not.toContain(Buffer.from(token).toString('base64').slice(0, -4));
    expect(written).not.toContain(token.split('.')[2]);
  }
  expect(await served.stop()).toBe(0);
});

test('a mock with a fault fails the behaviour of the fault, and judge gives the same result offline', async () => {
  const served = await startMock({ faults: ['response.location/missing'] });
  const { flags, options } = into(served);
  const args = ['run', ...flags, '--out', 'run', '--report', 'junit=reports/junit.xml'];
  const { code, stderr } = await command(args, options);
  expect(stderr).not.toContain('internal error');
  expect(code).toBe(1);
  const result = readResult(join(folder(), 'run'));
  expect(verdictsOf(result)).toMatchObject({ 'response.location': 'failed', 'completion.announced': 'passed' });
  expect(readFileSync(join(folder(), 'reports/junit.xml'), 'utf8')).toContain('response.location');
  await served.close();
  const again = await command(['judge', 'run', '--report', 'json']);
  expect(again.code).toBe(1);
  expect(JSON.parse(again.stdout)).toEqual(result);
});

test('flags take precedence over a config with waivers and reports', async () => {
  const at = (name: string): string => join(folder(), name);
  const config = [
    "export default { scenarios: ['single'], out: 'from-config', timeoutMs: 5000, quietMs: 0,",
    "  reports: ['console=report.txt'], gate: 'stated' };",
  ];
  writeFileSync(at('invite-conformance.config.mjs'), config.join('\n'));
  const one = await inProcess(['run']);
  expect(one).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(at('report.txt'), 'utf8')).toContain('(gate: stated, ');
  expect(readResult(at('from-config')).behaviors.some(({ verdict }) => verdict === 'notSelected')).toBe(true);
  writeFileSync(
    at('waivers.yaml'),
    '- {behavior: response.location, reason: r, owner: somebody, expires: 2999-12-31}\n',
  );
  const two = await inProcess([
    'run',
    '--gate',
    'shown',
    '--waivers',
    'waivers.yaml',
    '--report',
    'console',
    '--out',
    'b',
  ]);
  expect(two.code).toBe(1);
  expect(two.stdout).toContain('(gate: shown, ');
  expect(readResult(at('b')).remarks.map(({ code }) => code)).toContain('waiverStale');
});

test('a run whose output reader has closed still ends with its own exit code', async () => {
  const ended = await command(['run', '--scenario', 'single', '--quiet-ms', '0', '--report', 'json'], { deaf: true });
  expect(ended.stderr).not.toContain('EPIPE');
  expect(ended.code).toBe(0);
});

test('doctor names each layer, and ends with exit 4 if one is broken', async () => {
  const well = await inProcess(['doctor']);
  expect(well.code).toBe(0);
  const served = await startMock();
  const { flags, options } = into(served);
  const broken = await inProcess(['doctor', ...flags, '--states', `${served.url}/nothing`], options);
  expect(broken.stdout).toContain('try: ');
  await served.close();
  const down = await inProcess(['doctor', ...flags], options);
  expect(down.code).toBe(4);
});
