import { behaviorsOf } from '../../contracts/provider/attribution';
import { verifierFinding } from '../../contracts/provider/verifier-finding';
import { mismatchText } from '../../reporters/wording/contract-text';
import type { ContractMismatch } from '../../verdicts/contract-result';

/** The finding for a Verifier error with one difference. */
function differing(mismatch: object): ReturnType<typeof verifierFinding> {
  return verifierFinding(
    false,
    JSON.stringify({ errors: [{ mismatch: { mismatches: [mismatch] } }] }),
    'an interaction',
  );
}

const body = { type: 'BodyMismatch', path: '$' };

test('missing keys are reported one by one, whatever their names contain', () => {
  const mismatch = 'Actual map is missing the following keys: @odata.type, a, b, id';
  const keys = { expected: '["@odata.type","a, b","id"]', actual: '["status"]' };
  expect(differing({ ...body, ...keys, mismatch })).toEqual({
    passed: false,
    mismatches: [
      { part: 'body', path: "$['@odata.type']", observed: { is: 'absent' } },
      { part: 'body', path: "$['a, b']", observed: { is: 'absent' } },
      { part: 'body', path: '$.id', observed: { is: 'absent' } },
    ],
  });
});

test.each([
  "Expected 'Actual map is missing the following keys: id' (String) to be equal to 'a' (String)",
  "Expected 'is not a valid regular expression' (String) to be equal to 'a' (String)",
  "Expected 'Failed to parse the actual body' (String) to be equal to 'a' (String)",
  "Expected 'but was empty' (String) to be equal to 'a' (String)",
])('a value of the target that resembles a message of the Verifier changes nothing: %s', (mismatch) => {
  const values = { path: '$.clientContext', expected: '"a"', actual: '"b"' };
  expect(differing({ ...body, ...values, mismatch })).toEqual({
    passed: false,
    mismatches: [
      {
        part: 'body',
        path: '$.clientContext',
        expected: { is: 'json', value: 'a' },
        observed: { is: 'json', value: 'b' },
        message: mismatch,
      },
    ],
  });
});

test('an invalid pattern is an error of the contract', () => {
  const mismatch = "'(?<' is not a valid regular expression - Oniguruma error: end pattern with unmatched parenthesis";
  expect(differing({ ...body, mismatch })).toEqual({
    unclear: expect.stringContaining('the contract itself is wrong'),
  });
});

const SAID: [ContractMismatch, string[], string][] = [
  [
    { part: 'header', path: 'Location', observed: { is: 'absent' }, message: 'Expected a header but was missing' },
    ['response.location'],
    'header Location: Expected a header but was missing',
  ],
  [
    {
      part: 'header',
      path: 'Location',
      fact: 'response.location-operation',
      expected: { is: 'resource', path: '/communications/calls/c1/operations/o1' },
      observed: { is: 'json', value: '/communications/calls/c2/operations/o1' },
    },
    ['response.location-operation'],
    'header Location: expected /communications/calls/c1/operations/o1, got "/communications/calls/c2/operations/o1"; the call id differs; the operation id is right',
  ],
  [
    {
      part: 'status',
      observed: { is: 'answer', status: 404, code: 'NotFound' },
      message: 'expected 200 but was 404',
      request: { method: 'POST', url: 'http://a/v1.0' },
    },
    ['response.status-200'],
    'status: expected 200 but was 404; the target answered 404 (NotFound) to POST http://a/v1.0; check the path in --target',
  ],
  [{ part: 'body', path: '$.id', observed: { is: 'absent' } }, ['response.operation-id'], '$.id: missing'],
];

test.each(SAID)('%j is attributed and put into words', (mismatch, behaviors, words) => {
  expect(behaviorsOf('accepted', mismatch, [])).toEqual(behaviors);
  expect(mismatchText(mismatch)).toBe(words);
});
