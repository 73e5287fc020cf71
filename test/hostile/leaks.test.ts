import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMock, type Mock } from '../../mock';
import { bench, showsStack } from '../cli/command';
import { leaksIn } from '../support/canaries';
import { servers } from '../target/servers';

const { command, everythingWritten, folder } = bench();
const { http } = servers();
const env = {
  INVITE_TOKEN: 'canary+token/0123456789=abcdefghij',
  INVITE_TOKEN_WITHOUT_PERMISSION: 'canary+other/9876543210=klmnopqrst',
};
const FORMATS = ['console', 'json', 'html', 'junit', 'markdown', 'github', 'sarif', 'ctrf', 'badge'];

/** Characters as JSON, a URL and HTML let them be written. */
const written = (text: string, how: (code: number) => string): string =>
  text.replaceAll(/./g, (one) => how(one.charCodeAt(0)));
const escaped = (text: string): string =>
  written(text, (code) => (code % 2 === 0 ? String.fromCharCode(code) : `\\u${code.toString(16).padStart(4, '0')}`));
const percent = (text: string): string => written(text, (code) => `%${code.toString(16)}`);
const entities = (text: string): string => written(text, (code) => `&#${code};`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Everything that a target can make of a token that it was sent. */
function echoes(token: string): string[] {
  const plain = [token, `Bearer ${token}`, `x${token}`, `xy${token}z`];
  const all = [
    ...plain,
    ...plain.map(base64),
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

test('the search finds a token in each of these writings', () => {
  for (const echo of echoes(env.INVITE_TOKEN)) expect(leaksIn(`"… ${echo} …"`, env.INVITE_TOKEN)).not.toEqual([]);
  expect(leaksIn('canary+token/0123456789=abcdefghi', env.INVITE_TOKEN)).toEqual([]);
});

/** A target that says the token of a request again, in its answer's status, headers and body and in notifications of its own. */
test.each([200, 400, 500])('a target that says its tokens again in every writing, with %i', async (status) => {
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
    '3000',
    '--quiet-ms',
    '0',
  ];
  const { code, stderr } = await command([...args, '--scenario', 'single', '--out', 'run', ...reports], { env });
  expect(code).toBe(1);
  expect(showsStack(stderr)).toBe(false);
  expect(everythingWritten()).toContain('[redacted]');
  // What was written, and what children were given, is searched after each test.
});

test('a target that quotes the token where it creates no call: what is told of it is clean, however it is cut', async () => {
  const origin = await http((req, res) => {
    // So that the token stands where a message is cut off.
    res
      .writeHead(500)
      .end(`${' '.repeat(130)}${req.headers.authorization ?? ''} ${escaped(req.headers.authorization ?? '')}`);
  });
  writeFileSync(join(folder(), 'c.yaml'), 'provisioning: { calls: {} }\n');
  const { code, stderr } = await command(['run', '--target', origin, '--config', 'c.yaml', '--no-contracts'], { env });
  expect(code).toBe(4);
  expect(stderr).toContain('[redacted]');
  expect(stderr).not.toContain(env.INVITE_TOKEN.slice(0, 14));
});

test('the contracts are verified in a process that is given no token', async () => {
  const args = ['contracts', '--target', mock.url, '--states', mock.states, '--json'];
  const { code } = await command(args, { env: { INVITE_TOKEN: mock.tokens.valid } });
  expect(code).toBe(3);
});
