import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMock, type Mock } from '../../mock';
import { deserted, servers } from '../target/servers';
import { bench, readResult, showsStack, verdictsOf, type Ended } from './command';

const { command, inProcess, everythingWritten, folder } = bench();
const { http, tcp } = servers();
const QUICK = ['--quiet-ms', '0', '--out', 'run'];
const env = { INVITE_TOKEN: 'canary-token-0123456789' };

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ latencyMs: 600_000 });
});
afterAll(async () => mock.close());

/** Judges a target, and checks that no stack trace is printed and no token is written. */
async function judged(target: string, states: string, more: string[] = []): Promise<Ended> {
  const ended = await inProcess(['run', '--target', `${target}/v1.0`, '--states', states, ...QUICK, ...more], { env });
  const written = everythingWritten();
  expect(showsStack(written)).toBe(false);
  expect(written).not.toContain(env.INVITE_TOKEN);
  return ended;
}

test('a target that is down ends the run with exit 4, and the result of an earlier run is removed', async () => {
  await inProcess(['run', '--scenario', 'single', '--quiet-ms', '0', '--out', 'run']);
  expect(existsSync(join(folder(), 'run/result.json'))).toBe(true);
  const origin = await deserted();
  const { code, stdout, stderr } = await judged(origin, `${origin}/states`);
  expect(code).toBe(4);
  expect(stdout).toBe('');
  expect(stderr).toContain('invite-conformance, connect:');
  expect(stderr).toContain('ECONNREFUSED');
  expect(stderr).toContain('  try  Start the target');
  expect(existsSync(join(folder(), 'run/result.json'))).toBe(false);
});

test('a host without an address ends the run with exit 4', async () => {
  const { code, stderr } = await judged('http://nowhere.invalid', 'http://nowhere.invalid/states');
  expect(code).toBe(4);
  expect(stderr).toContain('invite-conformance, resolve: the host name nowhere.invalid could not be resolved');
});

test('a target that answers HTML to everything, states included, ends the run with exit 4', async () => {
  const origin = await http((_req, res) =>
    res.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>\u001b[2Jhello'),
  );
  const { code, stderr } = await judged(origin, `${origin}/states`);
  expect(code).toBe(4);
  expect(stderr).toContain("invite-conformance, provision: state 'a group call'");
  expect(stderr).toMatch(/the response is not a JSON object \(.*\): "<p>\\u001b\[2Jhello"; requested from /);
  expect(stderr).not.toContain('\u001b');
});

test('a target that accepts connections but never answers ends the run with exit 4', async () => {
  const origin = await tcp(() => undefined);
  const { code, stderr } = await judged(origin, mock.states, ['--timeout-ms', '300']);
  expect(code).toBe(4);
  expect(stderr).toContain('no complete response within 300 ms');
});

test('a states endpoint that is down ends the run with exit 4', async () => {
  const { code, stderr } = await judged(new URL(mock.url).origin, `${await deserted()}/states`);
  expect(code).toBe(4);
  expect(stderr).toContain('nothing listens there (connection refused)');
});

test('a callback address of another machine ends the run with exit 4', async () => {
  const { code, stderr } = await judged(new URL(mock.url).origin, mock.states, ['--callback-host', '192.0.2.1']);
  expect(code).toBe(4);
  expect(stderr).toContain('invite-conformance, callback:');
});

test('a target that resets the connection of every invitation fails with exit 1', async () => {
  const origin = await http((req, res) => {
    if (req.headers.authorization === undefined) res.writeHead(401).end();
    else req.socket.resetAndDestroy();
  });
  const { code, stdout } = await judged(origin, mock.states);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL {2}1 cause: 1 behaviour and 3 contracts failed, /);
  expect(stdout).toMatch(
    /^1 {2}An invitation to an established group call got no response: the connection was reset /m,
  );
  expect(stdout).toMatch(/^ {3}failed {7}request\.route; contracts: /m);
});

test('a target that responds correctly but never notifies fails with exit 1', async () => {
  const args = [
    'run',
    '--target',
    mock.url,
    '--states',
    mock.states,
    ...QUICK,
    '--timeout-ms',
    '2000',
    '--scenario',
    'single',
  ];
  const { code, stdout } = await inProcess(args, { env: { INVITE_TOKEN: mock.tokens.valid } });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL {2}1 cause: 2 behaviours failed, /);
  expect(stdout).toMatch(/^ {3}failed {7}completion\.announced, roster\.announced$/m);
  expect(verdictsOf(readResult(join(folder(), 'run')))).toMatchObject({
    'response.status-200': 'passed',
    'completion.announced': 'failed',
    'roster.announced': 'failed',
  });
  expect(everythingWritten()).not.toContain(mock.tokens.valid);
});

test('a missing valid token ends the run', async () => {
  const { code, stdout } = await inProcess(['run', '--target', mock.url, '--states', mock.states, ...QUICK]);
  expect(code).toBe(3);
  expect(stdout).not.toContain('FAIL');
  expect(stdout).not.toMatch(/^ *failed /m);
  expect(stdout).toContain('tokens.valid is not configured');
  expect(new Set(Object.values(verdictsOf(readResult(join(folder(), 'run')))))).toEqual(new Set(['untested']));
});

test('an interrupt ends a run at once and keeps its history, and judge gives the same result', async () => {
  const args = ['run', '--target', mock.url, '--states', mock.states, '--timeout-ms', '600000', '--out', 'run'];
  let interrupted = 0;
  const ended = await command(args, {
    env: { INVITE_TOKEN: mock.tokens.valid },
    watch: (stderr, child) => {
      if (stderr.includes('attempts done') && interrupted === 0) {
        interrupted += 1;
        child.kill('SIGINT');
      }
    },
  });
  expect(ended.code).toBe(130);
  expect(ended.stdout).toMatch(/^INTERRUPTED {2}partial results are kept; .* Exit 130\./);
  const result = readResult(join(folder(), 'run'));
  expect(result.exitCode).toBe(130);
  expect(Object.values(verdictsOf(result))).toEqual(expect.arrayContaining(['passed', 'untested']));
  const lines = readFileSync(join(folder(), 'run/history.ndjson'), 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'end', interrupted: true });
  const again = await command(['judge', 'run', '--report', 'json']);
  expect(again.code).toBe(130);
  expect(JSON.parse(again.stdout)).toEqual(result);
});

test('an interrupt ends a run at once while every invitation hangs', async () => {
  let interrupt = (): void => undefined;
  const hanging = await http((req, res) => {
    if (req.headers.authorization === undefined) res.writeHead(401).end();
    else interrupt();
  });
  const patient = ['--timeout-ms', '600000', '--concurrency', '2', '--out', 'run'];
  const { code } = await command(['run', '--target', hanging, '--states', mock.states, ...patient], {
    env,
    started: (child) => {
      interrupt = () => {
        interrupt = () => undefined;
        child.kill('SIGINT');
      };
    },
  });
  expect(code).toBe(130);
});

test('an interrupt ends a run at once before anything was sent that could be judged', async () => {
  let interrupt = (): void => undefined;
  const hanging = await http(() => interrupt());
  const { code, stdout, stderr } = await command(
    ['run', '--target', hanging, '--states', mock.states, '--timeout-ms', '600000', '--out', 'run'],
    {
      env,
      started: (child) => {
        interrupt = () => {
          interrupt = () => undefined;
          child.kill('SIGINT');
        };
      },
    },
  );
  expect(code).toBe(130);
  expect(stdout).toBe('');
  expect(stderr).toBe('invite-conformance: interrupted before any behaviour was judged\n');
});

test('a damaged, a truncated and a missing history end judge with exit 2, with the file and the line', async () => {
  await inProcess(['run', '--scenario', 'single', '--quiet-ms', '0', '--out', 'run']);
  const file = join(folder(), 'run/history.ndjson');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.slice(0, -20));
  const cut = await inProcess(['judge', 'run']);
  expect(cut).toMatchObject({ code: 2, stdout: '' });
  expect(cut.stderr).toMatch(/history\.ndjson, line \d+: not JSON; the file is damaged or cut off there/);
  const missing = await inProcess(['judge', 'nowhere']);
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr).toContain('nowhere');
});
