import { printable } from '../common/printable';
import type { MockNotification, MockRequest } from '../mock';

/** The longest shown path, in characters. */
const LONGEST_PATH = 300;

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 23);
const took = (ms: number | undefined): string => (ms === undefined ? 'the client went away' : `${Math.round(ms)} ms`);

function short(text: string): string {
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text;
}

/** A URL without parts that may contain a secret: user name, password and query. */
function shownUrl(url: string): string {
  const { protocol, host, pathname, search } = new URL(url);
  return short(`${protocol}//${host}${pathname}`) + (search === '' ? '' : '?…');
}

function errorOf(answer: unknown): string[] {
  const { error } = (answer ?? {}) as { error?: { code?: unknown; message?: unknown } };
  return typeof error === 'object' ? [`${String(error.code)}: ${String(error.message)}`] : [];
}

/** Describes a notification: the kind of each change, and the new status or state. */
function changesOf({ kind, body }: MockNotification): string {
  const { value } = (body ?? {}) as { value?: { changeType?: unknown; resourceData?: unknown }[] };
  const changes = Array.isArray(value) ? value : [];
  const told = changes.map(({ changeType, resourceData }) => {
    const { status, state } = (resourceData ?? {}) as { status?: unknown; state?: unknown };
    return [changeType, status ?? state].filter((one) => typeof one === 'string').join(' ');
  });
  return [kind, told.join(', ')].filter((part) => part !== '').join(' ');
}

/** Formats a request as one line, without terminal escapes, headers or query. */
export function requestLine(request: MockRequest): string {
  const { at, method, path, query, status, tookMs, answer } = request;
  const what = `${method} ${short(path)}${query === '' ? '' : '?…'}`;
  return printable(
    [timeOf(at), 'request', what, String(status ?? 'no response'), took(tookMs), ...errorOf(answer)].join('  '),
  );
}

/** Formats a notification as one line, in the same way. */
export function notificationLine(notification: MockNotification): string {
  const { at, method, url, status, error, tookMs = 0 } = notification;
  const answered = status === undefined ? `no response (${error ?? 'the connection was closed'})` : String(status);
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
