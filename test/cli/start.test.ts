import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '../support/free-port';
import { bench } from './command';

const kit = bench();
const SERVICE = resolve(__dirname, '../../examples/jest-project/service.js');

async function service(): Promise<{ flags: string[]; env: Record<string, string>; url: string }> {
  const port = await freePort();
  cpSync(SERVICE, join(kit.folder(), 'service.cjs'));
  const url = `http://127.0.0.1:${port}`;
  const to = ['--target', `${url}/v1.0`, '--states', `${url}/states`, '--no-contracts', '--scenario', 'single'];
  return { flags: ['run', ...to], env: { PORT: `${port}`, INVITE_TOKEN: 'bot-that-may-invite' }, url };
}

const gone = async (url: string): Promise<void> => expect(fetch(url)).rejects.toThrow('fetch failed');

test('--start starts the target, waits for it, ends it, and keeps its output', async () => {
  const { flags, env, url } = await service();
  const { code, stdout } = await kit.command([...flags, '--start', 'node service.cjs'], { env });
  expect({ code, line: stdout.slice(0, 4) }).toEqual({ code: 0, line: 'PASS' });
  await gone(url);
  const log = readFileSync(join(kit.folder(), '.invite-conformance/candidate.log'), 'utf8');
  expect(log).toBe(`listening on ${url}\n`);
});

test('a target that exits at once ends the run with exit 4 and shows its output', async () => {
  const { flags, env } = await service();
  const { code, stderr } = await kit.command([...flags, '--start', 'echo no port >&2; exit 9'], { env });
  expect(code).toBe(4);
  expect(stderr).toMatch(
    /start: .* ended with exit code 9 before it answered at http:[^]*its last output:\n {4}no port\n/,
  );
});

test('--start without a target ends with exit 2', async () => {
  const { code, stderr } = await kit.command(['run', '--start', 'true']);
  expect({ code, told: stderr.includes('--start without a target') }).toEqual({ code: 2, told: true });
  expect(existsSync(join(kit.folder(), '.invite-conformance'))).toBe(false);
});

test('an interrupt also ends the target', async () => {
  const { flags, env, url } = await service();
  let interrupted = false;
  const { code } = await kit.command([...flags, '--start', 'node service.cjs', '--quiet-ms', '60000'], {
    env,
    watch: (stderr, child) => {
      if (!interrupted && /attempts done/.test(stderr)) {
        interrupted = true;
        child.kill('SIGINT');
      }
    },
  });
  expect(code).toBe(130);
  await gone(url);
});
