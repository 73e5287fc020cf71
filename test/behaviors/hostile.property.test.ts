import * as fc from 'fast-check';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { History } from '../../history/events';
import { ACCEPTED_BEHAVIORS, REFUSAL_BEHAVIORS } from '../../suites/behavior-lists';
import { judge } from '../../verdicts/verdict';
import { put, type Edit } from '../support/edits';
import { aRun } from '../support/histories';
import { propertyRuns } from '../support/property-runs';

const EVERYTHING = BEHAVIORS.map(({ id }) => id);

/** The property names that judges read, and the inherited names of every object. */
const NAMES = [
  ...['value', '@odata.type', 'changeType', 'resourceUrl', 'resourceData', 'id', 'status', 'clientContext'],
  ...['participants', 'identity', 'user', 'phone', 'info', 'mediaStreams', 'isMuted', 'state', 'error', 'code'],
  ...['resultInfo', 'replacesCallId', '__proto__', 'constructor', 'prototype', 'toString', 'length', 'toJSON'],
];

const { json } = fc.letrec<{ json: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, true, '', 'completed', 'Failed', '/communications/calls/call-1', 'operation-1', -0, -1e300),
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
  ),
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    tie('leaf'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('json'), { maxKeys: 6, noNullPrototype: true }),
  ),
}));

/** The places of a conforming body that are replaced. */
const RESPONSE = [
  '/id',
  '/status',
  '/clientContext',
  '/resultInfo',
  '/participants',
  '/participants/0',
  '/@odata.type',
];
const ITEM = [
  '/changeType',
  '/resourceUrl',
  '/resourceData',
  '/resourceData/0',
  '/resourceData/status',
  '/@odata.type',
];

function spoil(pointer: string, value: unknown): Edit {
  return (whole) => {
    try {
      return put(pointer, value)(whole);
    } catch {
      return value;
    }
  };
}

/** Judges a deeply frozen history twice, so that an exception, a difference or a modification shows. */
function judgedTwice(history: History): { ids: string[]; alike: boolean; untouched: boolean } {
  const before = JSON.stringify(history);
  const first = judge(history);
  const alike = JSON.stringify(judge(history)) === JSON.stringify(first);
  return { ids: first.map(({ id }) => id), alike, untouched: JSON.stringify(history) === before };
}

const FINE = { ids: EVERYTHING, alike: true, untouched: true };

test('any JSON body is judged', () => {
  fc.assert(
    fc.property(json, json, json, (answer, first, second) => {
      const run = aRun(EVERYTHING).control().invite({ replacing: true });
      run.answer(undefined, { raw: JSON.stringify(answer) ?? '' });
      run.deliver(first).deliver(second).post([first, second]);
      run.invite({ expect: 'refused' }).refuse(400, () => second);
      expect(judgedTwice(run.history())).toEqual(FINE);
    }),
    { numRuns: propertyRuns(40) },
  );
});

test('any value in any place of a conforming history is judged', () => {
  const places = [fc.constantFrom(...RESPONSE), fc.constantFrom(...ITEM), fc.constantFrom(...ITEM)] as const;
  fc.assert(
    fc.property(...places, json, (inAnswer, inCompletion, inRoster, value) => {
      const run = aRun([
        ...ACCEPTED_BEHAVIORS,
        ...REFUSAL_BEHAVIORS,
        'ordering.concurrent-invitations',
        'failure.announced',
      ]);
      run.control({ tries: ACCEPTED_BEHAVIORS }).invite({ replacing: true });
      run.answer(spoil(inAnswer, value)).completion(spoil(inCompletion, value)).roster(spoil(inRoster, value));
      expect(judgedTwice(run.history())).toEqual(FINE);
    }),
    { numRuns: propertyRuns(40) },
  );
});

test('any bytes are judged', () => {
  const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
  const status = fc.integer({ min: 100, max: 999 });
  fc.assert(
    fc.property(status, bytes, fc.oneof(bytes, fc.string({ unit: 'binary' })), (code, answer, delivery) => {
      const run = aRun(EVERYTHING).invite({ replacing: true }).answer(undefined, { status: code, raw: answer });
      run.deliver(undefined, { raw: delivery, headers: [] }).deliver(undefined, { raw: delivery, to: null });
      expect(judgedTwice(run.history())).toEqual(FINE);
    }),
    { numRuns: propertyRuns(40) },
  );
});

describe('excessive content', () => {
  const DEEP = 50_000;
  const deep: [what: string, text: string][] = [
    ['arrays', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
    ['objects', `${'{"value":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`],
    ['values of value', `${'{"value":['.repeat(DEEP)}1${']}'.repeat(DEEP)}`],
    ['participants', `{"id":"x","participants":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
    [
      'a status',
      `{"id":"x","status":${'['.repeat(DEEP)}${']'.repeat(DEEP)},"resultInfo":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
    ],
  ];

  test.each(deep)('%s nested 50,000 deep are judged', (_what, text) => {
    const nested = `{"value":[{"changeType":"deleted","resourceUrl":"/communications/calls/call-1","resourceData":${text}}]}`;
    const run = aRun(EVERYTHING).invite({ replacing: true }).answer(undefined, { raw: text });
    const history = run.deliver(undefined, { raw: text }).deliver(undefined, { raw: nested }).history();
    expect(judge(history)).toHaveLength(EVERYTHING.length);
  });

  test('properties named __proto__ do not change any prototype', () => {
    const raw =
      '{"__proto__":{"id":"x","status":"completed","polluted":1},"value":[{"__proto__":{"changeType":"deleted"}}]}';
    const history = aRun(EVERYTHING).invite().answer(undefined, { raw }).deliver(undefined, { raw }).history();
    const found = judge(history).find(({ id }) => id === 'response.operation-id');
    expect(found?.verdict).toBe('failed');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a thousand notifications in one envelope are judged', () => {
    const run = aRun(EVERYTHING).invite().answer();
    const item = run.operationItem('completed');
    const history = run.post(Array.from({ length: 1000 }, () => item)).history();
    expect(judge(history).find(({ id }) => id === 'completion.once')?.verdict).toBe('failed');
  });
});
