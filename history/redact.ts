/** Takes the secrets out of a value made of plain data; returns a copy. */
export type Redact = <T>(value: T) => T;

const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'authentication']);
const MASK = '[redacted]';

/** The forms in which a secret can stand in text: as it is, base64, base64url, URL-encoded, escaped in JSON. */
function formsOf(secret: string): string[] {
  // Tokens that the suite makes of a secret, and targets that quote a part of it, give away nearly all of it.
  const parts = [
    secret,
    ...secret.split('.').filter((part) => part.length >= 16),
    ...(secret.length >= 12 ? [secret.slice(0, -4)] : []),
  ];
  return [...new Set([...parts, swapCase(secret)].flatMap(writtenForms))].toSorted((a, b) => b.length - a.length);
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

function writtenForms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const forms = [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('/', '\\/'),
  ];
  return forms.filter((form) => form.length >= 4);
}

/**
 * Makes the function that strips known secrets and the values of headers that carry secrets.
 * @param secrets tokens of the run, at any length of four characters or more; shorter ones cannot be told from text
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = [...new Set(secrets.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const shortest = forms.at(-1)?.length ?? Infinity;
  const inText = (value: string): string =>
    value.length < shortest
      ? value
      : forms.reduce((clean, form) => (clean.includes(form) ? clean.replaceAll(form, MASK) : clean), value);
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return inText(value);
    if (typeof value !== 'object' || value === null || depth > 12) return value;
    if (Array.isArray(value)) {
      const [name, held]: unknown[] = value;
      if (value.length === 2 && typeof name === 'string' && typeof held === 'string') {
        return [inText(name), SECRET_HEADERS.has(name.toLowerCase()) ? masked(held) : inText(held)];
      }
      return value.map((item) => walk(item, depth + 1));
    }
    const { encoding, content } = value as { encoding?: unknown; content?: unknown };
    if (encoding === 'base64' && typeof content === 'string') {
      // The base64 of a secret among other bytes is not that of the secret: look at the bytes themselves.
      const bytes = inText(Buffer.from(content, 'base64').toString('latin1'));
      return { ...value, content: Buffer.from(bytes, 'latin1').toString('base64') };
    }
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [inText(key), walk(held, depth + 1)]));
  };
  return <T>(value: T): T => walk(value, 0) as T;
}

/** A header's scheme is evidence and stays; what follows it goes. */
function masked(value: string): string {
  const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}
