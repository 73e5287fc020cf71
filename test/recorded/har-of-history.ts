import { decodedBody } from '../../history/content-encoding';
import type { Body, Headers, History } from '../../history/events';
import { harOf, type HarEntry } from './gateway';

/** The HAR 1.2 file that a proxy between bot and service would have recorded of a run. */

function headersOf(headers: Headers): { name: string; value: string }[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function valueOf(headers: Headers, name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? '';
}

/** A body in HAR form: decoded, and as text if it is text. */
function contentOf(body: Body, headers: Headers): { text?: string; encoding?: string; size: number } {
  const inside = decodedBody(body, headers);
  const { encoding, content } = typeof inside === 'string' ? body : inside;
  const size = Buffer.from(content, encoding).length;
  if (size === 0) return { size };
  return encoding === 'base64' ? { text: content, encoding, size } : { text: content, size };
}

const NO_TIME = { send: 0, wait: 0, receive: 0 };

/** The entry of a made-up request that has nothing to do with the suite. */
function otherEntry(startedAt: number): HarEntry {
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: 1,
    request: {
      method: 'GET',
      url: 'https://bot.example/health',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: 0,
    },
    cache: {},
    timings: { ...NO_TIME, wait: 1 },
  };
}

/** The entries of a run's invitations and notifications, and a last one after all deadlines. */
export function entriesOf({ header, events }: History): HarEntry[] {
  const began = Date.parse(header.startedAt);
  const entries = events.flatMap((event): HarEntry[] => {
    if (event.kind === 'exchange' && event.purpose === 'invite') {
      const { request, response } = event;
      const times = response
        ? { wait: response.headersAt - request.sentAt, receive: response.endAt - response.headersAt }
        : {};
      return [entryOf(began + request.sentAt, request, response, times)];
    }
    if (event.kind !== 'delivery') return [];
    const { headersAt, bodyAt, acknowledgedAt, method, path, headers, body } = event;
    const url = `http://${valueOf(headers, 'host') || 'bot.example'}${path}`;
    const taken = acknowledgedAt === undefined ? undefined : { status: 202, headers: [] as Headers, body: EMPTY };
    const times = { send: bodyAt - headersAt, wait: (acknowledgedAt ?? bodyAt) - bodyAt };
    return [entryOf(began + headersAt, { method, url, headers, body }, taken, times)];
  });
  const end = events.reduce((last, event) => (event.kind === 'end' ? event.at : last), 0);
  return [...entries, otherEntry(began + end + header.timeoutMs + 1000)];
}

const EMPTY: Body = { encoding: 'utf8', content: '', bytes: 0, truncated: false };

function entryOf(
  startedAt: number,
  request: { method: string; url: string; headers: Headers; body: Body },
  response: { status: number; headers: Headers; body: Body } | undefined,
  times: Partial<HarEntry['timings']>,
): HarEntry {
  const entry = otherEntry(startedAt);
  const timings = { ...NO_TIME, ...times };
  const sent = contentOf(request.body, request.headers);
  const whole = !request.body.truncated && sent.text !== undefined && sent.encoding === undefined;
  const posted = whole
    ? { postData: { mimeType: valueOf(request.headers, 'content-type'), text: sent.text ?? '' } }
    : {};
  const { method, url, headers, body } = request;
  return {
    ...entry,
    time: timings.send + timings.wait + timings.receive,
    timings,
    request: { ...entry.request, method, url, headers: headersOf(headers), bodySize: body.bytes, ...posted },
    response: response
      ? {
          ...entry.response,
          status: response.status,
          headers: headersOf(response.headers),
          content: {
            ...contentOf(response.body, response.headers),
            mimeType: valueOf(response.headers, 'content-type'),
          },
          bodySize: response.body.bytes,
        }
      : { ...entry.response, status: 0 },
  };
}

/** A run as the text of a HAR file. */
export function harText(entries: HarEntry[]): string {
  return JSON.stringify(harOf(entries));
}
