import * as fc from 'fast-check';
import { endOf, endsSoon, isLive, readWaivers, type Waiver } from '../../verdicts/waivers';

const IDS = ['request.route', 'response.location', 'completion.once'];
const waiver: Waiver = {
  behavior: 'response.location',
  reason: 'the gateway drops it',
  owner: 'the calls team',
  expires: '2030-06-15',
};
const DAY = 86_400_000;

describe('a waiver', () => {
  test.each([
    ['long before', '2029-01-01T00:00:00.000Z', true],
    ['in the last moment of its day, UTC', '2030-06-15T23:59:59.999Z', true],
    ['with the next day, UTC', '2030-06-16T00:00:00.000Z', false],
    ['on its day west of Greenwich, when it is the next day, UTC', '2030-06-15T20:00:00.000-05:00', false],
  ])('%s: %s live %j', (_when, moment, live) => {
    expect(isLive(waiver, Date.parse(moment))).toBe(live);
  });

  test('has a warning in its last 14 days, and neither before nor after', () => {
    const end = endOf(waiver);
    expect(endsSoon(waiver, end - 14 * DAY)).toBe(false);
    expect(endsSoon(waiver, end - 14 * DAY + 1)).toBe(true);
    expect(endsSoon(waiver, end)).toBe(true);
    expect(endsSoon(waiver, end + 1)).toBe(false);
  });
});

describe('a waivers file', () => {
  test.each([[null], [undefined], [[]]])('may be empty: %j', (content) => {
    expect(readWaivers(content, IDS)).toEqual({ waivers: [], problems: [] });
  });

  test('contains waivers, with or without an issue', () => {
    const other = { ...waiver, behavior: 'request.route', issue: 'https://issues.test/1' };
    expect(readWaivers([waiver, other], IDS)).toEqual({ waivers: [waiver, other], problems: [] });
  });

  test('may contain a date as YAML reads it', () => {
    const content = [{ ...waiver, expires: new Date('2030-06-15T00:00:00Z') }];
    expect(readWaivers(content, IDS)).toEqual({ waivers: [waiver], problems: [] });
  });

  test('may have null as issue', () => {
    expect(readWaivers([{ ...waiver, issue: null }], IDS)).toEqual({ waivers: [waiver], problems: [] });
  });

  const WRONG: [what: string, content: unknown, problem: string][] = [
    ['a map with a list', { waivers: [] }, 'put the list at the top level, without "waivers:"'],
    ['a single waiver without a list', { ...waiver }, 'this file has one waiver without a hyphen'],
    ['another map', { 'response.location': {} }, 'a waivers file is a list; each waiver begins with a hyphen'],
    ['a text', 'response.location', 'this file has a string'],
    [
      'a list without a waiver',
      ['response.location'],
      '[0]: is not a waiver (behavior, reason, owner, issue, expires)',
    ],
    ['null in it', [null], '[0]: is not a waiver (behavior, reason, owner, issue, expires)'],
    [
      'an unknown behaviour',
      [{ ...waiver, behavior: 'response.locaton' }],
      '[0].behavior: no behaviour response.locaton; did you mean response.location?',
    ],
    ['an unknown key', [{ ...waiver, Reasons: 'x' }], '[0].Reasons: unknown key; did you mean reason?'],
    ['the same behaviour twice', [waiver, waiver], '[1].behavior: response.location has two waivers'],
    ['no reason', [{ ...waiver, reason: undefined }], '[0].reason: must be a non-empty string'],
    ['an empty owner', [{ ...waiver, owner: '' }], '[0].owner: must be a non-empty string'],
    ['a number as issue', [{ ...waiver, issue: 7 }], '[0].issue: must be a non-empty string'],
    ['no date', [{ ...waiver, expires: 'soon' }], '[0].expires: soon is not a date (YYYY-MM-DD)'],
    ['an invalid date', [{ ...waiver, expires: '2030-02-30' }], '[0].expires: 2030-02-30 is not a date (YYYY-MM-DD)'],
    ['a time', [{ ...waiver, expires: '2030-06-15T10:00:00Z' }], '[0].expires: 2030-06-15T10:00:00Z is not a date'],
  ];

  test.each(WRONG)('is refused with %s', (_what, content, problem) => {
    const { waivers, problems } = readWaivers(content, IDS);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.text).toContain(problem);
    expect(waivers).not.toContainEqual(expect.objectContaining({ owner: '' }));
  });

  test('reports every error with its place', () => {
    const { waivers, problems } = readWaivers([waiver, { behavior: 'x', colour: 1 }], IDS);
    expect(waivers).toEqual([waiver]);
    expect(problems.map(({ text }) => text.split(':')[0])).toEqual([
      '[1].colour',
      '[1].behavior',
      '[1].reason',
      '[1].owner',
      '[1].expires',
    ]);
  });

  test('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        const { waivers, problems } = readWaivers(content, IDS);
        expect(problems.length > 0 || waivers.length === (Array.isArray(content) ? content.length : 0)).toBe(true);
      }),
    );
  });
});
