import { isDeepStrictEqual } from 'node:util';
import { parseJson } from './body';
import type { Body, Headers, HistoryEvent } from './events';
import { replacePlaces, SecretForms } from './secret-places';
import { formsOf, isUnmistakable, lower } from './secrets';
import { queryValuesMasked } from './urls';

/** Takes the secrets of a run out of what came over the wire. It never touches what the suite says of its own. */
export interface Redact {
  /** A copy of text, or of a value made of plain data, without them. */
  <T>(value: T): T;
  /** An event without them: of an exchange and a delivery what went over the wire; any other event as it is. */
  event<T extends object>(event: T): T;
  /** Notes what the suite itself sends, which a target gives back as evidence: what stands in it is not masked from now on. */
  excludeOwnText(text: string): void;
}

/** Stands in place of a secret. */
export const MASK = '[redacted]';
/** Headers whose values are credentials, whoever sends them. */
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'authentication',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-access-token',
  'x-functions-key',
  'ocp-apim-subscription-key',
]);
/** Deeper than anything that a history holds. */
const DEEPEST = 12;

/**
 * Makes the function that masks known secrets, and the values of headers that carry credentials. A secret that can't be
 * told from ordinary text (`isUnmistakable`) is masked only in such headers and where it follows a scheme.
 * @param secrets tokens of the run
 * @param urls configured URLs whose query values are masked where they stand as parameters
 */
export function redactor(secrets: readonly string[], urls: readonly string[] = []): Redact {
  let forms = new SecretForms(secrets.filter(isUnmistakable).flatMap(formsOf));
  const mistakable = secrets.filter((secret) => secret !== '' && !isUnmistakable(secret));
  const afterScheme = mistakable.map(followingScheme);
  const inUrls = queryValuesMasked(urls);
  const inText = (text: string, cut = false): string => {
    const places = forms.placesIn(text, cut);
    const masked = places.length === 0 ? text : replacePlaces(text, places, MASK);
    return inUrls(afterScheme.reduce((clean, one) => clean.replace(one, `$1$2${MASK}`), masked));
  };
  const inHeader = ([name, value]: [string, string]): [string, string] => [
    inText(name),
    SECRET_HEADERS.has(name.toLowerCase()) ? credentials(value) : inText(value),
  ];
  const inHeaders = (headers: Headers): Headers => headers.map(inHeader);

  function inBody(body: Body): Body {
    const { encoding, content, truncated } = body;
    if (encoding === 'base64') {
      // The base64 of a secret among other bytes is not that of the secret: look at the bytes themselves.
      const bytes = Buffer.from(content, 'base64').toString('latin1');
      const masked = inText(bytes, truncated);
      return masked === bytes ? body : { ...body, content: Buffer.from(masked, 'latin1').toString('base64') };
    }
    const masked = inText(content, truncated);
    return masked === content ? body : { ...body, content: asEvidence(body, masked, inText) };
  }

  function walk(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return inText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return MASK;
    if (Array.isArray(value)) {
      const [name, held]: unknown[] = value;
      const isHeader = value.length === 2 && typeof name === 'string' && typeof held === 'string';
      return isHeader ? inHeader([name, held]) : value.map((item) => walk(item, depth + 1));
    }
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [inText(key), walk(held, depth + 1)]));
  }

  function event(whole: HistoryEvent): HistoryEvent {
    if (whole.kind === 'call') return { ...whole, callbackUri: inUrls(whole.callbackUri) };
    if (whole.kind === 'delivery') {
      const { method, path, headers, body } = whole;
      const cleaned = { method: inText(method), path: inText(path), headers: inHeaders(headers), body: inBody(body) };
      return { ...whole, ...cleaned };
    }
    if (whole.kind !== 'exchange') return whole;
    const { request, response, failure } = whole;
    const inMessage = <T extends { headers: Headers; body: Body }>(message: T): T => {
      return { ...message, headers: inHeaders(message.headers), body: inBody(message.body) };
    };
    return {
      ...whole,
      request: { ...inMessage(request), url: inText(request.url) },
      ...(response ? { response: inMessage(response) } : {}),
      ...(failure ? { failure: { ...failure, reason: inText(failure.reason) } } : {}),
    };
  }

  return Object.assign(<T>(value: T): T => walk(value) as T, {
    event: <T extends object>(given: T): T => event(given as unknown as HistoryEvent) as unknown as T,
    excludeOwnText: (text: string): void => {
      forms = forms.without(lower(text));
    },
  });
}

/** Finds a secret after the name of a scheme, where it ends there. */
function followingScheme(secret: string): RegExp {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return new RegExp(String.raw`\b(Bearer|Basic)(\s+|%20|\+)${literal}(?![\w~+/-])`, 'gi');
}

/** A header's scheme is evidence and stays; what follows it goes. */
function credentials(value: string): string {
  const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

/**
 * The masked text of a body, which reads as the same JSON but for the strings that held a secret: where a secret looks
 * like a piece of JSON's own punctuation, the strings are masked one by one instead.
 */
function asEvidence(body: Body, masked: string, inText: (text: string) => string): string {
  const read = parseJson(body);
  if (!read.ok) return masked;
  try {
    const wanted = inStrings(read.value, inText);
    const still = parseJson({ ...body, content: masked });
    return still.ok && isDeepStrictEqual(still.value, wanted) ? masked : JSON.stringify(wanted);
  } catch {
    // Nested so deep that it can't be walked: nobody reads a member of it either.
    return masked;
  }
}

/** JSON with each of its strings, names of members among them, put through a function. */
function inStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inStrings(item, change));
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [change(key), inStrings(held, change)]));
}
