import { MatchersV3 } from '@pact-foundation/pact';
import type { CommsNotifications } from '../../schemas';
import { anyCase, COVERS, EXAMPLE, filled, JSON_TYPE, pact, STATES, type State } from './contract';
import { handleNotifications, type BotEvent } from './notification-handler';

const { arrayContaining, boolean, eachLike, fromProviderState, integer, regex } = MatchersV3;

/** The behaviours of every notification. */
const NOTIFICATION = [
  'notification.post',
  'notification.json',
  'notification.envelope',
  'notification.change-type',
  'notification.resource-url',
];

/** A context is unique (page line 47): no two invitations of the contract have the same one. */
const CONTEXT = 'Invitation-to-follow-B6b1c3f5-0e0c-4E1e';
const CONTEXT_OF_FAILURE = 'Invitation-to-fail-7Ad90c16-42b8-4F0a';
// A resource may also be written in OData's other forms: a key in parentheses, a type cast, a slash at the end.
const KEY = "(/[^/?#]+|\\('[^/?#]+'\\)|%28%27[^/?#]+%27%29|\\(%27[^/?#]+%27\\))";
const CAST = '(/(microsoft\\.)?graph\\.[a-z]+)?';
const PREFIX = `(?i)(https?://.+)?/(communications|app)/calls${KEY}${CAST}`;
const call = `/communications/calls/${EXAMPLE.callId}`;
const peerCall = `/communications/calls/${EXAMPLE.peerCallId}`;
const OPERATION = '#microsoft.graph.inviteParticipantsOperation';
/** For a call the bot reads only its id, whatever precedes it. */
const callUrl = regex(`(?i)([^?#]*/)?calls${KEY}${CAST}/?`, peerCall);
const operationUrl = regex(`${PREFIX}/operations${KEY}${CAST}/?`, `${call}/operations/${EXAMPLE.operationId}`);
const invitee = { identity: { user: { id: fromProviderState('${userId}', EXAMPLE.userId) } } };

interface Case {
  name: string;
  covers: string[];
  states: State[];
  notification: { changeType: unknown; resourceUrl: unknown; resourceData?: unknown };
  understood: BotEvent;
}

const cases: Case[] = [
  {
    name: 'completion: an invitation was carried out',
    covers: [
      'completion.announced',
      'completion.change-type',
      'completion.resource-url',
      'completion.operation',
      'completion.status',
      'completion.operation-id',
      'completion.client-context',
      'completion.participants',
    ],
    states: [STATES.groupCall, STATES.oneUser],
    notification: {
      changeType: 'deleted',
      resourceUrl: operationUrl,
      resourceData: {
        '@odata.type': OPERATION,
        id: filled(EXAMPLE.operationId),
        status: anyCase('completed'),
        clientContext: CONTEXT,
        participants: [invitee],
      },
    },
    understood: {
      kind: 'invitationCompleted',
      operationId: EXAMPLE.operationId,
      clientContext: CONTEXT,
      invited: [EXAMPLE.userId],
    },
  },
  {
    name: 'roster: somebody who was invited is in the call',
    covers: [
      'roster.announced',
      'roster.change-type',
      'roster.resource-url',
      'roster.collection',
      'roster.invitees',
      'roster.participant',
      'roster.media-streams',
    ],
    states: [STATES.groupCall, STATES.oneUser],
    notification: {
      changeType: 'updated',
      resourceUrl: regex(`${PREFIX}/participants${CAST}/?`, `${call}/participants`),
      resourceData: eachLike({
        info: invitee,
        isMuted: boolean(false),
        isInLobby: boolean(false),
        // One usable stream is enough.
        mediaStreams: arrayContaining({
          mediaType: filled('audio'),
          sourceId: filled('1'),
          direction: regex('inactive|sendOnly|receiveOnly|sendReceive', 'sendReceive'),
          serverMuted: boolean(false),
        }),
      }),
    },
    understood: {
      kind: 'rosterUpdated',
      callId: EXAMPLE.callId,
      present: [{ id: EXAMPLE.userId, audible: true, inLobby: false }],
    },
  },
  {
    name: 'replaced call terminated: the peer-to-peer call that an invitation replaces has ended',
    covers: ['replace.peer-call-terminated'],
    states: [STATES.peerToPeerCall, STATES.groupCall],
    notification: {
      changeType: regex('created|updated|deleted', 'updated'),
      resourceUrl: callUrl,
      resourceData: { state: regex('(?i)terminat(ing|ed)', 'terminated') },
    },
    understood: { kind: 'callTerminated', callId: EXAMPLE.peerCallId },
  },
  {
    name: 'replaced call deleted: the peer-to-peer call that an invitation replaces is gone',
    covers: ['replace.peer-call-deleted'],
    states: [STATES.peerToPeerCall, STATES.groupCall],
    notification: { changeType: 'deleted', resourceUrl: callUrl },
    understood: { kind: 'callDeleted', callId: EXAMPLE.peerCallId },
  },
  {
    name: 'failure: an invitation could not be carried out',
    covers: ['failure.announced'],
    states: [STATES.groupCall, STATES.unreachableUser],
    notification: {
      changeType: 'deleted',
      resourceUrl: operationUrl,
      resourceData: {
        id: filled(EXAMPLE.operationId),
        status: anyCase('failed'),
        clientContext: CONTEXT_OF_FAILURE,
        resultInfo: { code: integer(500), subcode: integer(5000) },
      },
    },
    understood: {
      kind: 'invitationFailed',
      operationId: EXAMPLE.operationId,
      clientContext: CONTEXT_OF_FAILURE,
      code: 500,
      subcode: 5000,
    },
  },
];

describe('a bot is notified', () => {
  test.each(cases)('$name', async ({ name, covers, states, notification, understood }) => {
    const message = pact().addAsynchronousInteraction();
    for (const [state, params] of states) message.given(state, params);
    const events = await message
      .reference(...COVERS, [...covers, ...NOTIFICATION].join(' '))
      .expectsToReceive(name, (contents) => {
        contents
          .withJSONContent({ '@odata.type': '#microsoft.graph.commsNotifications', value: [notification] })
          .withMetadata({ contentType: JSON_TYPE, method: 'POST' });
      })
      .executeTest((received) =>
        Promise.resolve(handleNotifications(received.contents.content as unknown as CommsNotifications)),
      );
    expect(events).toEqual([understood]);
  });
});
