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

/** Faults of what may be invited to which call, and of who hides. */

const several = ({ call, participants }: Attempt): boolean => call?.kind === 'peerToPeer' && participants.length > 1;
const single = ({ call, participants }: Attempt): boolean =>
  call?.kind === 'peerToPeer' && participants.length === 1 && !participants.some(isPhone);
const bot = ({ participants }: Attempt): boolean =>
  participants.some(({ identities }) => identities.some(({ kind }) => kind === 'application'));
const hidden = ({ participants }: Attempt): boolean => participants.some((one) => one.hidden);

function isPhone({ identities }: Attempt['participants'][number]): boolean {
  return identities.some(({ kind }) => kind === 'phone');
}

/** Shows who is hidden in a roster. @param delayMs how long after everything else */
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
    'invites several into a peer-to-peer call',
    lifts(['group-call', 'chat-info'], several),
  ),
  fault(
    'request.several-need-group-call/first-alone',
    'invites the first of several into a peer-to-peer call, and passes over the rest',
    onFinding('group-call', (finding, attempt) => {
      if (!several(attempt)) return finding;
      attempt.participants = attempt.participants.slice(0, 1);
      return undefined;
    }),
  ),
  fault(
    'request.several-need-group-call/server-error',
    'answers 500 to several for a peer-to-peer call',
    answersWith(['group-call'], 500),
    REFUSES,
  ),
  fault(
    'request.several-need-group-call/fails-but-joins',
    'announces that several failed, and shows them in the roster of the peer-to-peer call',
    together(lifts(['chat-info'], several), failsButJoins('group-call')),
  ),

  fault(
    'request.peer-call-single/refused',
    'refuses one participant on a peer-to-peer call',
    refuses('group-call', 400, single),
  ),
  fault(
    'request.peer-call-single/not-found',
    'answers 404 to an invitation to a peer-to-peer call',
    refuses('call', 404, single),
  ),
  fault(
    'request.peer-call-single/server-error',
    'answers 500 to an invitation to a peer-to-peer call',
    refuses('group-call', 500, single),
  ),
  fault(
    'request.peer-call-single/fails',
    'accepts one participant on a peer-to-peer call, and lets the operation fail',
    failsWhen(single),
  ),

  fault('request.one-bot/accepted', 'invites a second bot', lifts(['one-bot'])),
  fault('request.one-bot/in-silence', 'announces completion, and invites no second bot', acceptsInSilence('one-bot')),
  fault('request.one-bot/server-error', 'answers 500 to a second bot', answersWith(['one-bot'], 500), REFUSES),
  fault(
    'request.one-bot/fails-but-joins',
    'announces that the second bot failed, and shows it in the roster',
    failsButJoins('one-bot'),
  ),
  fault(
    'request.one-bot/refused-but-stays',
    'refuses a second bot, and shows it in the next roster',
    staysBehind((occasion) =>
      occasion.kind === 'refused' && bot(occasion.attempt) ? occasion.attempt.participants : [],
    ),
    ['refusal.no-effect'],
  ),

  fault('request.hidden-accepted/refused', 'refuses hidden', refuses('participants', 400, hidden)),
  fault('request.hidden-accepted/server-error', 'answers 500 to hidden', refuses('participants', 500, hidden)),
  fault('request.hidden-accepted/fails', 'accepts hidden, and lets the operation fail', failsWhen(hidden)),

  fault('roster.hidden-absent/shown', 'shows who is hidden in the roster', shows(0)),
  fault('roster.hidden-absent/shown-later', 'shows who is hidden in the roster 300 ms later', shows(300)),
  fault(
    'roster.hidden-absent/stays',
    'shows who is hidden in the next roster',
    staysBehind((occasion) =>
      occasion.kind === 'accepted' ? occasion.invitation.participants.filter((one) => one.hidden) : [],
    ),
  ),
  fault(
    'roster.hidden-absent/in-full-roster',
    'sends a roster of everybody in the call 100 ms later, the hidden ones among them',
    replan((planned, { invitation: { call } }) => {
      const [roster] = planned.filter(({ kind }) => kind === 'roster');
      if (!roster || !call.members.some((one) => one.hidden === true)) return planned;
      const whole = later(roster, 100);
      for (const change of changesOf(whole)) change['resourceData'] = call.members.map(rosterEntry);
      return [...planned, whole];
    }),
  ),
];
