import { rosterEntry } from '../message-bodies';
import type { HookMaker } from '../hooks';
import type { Attempt } from '../model';
import { fault, type Fault } from '../fault-records';
import {
  answersWith,
  changesOf,
  failsWhen,
  later,
  lifts,
  onFinding,
  refuses,
  replan,
  together,
} from '../hook-builders';
import { acceptsInSilence, failsButJoins, rosterWith, staysBehind } from './joining';

/** Faults in what may be invited to which call, and in hidden participants. */

const several = ({ call, participants }: Attempt): boolean => call?.kind === 'peerToPeer' && participants.length > 1;
const single = ({ call, participants }: Attempt): boolean =>
  call?.kind === 'peerToPeer' && participants.length === 1 && !participants.some(isPhone);
const bot = ({ participants }: Attempt): boolean =>
  participants.some(({ identities }) => identities.some(({ kind }) => kind === 'application'));
const hidden = ({ participants }: Attempt): boolean => participants.some((one) => one.hidden);

function isPhone({ identities }: Attempt['participants'][number]): boolean {
  return identities.some(({ kind }) => kind === 'phone');
}

/** Lists hidden participants in an additional roster. @param delayMs delay after all other notifications, ms */
const shows = (delayMs: number): HookMaker =>
  replan((planned, { invitation: { call, participants } }) => {
    if (!participants.some((one) => one.hidden)) return planned;
    const roster = rosterWith(call, participants);
    return [...planned, delayMs > 0 ? later(roster, delayMs) : roster];
  });

const REFUSES = ['refusal.client-error'];

export const peerCallFaults: readonly Fault[] = [
  fault(
    'request.several-need-group-call/accepted',
    'invites several participants to a peer-to-peer call',
    lifts(['group-call', 'chat-info'], several),
  ),
  fault(
    'request.several-need-group-call/first-alone',
    'invites the first of several participants to a peer-to-peer call, and ignores the rest',
    onFinding('group-call', (finding, attempt) => {
      if (!several(attempt)) return finding;
      attempt.participants = attempt.participants.slice(0, 1);
      return undefined;
    }),
  ),
  fault(
    'request.several-need-group-call/server-error',
    'answers 500 to several participants for a peer-to-peer call',
    answersWith(['group-call'], 500),
    REFUSES,
  ),
  fault(
    'request.several-need-group-call/fails-but-joins',
    'announces that several participants for a peer-to-peer call failed, then lists them in its roster',
    together(lifts(['chat-info'], several), failsButJoins('group-call')),
  ),

  fault(
    'request.peer-call-single/refused',
    'answers 400 to one participant for a peer-to-peer call',
    refuses('group-call', 400, single),
  ),
  fault(
    'request.peer-call-single/not-found',
    'answers 404 to one participant for a peer-to-peer call',
    refuses('call', 404, single),
  ),
  fault(
    'request.peer-call-single/server-error',
    'answers 500 to one participant for a peer-to-peer call',
    refuses('group-call', 500, single),
  ),
  fault(
    'request.peer-call-single/fails',
    'accepts one participant for a peer-to-peer call, then announces a failed operation',
    failsWhen(single),
  ),

  fault('request.one-bot/accepted', 'invites a second bot', lifts(['one-bot'])),
  fault(
    'request.one-bot/in-silence',
    'announces the completion of a second bot, and sends no roster',
    acceptsInSilence('one-bot'),
  ),
  fault('request.one-bot/server-error', 'answers 500 to a second bot', answersWith(['one-bot'], 500), REFUSES),
  fault(
    'request.one-bot/fails-but-joins',
    'announces that a second bot failed, then lists it in the roster',
    failsButJoins('one-bot'),
  ),
  fault(
    'request.one-bot/refused-but-stays',
    'refuses a second bot, and lists it in the next roster',
    staysBehind((occasion) =>
      occasion.kind === 'refused' && bot(occasion.attempt) ? occasion.attempt.participants : [],
    ),
    ['refusal.no-effect'],
  ),

  fault(
    'request.hidden-accepted/refused',
    'answers 400 to a participant with hidden true',
    refuses('participants', 400, hidden),
  ),
  fault(
    'request.hidden-accepted/server-error',
    'answers 500 to a participant with hidden true',
    refuses('participants', 500, hidden),
  ),
  fault(
    'request.hidden-accepted/fails',
    'accepts a participant with hidden true, then announces a failed operation',
    failsWhen(hidden),
  ),

  fault('roster.hidden-absent/shown', 'lists hidden participants in an additional roster', shows(0)),
  fault(
    'roster.hidden-absent/shown-later',
    'lists hidden participants in an additional roster 300 ms later',
    shows(300),
  ),
  fault(
    'roster.hidden-absent/stays',
    'lists hidden participants in the next roster',
    staysBehind((occasion) =>
      occasion.kind === 'accepted' ? occasion.invitation.participants.filter((one) => one.hidden) : [],
    ),
  ),
  fault(
    'roster.hidden-absent/in-full-roster',
    'sends a roster of everybody in the call, hidden participants included, after 100 ms',
    replan((planned, { invitation: { call } }) => {
      const [roster] = planned.filter(({ kind }) => kind === 'roster');
      if (!roster || !call.members.some((one) => one.hidden === true)) return planned;
      const whole = later(roster, 100);
      for (const change of changesOf(whole)) change['resourceData'] = call.members.map(rosterEntry);
      return [...planned, whole];
    }),
  ),
];
