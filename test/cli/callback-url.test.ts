import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { readHistory } from '../../history/history-file';
import { freePort } from '../support/free-port';
import { servers } from '../target/servers';
import { startMock, type Mock } from '../../mock';
import { bench, readResult } from './command';

const { inProcess: command, everythingWritten, folder } = bench();
const { http } = servers();
jest.setTimeout(120_000);

let target: Mock;
beforeAll(async () => {
  target = await startMock();
});
afterAll(() => target.close());

/** A states endpoint that, as a target with its own name resolution, maps a host name to this machine. */
async function resolving(name: string, port: number): Promise<string> {
  const to = new URL(target.states);
  const origin = await http((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    req.on('end', () => {
      const { host: _, 'content-length': __, ...headers } = req.headers;
      const onward = request(
        { hostname: to.hostname, port: to.port, path: to.pathname, method: req.method, headers },
        (answer) => {
          res.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(res);
        },
      );
      onward.end(body.replaceAll(`http://${name}:${port}`, `http://127.0.0.1:${port}`));
    });
  });
  return `${origin}/states`;
}

/** The flags of a recipe in a page of the docs, with another port. */
function recipe(page: string, port: number): string[] {
  const text = readFileSync(resolve(__dirname, '../../docs', page), 'utf8').replaceAll('\n', ' ');
  const found = /--callback-host \S+ --callback-port \S+ --callback-url \S+ --callback-unchecked/.exec(text)?.[0];
  if (found === undefined) throw new Error(`${page} has no recipe`);
  return found.replaceAll('9000', String(port)).split(' ');
}

test.each([
  ['ci/README.md', 'gate'],
  ['live-service.md', 'host.docker.internal'],
])('the recipe of docs/%s works for a callback name that only the target resolves', async (page, name) => {
  const port = await freePort();
  const states = await resolving(name, port);
  const flags = ['--target', target.url, '--states', states, ...recipe(page, port)];
  const env = { INVITE_TOKEN: target.tokens.valid };
  const ended = await command(['run', ...flags, '--scenario', 'single', '--allow-untested', '--out', 'run'], { env });
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain(`whether the target reaches http://${name}:${port}`);
  const result = readResult(join(folder(), 'run'));
  expect(result.remarks).toContainEqual({
    code: 'recorded',
    text: expect.stringContaining('--callback-unchecked') as string,
  });
  expect(result.behaviors.find(({ id }) => id === 'completion.announced')?.verdict).toBe('passed');
  const checked = await command(['run', ...flags.filter((flag) => flag !== '--callback-unchecked')], { env });
  expect(checked.code).toBe(4);
  expect(checked.stderr).toMatch(/can't be reached from here[\s\S]*skip this check with --callback-unchecked/);
  const examined = await command(['doctor', ...flags], { env });
  expect(examined.stdout).toMatch(/\? callback .*not checked \(--callback-unchecked\)/);
});

test("with a query in the callback URL, notifications are matched by path, and the query's value is never shown", async () => {
  const port = await freePort();
  const callback = ['--callback-port', String(port), '--callback-url', `http://127.0.0.1:${port}/hook?code=abc%3D`];
  const args = ['run', '--target', target.url, '--states', `${target.states}?code=xyz`, ...callback, '--out', 'run'];
  const env = {
    INVITE_TOKEN: target.tokens.valid,
    INVITE_TOKEN_DELEGATED: target.tokens.delegated,
    INVITE_TOKEN_WITHOUT_PERMISSION: target.tokens.withoutPermission,
  };
  const ended = await command([...args, '--scenario', 'single', '--allow-untested'], { env });
  expect(ended.code).toBe(0);
  const { events } = readHistory(join(folder(), 'run'));
  const uris = events.flatMap((event) =>
    event.kind === 'call' && event.shape !== 'unknown' ? [event.callbackUri] : [],
  );
  expect(uris.length).toBeGreaterThan(1);
  for (const uri of uris) expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hook\/[0-9a-f]{32}\?code=\[redacted\]$/);
  const deliveries = events.flatMap((event) => (event.kind === 'delivery' ? [event] : []));
  expect(deliveries.length).toBeGreaterThan(1);
  expect(deliveries.filter(({ call }) => call === undefined)).toEqual([]);
  // The values of a query may be keys.
  expect(everythingWritten()).not.toContain('abc%3D');
});

test.each([
  [
    'a query in the target',
    ['--target', 'http://127.0.0.1:9/v1.0?sig=canary-secret', '--states', 'http://127.0.0.1:9/s'],
  ],
  ['every address without a URL', ['--callback-host', '0.0.0.0']],
])('%s ends every command with exit 2, before anything is sent', async (_what, flags) => {
  for (const name of ['run', 'doctor', 'contracts']) {
    const { code, stderr, stdout } = await command([name, ...flags]);
    expect(code).toBe(2);
    expect(stderr).not.toContain('canary');
    expect(stdout).toBe('');
  }
});
