import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMock, type Mock } from '../../mock';
import { bench, showsStack } from '../cli/command';
import { leaksIn } from '../support/canaries';
import { servers } from '../target/servers';

const { command, inProcess, everythingWritten, folder } = bench();
const { http } = servers();
const env = {
  INVITE_TOKEN: 'canary+token/0123456789=abcdefghij',
  INVITE_TOKEN_WITHOUT_PERMISSION: 'canary+other/9876543210=klmnopqrst',
};
const FORMATS = ['console', 'json', 'html', 'junit', 'markdown', 'github', 'sarif', 'ctrf', 'badge'];

/** A text with each character escaped as JSON, a URL or HTML allows. */
const written = (text: string, how: (code: number) => string): string =>
  text.replaceAll(/./g, (one) => how(one.charCodeAt(0)));
const escaped = (text: string): string =>
  written(text, (code) => (code % 2 === 0 ? String.fromCharCode(code) : `\\u${code.toString(16).padStart(4, '0')}`));
const percent = (text: string): string => written(text, (code) => `%${code.toString(16)}`);
const entities = (text: string): string => written(text, (code) => `&#${code};`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64OfUtf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');

/** All encodings in which a target can return a token that it received. */
function echoes(token: string): string[] {
  const plain = [token, `Bearer ${token}`, `x${token}`, `xy${token}z`];
  const all = [
    ...plain,
    ...plain.map(base64),
    ...plain.map(base64OfUtf16),
    ...plain.map(hex),
    encodeURIComponent(token),
    percent(token),
    escaped(token),
    entities(token),
  ];
  return [...all, token.replaceAll('/', '\\/'), JSON.stringify(escaped(token)), encodeURIComponent(percent(token))];
}

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => mock.close());

test('the search finds a token in each of these encodings', () => {
  for (const echo of echoes(env.INVITE_TOKEN)) expect(leaksIn(`"… ${echo} …"`, [env.INVITE_TOKEN])).not.toEqual([]);
  expect(leaksIn('canary+token/0123456789=abcdefghi', [env.INVITE_TOKEN])).toEqual([]);
});

/**
 * A target that returns the token of a request in the status, headers and body of its response, and in notifications.
 */
test.each([200, 400, 500])(
  'a target that returns its tokens in every encoding, with %i, leaks none',
  async (status) => {
    const origin = await http((req, res) => {
      const token = /\S+$/.exec(req.headers.authorization ?? '')?.[0] ?? '';
      const all = echoes(token);
      const body = `{"id":"${all.join(' ').replaceAll('"', '')}","error":{"code":"${token}","message":"${escaped(token)}"}}`;
      res.setHeader(
        'X-Echo',
        all.filter((echo) => !/[\r\n]/.test(echo)),
      );
      res.setHeader('Location', `/operations/${encodeURIComponent(token)}`);
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
    });
    const reports = FORMATS.flatMap((format) => ['--report', `${format}=report.${format}`]);
    const args = [
      'run',
      '--target',
      `${origin}/v1.0`,
      '--states',
      mock.states,
      '--timeout-ms',
      '1500',
      '--quiet-ms',
      '0',
    ];
    const { code, stderr } = await inProcess([...args, '--scenario', 'single', '--out', 'run', ...reports], { env });
    expect(code).toBe(1);
    expect(showsStack(stderr)).toBe(false);
    expect(everythingWritten()).toContain('[redacted]');
    // The output, and the arguments and environment of child processes, are searched after each test.
  },
);

test('a target that quotes the token in a refused create-call leaks nothing, wherever the message is truncated', async () => {
  const origin = await http((req, res) => {
    // The padding puts the token where a message is truncated.
    res
      .writeHead(500)
      .end(`${' '.repeat(130)}${req.headers.authorization ?? ''} ${escaped(req.headers.authorization ?? '')}`);
  });
  writeFileSync(join(folder(), 'c.yaml'), 'provisioning: { calls: {} }\n');
  const { code, stderr } = await inProcess(['run', '--target', origin, '--config', 'c.yaml', '--no-contracts'], {
    env,
  });
  expect(code).toBe(4);
  expect(stderr).toContain('[redacted]');
  expect(stderr).not.toContain(env.INVITE_TOKEN.slice(0, 14));
});

/** A service whose create-call responses contain the token, and whose calls are never established. */
const namedAfterToken = (id: (token: string) => string): Promise<string> =>
  http((req, res) => {
    const token = /\S+$/.exec(req.headers.authorization ?? '')?.[0] ?? '';
    res.writeHead(201, { 'Content-Type': 'application/json', [id(token).replaceAll(/[^\w-]/g, '')]: 'x' });
    res.end(JSON.stringify({ id: id(token), state: id(token) }));
  });

test.each([
  ['unchanged', (token: string) => `id-${token}`],
  ['in the other case', (token: string) => `id-${token.toUpperCase()}`],
  ['where a message is truncated', (token: string) => `${'x'.repeat(140)}${token}`],
  ['among thousands of characters', (token: string) => `${'x'.repeat(1990)}${token}${'y'.repeat(5000)}`],
])('run and doctor show nothing of a call id that contains the token, %s', async (_how, id) => {
  const origin = await namedAfterToken(id);
  writeFileSync(join(folder(), 'c.yaml'), 'provisioning: { calls: {} }\n');
  const given = ['--target', origin, '--config', 'c.yaml', '--timeout-ms', '1000'];
  for (const args of [
    ['run', ...given, '--no-contracts', '--out', 'run'],
    ['doctor', ...given],
  ]) {
    const { code, stdout, stderr } = await inProcess(args, { env });
    expect(code).toBe(4);
    expect(`${stdout}${stderr}`).toMatch(/\[redacted|x{100}/);
    expect(`${stdout}${stderr}`.toLowerCase()).not.toContain(env.INVITE_TOKEN.slice(0, 12));
  }
});

test.each<[string, (text: string) => Buffer]>([
  ['UTF-16 with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['big-endian UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('a target that returns its tokens in %s leaks none', async (_how, bytes) => {
  const origin = await http((req, res) => {
    res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-16' });
    res.end(bytes(JSON.stringify({ id: req.headers.authorization ?? '' })));
  });
  const args = [
    'run',
    '--target',
    origin,
    '--states',
    mock.states,
    '--behavior',
    'response.json',
    '--timeout-ms',
    '1500',
  ];
  const { code } = await inProcess([...args, '--out', 'run', '--report', 'html=report.html'], { env });
  expect(code).toBe(1);
  expect(everythingWritten()).toContain('not UTF-8');
});

test('a token at the truncation of a response or a notification leaves no beginning behind', async () => {
  const token = env.INVITE_TOKEN;
  const cut = `${'x'.repeat(1024 * 1024 - 20)}${token}`;
  let calls = 0;
  const origin = await http((req, res) => {
    let body = '';
    req.on('data', (part: Buffer) => (body += part.toString()));
    req.on('end', () => {
      const { params } = (body.startsWith('{"action"') ? JSON.parse(body) : {}) as {
        params?: { callbackUri?: string };
      };
      if (!params) {
        res.writeHead(400).end(cut);
        return;
      }
      const answer = (): void =>
        void res.end(`{"callId":"${(calls += 1)}","userId":"b","userIds":["1","2","3","4","5","6","7","8"]}`);
      if (params.callbackUri === undefined) answer();
      else fetch(params.callbackUri, { method: 'POST', body: cut }).then(answer, answer);
    });
  });
  const args = ['run', '--target', origin, '--states', `${origin}/states`, '--timeout-ms', '1500', '--quiet-ms', '0'];
  await inProcess([...args, '--scenario', 'single', '--no-contracts', '--out', 'run'], { env });
  const all = everythingWritten();
  expect(all).toMatch(/x{20}\[redacted\]/);
  expect(all).not.toContain(token.slice(0, 8));
});

test.each(['tokens', 'tokens.valid'])('a token in the place of a name is not shown: under %s', async (under) => {
  const token = env.INVITE_TOKEN;
  const inner = under === 'tokens' ? { [token]: 'x' } : { valid: { [token]: 'x' } };
  writeFileSync(join(folder(), 'c.json'), JSON.stringify({ tokens: inner }));
  const { code, stderr } = await inProcess(['run', '--config', 'c.json'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('tokens');
  expect(stderr).not.toContain(token.slice(0, 12));
});

test('a token that is an ordinary word is accepted, and the user is warned once', async () => {
  const args = ['run', '--target', mock.url, '--states', mock.states, '--scenario', 'single', '--no-contracts'];
  const { stderr } = await inProcess([...args, '--out', 'run'], { env: { INVITE_TOKEN: 'completed' } });
  expect(stderr.match(/tokens\.valid is short or an ordinary word/g)).toHaveLength(1);
});

test('the contracts are verified in a process that receives no token', async () => {
  const args = ['contracts', '--target', mock.url, '--states', mock.states, '--json'];
  const { code } = await command(args, { env: { INVITE_TOKEN: mock.tokens.valid } });
  expect(code).toBe(3);
});
