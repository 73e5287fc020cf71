import { redactor, type Redact } from '../../history/redact';

const TOKEN = 'eyJ0/secret+value=="quoted"';
let redact: Redact;
beforeEach(() => {
  redact = redactor([TOKEN, 'second-secret-16']);
});
const base64 = Buffer.from(TOKEN).toString('base64');

describe('a secret in text', () => {
  test.each([
    ['unencoded', TOKEN],
    ['base64', base64],
    ['base64 without padding', base64.replace(/=+$/, '')],
    ['base64url', Buffer.from(TOKEN).toString('base64url')],
    ['URL-encoded', encodeURIComponent(TOKEN)],
    ['escaped in JSON', JSON.stringify(TOKEN).slice(1, -1)],
    ['with escaped slashes', TOKEN.replaceAll('/', '\\/')],
    ['another one', 'second-secret-16'],
    ['in lower case', TOKEN.toLowerCase()],
    ['in upper case', TOKEN.toUpperCase()],
  ])('is masked %s', (_how, form) => {
    expect(redact(`before ${form} after ${form}`)).toBe('before [redacted] after [redacted]');
  });

  test('is masked in every string of a value', () => {
    expect(redact({ [`a`]: [{ b: `x${TOKEN}` }], c: ['second-secret-16', 1, null] })).toEqual({
      a: [{ b: 'x[redacted]' }],
      c: ['[redacted]', 1, null],
    });
  });

  test.each([
    ['escapes of JSON', '\\u0073econd\\u002dsecret-16'],
    ['escapes of JSON in JSON', '\\\\u0073econd-secret-16'],
    ['escapes of a URL', 'second%2Dsecret-16'],
    ['escapes of a URL, twice', 'second%252dsecret-16'],
    ['entities', '&#115;econd&#x2d;secret-16'],
  ])('is masked if some of its characters are written as %s', (_name, written) => {
    expect(redact(`before "\\u00e4" ${written} after`)).toBe('before "\\u00e4" [redacted] after');
  });

  test.each([0, 1, 2, 3])('is masked in base64 that begins %i bytes before it', (before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${TOKEN}${'y'.repeat(5)}`).toString('base64');
    const masked = redact(`before ${text} after`);
    expect(masked).toMatch(/^before \S*\[redacted\]\S* after$/);
    expect(Buffer.from(masked.replaceAll('[redacted]', ''), 'base64').includes(TOKEN.slice(2, -2))).toBe(false);
  });

  test('leaves other text unchanged', () => {
    const value = {
      text: 'nothing to hide',
      list: ['a', 'b', 'c'],
      pairs: [
        ['a', 1],
        [2, 'b'],
      ],
      none: null,
      n: 1.5,
    };
    expect(redact(value)).toEqual(value);
    expect(redactor([''])('"Bearer " and "Basic "')).toBe('"Bearer " and "Basic "');
  });

  test('is masked where several follow each other, in any order', () => {
    expect(redact(`second-secret-16 and ${TOKEN}`)).toBe('[redacted] and [redacted]');
    expect(redact(`second-secret-16${TOKEN} and second-secret-16`)).toBe('[redacted] and [redacted]');
  });

  test('is not confused with its beginning, beside the whole of it or alone', () => {
    expect(redact(`${TOKEN}, eyJ0/secret`)).toBe('[redacted], eyJ0/secret');
    expect(redact('eyJ0/secret')).toBe('eyJ0/secret');
  });

  test('is masked with everything that lies deeper than the values of a history', () => {
    const inArrays = (depth: number): unknown => (depth === 0 ? {} : [inArrays(depth - 1)]);
    const inObjects = (depth: number): unknown => (depth === 0 ? [] : { a: inObjects(depth - 1) });
    for (const nested of [inArrays, inObjects]) {
      expect(redact(nested(12))).toEqual(nested(12));
      expect(JSON.stringify(redact(nested(13)))).toContain('"[redacted]"');
    }
  });

  test('is masked in a copy; the original is not changed', () => {
    const given = { list: [TOKEN, TOKEN, TOKEN] };
    redact(given);
    expect(given.list).toEqual([TOKEN, TOKEN, TOKEN]);
  });

  test('is masked in a property named __proto__', () => {
    const value: unknown = JSON.parse(`{"__proto__":{"token":"second-secret-16"}}`);
    expect(JSON.stringify(redact(value))).toBe('{"__proto__":{"token":"[redacted]"}}');
  });
});

describe('a header that contains secrets', () => {
  test.each([
    ['authorization', 'Bearer another-token', 'Bearer [redacted]'],
    ['Authorization', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['AUTHORIZATION', 'Negotiate abcdef', '[redacted]'],
    ['authorization', 'bare', '[redacted]'],
    ['authorization', 'my Bearer abc', '[redacted]'],
    ['proxy-authorization', 'Bearer x', 'Bearer [redacted]'],
    ['cookie', 'session=1', '[redacted]'],
    ['set-cookie', 'session=1; Path=/', '[redacted]'],
  ])('%s: %s', (name, value, masked) => {
    const request = { headers: [[name, value]] };
    const delivery = {
      kind: 'delivery',
      headers: [
        ['x-first', 'kept'],
        [name, value],
      ],
    };
    expect(redact(request)).toEqual({ headers: [[name, masked]] });
    expect(redact(delivery)).toEqual({
      kind: 'delivery',
      headers: [
        ['x-first', 'kept'],
        [name, masked],
      ],
    });
  });

  test('other headers are redacted only where a secret occurs', () => {
    expect(redact([['location', `/a?t=${encodeURIComponent(TOKEN)}`]])).toEqual([['location', '/a?t=[redacted]']]);
  });

  test('a header name that is a secret is masked in any case', () => {
    expect(
      redact([
        ['second-secret-16', 'x'],
        ['SECOND-Secret-16', 'y'],
        ['z', ''],
      ]),
    ).toEqual([
      ['[redacted]', 'x'],
      ['[redacted]', 'y'],
      ['z', ''],
    ]);
  });
});

const delivered = (content: string, truncated = false, encoding: 'utf8' | 'base64' = 'utf8') => ({
  kind: 'delivery' as const,
  n: 1,
  method: 'POST',
  path: '/x',
  headers: [],
  body: { encoding, content, bytes: content.length, truncated },
  headersAt: 0,
  bodyAt: 1,
});
const bodyAfter = (by: ReturnType<typeof redactor>, ...given: Parameters<typeof delivered>): string =>
  by.event(delivered(...given)).body.content;

describe('a truncated body', () => {
  test.each([
    ['unencoded', TOKEN.slice(0, 20)],
    ['unencoded, of a few characters', TOKEN.slice(0, 4)],
    ['in base64', base64.slice(0, 20)],
    ['URL-encoded', encodeURIComponent(TOKEN).slice(0, 25)],
    ['within an escape', `${encodeURIComponent(TOKEN).slice(0, 5)}2`],
    ['within an escape of JSON', `${TOKEN.slice(0, 14)}\\u00`],
  ])('contains no beginning of a secret: %s', (_how, tail) => {
    expect(bodyAfter(redact, `before ${tail}`, true)).toBe('before [redacted]');
    const bytes = Buffer.from(`\u00ff before ${tail}`, 'latin1').toString('base64');
    const kept = Buffer.from(bodyAfter(redact, bytes, true, 'base64'), 'base64').toString('latin1');
    expect(kept).toBe('\u00ff before [redacted]');
  });

  test.each([
    ['its first three characters', 'before eyJ', 'before eyJ'],
    ['a whole secret', `before ${TOKEN}`, 'before [redacted]'],
    ['text after a secret with escapes', 'second%2Dsecret-16 after', '[redacted] after'],
  ])('may end with %s', (_what, tail, masked) => {
    expect(bodyAfter(redact, tail, true)).toBe(masked);
  });

  test('is distinguished from a complete one, which keeps text that only resembles a beginning', () => {
    expect(bodyAfter(redact, 'before eyJ0/secret')).toBe('before eyJ0/secret');
  });
});

describe('redaction and judging', () => {
  test.each([
    'completed',
    'a',
    'id',
    '12',
    'call',
    'delegated',
    'short-token-1',
    '1234567890123456789',
    'invitationParticipantInfo',
  ])('a token that is an ordinary word stays in bodies: %s', (token) => {
    const body = JSON.stringify({ [token]: token, status: 'completed', text: `a ${token} b`, list: [token] });
    expect(bodyAfter(redactor([token]), body)).toBe(body);
  });

  test.each(['completed', 'a', '12', 'a+b.c(d'])(
    'a token that is an ordinary word is masked where tokens are expected: %s',
    (token) => {
      const by = redactor([token]);
      const headers: [string, string][] = [
        ['authorization', token],
        ['x-echo', `Bearer ${token}`],
        ['x-other', token],
      ];
      expect(by.event({ ...delivered(`{"x":"was bearer ${token}, Bearer ${token}x"}`), headers })).toMatchObject({
        headers: [
          ['authorization', '[redacted]'],
          ['x-echo', 'Bearer [redacted]'],
          ['x-other', token],
        ],
        body: { content: `{"x":"was bearer [redacted], Bearer ${token}x"}` },
      });
    },
  );

  test.each(['"status":"running"', '","clientContext":"', '"id":"one","x":{"'])(
    'a token that resembles JSON leaves the JSON unchanged: %s',
    (token) => {
      const body = '{"id":"one","x":{"status":"running","a":"b","clientContext":"c"}}';
      expect(JSON.parse(bodyAfter(redactor([token]), body))).toEqual(JSON.parse(body));
      const quoted = JSON.stringify({ message: `it was ${token}`, n: 1 });
      expect(JSON.parse(bodyAfter(redactor([token]), quoted))).toEqual({ message: 'it was [redacted]', n: 1 });
      const listed = JSON.stringify([null, { [token]: [`it was ${token}`, true, null] }]);
      expect(JSON.parse(bodyAfter(redactor([token]), listed))).toEqual([
        null,
        { '[redacted]': ['it was [redacted]', true, null] },
      ]);
    },
  );

  test('JSON keeps its layout if only its strings change, and is masked however deep it is', () => {
    expect(bodyAfter(redact, '{ "a" : [ "second-secret-16", null ] }')).toBe('{ "a" : [ "[redacted]", null ] }');
    const [open, close] = ['['.repeat(20_000), ']'.repeat(20_000)];
    expect(bodyAfter(redact, `${open}"second-secret-16"${close}`)).toBe(`${open}"[redacted]"${close}`);
  });

  test("the suite's own texts are not masked when the target returns them", () => {
    const by = redactor(['without-permission-16']);
    by.excludeOwnText('{"clientContext":" Invitation  authorization/without-permission-16 …"}');
    expect(bodyAfter(by, '"Invitation  authorization/without-permission-16 …"')).toContain('/without-permission-16 ');
    redact.excludeOwnText('an invitation with SECOND-secret-16 in it');
    expect(redact(`second-secret-16 and ${TOKEN}`)).toBe('second-secret-16 and [redacted]');
  });

  test("the suite's own records are not changed", () => {
    const own = { kind: 'missing', scenario: TOKEN, attempt: TOKEN, tries: [TOKEN], missing: TOKEN, hint: TOKEN };
    expect(redact.event(own)).toEqual(own);
  });
});

test('an exchange has no secret in its URL, headers, bodies and failure', () => {
  const message = {
    headers: [['x-second-secret-16', TOKEN]],
    body: { encoding: 'utf8', content: `"${TOKEN.toUpperCase()}"`, bytes: 29, truncated: false },
  };
  const [request, response] = [
    { ...message, method: 'GET', url: `/a?t=${TOKEN}`, sentAt: 1 },
    { ...message, status: 200 },
  ];
  const failure = { reason: `no ${TOKEN}`, at: 2 };
  const kept = redact.event({ kind: 'exchange', n: 1, scenario: 'second-secret-16', request, response, failure });
  const masked = {
    headers: [['x-[redacted]', '[redacted]']],
    body: { ...message.body, content: '"[redacted]"' },
  };
  expect(kept).toEqual({
    kind: 'exchange',
    n: 1,
    scenario: 'second-secret-16',
    request: { ...request, ...masked, url: '/a?t=[redacted]' },
    response: { ...response, ...masked },
    failure: { reason: 'no [redacted]', at: 2 },
  });
  expect(redact.event({ kind: 'exchange', request })).toEqual({
    kind: 'exchange',
    request: { ...request, ...masked, url: '/a?t=[redacted]' },
  });
});

test('query values of a configured URL are masked in URLs', () => {
  const by = redactor([], ['https://bot.test/hook?code=abc&v=1#x']);
  expect(by.event({ kind: 'call', callId: 'x', callbackUri: 'https://bot.test/hook/1?code=abc' })).toEqual({
    kind: 'call',
    callId: 'x',
    callbackUri: 'https://bot.test/hook/1?code=[redacted]',
  });
  expect(bodyAfter(by, '{"a":"https://bot.test/hook/1?code=abc&v=1","abc":"code=abc"}')).toBe(
    '{"a":"https://bot.test/hook/1?code=[redacted]&v=[redacted]","abc":"code=abc"}',
  );
});
