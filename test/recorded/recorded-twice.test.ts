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
    expect(both(refused(), refused(), 2)).toEqual(apart);
    expect(both(came(), came({ at: 112 }))).toEqual(apart);
  });

  test('on both sides of a proxy, one during the other, counts once', () => {
    const indented = (text: string): string => JSON.stringify(JSON.parse(text), undefined, 2);
    const text = JSON.stringify(envelope([listed('call')]));
    expect(both(refused(), refused({ at: 5 }))).toEqual(once);
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
    const soon = { more: { ...more, startedDateTime: new Date(BEGIN + 4900).toISOString() } };
    const late = { more: { ...more, startedDateTime: new Date(BEGIN + 5200).toISOString() } };
    expect(both(came({ more }), came(soon))).toEqual(once);
    expect(both(came({ more }), came(late))).toEqual(apart);
  });

  test('with another text, call or path are two', () => {
    expect(both(sent(), sent({ text: '{"participants":[]}' }))).toEqual(apart);
    expect(both(refused(), refused({ url: `${BASE}/communications/calls/d/participants/invite` }))).toEqual(apart);
    expect(both(came(), came({ url: `${HOOK}/other` }))).toEqual(apart);
    expect(both(came(), notifies([listed('other')]))).toEqual(apart);
  });

  test('of an invitation, the one with the response is kept', () => {
    const text = '{"participants":[]}';
    const cut = invites('call', 'operation', { text, ...withoutResponse });
    const whole = invites('call', 'operation', { text });
    for (const [one, two] of [
      [cut, whole],
      [whole, cut],
    ] as const) {
      from([one, two], (all) => {
        expect(all.invitations).toMatchObject([{ operationId: 'operation', accepted: true, twice: true }]);
        expect([...all.leftOut]).toEqual([['twice', 1]]);
      });
    }
  });
});
