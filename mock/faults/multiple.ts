import type { HookMaker } from '../hooks';
import { fault, type Fault } from '../fault-records';
import {
  answersWith,
  lifts,
  liftsAfterTheFirst,
  objectsIn,
  onCompletion,
  onFinding,
  onResponse,
  onRoster,
  refuses,
} from '../hook-builders';
import { acceptsInSilence, failsButJoins } from './joining';
import { COMPLETION_PARTICIPANTS, except, RESPONSE_PARTICIPANTS, ROSTER_INVITEES } from './touches';

const FIVE = 'multiple.five-accepted';

/** Satisfies a rule by reading only the first `count` participants. */
const readsOnly = (rule: 'limit' | 'chat-info', count: number): HookMaker =>
  onFinding(rule, (finding, attempt) => {
    if (finding) attempt.participants = attempt.participants.slice(0, count);
    return undefined;
  });

export const multipleFaults: readonly Fault[] = [
  fault(
    'multiple.accepted/refused',
    'answers 400 to more than one participant',
    refuses('capacity', 400, ({ participants }) => participants.length > 1),
    [FIVE],
  ),
  fault(
    'multiple.accepted/server-error',
    'answers 500 to more than one participant',
    refuses('capacity', 500, ({ participants }) => participants.length > 1),
    [FIVE],
  ),
  fault(
    'multiple.accepted/two-refused',
    'answers 400 to an invitation of exactly two participants',
    refuses('capacity', 400, ({ participants }) => participants.length === 2),
  ),
  fault(
    'multiple.accepted/fails',
    'accepts two participants, then announces a failed operation',
    onFinding('reachable', (finding, { participants }) =>
      participants.length === 2 ? { failure: { code: 500, subcode: 0, message: 'addParticipants failed.' } } : finding,
    ),
  ),

  fault(
    'multiple.five-accepted/limit-four',
    'answers 400 to an invitation of five participants',
    refuses('limit', 400, ({ participants }) => participants.length === 5),
  ),
  fault(
    'multiple.five-accepted/response-lacks-the-fifth',
    'omits the fifth participant from the response',
    onResponse((operation) => {
      operation['participants'] = objectsIn(operation['participants']).slice(0, 4);
    }),
    except(RESPONSE_PARTICIPANTS, FIVE),
  ),
  fault(
    'multiple.five-accepted/completion-lacks-the-fifth',
    'omits the fifth participant from the completion',
    onCompletion((operation) => {
      operation['participants'] = objectsIn(operation['participants']).slice(0, 4);
    }),
    except(COMPLETION_PARTICIPANTS, FIVE),
  ),
  fault(
    'multiple.five-accepted/roster-lacks-the-fifth',
    'omits the fifth participant from the roster',
    onRoster((change) => {
      change['resourceData'] = objectsIn(change['resourceData']).slice(0, 4);
    }),
    except(ROSTER_INVITEES, FIVE),
  ),

  fault('multiple.six-refused/accepted', 'invites any number of participants at once', lifts(['limit'])),
  fault(
    'multiple.six-refused/limit-six',
    'invites six participants at once',
    lifts(['limit'], ({ participants }) => participants.length === 6),
  ),
  fault(
    'multiple.six-refused/first-alone-checked',
    "limits the number of participants only until a call's first invitation is accepted",
    liftsAfterTheFirst(['limit']),
  ),
  fault(
    'multiple.six-refused/first-five',
    'invites the first five of six participants, and ignores the rest',
    readsOnly('limit', 5),
  ),
  fault(
    'multiple.six-refused/in-silence',
    'announces the completion of six participants, and sends no roster',
    acceptsInSilence('limit'),
  ),
  fault('multiple.six-refused/server-error', 'answers 500 to six participants', answersWith(['limit'], 500), [
    'refusal.client-error',
  ]),
  fault(
    'multiple.six-refused/fails-but-joins',
    'announces that an invitation of six failed, then lists them in the roster',
    failsButJoins('limit'),
  ),

  fault(
    'multiple.chat-info-required/accepted',
    'invites several participants to a call without chat info',
    lifts(['chat-info']),
  ),
  fault(
    'multiple.chat-info-required/first-alone',
    'invites the first of several participants to a call without chat info, and ignores the rest',
    readsOnly('chat-info', 1),
  ),
  fault(
    'multiple.chat-info-required/in-silence',
    'announces the completion of several participants on a call without chat info, and sends no roster',
    acceptsInSilence('chat-info'),
  ),
  fault(
    'multiple.chat-info-required/server-error',
    'answers 500 to several participants on a call without chat info',
    answersWith(['chat-info'], 500),
    ['refusal.client-error'],
  ),
  fault(
    'multiple.chat-info-required/fails-but-joins',
    'announces that several participants on a call without chat info failed, then lists them in the roster',
    failsButJoins('chat-info'),
  ),
];
