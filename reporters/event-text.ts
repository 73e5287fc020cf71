import { decodedBody } from '../history/content-encoding';
import type { Body, Delivery, Exchange, Headers, HistoryEvent } from '../history/events';
import { MASK } from '../history/redact';
import { curlOf } from './wording/curl';

/** A duration on the run's clock: `344.2 ms`. */
function time(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

/** Formats compact JSON over several lines; other text stays unchanged. */
function readable(content: string): string {
  try {
    const value: unknown = JSON.parse(content);
    return JSON.stringify(value) === content ? JSON.stringify(value, null, 2) : content;
  } catch {
    return content;
  }
}

function bodyLines(body: Body, headers: Headers): string[] {
  if (body.bytes === 0) return ['', '(no body)'];
  const inside = decodedBody(body, headers);
  const failed = typeof inside === 'string' ? [`(shown unchanged: ${inside})`] : [];
  const shown = typeof inside === 'string' ? body : inside;
  const notes = [
    ...failed,
    ...(shown.encoding === 'base64' ? ['(not UTF-8; shown in base64)'] : []),
    ...(shown.truncated ? [`(cut off: ${body.bytes} bytes arrived, the history has only the beginning)`] : []),
  ];
  return ['', ...notes, shown.encoding === 'base64' ? shown.content : readable(shown.content)];
}

function headerLines(headers: Headers): string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

function exchangeLines(event: Exchange): string[] {
  const { request, response, failure, scenario, invitation, purpose } = event;
  const whose = invitation ?? scenario;
  const answer = response
    ? [
        `< answered ${response.status}: headers at ${time(response.headersAt)}, end of the body at ${time(response.endAt)}`,
        ...headerLines(response.headers),
        ...bodyLines(response.body, response.headers),
      ]
    : [`< not answered: ${failure?.reason ?? 'the run ended first'}${failure ? `, at ${time(failure.at)}` : ''}`];
  const hidden = request.headers.some(([, value]) => value.includes(MASK));
  return [
    `event ${event.n}: request (${purpose}${whose === '' ? '' : `, ${whose}`})`,
    '',
    `> ${request.method} ${request.url}   sent at ${time(request.sentAt)}`,
    ...headerLines(request.headers),
    ...bodyLines(request.body, request.headers),
    '',
    ...answer,
    '',
    'To send it again:',
    ...(hidden ? ['# The history contains no token: set INVITE_TOKEN to the token to send.'] : []),
    curlOf(event),
  ];
}

function deliveryLines(event: Delivery): string[] {
  const { acknowledgedAt, leftAt } = event;
  const end =
    acknowledgedAt === undefined
      ? `not acknowledged${leftAt === undefined ? '' : `: the sender was gone at ${time(leftAt)}`}`
      : `acknowledged at ${time(acknowledgedAt)}`;
  return [
    `event ${event.n}: delivery ${event.call === undefined ? 'to a path that belongs to no call' : `to the callback of ${event.call}`}`,
    '',
    `< ${event.method} ${event.path}   headers at ${time(event.headersAt)}, end of the body at ${time(event.bodyAt)}, ${end}`,
    ...headerLines(event.headers),
    ...bodyLines(event.body, event.headers),
  ];
}

/**
 * Formats an event of a history: its line, headers, body and times, and for a request a command that sends it again.
 * The text is not escaped.
 */
export function eventText(event: HistoryEvent): string {
  if (event.kind === 'exchange') return exchangeLines(event).join('\n');
  if (event.kind === 'delivery') return deliveryLines(event).join('\n');
  return `event ${event.n}: ${event.kind}\n\n${JSON.stringify(event, null, 2)}`;
}
