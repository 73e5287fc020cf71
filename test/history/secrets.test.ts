import { redactor, type Redact } from '../../history/redact';
import { formsOf, isUnmistakable, lower } from '../../history/secrets';

describe('a token is unmistakable', () => {
  test.each([
    ['abcdef0123456789', true],
    ['abcdef012345678', false],
    ['abcdefabcdefabcdef', true],
    ['abcdeabcdeabcdeabcde', false],
    ['abcABCabcABCabcABC', false],
    ['1234567890123456', false],
    ['-1234567890.123456', false],
    ['+1.23456789012345e17', false],
    ['1.23456789012345E-17', false],
    ['1.23456789012345e+7', false],
    ['1234567890123456x', true],
    ['x1234567890123456', true],
    ['1.23456789012345ex', true],
  ])('%s: %s', (token, is) => {
    expect(isUnmistakable(token)).toBe(is);
  });
});

test('lower case does not change the length of a text', () => {
  expect(lower('ABC \u0130 XYZ')).toBe('abc \u0130 xyz');
  expect(redactor(['second-secret-16'])('\u0130\u0130 second-secret-16 after')).toBe('\u0130\u0130 [redacted] after');
});

describe('a secret is masked', () => {
  // Its base64 has both characters that base64url replaces, and two for padding.
  const SECRET = 'aa>>>???bb~~~>>>\u007f\u007f?c.d';
  let masks: Redact;
  beforeEach(() => {
    masks = redactor([SECRET]);
  });

  test.each<['base64' | 'base64url', number, string]>([
    ['base64', 0, '[redacted]Hl5'],
    ['base64', 1, 'eG[redacted]R5eQ=='],
    ['base64', 2, 'eHh[redacted]eXk='],
    ['base64url', 0, '[redacted]Hl5'],
    ['base64url', 1, 'eG[redacted]R5eQ'],
    ['base64url', 2, 'eHh[redacted]eXk'],
  ])('among other bytes in %s, %i bytes after its beginning', (encoding, before, masked) => {
    const bytes = Buffer.from(`${'x'.repeat(before)}${SECRET}yy`);
    expect(masks(bytes.toString(encoding))).toBe(masked);
  });

  test('in base64 with and without padding, and with the case of its letters swapped', () => {
    const base64 = Buffer.from(SECRET).toString('base64');
    for (const form of [base64, base64.replace(/=+$/, '')]) expect(masks(`(${form})`)).toBe('([redacted])');
    const swapped = Buffer.from('SECOND-secret-16').toString('base64');
    expect(redactor(['second-SECRET-16'])(`(${swapped})`)).toBe('([redacted])');
  });

  test('in hexadecimal, in UTF-16 and UTF-32, and in the base64 of UTF-16', () => {
    const token = 'second-SECRET-16';
    const masked = redactor([token]);
    const hex = Buffer.from(token).toString('hex');
    expect(masked(`(${hex}) (${hex.toUpperCase()})`)).toBe('([redacted]) ([redacted])');
    const spaced = (zeros: string): string => token.replaceAll(/.(?!$)/g, (one) => `${one}${zeros}`);
    for (const zeros of ['\0', '\0\0\0', String.raw`\u0000`, '%00'])
      expect(masked(`(${spaced(zeros)})`)).toBe('([redacted])');
    expect(masked(Buffer.from(`xx${token}`, 'utf16le').toString('base64'))).toMatch(/^.{6}\[redacted\]/);
    const body = { encoding: 'base64', content: Buffer.from(`\uFEFF"${token}"`, 'utf16le').toString('base64') };
    const event = {
      kind: 'delivery',
      method: 'POST',
      path: '/',
      headers: [],
      body: { ...body, bytes: 38, truncated: false },
    };
    const kept = Buffer.from(masked.event(event).body.content, 'base64').toString('latin1');
    expect(kept).toBe('\u00ff\u00fe"\0[redacted]"\0');
  });

  test('in a cut-off body of a million characters that may begin escapes', () => {
    const masked = redactor(['second-SECRET-16']);
    // With a search that begins anew at each character, these would take hours.
    for (const filler of ['\\', '%25', '&#x', '\\u', '\0']) {
      const content = `second-SECRET-16${filler.repeat(1e6 / filler.length)}x`;
      const body = { encoding: 'utf8', bytes: 2e6, truncated: true, content };
      const event = { kind: 'delivery', method: 'POST', path: '/', headers: [], body };
      expect(masked.event(event).body.content).toMatch(/^\[redacted\]/);
    }
  });

  test('without its last four characters, even alone', () => {
    expect(redactor(['second-secret-16'])('second-secre')).toBe('[redacted]');
    expect(redactor(['second-secret-16'])('second-secr')).toBe('second-secr');
  });

  test('by the long parts of a JWT, unless they are ordinary text', () => {
    const masked = redactor(['header-of-15-ch.abcdef0123456789.invitationParticipantInfo.signature-0123456789']);
    expect(masked('header-of-15-ch abcdef0123456789 invitationParticipantInfo signature-0123456789')).toBe(
      'header-of-15-ch [redacted] invitationParticipantInfo [redacted]',
    );
  });

  test('whatever the lengths of the other secrets', () => {
    const secrets = ['second-secret-16', 'a-much-longer-secret-0123456789'];
    for (const order of [secrets, secrets.toReversed()]) {
      for (const secret of secrets) expect(redactor(order)(secret)).toBe('[redacted]');
    }
  });
});

test('the forms of a secret are in lower case, the longest first, and each is there once', () => {
  const forms = formsOf('Abcdef0123456789');
  expect(forms).toContain('abcdef0123456789');
  expect(forms.map((form) => form.toLowerCase())).toEqual(forms);
  expect(new Set(forms).size).toBe(forms.length);
  const lengths = forms.map(({ length }) => length);
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
});
