import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { startMock, type Mock } from '../../mock';
import { bench, showsStack } from '../cli/command';
import { childrenOf } from '../support/canaries';
import { portOf, servers } from '../target/servers';

const { command, inProcess, folder } = bench();
const { http } = servers();

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => mock.close());

/** A certificate signed by the test's own authority. @param days validity from now on */
function vouchedFor(name: string, days: string): { key: Buffer; cert: Buffer; authority: string } {
  const at = (file: string): string => join(folder(), file);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore', cwd: folder() });
  const fresh = ['-newkey', 'rsa:2048', '-nodes'];
  openssl('req', '-x509', ...fresh, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ca', '-days', '2');
  openssl(
    'req',
    ...fresh,
    '-keyout',
    'key.pem',
    '-out',
    'asked.csr',
    '-subj',
    '/CN=t',
    '-addext',
    `subjectAltName=${name}`,
  );
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', days, '-copy_extensions', 'copy'];
  openssl('x509', '-req', '-in', 'asked.csr', '-out', 'cert.pem', ...signed);
  return { key: readFileSync(at('key.pem')), cert: readFileSync(at('cert.pem')), authority: at('ca.pem') };
}

test.each([
  ['has expired', 'IP:127.0.0.1', '-1', 4, 'its certificate has expired'],
  ['is for another host', 'DNS:elsewhere.example', '2', 4, 'its certificate is for another host'],
  ['is right', 'IP:127.0.0.1', '2', 1, ''],
])('a certificate that %s', async (_name, host, days, exitCode, says) => {
  const { authority, ...pair } = vouchedFor(host, days);
  const server = createServer(pair, (_req, res) => res.writeHead(404).end());
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const args = ['run', '--target', `https://127.0.0.1:${portOf(server)}`, '--states', mock.states, '--quiet-ms', '0'];
  const env = { INVITE_TOKEN: 'canary-token-0123456789', NODE_EXTRA_CA_CERTS: authority };
  const { code, stderr } = await command([...args, '--scenario', 'single'], { env });
  server.closeAllConnections();
  server.close();
  expect(code).toBe(exitCode);
  expect(stderr).toContain(says);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while contracts are verified ends the run with exit 130, and no process is left',
  async (signal) => {
    let pid = 0;
    let told = false;
    const { code } = await command(['run', '--target', mock.url, '--states', mock.states, '--timeout-ms', '60000'], {
      env: { INVITE_TOKEN: mock.tokens.valid },
      watch: (stderr, child) => {
        pid = child.pid ?? 0;
        if (told || !stderr.includes('attempts done')) return;
        told = true;
        child.kill(signal);
      },
    });
    expect(code).toBe(130);
    expect(pid).toBeGreaterThan(0);
    expect(childrenOf(pid)).toBe('');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  },
);

const HOSTILE = [
  '\u001b[2J\u001b]0;title\u0007',
  '\r',
  '\u202e\u2066',
  '<script>alert(1)</script>',
  ']]>',
  '\n::error::x',
  '=cmd()|x',
  '[a](javascript:b)',
];

test('text of the target is shown harmlessly everywhere', async () => {
  const text = HOSTILE.join(' ');
  const origin = await http((req, res) => {
    if (req.headers.authorization === undefined) res.writeHead(401).end();
    else
      res
        .writeHead(400, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ error: { code: text, message: text } }));
  });
  const reports = ['html', 'junit', 'markdown', 'github', 'sarif', 'console'].flatMap((format) => [
    '--report',
    `${format}=r.${format}`,
  ]);
  const args = [
    'run',
    '--target',
    origin,
    '--states',
    mock.states,
    '--quiet-ms',
    '0',
    '--scenario',
    'single',
    ...reports,
  ];
  const { code, stdout, stderr } = await inProcess([...args, '--report', 'console'], {
    env: { INVITE_TOKEN: 'canary-token-0123456789' },
  });
  expect(code).toBe(1);
  expect(showsStack(stderr)).toBe(false);
  const read = (format: string): string => readFileSync(join(folder(), `r.${format}`), 'utf8');
  // JSON is for machines, and not shown to people as it is.
  for (const shown of [stdout, stderr, ...['console', 'html', 'junit', 'markdown', 'github'].map(read)]) {
    expect(shown).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}/u);
  }
  const rendered = new MarkdownIt({ html: true }).render(read('markdown'));
  for (const markup of [read('html'), read('junit'), rendered])
    expect(markup).not.toMatch(/<script>alert|href=.javascript:/);
  expect(read('junit')).not.toMatch(/\]\]>[^<]*::error/);
  for (const format of ['github', 'console', 'markdown']) expect(read(format)).not.toMatch(/^::error::x/m);
  expect(() => JSON.parse(read('sarif')) as unknown).not.toThrow();
});
