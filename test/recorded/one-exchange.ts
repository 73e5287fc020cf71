/** One exchange in each format: a notification, and the answer to it. */

export const SENT = JSON.stringify({ value: [{ resourceUrl: '/communications/calls/c/participants' }] });
export const LENGTH = String(Buffer.byteLength(SENT));

export function harEntry(over: { request?: object; response?: object; entry?: object } = {}): unknown {
  return {
    startedDateTime: '2026-01-02T03:04:05.678Z',
    time: 30,
    request: {
      method: 'POST',
      url: 'https://bot.example/hook',
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        { name: 'Content-Length', value: LENGTH },
      ],
      bodySize: Number(LENGTH),
      postData: { mimeType: 'application/json', text: SENT },
      ...over.request,
    },
    response: {
      status: 202,
      headers: [{ name: 'Content-Length', value: '0' }],
      content: { size: 0, mimeType: '' },
      ...over.response,
    },
    timings: { blocked: 2, dns: -1, connect: -1, send: 3, wait: 20, receive: 5 },
    ...over.entry,
  };
}

export const raw = (head: string, body: string): string => Buffer.from(`${head}\r\n\r\n${body}`).toString('base64');

export const NGROK = {
  start: '2026-01-02T03:04:05.678901+00:00',
  duration: 30_000_000,
  request: {
    method: 'POST',
    uri: '/hook',
    headers: { Host: ['bot.example'], 'Content-Type': ['application/json'], 'Content-Length': [LENGTH] },
    raw: raw('POST /hook HTTP/1.1', SENT),
  },
  response: {
    status: '202 Accepted',
    status_code: 202,
    headers: { 'Content-Length': ['0'] },
    raw: raw('HTTP/1.1 202 Accepted', ''),
  },
};

export const WIREMOCK = {
  request: {
    url: '/hook',
    absoluteUrl: 'https://bot.example/hook',
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': LENGTH },
    loggedDate: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    body: SENT,
  },
  response: { status: 202, headers: { 'Content-Length': '0' } },
  timing: { totalTime: 29 },
};
