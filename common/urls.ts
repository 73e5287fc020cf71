import { UsageError } from './errors';

/** A value as it may be shown: what stands before an @ may be a password, what stands after a ? a key. */
function shown(value: string): string {
  return /[@?#]/.test(value) ? 'not shown because it may contain a secret' : JSON.stringify(value.slice(0, 200));
}

/** A URL without its query and its fragment, which may hold a key: for messages. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** Adds a segment to the path of a URL, before its query. */
export function withPathSegment(url: string, segment: string): string {
  const path = withoutQuery(url);
  return `${path.replace(/\/+$/, '')}/${segment}${url.slice(path.length)}`;
}

function checked(value: string, name: string): URL {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new UsageError(`${name} must be a URL such as http://localhost:8080/v1.0; it is ${shown(value)}`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${name} must be an http or https URL; it is ${shown(value)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${name} must not contain a user name or password: give secrets by environment variable or file`,
    );
  }
  if (value.includes('#')) throw new UsageError(`${name} must not contain a fragment (#…): HTTP never sends it`);
  return url;
}

/**
 * A base URL as it is used, without a slash at its end: paths are added to it, so that it carries no query.
 * @param name the flag, the variable or the key that gave it
 * @throws UsageError that names it, and never shows what may be a secret
 */
export function baseUrl(value: string, name: string): string {
  checked(value, name);
  if (value.includes('?')) {
    throw new UsageError(
      `${name} must not contain a query (?…): it is the base URL, to which /communications/calls is appended, such as http://localhost:8080/v1.0; give secrets by environment variable or file`,
    );
  }
  return value.trim().replace(/\/+$/, '');
}

/**
 * A URL that is used as it is, with the query that it carries.
 * @param name the flag, the variable or the key that gave it
 * @throws UsageError that names it, and never shows what may be a secret
 */
export function urlWithQuery(value: string, name: string): string {
  checked(value, name);
  const trimmed = value.trim();
  const path = withoutQuery(trimmed);
  return path.replace(/\/+$/, '') + trimmed.slice(path.length);
}
