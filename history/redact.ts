/** Takes the secrets out of a value made of plain data; returns a copy. */
export type Redact = <T>(value: T) => T;

const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'authentication']);
const MASK = '[redacted]';
/** Deeper than anything that a history holds. */
const DEEPEST = 12;

/** The forms in which a secret can stand in text: as it is, base64, base64url, URL-encoded, escaped in JSON. */
function formsOf(secret: string): string[] {
  // Tokens that the suite makes of a secret, and targets that quote a part of it, give away nearly all of it.
  const parts = [
    secret,
    ...secret.split('.').filter((part) => part.length >= 16),
    ...(secret.length >= 12 ? [secret.slice(0, -4)] : []),
  ];
  return [...new Set([...[...parts, swapCase(secret)].flatMap(writtenForms), ...amongOthers(secret)])];
}

/** What base64 makes of a secret that stands among other bytes, as in base64 of `Bearer …`: by where in three it begins. */
function amongOthers(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    // The characters that hold bits of the neighbours too are not the secret's own.
    const own = text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return own.length < 12 ? [] : [own, own.replaceAll('-', '+').replaceAll('_', '/')];
  });
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
  const asWritten = (value: string): string =>
    forms.reduce((clean, form) => (clean.includes(form) ? clean.replaceAll(form, MASK) : clean), value);
  const inText = (value: string): string => (value.length < shortest ? value : inEscapes(asWritten(value), forms));
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return inText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return MASK;
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

/** One character written as an escape: of JSON, of a URL, of HTML; escaped again, maybe, as JSON within JSON is. */
const ESCAPE = /\\+u([0-9a-f]{4})|\\+([/"\\])|%(?:25)*([0-9a-f]{2})|&#x0*([0-9a-f]{1,4});|&#0*([0-9]{1,5});/gi;

/** Masks secrets of which some characters are written as escapes, wherever in them that is. */
function inEscapes(text: string, forms: readonly string[]): string {
  let flat = '';
  // Where in the text each character of the flat one begins.
  const starts: number[] = [];
  const take = (from: number, to: number): void => {
    flat += text.slice(from, to);
    for (let i = from; i < to; i += 1) starts.push(i);
  };
  let end = 0;
  for (const found of text.matchAll(ESCAPE)) {
    const [whole, json, plain, url, hex, decimal] = found;
    take(end, found.index);
    const code = Number.parseInt(json ?? url ?? hex ?? decimal ?? '', decimal === undefined ? 16 : 10);
    flat += plain ?? String.fromCharCode(code);
    starts.push(found.index);
    end = found.index + whole.length;
  }
  if (end === 0) return text;
  take(end, text.length);
  starts.push(text.length);
  let clean = '';
  let done = 0;
  for (const [from, until] of placesOf(flat, forms)) {
    clean += text.slice(done, starts[from]) + MASK;
    done = starts[until] ?? text.length;
  }
  return clean + text.slice(done);
}

/** Where in a text the forms stand, from first to last; what overlaps is one place. */
function placesOf(text: string, forms: readonly string[]): [from: number, until: number][] {
  const all = forms.flatMap((form) => {
    const found: [number, number][] = [];
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
      found.push([at, at + form.length]);
    }
    return found;
  });
  const places: [from: number, until: number][] = [];
  for (const [from, until] of all.toSorted((a, b) => a[0] - b[0])) {
    const last = places.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else places.push([from, until]);
  }
  return places;
}
