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

/** Conforming ways to differ that the edition of 2025-07-23 alone allows, or that are about what is new in it. */

const moved = ({ invitation }: Accepted): boolean => invitation.movedFrom !== undefined;

/** Whether the attempt is to move somebody out of a meeting that the caller may not see. */
const ofAnother = ({ participants: [first], calls }: Attempt): boolean =>
  typeof first?.participantId === 'string' &&
  calls().some(({ id, owner }) => id === first.replacesCallId && owner !== undefined);

/** Refuses at once what fails later otherwise. */
const refusesAtOnce = (status: number): HookMaker =>
  onFinding('replaced-call', (finding, attempt) =>
    ofAnother(attempt) ? { refusal: refusal(status, 'Forbidden', 'The call is of another application.') } : finding,
  );

/** Refuses with another status. */
const answered = (rule: RuleName, status: number): HookMaker =>
  onFinding(rule, (finding) =>
    finding && 'refusal' in finding ? { refusal: { ...finding.refusal, status } } : finding,
  );

/** Changes each user that the response to a move names. */
const movedUser = (edit: (user: JsonObject) => void): HookMaker =>
  onResponse((operation, occasion) => {
    if (!moved(occasion)) return;
    for (const one of objectsIn(operation['participants'])) edit(objectOf(objectOf(one['identity'])['user']));
  });

/** Adds a roster update of the meeting that somebody is moved out of. */
const sourceRoster = (entries: (occasion: Accepted) => JsonObject[]): HookMaker =>
  replan((planned, occasion) => {
    const { movedFrom } = occasion.invitation;
    if (!movedFrom) return planned;
    return [...planned, notification('roster', movedFrom, 'updated', '/participants', entries(occasion))];
  });

/** Who is left in the meeting that somebody is moved out of. */
function left({ invitation: { movedFrom, participants } }: Accepted): JsonObject[] {
  return (movedFrom?.members ?? []).filter(({ id }) => id !== participants[0]?.participantId).map(rosterEntry);
}

function removed({ invitation: { movedFrom, participants } }: Accepted): JsonObject[] {
  const gone = (movedFrom?.members ?? []).filter(({ id }) => id === participants[0]?.participantId);
  return gone.map((one) => ({ ...rosterEntry(one), removedState: { reason: 'Removed' } }));
}

/** Makes deltas of rosters, numbered in the order in which the notifications of a call are sent. */
const deltas: HookMaker = () => {
  const sent = new WeakMap<Call, number>();
  const numbered = (call: Call, participants: JsonObject[]): JsonObject => {
    const delta: JsonObject = { '@odata.type': '#microsoft.graph.deltaParticipants' };
    // The number is given when the notification is written: those under way together are not planned in that order.
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
    ...variant('delta-rosters', 'rosters tell what has changed alone, as the bot asked for', deltas),
    optsIn: true,
  },
  variant(
    'roster-before-completion',
    'the roster comes before the completion',
    replan((planned) => [
      ...planned.filter(({ kind }) => kind === 'roster'),
      ...planned.filter(({ kind }) => kind !== 'roster'),
    ]),
  ),
  variant(
    'completion-after-a-while',
    'the completion comes 100 ms after the roster',
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
    'several on a peer-to-peer call are accepted, and fail',
    failsLater('group-call', 'chat-info'),
  ),
  variant('second-bot-fails-later', 'a second bot is accepted, and fails', failsLater('one-bot')),
  variant('second-bot-forbidden', 'a second bot is answered 403', answered('one-bot', 403)),
  variant('odd-numbers-fail-later', 'phones that are no numbers are accepted, and fail', failsLater('e164')),
  variant('odd-numbers-unprocessable', 'phones that are no numbers are answered 422', answered('e164', 422)),
  variant(
    'other-application-forbidden',
    "a move out of another application's meeting is answered 403",
    refusesAtOnce(403),
  ),
  variant(
    'other-application-not-found',
    "a move out of another application's meeting is answered 404",
    refusesAtOnce(404),
  ),
  variant(
    'peer-call-without-roster',
    'peer-to-peer calls have no roster updates',
    replan((planned) => planned.filter(({ kind, call }) => kind !== 'roster' || call.kind === 'group')),
  ),
  variant(
    'peer-call-becomes-group',
    'a peer-to-peer call that somebody is invited to is announced as updated, with a chat, before the completion',
    replan((planned, { invitation: { call } }) => {
      if (call.kind !== 'peerToPeer') return planned;
      const state = { ...callNotified(call, 'established'), chatInfo: { threadId: `19:${randomUUID()}@thread.v2` } };
      return [notification('call', call, 'updated', '', state), ...planned];
    }),
  ),
  variant('old-roster-after-move', 'a roster of who is left in the old meeting follows a move', sourceRoster(left)),
  variant(
    'old-roster-tells-who-left',
    'a roster of the old meeting lists who was moved, with a removedState',
    sourceRoster((occasion) => [...left(occasion), ...removed(occasion)]),
  ),
  variant(
    'old-meeting-goes-on',
    'the old meeting is announced as established after a move',
    replan((planned, { invitation: { movedFrom } }) =>
      movedFrom
        ? [...planned, notification('call', movedFrom, 'updated', '', callNotified(movedFrom, 'established'))]
        : planned,
    ),
  ),
  variant(
    'moved-user-in-full',
    'who is moved is named with displayName, identityProvider and tenantId, in the response and in the completion',
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
    'the response says of who is hidden that it is',
    onResponse((operation, { invitation: { participants } }) => {
      for (const [i, one] of objectsIn(operation['participants']).entries()) {
        one['hidden'] = participants[i]?.hidden === true ? true : null;
      }
    }),
  ),
  variant(
    'hidden-roster-without',
    'a roster follows an invitation of somebody hidden, and shows everybody else',
    replan((planned, { invitation: { call, participants } }) => {
      if (!participants.some(({ hidden }) => hidden)) return planned;
      const others = call.members.filter(({ hidden }) => hidden !== true).map(rosterEntry);
      return [...planned, notification('roster', call, 'updated', '/participants', others)];
    }),
  ),
  variant(
    'participants-with-ids-of-their-own',
    'entries of a roster have undeclared members, as real ones do',
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
