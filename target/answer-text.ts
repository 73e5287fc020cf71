import { header, parseJson } from '../history/body';
import { readable } from '../history/coding';
import type { Exchange } from '../history/events';
import type { Redact } from '../history/redact';
import { isObject, member, show, text } from '../history/values';

/** Where a redirect leads, as `307 to "https://…", redirects are not followed`. @param clean strips the run's secrets */
export function redirectText({ status, headers }: NonNullable<Exchange['response']>, clean: Redact): string {
  const location = header(headers, 'location');
  const where = location === undefined ? 'without a Location' : `to ${show(clean(location))}`;
  return `${status} ${where}, redirects are not followed`;
}

/**
 * An answer in few words: its status, where a redirect leads, and the error that it names or how its body begins.
 * @param clean strips the run's secrets
 */
export function answerText(response: NonNullable<Exchange['response']>, clean: Redact): string {
  const { status, headers } = response;
  const body = readable(response.body, headers);
  if (status >= 300 && status < 400) return `${status}: ${redirectText(response, clean)}`;
  const json = parseJson(body);
  const error = json.ok ? member(json.value, 'error') : undefined;
  const words = isObject(error)
    ? [text(error, 'code'), text(error, 'message')].filter((part) => part !== undefined && part !== '').join(': ')
    : '';
  if (words !== '') return `${status}: ${show(clean(words))}`;
  return `${status}: ${show(clean(body.content))}`;
}
