import { isObject, type Json } from '../json';
import type { HookMaker, RuleName } from '../hooks';
import { keyOf } from '../identity';
import type { Attempt, Call, Participant } from '../model';
import { refusal } from '../errors';
import { fault, type Fault } from '../fault-records';
import { changesOf, lifts, liftsAfterTheFirst, objectsIn, onRoster, refuses, replan, together } from '../hook-builders';
import { passesOver } from './first-only';
import { rosterWith } from './joining';

/** Faults that appear only if features of the edition of 2025-07-23 meet each other or another feature. */

const isOf = (participant: Participant, kind: string): boolean =>
  participant.identities.some((identity) => identity.kind === kind);
const moves = ({ participants: [first] }: Attempt): boolean => typeof first?.participantId === 'string';
const hidden = ({ participants }: Attempt): boolean => participants.some((one) => one.hidden);
const toPeerCall = ({ call }: Attempt): boolean => call?.kind === 'peerToPeer';
const isAnonymous = ({ authorization }: Attempt): boolean => (authorization ?? '').trim() === '';
const isBearer = ({ authorization }: Attempt): boolean => /^bearer\s/i.test(authorization ?? '');

/** Whether a move is from a meeting that the caller may not see: one of another application. */
const ofAnother = (attempt: Attempt): boolean =>
  moves(attempt) &&
  attempt.calls().some(({ id, owner }) => id === attempt.participants[0]?.replacesCallId && owner !== undefined);
const ofTheSame = (attempt: Attempt): boolean => moves(attempt) && !ofAnother(attempt);

/** Accepts invitees whom `was` found in an earlier invitation to the call, again. */
function acceptsAgain(was: (participant: Participant) => boolean): HookMaker {
  return () => {
    const known = new WeakMap<Call, Set<string>>();
    const keysOf = (participants: readonly Participant[]): string[] =>
      participants.flatMap(({ identities }) => identities.map(keyOf));
    return {
      check(rule, finding, { call, participants }) {
        const again = call && known.get(call);
        return rule === 'duplicate' && again && keysOf(participants).some((key) => again.has(key))
          ? undefined
          : finding;
      },
      plan(planned, occasion) {
        if (occasion.kind !== 'accepted') return planned;
        const { call, participants } = occasion.invitation;
        const keys = known.get(call) ?? new Set();
        for (const key of keysOf(participants.filter(was))) keys.add(key);
        known.set(call, keys);
        return planned;
      },
    };
  };
}

/** Makes hooks that know whether a participant was moved to a call before. */
function afterAMove(hooks: (hasMoved: (call: Call | undefined) => boolean) => HookMaker): HookMaker {
  return () => {
    const moved = new WeakSet<Call>();
    const remember: HookMaker = replan((planned, { invitation: { call, movedFrom } }) => {
      if (movedFrom) moved.add(call);
      return planned;
    });
    return together(
      hooks((call) => call !== undefined && moved.has(call)),
      remember,
    )();
  };
}

/** Refuses every further invitation to a call after a rule refused one. */
function refusesAfter(closing: RuleName): HookMaker {
  return () => {
    const closed = new WeakSet<Call>();
    return {
      check(rule, finding, { call }) {
        if (rule === closing && finding && call) closed.add(call);
        if (rule !== 'reachable' || finding || !call || !closed.has(call)) return finding;
        return { refusal: refusal(409, 'Conflict', 'The call is busy.') };
      },
    };
  };
}

const hasNull = (entry: Json | undefined): boolean => isObject(entry) && Object.values(entry).includes(null);
const listed = ({ given }: Attempt): Json[] => (Array.isArray(given) ? given : []);

/** Accepts credentials of a kind in a form of invitations only. */
const letsIn = (who: (attempt: Attempt) => boolean, form: (attempt: Attempt) => boolean): HookMaker =>
  lifts(['authentication', 'authorization'], (attempt) => who(attempt) && form(attempt));

const STATUS_401 = ['authorization.status-401'];
const STATUS_403 = ['authorization.status-403'];

const credentials: readonly Fault[] = [
  fault(
    'authorization.required/not-asked-for-if-moving',
    'accepts requests without Authorization that move a participant',
    letsIn(isAnonymous, moves),
    STATUS_401,
  ),
  fault(
    'authorization.bearer/any-scheme-to-a-peer-call',
    'accepts any scheme in Authorization for an invitation to a peer-to-peer call',
    letsIn((attempt) => !isAnonymous(attempt) && !isBearer(attempt), toPeerCall),
    STATUS_401,
  ),
  fault(
    'authorization.unknown-token/any-token-if-hidden',
    'accepts any Bearer token for an invitation of a hidden participant',
    letsIn((attempt) => isBearer(attempt) && attempt.claims === undefined, hidden),
    STATUS_401,
  ),
  fault(
    'authorization.application-permission/not-checked-if-moving',
    'accepts tokens without the call permission that move a participant',
    lifts(['authorization'], (attempt) => attempt.claims?.['scp'] === undefined && moves(attempt)),
    STATUS_403,
  ),
  fault(
    'authorization.delegated/accepted-to-a-peer-call',
    'accepts delegated tokens for an invitation to a peer-to-peer call',
    lifts(['authorization'], (attempt) => attempt.claims?.['scp'] !== undefined && toPeerCall(attempt)),
    STATUS_403,
  ),
];

const moving: readonly Fault[] = [
  fault(
    'move.accepted/second-refused',
    'answers 400 to a second move to the same call',
    afterAMove((hasMoved) => refuses('participants', 400, (attempt) => moves(attempt) && hasMoved(attempt.call))),
  ),
  fault(
    'move.accepted/nulls-refused',
    'answers 400 to a move with properties that are null',
    refuses('participants', 400, (attempt) => moves(attempt) && listed(attempt).some(hasNull)),
  ),
  fault(
    'move.roster/second-missing',
    'sends an empty roster after a second move to the same call',
    afterAMove((hasMoved) =>
      onRoster((change, { invitation: { call, movedFrom } }) => {
        if (movedFrom && hasMoved(call)) change['resourceData'] = [];
      }),
    ),
  ),
  fault(
    'completion.announced/not-for-the-first-of-several',
    'sends no completion of a move with several participants',
    replan((planned, { invitation }) =>
      invitation.movedFrom && passesOver(invitation) ? planned.filter(({ kind }) => kind !== 'operation') : planned,
    ),
    ['move.first-only-completion'],
  ),
  fault(
    'roster.announced/not-for-the-first-of-several',
    'sends no roster update after a move with several participants',
    replan((planned, { invitation }) =>
      invitation.movedFrom && passesOver(invitation) ? planned.filter(({ kind }) => kind !== 'roster') : planned,
    ),
  ),
  fault(
    'move.first-only-accepted/plain-users-refused',
    'answers 400 to a move if another participant has no replacesCallId',
    refuses(
      'participants',
      400,
      (attempt) => ofTheSame(attempt) && attempt.sent.some(({ replacesCallId }) => replacesCallId === null),
    ),
  ),
  fault(
    'move.first-only-accepted/rest-in-call-refused',
    'answers 400 to a move if another participant is in the call already',
    refuses(
      'participants',
      400,
      (attempt) =>
        ofTheSame(attempt) &&
        attempt.sent
          .slice(1)
          .some(({ identities }) => identities.some((one) => attempt.call?.present.has(keyOf(one)) === true)),
    ),
  ),
  fault(
    'move.other-application/several-unchecked',
    "moves participants from another application's meeting if several are sent",
    lifts(['replaced-call'], (attempt) => ofAnother(attempt) && attempt.sent.length > 1),
  ),
  fault(
    'move.other-application/first-alone-checked',
    "moves participants from another application's meeting to a call that has accepted an invitation",
    liftsAfterTheFirst(['replaced-call']),
  ),
  fault(
    'request.route/none-after-a-failed-move',
    "refuses every further invitation to a call after a move from another application's meeting failed",
    refusesAfter('replaced-call'),
  ),
  fault(
    'request.duplicate-invitee/moved',
    'accepts a user who was moved to the call again',
    acceptsAgain(({ participantId }) => participantId !== null),
  ),
];

const others: readonly Fault[] = [
  fault(
    'request.one-bot/first-participant-only',
    'invites a second bot if it is not the first participant',
    lifts(['one-bot'], ({ participants: [first] }) => first !== undefined && !isOf(first, 'application')),
  ),
  fault(
    'request.one-bot/first-alone-checked',
    'invites a second bot to a call that has accepted an invitation',
    liftsAfterTheFirst(['one-bot']),
  ),
  fault(
    'request.route/none-after-a-bot',
    'refuses every further invitation to a call after it has refused a bot',
    refusesAfter('one-bot'),
  ),
  fault(
    'request.duplicate-invitee/hidden',
    'accepts a hidden participant again',
    acceptsAgain((participant) => participant.hidden),
  ),
  fault(
    'request.duplicate-invitee/in-a-peer-call',
    'accepts a participant of a peer-to-peer call again',
    lifts(['duplicate'], toPeerCall),
  ),
  fault(
    'roster.hidden-absent/several-shown',
    'lists hidden participants in an additional roster if several are invited',
    replan((planned, { invitation: { call, participants } }) => {
      const shown = participants.length > 1 && participants.some((one) => one.hidden);
      return shown ? [...planned, rosterWith(call, participants)] : planned;
    }),
  ),
  fault(
    'roster.announced/never-after-somebody-hidden',
    'sends no roster updates for a call with a hidden participant',
    replan((planned, { invitation: { call } }) =>
      planned.filter(({ kind }) => kind !== 'roster' || !call.members.some((one) => one.hidden === true)),
    ),
  ),
  fault(
    'roster.invitees/hidden-is-false',
    'omits participants from rosters if hidden is present, even if it is false',
    replan((planned, { attempt }) => {
      const isPresent = listed(attempt).some((one) => isObject(one) && typeof one['hidden'] === 'boolean');
      for (const change of planned.filter(({ kind }) => isPresent && kind === 'roster').flatMap(changesOf)) {
        change['resourceData'] = objectsIn(change['resourceData']).slice(0, 0);
      }
      return planned;
    }),
  ),
  fault(
    'pstn.e164/first-participant-only',
    'invites a phone whose id is not a number if it is not the first participant',
    lifts(['e164'], ({ participants: [first] }) => first !== undefined && !isOf(first, 'phone')),
  ),
  fault(
    'pstn.e164/first-alone-checked',
    'invites a phone whose id is not a number to a call that has accepted an invitation',
    liftsAfterTheFirst(['e164']),
  ),
  fault(
    'pstn.e164/peer-calls-unchecked',
    'invites phones with any id to peer-to-peer calls',
    lifts(['e164'], toPeerCall),
  ),
  fault(
    'pstn.e164/zero-accepted',
    'invites phones whose number begins with 0',
    lifts(['e164'], ({ participants }) =>
      participants.some(({ identities }) => identities.some(({ kind, id }) => kind === 'phone' && /^\+0\d+$/.test(id))),
    ),
  ),
];

export const interplayFaults: readonly Fault[] = [...credentials, ...moving, ...others];
