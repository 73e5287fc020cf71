import type { Gathered } from '../../history/import/gathered';
import { envelope } from '../support/bodies';
import { BASE, BEGIN, gathered, harText, HOOK, invites, listed, notifies, type Over } from './small-recording';

/** Exchanges that were recorded twice: by two tools, or on both sides of a proxy. */

const from = <T>(entries: readonly object[], read: (all: Gathered) => T): T => gathered([harText(entries)], read);
const withoutResponse = { more: { response: { status: 0 } } };

describe('what is recorded twice', () => {
  const both = (
    first: object,
    second: object,
    files = 1,
  ): { kept: number; twice: unknown[]; left: number | undefined } =>
    gathered(files === 1 ? [harText([first, second])] : [harText([first]), harText([second])], (all) => {
      const kept = [...all.invitations, ...all.notifications];
      return { kept: kept.length, twice: kept.map(({ twice }) => twice), left: all.leftOut.get('twice') };
    });
  const once = { kept: 1, twice: [true], left: 1 };
  const apart = { kept: 2, twice: [undefined, undefined], left: undefined };
  const sent = (over: Over = {}): object => invites('call', 'operation', over);
  const refused = (over: Over = {}): object => invites('call', undefined, over);
  const came = (over: Over = {}): object => notifies([listed('call')], over);

  test('at the same time in one file counts once', () => {
    expect(both(sent(), sent())).toEqual(once);
    expect(both(refused(), refused())).toEqual(once);
    expect(both(came(), came())).toEqual(once);
  });

  test('with the same operation counts once at any time, and in any file', () => {
    expect(both(sent(), sent({ at: 5 }))).toEqual(once);
    expect(both(sent(), sent({ at: 5 }), 2)).toEqual(once);
    expect(both(came(), came({ at: 105 }), 2)).toEqual(once);
  });

  test('is the first of two with a response', () => {
    const sources = gathered([harText([sent()]), harText([sent({ at: 5 })])], ({ invitations }) =>
      invitations.map(({ source }) => source),
    );
    expect(sources).toEqual([0]);
  });

  test('at another time, or without an operation in another file, are two', () => {
    expect(both(refused(), refused({ at: 12 }))).toEqual(apart);
    expect(both(refused({ at: 12 }), refused())).toEqual(apart);
    expect(both(refused(), refused(), 2)).toEqual(apart);
    expect(both(came(), came({ at: 112 }))).toEqual(apart);
  });

  test('on both sides of a proxy, one during the other, counts once', () => {
    const indented = (text: string): string => JSON.stringify(JSON.parse(text), undefined, 2);
    const text = JSON.stringify(envelope([listed('call')]));
    expect(both(refused(), refused({ at: 5 }))).toEqual(once);
    expect(both(refused(), refused({ at: 11 }))).toEqual(once);
    expect(both(refused({ at: 5 }), refused())).toEqual(once);
    expect(both(refused(), refused({ at: 5, ...withoutResponse }))).toEqual(once);
    expect(both(refused({ at: 5, ...withoutResponse }), refused())).toEqual(once);
    expect(both(came(), came({ at: 105, url: HOOK.replace('bot.example', 'tunnel.example') }))).toEqual(once);
    expect(both(came({ text }), came({ text: indented(text), at: 105 }))).toEqual(once);
    expect(both(came(), came({ at: 105, url: `${HOOK}/other` }), 2)).toEqual(once);
    expect(both(came(), came({ at: 105, url: `${HOOK}/other` }))).toEqual(apart);
    expect(both(refused(), refused({ at: 5, status: 409 }))).toEqual(apart);
  });

  test('without the body of the request counts once only at the same time', () => {
    const bare = (at: number): object => invites('call', undefined, { at, headers: [], text: '' });
    expect(both(bare(0), bare(0))).toEqual(once);
    expect(both(bare(0), bare(5))).toEqual(apart);
  });

  test('without durations counts once if no sender tries again so soon', () => {
    const more = { time: 0 };
    const soon = { more: { ...more, startedDateTime: new Date(BEGIN + 5099).toISOString() } };
    const late = { more: { ...more, startedDateTime: new Date(BEGIN + 5100).toISOString() } };
    expect(both(came({ more }), came(soon))).toEqual(once);
    expect(both(came({ more }), came(late))).toEqual(apart);
  });

  test('without times counts once', () => {
    const more = { startedDateTime: 'x' };
    expect(both(refused({ more }), refused({ at: 90_000 }))).toEqual(once);
    expect(both(refused(), refused({ more }))).toEqual(once);
  });

  test('with times in whole seconds may have ended up to a second later', () => {
    const at = (second: number): Over => ({ more: { startedDateTime: `2030-01-01T00:00:0${second}Z` } });
    expect(both(refused(at(0)), refused(at(1)))).toEqual(once);
    expect(both(refused(at(0)), refused(at(2)))).toEqual(apart);
  });

  test('with another text, operation, call or path are two', () => {
    expect(both(sent({ text: '{}' }), invites('call', 'other', { text: '{}' }))).toEqual(apart);
    expect(both(sent(), sent({ text: '{"participants":[]}' }))).toEqual(apart);
    expect(both(refused(), refused({ url: `${BASE}/communications/calls/d/participants/invite` }))).toEqual(apart);
    expect(both(came(), came({ url: `${HOOK}/other` }))).toEqual(apart);
    expect(both(came(), notifies([listed('other')]))).toEqual(apart);
  });

  test('of refused invitations, the first with the response is kept', () => {
    const times = (...entries: object[]): unknown[] =>
      from(entries, ({ invitations }) => invitations.map(({ startedAt = 0 }) => startedAt - BEGIN));
    expect(times(refused(), refused({ at: 5 }))).toEqual([0]);
    expect(times(refused(), refused({ at: 5, ...withoutResponse }))).toEqual([0]);
    expect(times(refused(withoutResponse), refused({ at: 5 }))).toEqual([5]);
  });

  test.each<[string, Over]>([
    ['response', withoutResponse],
    ['body of the response', { answer: undefined }],
  ])('of an invitation, the one with the %s is kept', (_, without) => {
    const text = '{"participants":[]}';
    const less = invites('call', 'operation', { text, ...without });
    const whole = invites('call', 'operation', { text });
    for (const entries of [
      [less, whole],
      [whole, less],
    ]) {
      from(entries, (all) => {
        expect(all.invitations).toMatchObject([{ operationId: 'operation', accepted: true, twice: true }]);
        expect([...all.leftOut]).toEqual([['twice', 1]]);
      });
    }
  });
});
