import { UsageError } from './errors';

/** A value for a message: the part before an @ may be a password, the part after a ? a key. */
function shown(value: string): string {
  return /[@?#]/.test(value) ? 'not shown because it may contain a secret' : JSON.stringify(value.slice(0, 200));
}

/** The host of a URL as sockets and look-ups take it: an IPv6 address without its brackets. */
export function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** A URL for messages, without its query and fragment, which may contain a key. */
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
 * A base URL without a trailing slash. It must have no query: paths are appended to it.
 * @param name of the flag, variable or key that it comes from
 * @throws UsageError with that name; the message never contains a possible secret
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
 * A URL with its query, without a trailing slash in its path.
 * @param name of the flag, variable or key that it comes from
 * @throws UsageError with that name; the message never contains a possible secret
 */
export function urlWithQuery(value: string, name: string): string {
  checked(value, name);
  const trimmed = value.trim();
  const path = withoutQuery(trimmed);
  return path.replace(/\/+$/, '') + trimmed.slice(path.length);
}
