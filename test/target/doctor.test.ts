import { request } from 'node:http';
import { startMock, type Mock } from '../../mock';
import { DEFAULTS } from '../../schemas/options';
import { checkTarget, type TargetCheck } from '../../suites/target-checks';
import type { TargetOptions } from '../../target/session';
import { servers } from './servers';

const { http } = servers();
let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

function options(some: Partial<TargetOptions>): TargetOptions {
  return {
    ...DEFAULTS,
    target: mock.url,
    tokens: mock.tokens,
    provisioning: { states: mock.states },
    invitees: {},
    quietMs: 0,
    concurrency: 8,
    ...some,
  };
}

const broken = (seen: readonly TargetCheck[]): TargetCheck[] => seen.filter(({ result }) => result === 'broken');

test('a healthy service: every check passes, and an invitation is accepted', async () => {
  const seen = await checkTarget(options({}));
  expect(broken(seen)).toEqual([]);
  expect(seen.find(({ what }) => what === 'tokens.valid')?.message).toMatch(
    /^the service accepted an invitation with it/,
  );
});

test('a wrong token', async () => {
  const seen = broken(await checkTarget(options({ tokens: { valid: 'a-token-that-nobody-issued' } })));
  expect(seen.map(({ what }) => what)).toEqual(['tokens.valid']);
  expect(seen[0]?.message).toMatch(/^the service rejected it: 401/);
});

test('a base URL without the version', async () => {
  const seen = broken(await checkTarget(options({ target: new URL(mock.url).origin })));
  expect(seen.map(({ what }) => what)).toEqual(['route']);
  expect(seen[0]?.message).toContain(`did you mean --target ${mock.url}?`);
});

test('a redirect', async () => {
  const origin = await http((req, res) => {
    res.writeHead(307, { Location: `${new URL(mock.url).origin}${req.url}` }).end();
  });
  const seen = broken(await checkTarget(options({ target: `${origin}/v1.0` })));
  expect(seen.map(({ what }) => what)).toEqual(['redirect']);
  expect(seen[0]?.message).toContain('307');
  expect(seen[0]?.message).toContain('the suite follows no redirects');
});

test.each([404, 500, 503])(
  'a states endpoint that answers %i: its URL is shown, the value of its query is not',
  async (status) => {
    const origin = await http((_req, res) => res.writeHead(status).end('<p>no'));
    const secret = 'Zk3vT9qLw8Rb2Xy7Nm4P';
    const states = `${origin}/hook?code=${secret}`;
    const callback = { host: '127.0.0.1', port: 0, url: `${origin}/back?key=${secret}` };
    const seen = await checkTarget(options({ provisioning: { states }, callback }));
    const told = JSON.stringify(seen);
    expect(told).toContain(`${origin}/hook`);
    expect(told).toContain(`${origin}/back`);
    expect(told).not.toContain(secret);
    expect(broken(seen).length).toBeGreaterThan(0);
  },
);

test('a working query of the states endpoint and of the callback is not shown', async () => {
  const secret = 'Zk3vT9qLw8Rb2Xy7Nm4P';
  const onward = await http((req, res) => {
    const { hostname, port } = new URL(mock.url);
    const { method, headers, url: path } = req;
    req.pipe(
      request({ hostname, port, method, headers, path: path?.replace(/\?.*/, '') }, (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      }),
    );
  });
  const states = `${onward}${new URL(mock.states).pathname}?code=${secret}`;
  const seen = await checkTarget(options({ provisioning: { states } }));
  expect(broken(seen)).toEqual([]);
  expect(JSON.stringify(seen)).not.toContain(secret);
});
