import { printable } from '../common/printable';
import type { MockNotification, MockRequest } from '../mock';

/** How much is shown of a path, in characters. */
const LONGEST_PATH = 300;

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 23);
const took = (ms: number | undefined): string => (ms === undefined ? 'the client went away' : `${Math.round(ms)} ms`);

function short(text: string): string {
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text;
}

/** A URL without what may hold a secret: the name and the password in it, and the query. */
function shownUrl(url: string): string {
  const { protocol, host, pathname, search } = new URL(url);
  return short(`${protocol}//${host}${pathname}`) + (search === '' ? '' : '?…');
}

function errorOf(answer: unknown): string[] {
  const { error } = (answer ?? {}) as { error?: { code?: unknown; message?: unknown } };
  return typeof error === 'object' ? [`${String(error.code)}: ${String(error.message)}`] : [];
}

/** What a notification tells: the kind of each change, and the state that it comes to. */
function changesOf({ kind, body }: MockNotification): string {
  const { value } = (body ?? {}) as { value?: { changeType?: unknown; resourceData?: unknown }[] };
  const changes = Array.isArray(value) ? value : [];
  const told = changes.map(({ changeType, resourceData }) => {
    const { status, state } = (resourceData ?? {}) as { status?: unknown; state?: unknown };
    return [changeType, status ?? state].filter((one) => typeof one === 'string').join(' ');
  });
  return [kind, told.join(', ')].filter((part) => part !== '').join(' ');
}

/** One line about a request, in which nothing commands a terminal; no header and no query is shown. */
export function requestLine(request: MockRequest): string {
  const { at, method, path, query, status, tookMs, answer } = request;
  const what = `${method} ${short(path)}${query === '' ? '' : '?…'}`;
  return printable(
    [timeOf(at), 'request', what, String(status ?? 'no answer'), took(tookMs), ...errorOf(answer)].join('  '),
  );
}

/** One line about a notification, in the same way. */
export function notificationLine(notification: MockNotification): string {
  const { at, method, url, status, error, tookMs = 0 } = notification;
  const answered = status === undefined ? `no answer (${error ?? 'the connection was closed'})` : String(status);
  return printable(
    [
      timeOf(at),
      'notification',
      `${method} ${shownUrl(url)}`,
      answered,
      `${Math.round(tookMs)} ms`,
      changesOf(notification),
    ].join('  '),
  );
}
