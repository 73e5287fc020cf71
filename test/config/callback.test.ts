import type { ConfigFile } from '../../schemas/options';
import { runOptions, type Flags, type ResolvedOptions } from '../../config/run-options';
import { withPathSegment, withoutQuery } from '../../common/urls';
import { targeted } from '../support/options';

const STATES = 'http://h/states';

async function options(flags: Flags, file: ConfigFile = {}): Promise<ResolvedOptions> {
  return runOptions(file, flags, {});
}

async function refusal(flags: Flags, file: ConfigFile = {}): Promise<string> {
  return options(flags, file).then(
    () => 'it was taken',
    (error: unknown) => (error as Error).message,
  );
}

test.each(['http://h/v1.0?sig=canary', 'http://h/v1.0?', 'http://h?canary', 'http://h/v1.0#canary', 'http://h/#'])(
  'a target with a query or a fragment is refused, and neither is shown: %s',
  async (target) => {
    for (const said of [await refusal({ target, states: STATES }), await refusal({ states: STATES }, { target })]) {
      expect(said).toMatch(/^(--)?target must not contain a (query|fragment)/);
      expect(said).not.toContain('canary');
    }
  },
);

test('an invalid URL is not shown if it may contain a secret', async () => {
  expect(await refusal({ target: 'localhost?sig=canary', states: STATES })).not.toContain('canary');
  expect(await refusal({ target: 'ftp://h/?sig=canary', states: STATES })).not.toContain('canary');
});

test('states and callback may have a query', async () => {
  const { provisioning, callback } = targeted(
    await options({
      target: 'http://h/v1.0/',
      states: 'http://h/states/?code=a/',
      callbackUrl: 'https://f.example/api/hook/?code=abc==',
    }),
  );
  expect(provisioning).toEqual({ states: 'http://h/states?code=a/' });
  expect(callback.url).toBe('https://f.example/api/hook?code=abc==');
  expect(await refusal({ callbackUrl: 'http://h/#x' })).toMatch(/^--callback-url must not contain a fragment/);
});

test.each([
  ['http://h/hook?code=abc', 'http://h/hook/t?code=abc'],
  ['http://h?a=/b', 'http://h/t?a=/b'],
  ['http://h/', 'http://h/t'],
  ['http://h', 'http://h/t'],
])('a path segment is added before the query: %s', (url, made) => {
  expect(withPathSegment(url, 't')).toBe(made);
  expect(withoutQuery(made)).not.toContain('?');
});

test.each(['0.0.0.0', '::', '[::]', '0', '0:0:0:0:0:0:0:0', '::0', '::ffff:0.0.0.0'])(
  'an address of all interfaces without a URL is refused with advice: %s',
  async (callbackHost) => {
    expect(await refusal({ callbackHost })).toMatch(
      /^--callback-host \S+ means every address of this machine; .* --callback-url http:/,
    );
    expect(await refusal({}, { callback: { host: callbackHost } })).toMatch(/^callback\.host /);
    const { callback } = await options({ callbackHost, callbackUrl: 'http://h:1' });
    expect(callback).toEqual({ host: callbackHost, port: 0, url: 'http://h:1' });
  },
);

test.each(['127.0.0.1', '::1', 'localhost', '10.0.0.1', '2001:db8::', '::ffff:127.0.0.1'])(
  'an address of one interface needs no URL: %s',
  async (callbackHost) => {
    expect((await options({ callbackHost })).callback).toEqual({ host: callbackHost, port: 0 });
  },
);

test('a flag or the config skips the callback check', async () => {
  expect((await options({ callbackUnchecked: true })).callback.unchecked).toBe(true);
  expect((await options({}, { callback: { unchecked: true } })).callback.unchecked).toBe(true);
  expect((await options({})).callback).not.toHaveProperty('unchecked');
});
