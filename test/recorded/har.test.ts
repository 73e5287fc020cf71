import { parseJson } from '../../history/body';
import { har } from '../../history/import/har';
import type { HarTool } from '../../history/import/har-tools';
import { harEntry } from './one-exchange';

/** Entries of HAR files, and what is known of them. */

test.each([
  ['no text', { content: { size: 40, mimeType: 'application/json' } }],
  ['no text, though in base64', { content: { size: 40, mimeType: 'application/json', encoding: 'base64' } }],
  ['null for text', { content: { size: 0, mimeType: 'application/json', text: null } }],
  ['an empty text and no length', { headers: [], content: { size: 0, mimeType: '', text: '' } }],
  [
    'another length than its header says',
    { headers: [{ name: 'Content-Length', value: '9' }], content: { size: 4, text: '{"a"' } },
  ],
])('a body that was not kept is absent: %s', (_, response) => {
  expect(har.read(harEntry({ response: { headers: [], ...response } }))?.response?.body).toMatchObject({
    notRecorded: true,
    truncated: true,
  });
});

test('a decoded body is read as it is, whatever its Content-Encoding', () => {
  const headers = [
    { name: 'Content-Encoding', value: 'gzip' },
    { name: 'Content-Length', value: '5' },
  ];
  const read = har.read(harEntry({ response: { headers, content: { size: 8, text: '{"a": 1}' } } }))?.response;
  expect(read && parseJson(read.body, read.headers)).toEqual({ ok: true, value: { a: 1 } });
});

test('base64 is decoded to bytes', () => {
  const content = { size: 2, text: Buffer.from([0xff, 0xfe]).toString('base64'), encoding: 'base64' };
  expect(har.read(harEntry({ response: { headers: [], content } }))?.response?.body.encoding).toBe('base64');
});

test.each([
  ['a time of 0', { time: 0 }],
  ['no timings', { timings: undefined }],
  ['parts longer than the whole', { time: 19, timings: { send: 3, wait: 20, receive: 7 } }],
  ['timings of 0', { timings: { send: 0, wait: 0, receive: 0 } }],
  ['timings of -1', { timings: { send: -1, wait: -1, receive: -1 } }],
])('%s is not measured', (_, entry) => {
  expect(har.read(harEntry({ entry }))?.durations).toBeUndefined();
});

test.each([
  ['2026-01-02T03:04:05Z', 1000],
  ['2026-01-02T03:04:05.6Z', 100],
  ['2026-01-02T03:04:05.678901+01:00', 1],
])('the time %s is known to within %i ms', (startedDateTime, resolutionMs) => {
  expect(har.read(harEntry({ entry: { startedDateTime } }))?.resolutionMs).toBe(resolutionMs);
});

describe('the durations of a HAR entry', () => {
  const timings = { blocked: 1, dns: 2, connect: 4, ssl: 3, send: 8, wait: 16, receive: 32 };
  const times = (more: object = {}, tool?: HarTool) =>
    har.read(harEntry({ entry: { time: 63, timings: { ...timings, ...more } } }), tool)?.durations;

  test('begin with the time before the request is sent', () => {
    expect(times()).toEqual({ sent: 15, answered: 31, ended: 63 });
    expect(times({ blocked: -1, dns: -1, connect: -1 })).toEqual({ sent: 8, answered: 24, ended: 56 });
  });

  test.each<[HarTool, object, number]>([
    ['mitmproxy', {}, 8],
    ['playwright', {}, 8],
    ['playwright', { send: 0 }, 7],
    ['firefox', {}, 15],
  ])('of %s with %j: %i ms until it is sent', (tool, more, sent) => {
    expect(times(more, tool)).toEqual({ sent, answered: sent + 16, ended: sent + 48 });
  });

  test.each([1e9, '8', null])('that are not durations count as 0: %j', (receive) => {
    expect(times({ receive })).toEqual({ sent: 15, answered: 31, ended: 31 });
  });

  test('may exceed the whole by what rounding adds', () => {
    const within = (time: number) => har.read(harEntry({ entry: { time, timings } }))?.durations;
    expect(within(53)).toMatchObject({ ended: 63 });
    expect(within(52)).toBeUndefined();
  });

  test('are unknown without a wait, though the whole has a time', () => {
    expect(times({ wait: 0 })).toBeUndefined();
  });
});

describe('the body of a HAR request', () => {
  const sent = (request: object): unknown => har.read(harEntry({ request }))?.request.body;
  const empty = { content: '', bytes: 0, truncated: false };
  const JSON_TYPE = [{ name: 'Content-Type', value: 'application/json' }];
  const none = { postData: undefined, headers: [{ name: 'Host', value: 'bot.example' }] };

  test('is empty if there is no type and no postData, and the size is 0', () => {
    expect(sent({ ...none, bodySize: 0 })).toMatchObject(empty);
  });

  test.each<[string, object]>([
    ['another size', { ...none, bodySize: -1 }],
    ['a type', { ...none, headers: JSON_TYPE, bodySize: 0 }],
    ['no headers', { ...none, headers: [], bodySize: 0 }],
    ['postData without text', { ...none, postData: {}, bodySize: 0 }],
    ['postData in base64 without text', { ...none, headers: [], postData: { encoding: 'base64' } }],
    ['postData that is not base64', { ...none, headers: [], postData: { text: '{"a"}', encoding: 'base64' } }],
  ])('is unknown with %s', (_, request) => {
    expect(sent(request)).toMatchObject({ notRecorded: true });
  });

  test.each<[string, object, boolean]>([
    ['no length', {}, true],
    ['another size', { bodySize: 9 }, true],
    ['its size', { bodySize: 4 }, false],
    ['its Content-Length', { headers: [{ name: 'Content-Length', value: '4' }] }, false],
  ])('that breaks off, with %s', (_, how, unknown) => {
    const body = sent({ headers: [], postData: { text: '{"a"' }, ...how });
    expect(body).toMatchObject(unknown ? { notRecorded: true } : { content: '{"a"', truncated: false });
  });

  test.each<[string, string]>([
    ['a text that replaces it', '<not kept>'],
    ['base64 of JSON without a sign', Buffer.from('{"a":1}').toString('base64')],
    ['JSON as a JSON string', JSON.stringify('{"a":1}')],
  ])('is unknown if it may be %s', (_, text) => {
    const headers = [{ name: 'Content-Length', value: String(text.length) }];
    expect(sent({ headers: [], postData: { text } })).toMatchObject({ notRecorded: true });
    expect(sent({ headers, postData: { text } })).toMatchObject({ content: text, truncated: false });
  });

  test.each([Buffer.from('{"a":1}').toString('base64'), JSON.stringify('{"a":1}'), JSON.stringify(' {"a":1}')])(
    'is unknown if it was encoded again, even with its own size: %s',
    (text) => {
      expect(sent({ headers: [], postData: { text }, bodySize: text.length })).toMatchObject({ notRecorded: true });
    },
  );

  test.each(['MTI=', '"12"', JSON.stringify('{a'), JSON.stringify('"{"')])(
    'is kept with its own size if decoding it again gives no JSON object: %s',
    (text) => {
      expect(sent({ headers: [], postData: { text }, bodySize: text.length })).toMatchObject({ content: text });
    },
  );

  test('has the type of its postData if only the headers lack it', () => {
    const typeOf = (headers: object[], mimeType: string): unknown =>
      har.read(
        harEntry({ request: { method: 'POST', url: 'https://x/', headers, postData: { mimeType, text: '{}' } } }),
      )?.request.headers;
    const accept = { name: 'Accept', value: '*/*' };
    expect(typeOf([accept], 'application/json')).toContainEqual(['content-type', 'application/json']);
    expect(typeOf([accept], 'text/plain')).toEqual([['accept', '*/*']]);
    expect(typeOf([], 'application/json')).toEqual([]);
    expect(typeOf([{ name: 'Content-Type', value: 'text/plain' }], 'application/json')).toHaveLength(1);
  });

  test('may be base64', () => {
    const postData = { text: Buffer.from('text').toString('base64'), encoding: 'base64' };
    expect(sent({ headers: [], postData })).toMatchObject({ content: 'text', truncated: false });
    const size = postData.text.length;
    expect(sent({ headers: [], postData: { ...postData, encoding: 'none' }, bodySize: size })).toMatchObject({
      content: postData.text,
    });
  });
});

describe('the body of a HAR response of 8 bytes', () => {
  const TEXT = '{"a": 1}';
  const received = (content: object, headers: object[] = []): boolean | undefined =>
    har.read(harEntry({ response: { headers, content: { text: TEXT, ...content } } }))?.response?.body.truncated;
  const GZIP = { name: 'Content-Encoding', value: 'gzip' };
  const length = (value: number): object => ({ name: 'Content-Length', value: String(value) });

  test.each<[string, object, object[], boolean]>([
    ['of its size', { size: 8 }, [], false],
    ['of a greater size', { size: 9 }, [], true],
    ['of a smaller size', { size: 7 }, [], false],
    ['of no size', { size: -1 }, [], false],
    ['of a greater size, but of its length', { size: 9 }, [length(8)], false],
    ['that was encoded, of a greater size', { size: 9 }, [GZIP, length(30)], true],
    ['that was encoded, of its size', { size: 8 }, [GZIP, length(30)], false],
    ['that grew by compression', { size: 30, compression: -22 }, [GZIP], false],
    ['that grew by compression, and was cut', { size: 30, compression: -21 }, [GZIP], true],
    ['of a greater size, with a compression that is no number', { size: 9, compression: '-1' }, [], true],
    ['that shrank by compression', { size: 8, compression: 2 }, [], false],
    [
      'in base64, of a greater size',
      { size: 9, text: Buffer.from(TEXT).toString('base64'), encoding: 'base64' },
      [],
      false,
    ],
    ['that is not base64', { size: 8, encoding: 'base64' }, [], true],
  ])('%s', (_, content, headers, cut) => {
    expect(received(content, headers)).toBe(cut);
  });
});

test('an export of Insomnia has no times of its requests', () => {
  expect(har.read(harEntry(), 'insomnia')).not.toHaveProperty('startedAt');
  expect(har.read(harEntry(), 'insomnia')?.resolutionMs).toBe(0);
});

test.each(['1970-01-01T00:00:00Z', 'yesterday', 5, null])('%j is not a time', (startedDateTime) => {
  expect(har.read(harEntry({ entry: { startedDateTime } }))?.startedAt).toBeUndefined();
});

test.each(['method', 'url'])('an entry without %s is none', (name) => {
  expect(har.read(harEntry({ request: { [name]: undefined } }))).toBeUndefined();
});

test('status 0 is no response', () => {
  expect(har.read(harEntry({ response: { status: 0 } }))?.response).toBeUndefined();
});
