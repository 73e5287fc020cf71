import { memberPath, pathOfPointer } from '../../common/json-path';

test.each([
  ['participants', '$.participants'],
  ['_x$1', '$._x$1'],
  ['@odata.type', "$['@odata.type']"],
  ['0', "$['0']"],
  ['', "$['']"],
  ["it's", "$['it\\'s']"],
  ['a\\b', "$['a\\\\b']"],
])('the property %j is at %s', (name, path) => {
  expect(memberPath('$', name)).toBe(path);
});

test.each([
  ['', '$'],
  ['/participants/0/identity', '$.participants[0].identity'],
  ['/participants/0/1', "$.participants[0]['1']"],
  ['/a~1b', "$['a/b']"],
  ['/a~01b', "$['a~1b']"],
])('the pointer %j leads to %s', (pointer, path) => {
  const root = { participants: [{ identity: {}, 1: 'x' }], 'a/b': 1, 'a~1b': 2 };
  expect(pathOfPointer(root, pointer)).toBe(path);
});
