import { leadsToOperation, otherSpelling, resolveLocation } from '../../history/location';

const BASE = 'http://host/api/communications/calls/v1.0/communications/calls/c/participants/invite';

test.each([
  ['http://host/v1.0/communications/calls/c/operations/o', true],
  ['/api/communications/calls/v1.0/communications/calls/c/operations/o', true],
  ['../operations/o', true],
  ['/Calls/c/Operations/o', true],
  ['/calls/%63/operations/o', true],
  ['/calls/C/operations/o', false],
  ['/calls/c/operations/p', false],
  ['/calls/c/operations/o/', true],
  ["/v1.0/communications/calls('c')/operations('o')", true],
  ["http://host/v1.0/communications/calls/c/operations('o')/microsoft.graph.inviteParticipantsOperation", true],
  ['/calls(%27c%27)/operations(%27o%27)', true],
  ["/calls('c')/operations('p')", false],
  ['/calls(c)/operations(o)', false],
  ['/calls/c/operations/o//', false],
  ['/calls/c/participants/o', false],
  ['/chats/c/operations/o', false],
  ['/', false],
])('%s leads to the operation: %s', (location, does) => {
  const url = resolveLocation(location, BASE);
  expect(url && leadsToOperation(url, 'c', 'o')).toBe(does);
});

test.each(['', 'a b', '/%zz', '/a%6', '/%6g', 'http://', '<o>'])('%j is not a URI', (location) => {
  expect(resolveLocation(location, BASE)).toBeUndefined();
});

test.each([
  ['/calls/C/operations/o', "the call's id in another spelling"],
  ["/calls('c')/operations('%7BO%7D')", "the operation's id in another spelling"],
  ['/calls/C/operations/O', "the call's id in another spelling and the operation's id in another spelling"],
  ['/calls/c/operations/p', undefined],
  ['/calls/c/participants/O', undefined],
])('%s: %s', (location, says) => {
  const url = resolveLocation(location, BASE);
  expect(url && otherSpelling(url, 'c', 'o')).toBe(says);
});
