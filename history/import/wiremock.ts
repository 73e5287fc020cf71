import { headerValue } from '../body';
import type { Headers } from '../events';
import { member, stringMember } from '../values';
import { fromBase64, headersIn, messageOf, type Message } from './bodies';
import type { Importer } from './importer';

/** The request journal of a WireMock that receives notifications: GET /__admin/requests. */

function messageIn(message: unknown): Message {
  const encoded = stringMember(message, 'bodyAsBase64');
  const content = (encoded === undefined ? undefined : fromBase64(encoded)) ?? stringMember(message, 'body');
  return messageOf(headersIn(message), content);
}

function urlOf(request: unknown, headers: Headers): string | undefined {
  const absolute = stringMember(request, 'absoluteUrl');
  const url = stringMember(request, 'url');
  return absolute ?? (url === undefined ? undefined : `http://${headerValue(headers, 'host') ?? 'wiremock'}${url}`);
}

export const wiremock: Importer = {
  kind: 'wiremock',
  what: 'the request journal',
  path: ['requests'],
  read: (element) => {
    const request = member(element, 'request');
    const message = messageIn(request);
    const [method, url] = [stringMember(request, 'method'), urlOf(request, message.headers)];
    if (method === undefined || url === undefined) return undefined;
    const response = member(element, 'response');
    const status = member(response, 'status');
    const loggedAt = member(request, 'loggedDate');
    const total = member(member(element, 'timing'), 'totalTime');
    // In whole milliseconds: 0 means less than one, or not measured.
    const ended = typeof total === 'number' && total > 0 && total < 1e9 ? total : 0;
    return {
      request: { method, url, ...message },
      ...(typeof status === 'number' && status >= 100 && status <= 599
        ? { response: { status, ...messageIn(response) } }
        : {}),
      ...(typeof loggedAt === 'number' && loggedAt >= Date.UTC(2000) && loggedAt < 8e15 ? { startedAt: loggedAt } : {}),
      resolutionMs: 1,
      ...(ended > 0 ? { durations: { sent: 0, answered: 0, ended: ended + 1 } } : {}),
    };
  },
};
