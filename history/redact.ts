import { isDeepStrictEqual } from 'node:util';
import { parseJson } from './body';
import type { Body, Headers, HistoryEvent } from './events';
import { replacePlaces, SecretForms } from './secret-places';
import { formsOf, isUnmistakable, lower } from './secrets';
import { queryValuesMasked } from './urls';

/** Removes a run's secrets from network data. It never changes data of the suite itself. */
export interface Redact {
  /** A copy of a text, or of a plain value, without secrets. */
  <T>(value: T): T;
  /** An event without secrets: only the network data of exchanges and deliveries changes. */
  event<T extends object>(event: T): T;
  /** Excludes a text that the suite sends and a target returns as evidence: secrets that occur in it are no longer masked. */
  excludeOwnText(text: string): void;
}

/** Replaces a secret. */
export const MASK = '[redacted]';
/** Headers whose values are credentials. */
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
/** Deeper than any value in a history. */
const DEEPEST = 12;

/**
 * Creates the function that masks known secrets and the values of headers with credentials. A secret that resembles
 * ordinary text (see `isUnmistakable`) is masked only in such headers and after a scheme.
 * @param secrets tokens of the run
 * @param urls configured URLs whose query values are masked in the query of any URL
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
      // The base64 of a secret among other bytes differs from that of the secret alone, so the bytes are searched.
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

/** Matches a secret after the name of a scheme, if it ends there. */
function followingScheme(secret: string): RegExp {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return new RegExp(String.raw`\b(Bearer|Basic)(\s+|%20|\+)${literal}(?![\w~+/-])`, 'gi');
}

/** Keeps a header's scheme, which is evidence, and masks the rest. */
function credentials(value: string): string {
  const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

/**
 * The masked text of a body; it must parse to the same JSON, with only the strings with secrets changed. If masking
 * would damage the JSON's punctuation, each string is masked separately.
 */
function asEvidence(body: Body, masked: string, inText: (text: string) => string): string {
  const read = parseJson(body);
  if (!read.ok) return masked;
  try {
    const wanted = inStrings(read.value, inText);
    const still = parseJson({ ...body, content: masked });
    return still.ok && isDeepStrictEqual(still.value, wanted) ? masked : JSON.stringify(wanted);
  } catch {
    // JSON that is too deep to walk: no judge reads its members either.
    return masked;
  }
}

/** JSON with each string, including member names, changed by a function. */
function inStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inStrings(item, change));
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [change(key), inStrings(held, change)]));
}
