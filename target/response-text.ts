import { headerValue, parseJson } from '../history/body';
import { readableBody } from '../history/content-encoding';
import type { Exchange } from '../history/events';
import type { Redact } from '../history/redact';
import { isObject, member, previewText, stringMember } from '../history/values';

/**
 * Describes a redirect, as `307 to "https://…", and the suite follows no redirects`. @param clean masks the run's
 * secrets
 */
export function redirectText({ status, headers }: NonNullable<Exchange['response']>, clean: Redact): string {
  const location = headerValue(headers, 'location');
  const where = location === undefined ? 'without a Location' : `to ${previewText(clean(location))}`;
  return `${status} ${where}, and the suite follows no redirects`;
}

/**
 * Describes a response briefly: its status, the target of a redirect, and its error or the start of its body.
 * @param clean masks the run's secrets
 */
export function responseText(response: NonNullable<Exchange['response']>, clean: Redact): string {
  const { status, headers } = response;
  const body = readableBody(response.body, headers);
  if (status >= 300 && status < 400) return `${status}: ${redirectText(response, clean)}`;
  const json = parseJson(body);
  const error = json.ok ? member(json.value, 'error') : undefined;
  const words = isObject(error)
    ? [stringMember(error, 'code'), stringMember(error, 'message')]
        .filter((part) => part !== undefined && part !== '')
        .join(': ')
    : '';
  if (words !== '') return `${status}: ${previewText(clean(words))}`;
  return `${status}: ${previewText(clean(body.content))}`;
}
