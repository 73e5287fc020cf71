import { isOtherSpelling } from '../../history/odata-path';
import { parseResource } from '../../history/resource-url';

describe('a resourceUrl', () => {
  test.each([
    ['/communications/calls/c1', { callId: 'c1', part: 'call', documented: true }],
    ['/app/calls/c1', { callId: 'c1', part: 'call', documented: true }],
    ['/communications/calls/c1/operations/o1', { callId: 'c1', part: 'operation', id: 'o1', documented: true }],
    ['/app/calls/c1/operations/o1', { callId: 'c1', part: 'operation', id: 'o1', documented: true }],
    ['/communications/calls/c1/participants', { callId: 'c1', part: 'participants', documented: true }],
    ['/Communications/Calls/C1/Participants', { callId: 'C1', part: 'participants', documented: true }],
    ['/communications/calls/c1/participants/p1', { callId: 'c1', part: 'other', documented: true }],
    ['/communications/calls/c1/operations', { callId: 'c1', part: 'other', documented: true }],
    ['/communications/calls/c1/audioRoutingGroups/g', { callId: 'c1', part: 'other', documented: true }],
    [
      'https://graph.test/v1.0/communications/calls/c1/operations/o1',
      { callId: 'c1', part: 'operation', id: 'o1', documented: true },
    ],
    [
      'http://host:8080/calls/v1/communications/calls/c1/participants',
      { callId: 'c1', part: 'participants', documented: true },
    ],
    ['http://host:8080/app/calls/c1', { callId: 'c1', part: 'call', documented: true }],
    [
      '/communications/calls/a%20b%2Fc/operations/%C3%BC',
      { callId: 'a b/c', part: 'operation', id: 'ü', documented: true },
    ],
    ['/communications/calls/c1/x/https://graph.test', { callId: 'c1', part: 'other', documented: true }],
    ['/communications/calls/100%/participants', { callId: '100%', part: 'participants', documented: true }],
  ])('%s', (url, resource) => {
    expect(parseResource(url)).toEqual(resource);
  });

  test.each([
    ['/calls/c1'],
    ['calls/c1'],
    ['communications/calls/c1'],
    ['/v1.0/communications/calls/c1'],
    ['/v1.0/calls/c1/participants'],
    ['https://graph.test/calls/c1'],
    ['http://app/calls/c1'],
    ['/mycommunications/calls/c1'],
    ['/communications2/calls/c1'],
    ['x/communications/calls/c1'],
  ])('%s names the call, in an undocumented form', (url) => {
    expect(parseResource(url)).toMatchObject({ callId: 'c1', documented: false });
  });

  test.each([
    [''],
    ['/'],
    ['/communications/calls'],
    ['/communications/calls/'],
    ['/communications/mycalls/c1'],
    ['/communications/calls/c1?x=1'],
    ['/communications/calls/c1#x'],
    ['/communications/calls//participants'],
    ['nonsense'],
    ['http://xcalls/c1'],
  ])('%j names no call', (url) => {
    expect(parseResource(url)).toBeUndefined();
  });

  test('of 4096 characters is read, a longer one is not', () => {
    const id = 'c'.repeat(4085);
    expect(parseResource(`/app/calls/${id}`)).toMatchObject({ callId: id, part: 'call', documented: true });
    expect(parseResource(`/app/calls/${id}c`)).toBeUndefined();
  });
});

describe("OData's equivalent spellings name the same resource", () => {
  const OPERATION = { callId: 'c1', part: 'operation', id: 'o1', documented: true };
  const ROSTER = { callId: 'c1', part: 'participants', documented: true };
  const CALL = { callId: 'c1', part: 'call', documented: true };

  test.each([
    ["/communications/calls('c1')/operations('o1')", OPERATION],
    ["/communications/calls/c1/operations('o1')", OPERATION],
    ["/communications/calls('c1')/operations/o1", OPERATION],
    ["/communications/calls(id='c1')/operations(id='o1')", OPERATION],
    ['/communications/calls(%27c1%27)/operations(%27o1%27)', OPERATION],
    ['/communications/calls%28%27c1%27%29/operations%28%27o1%27%29', OPERATION],
    ["/app/Calls('c1')/Operations('o1')", OPERATION],
    ["https://graph.test/v1.0/communications/calls('c1')/operations('o1')/", OPERATION],
    ['/communications/calls/c1/operations/o1/microsoft.graph.inviteParticipantsOperation', OPERATION],
    ['/communications/calls/c1/microsoft.graph.call/operations/o1/', OPERATION],
    ["/communications/calls('%63%31')/operations('o1')", OPERATION],
    ["/communications/calls('c1')/participants", ROSTER],
    ['/communications/calls/c1/participants/', ROSTER],
    ['/communications/calls/c1/graph.call/participants/microsoft.graph.participant', ROSTER],
    ["/communications/calls('c1')", CALL],
    ['/communications/calls/c1/', CALL],
    ["/communications/calls('it''s')", { ...CALL, callId: "it's" }],
  ])('%s', (url, resource) => {
    expect(parseResource(url)).toEqual(resource);
  });

  test.each([
    ["/communications/calls('c1')/operations", 'other'],
    ["/communications/calls('c1')/participants('p1')", 'other'],
    ["/communications/calls('c1')/operations('o1')/x", 'other'],
    ['/communications/calls/c1//', 'other'],
    ['/communications/calls/c1/operations//', 'other'],
    ['/communications/calls/c1/microsoft.graph.user', 'other'],
    ["/communications/calls('c1')/audioRoutingGroups('g')", 'other'],
  ])('%s is another part of the call', (url, part) => {
    expect(parseResource(url)).toEqual({ callId: 'c1', part, documented: true });
  });

  test.each([["/communications/calls('c1'"], ['/communications/calls(c1)'], ["/communications/calls('')"]])(
    '%s names no call',
    (url) => {
      expect(parseResource(url)).toBeUndefined();
    },
  );

  test("calls('C') in an undocumented form", () => {
    expect(parseResource("/calls('c1')")).toEqual({ ...CALL, documented: false });
  });
});

describe('an id in another spelling', () => {
  const ID = 'ab6233a5-20b7-4c5e-bea2-ce56c9776429';

  test.each([
    [ID.toUpperCase(), true],
    [ID.replaceAll('-', ''), true],
    [`{${ID}}`, true],
    [`urn:uuid:${ID}`, true],
    [` ${ID} `, true],
    [ID, false],
    [ID.slice(0, -1), false],
    [`${ID.slice(0, 4)}urn:uuid:${ID.slice(4)}`, false],
    [undefined, false],
  ])('%s: %s', (found, is) => {
    expect(isOtherSpelling(found, ID)).toBe(is);
  });

  test('an empty id has no other spelling', () => {
    expect(isOtherSpelling('{}', '-')).toBe(false);
    expect(isOtherSpelling('x', undefined)).toBe(false);
  });
});
