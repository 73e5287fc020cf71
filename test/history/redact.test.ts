import { redactor } from '../../history/redact';

const TOKEN = 'eyJ0/secret+value=="quoted"';
const redact = redactor([TOKEN, 'second-secret']);
const base64 = Buffer.from(TOKEN).toString('base64');

describe('a secret in text', () => {
  test.each([
    ['as it is', TOKEN],
    ['base64', base64],
    ['base64 without padding', base64.replace(/=+$/, '')],
    ['base64url', Buffer.from(TOKEN).toString('base64url')],
    ['URL-encoded', encodeURIComponent(TOKEN)],
    ['escaped in JSON', JSON.stringify(TOKEN).slice(1, -1)],
    ['with escaped slashes', TOKEN.replaceAll('/', '\\/')],
    ['another one', 'second-secret'],
  ])('is masked %s', (_how, form) => {
    expect(redact(`before ${form} after ${form}`)).toBe('before [redacted] after [redacted]');
  });

  test('is masked wherever text stands', () => {
    expect(redact({ [`a`]: [{ b: `x${TOKEN}` }], c: ['second-secret', 1, null] })).toEqual({
      a: [{ b: 'x[redacted]' }],
      c: ['[redacted]', 1, null],
    });
  });

  test.each([
    ['escapes of JSON', '\\u0073econd\\u002dsecret'],
    ['escapes of JSON in JSON', '\\\\u0073econd-secret'],
    ['escapes of a URL', 'second%2Dsecret'],
    ['escapes of a URL, twice', 'second%252dsecret'],
    ['entities', '&#115;econd&#x2d;secret'],
  ])('is masked where some of its characters are written as %s', (_name, written) => {
    expect(redact(`before "\\u00e4" ${written} after`)).toBe('before "\\u00e4" [redacted] after');
  });

  test.each([0, 1, 2, 3])('is masked in base64 that begins %i bytes before it', (before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${TOKEN}${'y'.repeat(5)}`).toString('base64');
    const masked = redact(`before ${text} after`);
    expect(masked).toMatch(/^before \S*\[redacted\]\S* after$/);
    expect(Buffer.from(masked.replaceAll('[redacted]', ''), 'base64').includes(TOKEN.slice(2, -2))).toBe(false);
  });

  test('text without one stays as it is', () => {
    const value = { text: 'nothing to hide', list: ['a', 'b', 'c'], none: null, yes: true, n: 1.5 };
    expect(redact(value)).toEqual(value);
  });

  test('what was given is not changed', () => {
    const given = { list: [TOKEN, TOKEN, TOKEN] };
    redact(given);
    expect(given.list).toEqual([TOKEN, TOKEN, TOKEN]);
  });

  test('a secret of three characters can not be told from text', () => {
    expect(redactor(['abc', ''])('abcdef')).toBe('abcdef');
  });

  test('a member named __proto__ stays a member', () => {
    const value: unknown = JSON.parse(`{"__proto__":{"token":"second-secret"}}`);
    expect(JSON.stringify(redact(value))).toBe('{"__proto__":{"token":"[redacted]"}}');
  });
});

describe('a header that carries secrets', () => {
  test.each([
    ['authorization', 'Bearer another-token', 'Bearer [redacted]'],
    ['Authorization', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['AUTHORIZATION', 'Negotiate abcdef', '[redacted]'],
    ['authorization', 'bare', '[redacted]'],
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

  test('other headers keep their values, without the secrets in them', () => {
    expect(redact([['location', `/a?t=${encodeURIComponent(TOKEN)}`]])).toEqual([['location', '/a?t=[redacted]']]);
  });
});
