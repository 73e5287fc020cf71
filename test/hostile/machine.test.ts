import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import packageFile from '../../package.json';
import { readHistory } from '../../history/history-file';
import type { Result } from '../../verdicts/result';
import { bench, readResult, showsStack } from '../cli/command';
import { servers } from '../target/servers';

const kit = bench();
const { http } = servers();

/** Runs a shell line in which `$0 $1` is the command. */
function shell(line: string, cwd = kit.folder()): { status: number | null; stdout: string; stderr: string } {
  const args = ['-c', line, process.execPath, join(kit.dist, 'cli/main.js')];
  return spawnSync('bash', args, { cwd, encoding: 'utf8', timeout: 100_000 });
}

const ARGS = ['run', '--scenario', 'single', '--no-contracts', '--quiet-ms', '0'];
const OUT = ['--out', 'run'];
const RUN = ['"$0" "$1"', ...ARGS, ...OUT].join(' ');

test('standard error on a full disk changes neither the exit code nor the teardown', async () => {
  const target = await kit.mock();
  const line = `INVITE_TOKEN=${target.tokens.valid} ${RUN} --target ${target.url} --states ${target.states} 2>/dev/full`;
  expect(shell(line).status).toBe(0);
  const { events } = readHistory(join(kit.folder(), 'run'));
  const released = events.filter((event) => event.kind === 'exchange' && event.purpose === 'release');
  const calls = events.filter((event) => event.kind === 'call' && event.shape !== 'unknown');
  expect(calls.length).toBeGreaterThan(0);
  expect(released.length).toBeGreaterThanOrEqual(calls.length);
});

test('a report that standard output cannot take ends the run with exit 4 and a message, and the result is kept', () => {
  const { status, stderr } = shell(`${RUN} --report json >/dev/full`);
  expect(status).toBe(4);
  expect(stderr).toContain("can't write standard output: no space is left on the disk (ENOSPC)");
  expect(showsStack(stderr)).toBe(false);
  expect(readResult(join(kit.folder(), 'run')).exitCode).toBe(0);
  expect(shell(`${RUN} --report json >/dev/full 2>/dev/full`).status).toBe(4);
});

test('a reader that closes standard output early does not change the exit code', () => {
  const { status, stdout } = shell(`set -o pipefail; ${RUN} --report json | head -c 10`);
  expect(status).toBe(0);
  expect(stdout).toHaveLength(10);
});

test('too few open files end the run with exit 4 and the limit to raise, and nothing fails', () => {
  const { status, stderr } = shell(`ulimit -n 64; ${RUN}`);
  expect(status).toBe(4);
  expect(stderr).toMatch(/this process may open at most 64 files; a run needs \d+\n.*ulimit -n/);
  expect(showsStack(stderr)).toBe(false);
  expect(readdirSync(kit.folder())).toEqual([]);
});

test('a deleted working folder ends the run with exit 4 and a message', () => {
  mkdirSync(join(kit.folder(), 'gone'));
  const { status, stderr } = shell(`rmdir ../gone; ${RUN}`, join(kit.folder(), 'gone'));
  expect(status).toBe(4);
  expect(stderr).toContain('the working folder no longer exists');
  expect(showsStack(stderr)).toBe(false);
});

test.each([
  ['a folder under /proc', '--out /proc/x', /can't write \/proc\/x\/.*cannot create a folder in \/proc/],
  ['a report under /proc', '--out run --report json=/proc/x/y.json', /can't write \/proc\/x\/y\.json/],
  ['a report at the path of a folder', '--out run --report html=taken', /can't write taken: it is a folder/],
  ['a folder at the path of the result', '--out holds-result', /result\.json: it is a folder/],
  ['a folder at the path of the history', '--out holds-history', /history\.ndjson: it is a folder/],
])('%s ends the run with exit 2, before anything is sent', async (_what, flags, said) => {
  const at = (name: string): string => join(kit.folder(), name);
  for (const name of ['taken', 'holds-result/result.json', 'holds-history/history.ndjson']) {
    mkdirSync(at(name), { recursive: true });
  }
  let sent = 0;
  const origin = await http((_req, res) => {
    sent += 1;
    res.end();
  });
  const args = ['run', '--target', origin, '--states', origin, ...flags.split(' ')];
  const { code, stderr } = await kit.inProcess(args);
  expect(code).toBe(2);
  expect(stderr).toMatch(said);
  expect(showsStack(stderr)).toBe(false);
  expect(sent).toBe(0);
});

test('links are replaced, not followed; reports have the default mode, the history is readable by its owner only', () => {
  const at = (name: string): string => join(kit.folder(), name);
  mkdirSync(at('run'));
  const names = ['history.ndjson', 'result.json', 'report.html'];
  for (const name of names) {
    writeFileSync(at(`victim-${name}`), 'mine');
    symlinkSync(at(`victim-${name}`), at(`run/${name}`));
  }
  expect(shell(`umask 022; ${RUN} --report html=run/report.html`).status).toBe(0);
  for (const name of names) {
    expect(readFileSync(at(`victim-${name}`), 'utf8')).toBe('mine');
    expect(lstatSync(at(`run/${name}`)).isSymbolicLink()).toBe(false);
    expect(statSync(at(`run/${name}`)).mode & 0o777).toBe(name === 'history.ndjson' ? 0o600 : 0o644);
  }
  // An existing history that others can read is replaced.
  rmSync(at('run'), { recursive: true });
  mkdirSync(at('run'));
  writeFileSync(at('run/history.ndjson'), '', { mode: 0o666 });
  expect(shell(RUN).status).toBe(0);
  expect(statSync(at('run/history.ndjson')).mode & 0o777).toBe(0o600);
});

test('the default folder of runs has a .gitignore, another folder has none', async () => {
  expect((await kit.inProcess(ARGS)).code).toBe(0);
  expect(readFileSync(join(kit.folder(), '.invite-conformance/.gitignore'), 'utf8')).toBe('*\n');
  expect((await kit.inProcess([...ARGS, ...OUT])).code).toBe(0);
  expect(readdirSync(join(kit.folder(), 'run'))).not.toContain('.gitignore');
});

test('results and histories with a byte order mark are read', async () => {
  expect((await kit.inProcess([...ARGS, ...OUT])).code).toBe(0);
  for (const name of ['result.json', 'history.ndjson']) {
    const file = join(kit.folder(), 'run', name);
    writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`);
  }
  const again = await kit.inProcess(['judge', 'run', '--report', 'json']);
  expect(again.code).toBe(0);
  expect((JSON.parse(again.stdout) as Result).summary.failed).toBe(0);
  expect((await kit.inProcess(['compare', 'run/result.json', 'run/result.json'])).code).toBe(0);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s before a run ends it with exit 130', async (name) => {
  writeFileSync(join(kit.folder(), 'c.mjs'), "console.error('begun'); await new Promise((r) => setTimeout(r, 1e9));");
  // Only once: a second signal kills the process.
  let sent = false;
  const watch = (stderr: string, child: { kill: (signal: typeof name) => boolean }): void => {
    if (stderr.includes('begun') && !sent) sent = child.kill(name);
  };
  const module = await kit.command(['run', '--config', 'c.mjs'], { watch });
  expect(module.code).toBe(130);
  expect(module.stderr).toContain('interrupted before any behaviour was judged');
  // The program signals its parent, the command that waits for its token.
  const command = ['sh', '-c', `kill -${name.slice(3)} $PPID; exec sleep 1000`];
  const config = { target: 'http://127.0.0.1:9', tokens: { valid: { command } }, provisioning: { calls: {} } };
  writeFileSync(join(kit.folder(), 'c.json'), JSON.stringify(config));
  const token = await kit.command(['doctor', '--config', 'c.json']);
  expect(token.code).toBe(130);
  expect(token.stderr).toContain('interrupted before any behaviour was judged');
});

test('named pipes and devices end every command that reads a file with exit 2', async () => {
  const fifo = join(kit.folder(), 'fifo');
  spawnSync('mkfifo', [fifo]);
  const target = '--target http://127.0.0.1:9 --states http://127.0.0.1:9';
  const lines = [
    'run --config FILE',
    `run ${target} --token-file FILE`,
    'run --waivers FILE',
    'run --pact FILE',
    'contracts --pact FILE',
    'waivers check FILE',
    'judge --waivers FILE run',
    'compare FILE FILE',
    'merge FILE',
    'page read FILE',
    'drift FILE',
  ];
  for (const [i, line] of lines.entries()) {
    // Opening a pipe blocks. The same check refuses devices.
    const file = i % 5 === 0 ? '/dev/zero' : fifo;
    const { code, stderr } = await kit.inProcess(line.replaceAll('FILE', file).split(' '));
    expect([line, code]).toEqual([line, 2]);
    expect(stderr).toMatch(/not a regular file/);
  }
});

test('a Node that is too old is reported by code that it can parse', () => {
  const source = readFileSync(join(kit.dist, 'cli/start.cjs'), 'utf8').replace(/^#!.*/, '');
  expect(packageFile.bin['invite-conformance']).toBe('dist/cli/start.cjs');
  expect(source).not.toMatch(/\?\.|\?\?|#|\basync\b/);
  const started = (version: string): { said: string; code: number | undefined; loaded: string[] } => {
    let said = '';
    let code: number | undefined;
    const loaded: string[] = [];
    const process = {
      versions: { node: version },
      stderr: { write: (text: string) => void (said += text) },
      exit: (given: number) => void (code = given),
    };
    runInNewContext(source, { process, module: {}, require: (name: string) => void loaded.push(name), Number });
    return { said, code, loaded };
  };
  const least = packageFile.engines.node.replace('>=', '');
  for (const old of ['20.18.3', '18.20.0', '12.22.1', '8.0.0']) {
    expect(started(old)).toEqual({
      said: `invite-conformance needs Node ${least} or later; this is Node ${old}\n`,
      code: 2,
      loaded: [],
    });
  }
  for (const version of ['20.19.0', '22.1.0', '26.0.0']) {
    expect(started(version)).toEqual({ said: '', code: undefined, loaded: ['./main.js'] });
  }
});
