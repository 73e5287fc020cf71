import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS, VARIANTS } from '../../mock/catalog';
import { makeCertificate } from '../../mock/certificate';
import { bench, showsStack } from './command';

const { command, inProcess, folder, mock } = bench();

/** Runs a script in node with the mock. */
const script = (text: string): string[] => ['--', process.execPath, '-e', text];

/** Script code that makes a group call whose notifications go to a callback, and invites a user to it. */
const BOT = `
  const { INVITE_TARGET: target, INVITE_STATES: states, INVITE_TOKEN: token } = process.env;
  const post = async (url, body) => {
    const headers = { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  };
  const invited = async (callbackUri, id = 'a-user') => {
    const params = { callbackUri };
    const { body } = await post(states, { action: 'setup', state: 'a group call', params });
    const url = target + '/communications/calls/' + body.callId + '/participants/invite';
    return post(url + '?secret=hidden', { participants: [{ identity: { user: { id } } }] });
  };`;

test('the list has a line for each fault and variant, also as JSON', async () => {
  const { code, stdout } = await inProcess(['mock', '--list']);
  expect(code).toBe(0);
  const lines = stdout.split('\n').filter((line) => line.startsWith('  '));
  expect(lines.map((line) => line.trim().split(/ {2,}/)[0] ?? '').toSorted()).toEqual(
    [...FAULTS, ...VARIANTS].map(({ id }) => id).toSorted(),
  );
  const json = await inProcess(['mock', '--list', '--json', '--area', 'completion']);
  const { faults, variants } = JSON.parse(json.stdout) as { faults: { behavior: string }[]; variants: unknown[] };
  expect(faults.length).toBeGreaterThan(20);
  expect(faults.filter(({ behavior }) => !behavior.startsWith('completion.'))).toEqual([]);
  expect(variants).toEqual([]);
});

test.each<[string[], string]>([
  [['--list', '--area', 'rooster'], '--area: no "rooster"; did you mean roster?'],
  [['--json'], '--json without --list'],
  [['--fault', 'batched'], 'Unknown fault "batched": that is a variant'],
  [['--fault', 'completion.once'], 'did you mean "completion.once/'],
  [['--variant', 'bached'], 'did you mean "batched"?'],
  [['--token', 'vald=x'], '--token: no "vald"; did you mean valid?'],
  [['--token', 'valid'], 'write --token valid=VALUE'],
  [['--token', 'valid=two words'], '--token must be some of valid, withoutPermission, delegated'],
  [['--host', 'http://127.0.0.1'], '--host must be an IP address or the name of a host'],
  [['--host', '192.0.2.77'], 'this machine has no such address'],
  [['--port', '80.5'], '--port must be a whole number from 0 to 65535'],
  [['--key', 'key.pem'], '--key without --cert'],
  [['--cert', 'none.pem', '--key', 'none.pem'], "can't read --cert none.pem"],
  [['--ca-file', 'ca.pem'], '--ca-file without --tls'],
  [['--tls', '--ca-file', 'plain/ca.pem'], "can't write plain/ca.pem"],
  [['--', 'no-such-program-anywhere'], `can't start "no-such-program-anywhere": the program does not exist (ENOENT)`],
])('wrong usage ends with exit 2 and an explanation: mock %j', async (args, said) => {
  writeFileSync(join(folder(), 'plain'), '');
  const { code, stdout, stderr } = await inProcess(['mock', ...args]);
  expect([code, stdout, showsStack(stderr)]).toEqual([2, '', false]);
  expect(stderr).toContain(said);
});

test('a port in use, and a key that does not match its certificate, are reported with a message', async () => {
  const { url } = await mock();
  const taken = await inProcess(['mock', '--port', new URL(url).port]);
  expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining('the port is taken; choose another')]);
  writeFileSync(join(folder(), 'cert.pem'), makeCertificate(['localhost']).cert);
  writeFileSync(join(folder(), 'key.pem'), makeCertificate(['localhost']).key);
  const { code, stderr } = await inProcess(['mock', '--cert', 'cert.pem', '--key', 'key.pem']);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/--cert with --key must be the PEM text .* that fits it\.\n$/),
  ]);
});

test('a missing folder for temporary files ends mock --tls with exit 4 and a message', async () => {
  const { code, stderr } = await command(['mock', '--tls', '--', 'true'], { env: { TMPDIR: join(folder(), 'none') } });
  expect([code, showsStack(stderr)]).toEqual([4, false]);
  expect(stderr).toMatch(
    /can't write to the temporary folder \S+none: the file does not exist \(ENOENT\); TMPDIR sets another/,
  );
});

test('a command run with the mock receives its environment and its own exit code, and the mock prints nothing', async () => {
  const ended = await command(
    [
      'mock',
      ...script(
        `${BOT} invited('http://127.0.0.1:9/').then(({ status }) => { console.log(status); process.exitCode = 7; })`,
      ),
    ],
    { env: { INVITE_TARGET: 'http://127.0.0.1:1/', INVITE_TLS_CA: 'of somebody else' } },
  );
  expect(ended).toEqual({ code: 7, stdout: '200\n', stderr: '' });
});

test('arguments reach the command unchanged', async () => {
  const { code, stdout } = await command([
    'mock',
    ...script('console.log(process.argv.slice(1))'),
    '--',
    '--port',
    '-x',
    'a  b',
  ]);
  expect([code, stdout]).toEqual([0, "[ '--port', '-x', 'a  b' ]\n"]);
});

test('a signal is forwarded, and the exit code is that of the command', async () => {
  const text = `process.on('SIGTERM', () => process.exit(9)); setInterval(() => 0, 1000); console.error('ready')`;
  const { code } = await command(['mock', ...script(text)], {
    watch: (stderr, child) => {
      if (stderr === 'ready\n') child.kill('SIGTERM');
    },
  });
  expect(code).toBe(9);
});

test('a second signal kills a command that ignores the first', async () => {
  const text = `process.on('SIGINT', () => console.error('heard')); setInterval(() => 0, 1000); console.error('ready')`;
  const { code, stderr } = await command(['mock', ...script(text)], {
    watch: (said, child) => {
      if (said === 'ready\n' || said === 'ready\nheard\n') child.kill('SIGINT');
    },
  });
  expect([code, stderr]).toEqual([128 + 9, 'ready\nheard\n']);
});

/** Whether a process is running; a terminated process may remain in the table until its parent waits for it. */
function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) Z/.test(readFileSync(stat, 'utf8'));
}

test('processes that the command leaves behind are ended with it, even if they ignore signals', async () => {
  const left = `process.on('SIGTERM', () => 0); setInterval(() => 0, 1000); process.send('up')`;
  const text = `
    const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(left)}],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.on('message', () => { console.log(child.pid); process.exit(3); })`;
  const { code, stdout } = await command(['mock', ...script(text)]);
  expect(code).toBe(3);
  while (runs(Number(stdout))) await new Promise((resolve) => setImmediate(resolve));
});

test('with TLS, the CA file exists while the mock runs, and Node trusts it', async () => {
  const text = `${BOT} invited('http://127.0.0.1:9/').then(({ status }) => console.log(status, new URL(target).protocol, process.env.INVITE_TLS_CA_FILE))`;
  const { code, stdout } = await command(['mock', '--tls', ...script(text)]);
  const [status, protocol, file = ''] = stdout.trim().split(' ');
  expect([code, status, protocol, existsSync(file)]).toEqual([0, '200', 'https:', false]);
  mkdirSync(join(folder(), 'kept'));
  const kept = await command([
    'mock',
    '--tls',
    '--tls-name',
    'mock.example',
    '--ca-file',
    'kept/ca.pem',
    ...script(text),
  ]);
  expect([kept.code, kept.stdout]).toEqual([0, '200 https: kept/ca.pem\n']);
  expect(existsSync(join(folder(), 'kept/ca.pem'))).toBe(true);
});

test('the log has a line for each request and notification, without tokens, queries or control characters', async () => {
  const text = `${BOT}
    const server = require('http').createServer((request, response) => response.writeHead(202).end());
    let answered = 0;
    server.on('request', (_request, response) => response.on('close', () => (answered += 1) === 2 && process.exit()));
    server.listen(0, '127.0.0.1', async () => {
      await fetch(target + '/communications/%1b[31m::error::x', { headers: { Authorization: 'x' } });
      await invited('http://user:hidden@127.0.0.1:' + server.address().port + '/api/calls?secret=hidden');
    })`;
  const { code, stderr } = await command(['mock', '--log', '--token', 'valid=made-up-token', ...script(text)]);
  expect(code).toBe(0);
  const lines = stderr
    .split('\n')
    .map((line) => line.replaceAll(/^[\d:.]{12} {2}|\d+ ms|[\da-f-]{36}|(?<=127.0.0.1:)\d+/g, '#'));
  expect(lines.slice(0, 4)).toEqual([
    '#request  GET /v1.0/communications/%1b[31m\\u003a:error\\u003a:x  404  #  ResourceNotFound: There is no GET /v1.0/communications/%1b[31m\\u003a:error\\u003a:x.',
    '#request  POST /_states  200  #',
    '#request  POST /v1.0/communications/calls/#/participants/invite?…  200  #',
    '#notification  POST http://127.0.0.1:#/api/calls?…  202  #  operation deleted completed',
  ]);
  expect(stderr).not.toMatch(/hidden|made-up-token/);
});

test('fixed tokens come by flag and by environment, and the flag takes precedence', async () => {
  const tokens = ['INVITE_TOKEN', 'INVITE_TOKEN_WITHOUT_PERMISSION', 'INVITE_TOKEN_DELEGATED'];
  const text = `console.log(${JSON.stringify(tokens)}.map((name) => process.env[name]).join(' '))`;
  const { stdout } = await command(['mock', '--token', 'valid=by-flag', ...script(text)], {
    env: { INVITE_MOCK_TOKEN: 'by-variable', INVITE_MOCK_TOKEN_DELEGATED: 'somebody' },
  });
  expect(stdout).toMatch(/^by-flag eyJ\S+ somebody\n$/);
});

test("the caller's own INVITE_PHONE is not passed to the command", async () => {
  const { stdout } = await command(['mock', ...script('console.log(process.env.INVITE_PHONE)')], {
    env: { INVITE_PHONE: '+491701234567' },
  });
  expect(stdout).toBe('+12345678901\n');
});

test('a mock that other machines can reach says so, with what they need', async () => {
  const { code, stdout, stderr } = await command([
    'mock',
    '--host',
    '0.0.0.0',
    ...script('console.log(process.env.INVITE_TARGET)'),
  ]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1\.0\n$/)]);
  expect(stderr).toMatch(/^The mock listens on every address of this machine; .*http:\/\/[^/]+:\d+\/v1\.0\n/);
  expect(stderr).toContain('--allow-remote-callbacks');
});
