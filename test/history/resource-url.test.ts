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
  ])('%s names the call, in a form that is not documented', (url) => {
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
  ])('%j names no call', (url) => {
    expect(parseResource(url)).toBeUndefined();
  });
});
