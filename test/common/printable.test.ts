import * as fc from 'fast-check';
import { jsonText, printable, printableLines } from '../../common/printable';
import { COMMANDS, OBEYED } from '../support/ci-commands';

test.each(COMMANDS)('makes a CI command harmless: %s', (_of, text) => {
  expect(OBEYED.test(text)).toBe(true);
  for (const around of [text, `before\n${text}`, ` ${text}`]) {
    expect(printable(around)).not.toMatch(OBEYED);
    expect(printableLines(around)).not.toMatch(OBEYED);
  }
  const json = jsonText({ a: [`before\n${text}`, `\\${text}`, text], [text]: 1 }, 2);
  expect(json).not.toMatch(OBEYED);
  expect(JSON.parse(json)).toEqual({ a: [`before\n${text}`, `\\${text}`, text], [text]: 1 });
});

test.each([
  ['bidi', '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c'],
  ['C0 and DEL', '\u0000\u0007\u0008\u001b\u007f'],
  ['C1', '\u0080\u0085\u009b\u009d\u009f'],
  ['a link of a terminal', '\u001b]8;;https://evil.test\u001b\\text\u001b]8;;\u001b\\'],
  ['unseen', '\u200b\u2060\ufeff\u00ad\u{e0041}'],
  ['line breaks', '\u2028\u2029\r'],
  ['lone surrogates', '\ud800 \udc00'],
])('shows as escapes: %s', (_what, text) => {
  for (const shown of [printable(text), printableLines(text), jsonText(text)]) {
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
  }
  expect(JSON.parse(jsonText(text))).toBe(text);
});

test.each([
  'http://[::1]:8080/v1.0',
  'http://[::ffff:127.0.0.1]:80/',
  'a: b, C++, x --- y, ${callId}, [[1,2]], ##, # [x], Straße 🙂 日本',
])('leaves harmless text unchanged: %s', (text) => {
  expect(printable(text)).toBe(text);
});

test('line breaks remain if they are allowed', () => {
  expect(printableLines('a\n--- b\nc')).toBe('a\n\\u002d-- b\nc');
  expect(printable('a\n--- b')).toBe('a\\u000a--- b');
});

test('JSON that is written and read back is unchanged', () => {
  const text = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...COMMANDS.map(([, command]) => command),
        '\\',
        '"',
        '\u202e',
        '\u009b',
        '\ud800',
        '\u{e0041}',
        '\t',
        '#',
        '$',
        ':',
        '_',
      ),
      fc.string({ unit: 'binary' }),
    ),
  );
  const value = fc.jsonValue({ stringUnit: 'binary' });
  fc.assert(
    fc.property(text, value, (parts, json) => {
      const written = jsonText([parts.join(''), json], 2);
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify([parts.join(''), json])));
      expect(written).not.toMatch(OBEYED);
      expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    }),
  );
});
