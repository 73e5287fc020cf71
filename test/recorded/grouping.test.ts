import type { History } from '../../history/events';
import { callItem } from '../support/bodies';
import { assembled, BASE, ended, eventsOf, invites, notifies, onlyOne, planOf } from './small-recording';

/** The calls to which recorded notifications belong. */

const callsOf = (history: History): (string | undefined)[] => eventsOf(history, 'delivery').map(({ call }) => call);

test.each<[string, unknown[], (string | undefined)[]]>([
  ['another target only is not in the history', [ended('other', 'of-other')], []],
  [
    'an operation of the target and a call of another is in it, without a call',
    [ended('other', 'of-one')],
    [undefined],
  ],
])('a notification about %s', (_, items, calls) => {
  const url = 'https://graph.example/beta/communications/calls/other/participants/invite';
  const entries = [invites('one', 'of-one'), invites('other', 'of-other', { url }), notifies(items)];
  const history = onlyOne(assembled([entries], { target: BASE }));
  expect(callsOf(history)).toStrictEqual(calls);
  expect(history.header.recording).toMatchObject({ notifications: 0 });
});

test('a target to which no invitation went has no calls', () => {
  const entries = [invites('call', 'operation'), notifies([ended('call', 'operation')])];
  const history = onlyOne(assembled([entries], { target: 'https://graph.example/beta' }));
  expect(history.events.map(({ kind }) => kind)).toEqual(['end']);
  expect(history.header).toMatchObject({
    recording: {
      calls: 0,
      invitations: 0,
      leftOut: [
        { why: 'otherTarget', count: 1 },
        { why: 'unknownCall', count: 1 },
      ],
    },
  });
});

test('only calls without invitations of their own are counted as replaced', () => {
  const replacing = (callId: string, replacesCallId: string): object =>
    invites(callId, callId, { text: JSON.stringify({ participants: [{ replacesCallId }] }) });
  const entries = [
    invites('plain', 'plain'),
    replacing('one', 'plain'),
    replacing('two', 'peer'),
    notifies([callItem('peer', 'terminated')]),
  ];
  const history = onlyOne(assembled([entries], { planOf: () => ({ ...planOf(), replaces: 'peer' }) }));
  expect(callsOf(history)).toStrictEqual(['recorded/replaced-call-1#1']);
});
