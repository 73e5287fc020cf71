import { createServer, type RequestListener, type Server } from 'node:http';
import { startMock, type Mock } from '../../mock';
import { bench } from './command';
import { freePort } from '../support/free-port';
import { portOf } from '../target/servers';

const kit = bench();
const SECRET = 's3cretQ9v-code-77';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const others: Server[] = [];
afterEach(() => {
  for (const server of others.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function answering(receive: RequestListener): Promise<string> {
  const server = createServer(receive);
  others.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${portOf(server)}`;
}

const REPORTS = ['html', 'junit', 'json', 'markdown', 'sarif', 'ctrf', 'github', 'badge'].flatMap((format) => [
  '--report',
  `${format}=report.${format}`,
]);
const COMMANDS: [name: string, args: string[]][] = [
  ['run', ['run', '--scenario', 'single', '--quiet-ms', '0', ...REPORTS]],
  ['run --dry-run', ['run', '--dry-run']],
  ['doctor', ['doctor']],
  ['contracts', ['contracts', '--allow-untested']],
];

describe.each(COMMANDS)('%s', (_name, args) => {
  test("a callback URL's query is used but never shown", async () => {
    const { url, states, tokens } = mock;
    const port = String(await freePort());
    const callback = `http://127.0.0.1:${port}/hook?code=${SECRET}`;
    const at = ['--target', url, '--states', states, '--callback-port', port, '--callback-url', callback];
    const { code, stderr } = await kit.inProcess([...args, ...at], { env: { INVITE_TOKEN: tokens.valid } });
    expect([code, stderr.includes('callback URL')]).toEqual([0, false]);
    expect(kit.everythingWritten()).not.toContain(SECRET);
  });

  test("a target's query is refused without being shown", async () => {
    const at = ['--target', `http://127.0.0.1:9/v1.0?sig=${SECRET}`, '--states', 'http://127.0.0.1:9/'];
    expect((await kit.inProcess([...args, ...at], { env: { INVITE_TOKEN: 'x'.repeat(30) } })).code).toBe(2);
    expect(kit.everythingWritten()).toContain('must not contain a query');
    expect(kit.everythingWritten()).not.toContain(SECRET);
  });

  const WRONG: [what: string, receive: RequestListener][] = [
    ['answers 404', (_req, res) => res.writeHead(404).end()],
    ['returns the URL in an error', (req, res) => res.writeHead(500).end(`no state at ${req.url}`)],
    ['redirects to it', (req, res) => res.writeHead(307, { Location: `/elsewhere${req.url}` }).end()],
    ['closes the connection', (req) => req.socket.destroy()],
  ];
  test.each(WRONG)("a states URL's query is never shown if the endpoint %s", async (_what, receive) => {
    const { url, tokens } = mock;
    const at = ['--target', url, '--states', `${await answering(receive)}/_states?sig=${SECRET}`];
    const { code } = await kit.inProcess([...args, ...at], { env: { INVITE_TOKEN: tokens.valid } });
    expect(code).toBe(args.includes('--dry-run') ? 0 : 4);
    expect(kit.everythingWritten()).not.toContain(SECRET);
  });
});
