import { randomUUID } from 'node:crypto';
import { callNotified, notification, rosterEntry } from '../message-bodies';
import { refusal } from '../errors';
import type { HookMaker, RuleName } from '../hooks';
import type { JsonObject } from '../json';
import type { Attempt, Call } from '../model';
import { variant, type Variant } from '../fault-records';
import {
  changesOf,
  failsLater,
  later,
  objectOf,
  objectsIn,
  onCompletion,
  onFinding,
  onResponse,
  onRoster,
  replan,
  together,
  type Accepted,
} from '../hook-builders';

/** Variants that only the edition of 2025-07-23 allows, or that concern what it adds. */

const moved = ({ invitation }: Accepted): boolean => invitation.movedFrom !== undefined;

/** Whether the attempt moves a participant from a meeting that the caller may not see. */
const ofAnother = ({ participants: [first], calls }: Attempt): boolean =>
  typeof first?.participantId === 'string' &&
  calls().some(({ id, owner }) => id === first.replacesCallId && owner !== undefined);

/** Refuses at once instead of announcing a failed operation. */
const refusesAtOnce = (status: number): HookMaker =>
  onFinding('replaced-call', (finding, attempt) =>
    ofAnother(attempt) ? { refusal: refusal(status, 'Forbidden', 'The call is of another application.') } : finding,
  );

/** Refuses with another status. */
const answered = (rule: RuleName, status: number): HookMaker =>
  onFinding(rule, (finding) =>
    finding && 'refusal' in finding ? { refusal: { ...finding.refusal, status } } : finding,
  );

/** Changes each user in the response to a move. */
const movedUser = (edit: (user: JsonObject) => void): HookMaker =>
  onResponse((operation, occasion) => {
    if (!moved(occasion)) return;
    for (const one of objectsIn(operation['participants'])) edit(objectOf(objectOf(one['identity'])['user']));
  });

/** Adds a roster update of the source meeting of a move. */
const sourceRoster = (entries: (occasion: Accepted) => JsonObject[]): HookMaker =>
  replan((planned, occasion) => {
    const { movedFrom } = occasion.invitation;
    if (!movedFrom) return planned;
    return [...planned, notification('roster', movedFrom, 'updated', '/participants', entries(occasion))];
  });

/** The members who remain in the source meeting of a move. */
function left({ invitation: { movedFrom, participants } }: Accepted): JsonObject[] {
  return (movedFrom?.members ?? []).filter(({ id }) => id !== participants[0]?.participantId).map(rosterEntry);
}

function removed({ invitation: { movedFrom, participants } }: Accepted): JsonObject[] {
  const gone = (movedFrom?.members ?? []).filter(({ id }) => id === participants[0]?.participantId);
  return gone.map((one) => ({ ...rosterEntry(one), removedState: { reason: 'Removed' } }));
}

/** Turns rosters into deltas, numbered in the order in which the notifications of a call are sent. */
const deltas: HookMaker = () => {
  const sent = new WeakMap<Call, number>();
  const numbered = (call: Call, participants: JsonObject[]): JsonObject => {
    const delta: JsonObject = { '@odata.type': '#microsoft.graph.deltaParticipants' };
    // The number is assigned when the notification is written, because concurrent notifications are not planned in the
    // order of sending.
    const get = (): number => {
      const number = (sent.get(call) ?? 0) + 1;
      sent.set(call, number);
      return number;
    };
    Object.defineProperty(delta, 'sequenceNumber', { enumerable: true, get });
    return Object.assign(delta, { participants });
  };
  return {
    plan(planned) {
      for (const one of planned.filter(({ kind }) => kind === 'roster')) {
        for (const change of changesOf(one)) {
          change['resourceData'] = [numbered(one.call, objectsIn(change['resourceData']))];
        }
      }
      return planned;
    },
  };
};

export const variantsOf2025: readonly Variant[] = [
  {
    ...variant('delta-rosters', 'sends only the changes of a roster, as the bot asked for', deltas),
    optsIn: true,
  },
  variant(
    'roster-before-completion',
    'sends the roster before the completion',
    replan((planned) => [
      ...planned.filter(({ kind }) => kind === 'roster'),
      ...planned.filter(({ kind }) => kind !== 'roster'),
    ]),
  ),
  variant(
    'completion-after-a-while',
    'sends the completion 100 ms after the roster',
    replan((planned, { invitation: { failure, replaced } }) =>
      failure || replaced
        ? planned
        : [
            ...planned.filter(({ kind }) => kind !== 'operation'),
            ...planned.filter(({ kind }) => kind === 'operation').map((one) => later(one, 100)),
          ],
    ),
  ),
  variant(
    'several-fail-later',
    'accepts several participants for a peer-to-peer call, then announces a failed operation',
    failsLater('group-call', 'chat-info'),
  ),
  variant('second-bot-fails-later', 'accepts a second bot, then announces a failed operation', failsLater('one-bot')),
  variant('second-bot-forbidden', 'answers 403 to a second bot', answered('one-bot', 403)),
  variant(
    'odd-numbers-fail-later',
    'accepts phones whose id is not a number, then announces a failed operation',
    failsLater('e164'),
  ),
  variant('odd-numbers-unprocessable', 'answers 422 to phones whose id is not a number', answered('e164', 422)),
  variant(
    'other-application-forbidden',
    "answers 403 to a move from another application's meeting",
    refusesAtOnce(403),
  ),
  variant(
    'other-application-not-found',
    "answers 404 to a move from another application's meeting",
    refusesAtOnce(404),
  ),
  variant(
    'peer-call-without-roster',
    'sends no roster updates for peer-to-peer calls',
    replan((planned) => planned.filter(({ kind, call }) => kind !== 'roster' || call.kind === 'group')),
  ),
  variant(
    'peer-call-becomes-group',
    'notifies that a peer-to-peer call is updated and has a chat, before the completion of an invitation to it',
    replan((planned, { invitation: { call } }) => {
      if (call.kind !== 'peerToPeer') return planned;
      const state = { ...callNotified(call, 'established'), chatInfo: { threadId: `19:${randomUUID()}@thread.v2` } };
      return [notification('call', call, 'updated', '', state), ...planned];
    }),
  ),
  variant(
    'old-roster-after-move',
    'sends a roster of the remaining members of the source meeting after a move',
    sourceRoster(left),
  ),
  variant(
    'old-roster-tells-who-left',
    'sends a roster of the source meeting that lists the moved user with a removedState, after a move',
    sourceRoster((occasion) => [...left(occasion), ...removed(occasion)]),
  ),
  variant(
    'old-meeting-goes-on',
    'notifies that the source meeting is established, after a move',
    replan((planned, { invitation: { movedFrom } }) =>
      movedFrom
        ? [...planned, notification('call', movedFrom, 'updated', '', callNotified(movedFrom, 'established'))]
        : planned,
    ),
  ),
  variant(
    'moved-user-in-full',
    'adds displayName, identityProvider and tenantId to the moved user in the response and the completion',
    together(
      movedUser((user) => void Object.assign(user, whole())),
      onCompletion((operation, _change, occasion) => {
        if (!moved(occasion)) return;
        for (const one of objectsIn(operation['participants'])) {
          Object.assign(objectOf(objectOf(one['identity'])['user']), whole());
        }
      }),
    ),
  ),
  variant(
    'hidden-comes-back',
    'sends hidden true for hidden participants in the response',
    onResponse((operation, { invitation: { participants } }) => {
      for (const [i, one] of objectsIn(operation['participants']).entries()) {
        one['hidden'] = participants[i]?.hidden === true ? true : null;
      }
    }),
  ),
  variant(
    'hidden-roster-without',
    'sends a roster without the hidden participants after inviting a hidden participant',
    replan((planned, { invitation: { call, participants } }) => {
      if (!participants.some(({ hidden }) => hidden)) return planned;
      const others = call.members.filter(({ hidden }) => hidden !== true).map(rosterEntry);
      return [...planned, notification('roster', call, 'updated', '/participants', others)];
    }),
  ),
  variant(
    'participants-with-ids-of-their-own',
    'adds undeclared properties to roster entries, as the real service does',
    onRoster((change) => {
      for (const entry of objectsIn(change['resourceData'])) {
        Object.assign(entry, { publishedStates: [], meetingRole: 'attendee', rosterSequenceNumber: 1 });
        Object.assign(objectOf(entry['info']), { participantId: entry['id'] ?? null, clientVersion: '1.0' });
      }
    }),
  ),
];

function whole(): JsonObject {
  return { displayName: 'Somebody', identityProvider: 'AAD', tenantId: '57dab8b1-894c-409a-b240-bd8beae78896' };
}
