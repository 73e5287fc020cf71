import { file, outgoing, type Dialect } from './har-file';

/** HAR as clients write it about their own requests. */

/** All entries have the time of the export; sizes are unknown. */
export const insomnia: Dialect = {
  outgoing: true,
  write: (entries) =>
    file(
      { name: 'Insomnia REST Client', version: 'insomnia.desktop.app:v10.0.0' },
      outgoing(entries).map((one) => ({
        ...one,
        comment: 'invite',
        startedDateTime: '2026-06-07T08:09:10.111Z',
        request: { ...one.request, bodySize: -1 },
        response: { ...one.response, bodySize: -1 },
        timings: { blocked: -1, dns: -1, connect: -1, send: 0, wait: one.time, receive: 0, ssl: -1 },
      })),
    ),
};

/** For requests of its own client, only the total time is recorded. */
export const playwright: Dialect = {
  outgoing: true,
  write: (entries) =>
    file(
      { name: 'Playwright', version: '1.50.0' },
      outgoing(entries).map((one) => ({
        ...one,
        _apiRequest: true,
        request: {
          ...one.request,
          ...(one.request.postData ? { postData: { ...one.request.postData, params: [] } } : {}),
        },
        timings: { send: -1, wait: -1, receive: -1 },
      })),
    ),
};

const CONNECTING_MS = 40;

/** A relay through its client: the durations up to `send` begin at the start of the request, so `send` includes `connect`. */
export const playwrightRelay: Dialect = {
  write: (entries) =>
    file(
      { name: 'Playwright', version: '1.60.0' },
      entries.map((one) => {
        if (!one.request.url.endsWith('/participants/invite')) return { ...one };
        const startedAt = Date.parse(one.startedDateTime) - CONNECTING_MS;
        const send = CONNECTING_MS + one.timings.send;
        return {
          ...one,
          startedDateTime: new Date(startedAt).toISOString(),
          time: one.time + 2 * CONNECTING_MS,
          timings: { ...one.timings, blocked: -1, dns: CONNECTING_MS / 2, connect: CONNECTING_MS, ssl: -1, send },
        };
      }),
    ),
};

/** Bodies are in separate files. */
export const playwrightAttached: Dialect = {
  outgoing: true,
  write: (entries) =>
    file(
      { name: 'Playwright', version: '1.50.0' },
      outgoing(entries).map((one) => {
        const { text: _, ...content } = one.response.content;
        return { ...one, response: { ...one.response, content: { ...content, _file: 'da39a3ee.json' } } };
      }),
    ),
};
