import { gzipSync } from 'node:zlib';
import { fromBase64, headersIn, headersOf, messageOf, notRecorded, partsOf, timeOf } from '../../history/import/bodies';
import { invitationTarget, notificationsOf } from '../../history/import/traffic';
import { callItem, envelope, operationItem, rosterItem, user } from '../support/bodies';

/** The parts of a recorded message, and what it is by its content. */

const KEPT = { encoding: 'utf8', content: 'text', bytes: 4, truncated: false };
const lengthOf = (length: string): [string, string][] => [['content-length', length]];

describe('a body', () => {
  test.each<[string, [string, string][], string | undefined]>([
    ['without a length', [], 'text'],
    ['of its length', lengthOf('4'), 'text'],
    ['with a length that is no number', lengthOf('4 bytes'), 'text'],
    ['with a length that is not only a number', lengthOf('bytes=5'), 'text'],
    ['with a length of ten digits', lengthOf('1234567890'), 'text'],
  ])('%s is kept', (_, headers, content) => {
    expect(messageOf(headers, content)).toEqual({ headers, body: KEPT });
  });

  test.each<[string, [string, string][], string | Buffer | undefined, number]>([
    ['that was not kept', lengthOf('7'), undefined, 7],
    ['that is empty without a length', [], '', 0],
    ['that is empty instead of its length', lengthOf('7'), '', 7],
    ['shorter than its length', lengthOf('5'), 'text', 5],
    ['much shorter than its length', lengthOf('123456789'), 'text', 123456789],
    ['longer than its length', lengthOf('3'), Buffer.from('text'), 3],
    ['of more than 1 MiB', [], Buffer.alloc(1024 * 1024 + 1, 'a'), 0],
  ])('%s is not recorded', (_, headers, content, bytes) => {
    const body = { encoding: 'utf8', content: '', bytes, truncated: true, notRecorded: true };
    expect(messageOf(headers, content)).toEqual({ headers, body });
    expect(notRecorded(headers)).toEqual(body);
  });

  test('of exactly 1 MiB is kept', () => {
    expect(messageOf([], Buffer.alloc(1024 * 1024, 'a')).body.truncated).toBe(false);
  });

  test('of length 0 is empty', () => {
    const empty = { encoding: 'utf8', content: '', bytes: 0, truncated: false };
    expect(messageOf(lengthOf('0'), '').body).toEqual(empty);
    expect(messageOf(lengthOf('0'), undefined).body).toEqual(empty);
  });

  test('is decoded, without the header that would decode it again', () => {
    const headers: [string, string][] = [
      ['content-encoding', 'gzip'],
      ['date', 'today'],
    ];
    expect(messageOf(headers, gzipSync('text'))).toEqual({ headers: [['date', 'today']], body: KEPT });
    // Its length is that of the encoded body.
    expect(messageOf([...headers, ...lengthOf('9999')], 'text')).toEqual({
      headers: [['date', 'today'], ...lengthOf('9999')],
      body: KEPT,
    });
  });
});

test('headers are strings with names in lower case, one per value, without those of HTTP/2', () => {
  expect(
    headersOf([
      ['A', ['1', '2']],
      ['b', '3'],
      [':path', '/'],
      [5, 'x'],
      ['c', 7],
      ['d', [null, '4']],
    ]),
  ).toEqual([
    ['a', '1'],
    ['a', '2'],
    ['b', '3'],
    ['d', '4'],
  ]);
  expect(headersIn({ headers: { A: '1' } })).toEqual([['a', '1']]);
  expect(headersIn({ headers: ['A', '1'] })).toEqual([]);
});

test.each([
  ['dGV4dA==', 'text'],
  ['dGV4dA', 'text'],
  [' dGV4\r\ndA==\n', 'text'],
  ['dGV-_w==', 'te~\xff'],
  ['{"a":1}', undefined],
  ['dGV4dA==!', undefined],
  ['dGV4=dA==', undefined],
  ['dGV4dA===', undefined],
])('%j as base64', (text, content) => {
  expect(fromBase64(text)?.toString('latin1')).toBe(content);
});

test('what follows much white space in base64 is seen', () => {
  const spaced = `dGV4${' '.repeat(100_000)}`;
  expect(fromBase64(spaced)?.toString()).toBe('tex');
  expect(fromBase64(`${spaced}!`)).toBeUndefined();
});

test.each([
  ['2026-01-02T03:04:05.678Z', { at: Date.UTC(2026, 0, 2, 3, 4, 5, 678), resolutionMs: 1 }],
  ['2026-01-02T03:04:05,67Z', undefined],
  ['2026-01-02T03:04:05.67Z', { at: Date.UTC(2026, 0, 2, 3, 4, 5, 670), resolutionMs: 10 }],
  ['2026-01-02T03:04:05Z', { at: Date.UTC(2026, 0, 2, 3, 4, 5), resolutionMs: 1000 }],
  ['2026-01-02T05:04:05.678+02:00', { at: Date.UTC(2026, 0, 2, 3, 4, 5, 678), resolutionMs: 1 }],
  ['Fri, 02 Jan 2026 03:04:05 GMT', { at: Date.UTC(2026, 0, 2, 3, 4, 5), resolutionMs: 1000 }],
  ['2026-01-02', { at: Date.UTC(2026, 0, 2), resolutionMs: 3_600_000 }],
  ['2000-01-01T00:00:00Z', { at: Date.UTC(2000), resolutionMs: 1000 }],
  ['1999-12-31T23:59:59.999Z', undefined],
  [`2026-01-02T03:04:05.${'6'.repeat(43)}Z`, { at: Date.UTC(2026, 0, 2, 3, 4, 5, 666), resolutionMs: 1 }],
  [`2026-01-02T03:04:05.${'6'.repeat(44)}Z`, undefined],
  [undefined, undefined],
])('%s as a time', (written, time) => {
  expect(timeOf(written)).toEqual(time);
});

test.each([
  ['HTTPS://Host:8080/Path?a=1#part', { origin: 'https://host:8080', path: '/Path', query: '?a=1' }],
  ['http://host?a=1', { origin: 'http://host', path: '/', query: '?a=1' }],
  ['https://user:password@host:443/path', { origin: 'https://host', path: '/path', query: '' }],
  ['http://host:80/', { origin: 'http://host', path: '/', query: '' }],
  ['http://host:443/', { origin: 'http://host:443', path: '/', query: '' }],
  ['http://host:8080/', { origin: 'http://host:8080', path: '/', query: '' }],
  ['https://host:4430/', { origin: 'https://host:4430', path: '/', query: '' }],
  ['http://host#part', { origin: 'http://host', path: '/', query: '' }],
  ['ftp://host/path', undefined],
  ['xhttp://host/path', undefined],
  ['http:///path', undefined],
  ['/path', undefined],
])('%s as a URL', (url, parts) => {
  expect(partsOf(url)).toEqual(parts);
});

describe('an invitation', () => {
  const target = (url: string, method = 'POST') =>
    invitationTarget({ method, url, headers: [], body: notRecorded([]) });
  const CALL = { base: 'https://host/v1.0', callId: 'c' };

  test.each<[string, object | undefined]>([
    ['https://host/v1.0/communications/calls/c/participants/invite', CALL],
    ['https://HOST/v1.0/communications/calls/c/participants/invite/', CALL],
    ['https://host/v1.0/Communications/Calls/c/Participants/Invite?x=1', CALL],
    ['https://host/v1.0/communications/calls/c/participants/microsoft.graph.invite', CALL],
    ["https://host/v1.0/communications/calls('c')/participants/invite", CALL],
    ["https://host/v1.0/communications/calls(id='c')/participants/invite", CALL],
    [
      "https://host/communications/calls('it''s%20''c''')/participants/invite",
      { base: 'https://host', callId: "it's 'c'" },
    ],
    ['https://host/communications/calls/a%2Fb/participants/invite', { base: 'https://host', callId: 'a/b' }],
    ["https://host/communications/calls/it''s/participants/invite", { base: 'https://host', callId: "it''s" }],
    ['https://host/v1.0/communications/calls/c/participants/inviteAll', undefined],
    ['https://host/v1.0/communications/calls/c/participants/p/invite', undefined],
    ['https://host/v1.0/communications/calls/c/d/participants/invite', undefined],
    ['https://host/v1.0/communications/calls/participants/invite', undefined],
    ['https://host/v1.0/calls/c/participants/invite', undefined],
    ['/v1.0/communications/calls/c/participants/invite', undefined],
  ])('%s', (url, found) => {
    expect(target(url)).toEqual(found);
  });

  test('is a POST of any writing', () => {
    const url = 'https://host/v1.0/communications/calls/c/participants/invite';
    expect(target(url, 'post')).toEqual(CALL);
    expect(target(url, 'GET')).toBeUndefined();
  });

  test('has a URL of at most 8192 characters', () => {
    const url = 'https://host/v1.0/communications/calls/c/participants/invite?'.padEnd(8192, 'x');
    expect(target(url)).toEqual(CALL);
    expect(target(`${url}x`)).toBeUndefined();
  });
});

describe('notifications', () => {
  const found = (content: string, over: object = {}): number | undefined =>
    notificationsOf({
      request: {
        method: 'POST',
        url: 'https://bot/',
        headers: [],
        body: { encoding: 'utf8', content, bytes: content.length, truncated: false, ...over },
      },
      resolutionMs: 1,
    })?.length;
  const of = (...items: unknown[]): string => JSON.stringify(envelope(items));
  const operation = { id: 'o', clientContext: 'c', invitees: [user('u')] };
  const { resourceUrl: _, ...withoutUrl } = operationItem('c', operation, 'completed');

  test.each<[string, string, number | undefined]>([
    ['a roster', of(rosterItem('c', [])), 1],
    ['a call and an operation', of(callItem('c', 'established'), operationItem('c', operation, 'completed')), 2],
    ['an operation without resourceUrl', of(withoutUrl), 1],
    ['another of a change', of({ changeType: 'updated', resource: 'users/1', resourceData: { id: '1' } }), undefined],
    ['text of the same words', 'resourceUrl', undefined],
    ['JSON without any', '{"value":[{}]}', undefined],
  ])('in %s', (__, content, count) => {
    expect(found(content)).toBe(count);
  });

  test('in a body that was cut are not read', () => {
    expect(found(of(rosterItem('c', [])), { truncated: true })).toBeUndefined();
  });
});
