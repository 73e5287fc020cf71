import { bodyOf } from '../../history/body';
import type { Headers } from '../../history/events';
import { Cleaner } from '../../history/import/clean';
import type { RecordedExchange } from '../../history/import/importer';

/** No secret of a recording is kept. */

const TOKEN = 'opaque-token-0123456789-abcdef';
const WEB_TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJncmFwaCJ9.c2lnbmF0dXJl-_';
const MASK = '[redacted]';

function exchange(headers: Headers, text = '', response?: { headers: Headers; text: string }): RecordedExchange {
  const bytes = bodyOf(Buffer.from(text));
  return {
    request: { method: 'POST', url: 'https://host/path?key=secret', headers, body: bytes },
    ...(response
      ? { response: { status: 200, headers: response.headers, body: bodyOf(Buffer.from(response.text)) } }
      : {}),
    startedAt: 5,
    resolutionMs: 1,
  };
}

const authorized = (value: string, name = 'authorization'): RecordedExchange => exchange([[name, value]]);

test('the rest of an exchange stays', () => {
  const sent = exchange([['accept', 'all']], 'text', { headers: [['date', 'today']], text: 'answer' });
  expect(new Cleaner().clean(sent)).toEqual({
    ...sent,
    request: { ...sent.request, url: `https://host/path?key=${MASK}` },
  });
  expect(new Cleaner().clean(exchange([]))).not.toHaveProperty('response');
});

test('a method is cut after 40 characters', () => {
  const sent = exchange([]);
  const long = { ...sent, request: { ...sent.request, method: 'x'.repeat(41) } };
  expect(new Cleaner().clean(long).request.method).toBe('x'.repeat(40));
});

test.each<[string, string, string]>([
  ['a signed one', `a ${WEB_TOKEN} b`, `a ${MASK} b`],
  ['an encrypted one', `${WEB_TOKEN}.four.five.`, `${MASK}.`],
  ['one after other text', `tokens=xx${WEB_TOKEN}, y`, `tokens=xx${MASK}, y`],
  ['two in one text', `${WEB_TOKEN} ${WEB_TOKEN}`, `${MASK} ${MASK}`],
  ['a header alone', 'eyJhbGciOiJSUzI1NiJ9', 'eyJhbGciOiJSUzI1NiJ9'],
  ['no signature', 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJncmFwaCJ9', 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJncmFwaCJ9'],
  ['a short header', 'eyJabc.eyJhdWQiOiJncmFwaCJ9.c2ln', 'eyJabc.eyJhdWQiOiJncmFwaCJ9.c2ln'],
  ['short claims', 'eyJhbGciOiJSUzI1NiJ9.eyJabc.c2ln', 'eyJhbGciOiJSUzI1NiJ9.eyJabc.c2ln'],
  ['the beginning of one, often', 'eyJ'.repeat(100_000), 'eyJ'.repeat(100_000)],
])('a JSON Web Token is found by its form: %s', (_, text, cleaned) => {
  expect(new Cleaner().clean(exchange([], text)).request.body.content).toBe(cleaned);
});

describe('a token', () => {
  test.each(['authorization', 'proxy-authorization', 'authentication', 'x-auth-token', 'x-access-token'])(
    'in %s is masked in later text too',
    (name) => {
      const cleaner = new Cleaner();
      expect(cleaner.clean(authorized(TOKEN, name)).request.headers).toEqual([[name, MASK]]);
      const later = exchange([['x-trace', `for ${TOKEN}`]], `{"a":"${TOKEN}"}`, { headers: [], text: TOKEN });
      expect(JSON.stringify(cleaner.clean(later))).not.toContain(TOKEN);
      expect(cleaner.clean(later).request.body.content).toBe(`{"a":"${MASK}"}`);
    },
  );

  test.each([`Bearer ${TOKEN}`, `bearer   ${TOKEN}`, `Basic ${TOKEN}`])('is masked without its scheme: %s', (value) => {
    const cleaner = new Cleaner();
    const [scheme] = value.split(' ');
    expect(cleaner.clean(authorized(value)).request.headers).toEqual([['authorization', `${scheme} ${MASK}`]]);
    expect(cleaner.clean(exchange([], TOKEN)).request.body.content).toBe(MASK);
  });

  test('is masked as a whole if a scheme is named within it', () => {
    const [cleaner, token] = [new Cleaner(), `${TOKEN} Basic and-more`];
    cleaner.clean(authorized(token));
    expect(cleaner.clean(exchange([], token)).request.body.content).toBe(MASK);
  });

  test('of a response is masked too', () => {
    const cleaner = new Cleaner();
    cleaner.clean(exchange([], '', { headers: [['x-auth-token', TOKEN]], text: '' }));
    expect(cleaner.clean(exchange([], TOKEN)).request.body.content).toBe(MASK);
  });

  test('of several is masked, up to 64', () => {
    const cleaner = new Cleaner();
    const numbered = (i: number): string => `token-abcdef-${i}-uvwxyz`;
    for (let i = 1; i <= 66; i += 1) cleaner.clean(authorized(numbered(i)));
    // The same again, and JSON Web Tokens, do not count.
    const shown = (i: number): string => cleaner.clean(exchange([], numbered(i))).request.body.content;
    expect([1, 64, 65].map(shown)).toEqual([MASK, MASK, numbered(65)]);
  });

  test('that is known, or a JSON Web Token, takes no place among the 64', () => {
    const cleaner = new Cleaner();
    for (let i = 0; i < 100; i += 1) {
      cleaner.clean(authorized(TOKEN));
      cleaner.clean(authorized(`Bearer ${WEB_TOKEN}${i}`));
    }
    const other = 'another-token-0123456789';
    cleaner.clean(authorized(other));
    expect(cleaner.clean(exchange([], other)).request.body.content).toBe(MASK);
  });

  test('that resembles ordinary text is masked in its header only', () => {
    const cleaner = new Cleaner();
    expect(cleaner.clean(authorized('Bearer participants')).request.headers).toEqual([
      ['authorization', `Bearer ${MASK}`],
    ]);
    expect(cleaner.clean(exchange([], 'participants')).request.body.content).toBe('participants');
  });

  test('of more than 8192 characters is masked in its header only', () => {
    const cleaner = new Cleaner();
    const [long, longer] = [8192, 8193].map((length) => TOKEN.repeat(300).slice(0, length));
    cleaner.clean(authorized(longer ?? ''));
    expect(cleaner.clean(exchange([], longer)).request.body.content).toBe(longer);
    cleaner.clean(authorized(long ?? ''));
    expect(cleaner.clean(exchange([], long)).request.body.content).toBe(MASK);
  });

  test('in a header without credentials is text', () => {
    const cleaner = new Cleaner();
    cleaner.clean(exchange([['x-trace', TOKEN]]));
    expect(cleaner.clean(exchange([], TOKEN)).request.body.content).toBe(TOKEN);
  });
});

describe('a JSON Web Token is masked by its form', () => {
  test('in headers and bodies', () => {
    const sent = exchange([['x-trace', WEB_TOKEN]], `a ${WEB_TOKEN} b`, { headers: [], text: `"${WEB_TOKEN}"` });
    const { request, response } = new Cleaner().clean(sent);
    expect(request.headers).toEqual([['x-trace', MASK]]);
    expect(request.body.content).toBe(`a ${MASK} b`);
    expect(response?.body.content).toBe(`"${MASK}"`);
  });

  test.each([
    ['eyJhbGci.eyJhdWQi.', MASK],
    ['eyJhbGci.eyJhdWQi.a.b.c', MASK],
    ['eyJabcd.eyJefgh.sign', MASK],
    ['eyJhbG.eyJhdWQi.sign', 'eyJhbG.eyJhdWQi.sign'],
    ['other-eyJhbG.eyJhdWQi.sign', 'other-eyJhbG.eyJhdWQi.sign'],
    ['graph.microsoft.eyJhdWQi.com', 'graph.microsoft.eyJhdWQi.com'],
    ['eyJhbGci.claims-eyJ.sign', 'eyJhbGci.claims-eyJ.sign'],
    ['eyJhbGci.aGVsbG8.sign', 'eyJhbGci.aGVsbG8.sign'],
    ['eyJhbGci.eyJhdWQi', 'eyJhbGci.eyJhdWQi'],
    ['eyJ', 'eyJ'],
  ])('%s', (text, shown) => {
    expect(new Cleaner().clean(exchange([], text)).request.body.content).toBe(shown);
  });

  test('in bytes that are not text, only known tokens are searched', () => {
    const bytes = bodyOf(Buffer.concat([Buffer.from([0xff]), Buffer.from('eyJhbGci')]));
    const sent = exchange([]);
    const { body } = new Cleaner().clean({ ...sent, request: { ...sent.request, body: bytes } }).request;
    expect(body).toEqual(bytes);
  });
});
