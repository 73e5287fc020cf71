import type { HookMaker } from '../hooks';
import { fault, type Fault } from '../fault-records';
import {
  answersWith,
  lifts,
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

/** Lets a rule pass by reading fewer of the participants. */
const readsOnly = (rule: 'limit' | 'chat-info', count: number): HookMaker =>
  onFinding(rule, (finding, attempt) => {
    if (finding) attempt.participants = attempt.participants.slice(0, count);
    return undefined;
  });

export const multipleFaults: readonly Fault[] = [
  fault(
    'multiple.accepted/refused',
    'refuses more than one participant',
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
    'refuses to invite two participants at once',
    refuses('capacity', 400, ({ participants }) => participants.length === 2),
  ),
  fault(
    'multiple.accepted/fails',
    'accepts two participants, and lets the operation fail',
    onFinding('reachable', (finding, { participants }) =>
      participants.length === 2 ? { failure: { code: 500, subcode: 0, message: 'addParticipants failed.' } } : finding,
    ),
  ),

  fault(
    'multiple.five-accepted/limit-four',
    'refuses to invite five participants at once',
    refuses('limit', 400, ({ participants }) => participants.length === 5),
  ),
  fault(
    'multiple.five-accepted/response-lacks-the-fifth',
    'leaves the fifth out of the response',
    onResponse((operation) => {
      operation['participants'] = objectsIn(operation['participants']).slice(0, 4);
    }),
    except(RESPONSE_PARTICIPANTS, FIVE),
  ),
  fault(
    'multiple.five-accepted/completion-lacks-the-fifth',
    'leaves the fifth out of the completion',
    onCompletion((operation) => {
      operation['participants'] = objectsIn(operation['participants']).slice(0, 4);
    }),
    except(COMPLETION_PARTICIPANTS, FIVE),
  ),
  fault(
    'multiple.five-accepted/roster-lacks-the-fifth',
    'leaves the fifth out of the roster',
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
    'multiple.six-refused/first-five',
    'invites the first five of six participants, and ignores the rest',
    readsOnly('limit', 5),
  ),
  fault('multiple.six-refused/in-silence', 'announces completion, and invites nobody', acceptsInSilence('limit')),
  fault('multiple.six-refused/server-error', 'answers 500 to six participants', answersWith(['limit'], 500), [
    'refusal.client-error',
  ]),
  fault(
    'multiple.six-refused/fails-but-joins',
    'announces that it failed, and shows the six in the roster',
    failsButJoins('limit'),
  ),

  fault('multiple.chat-info-required/accepted', 'invites several without chat info', lifts(['chat-info'])),
  fault(
    'multiple.chat-info-required/first-alone',
    'invites the first participant, and ignores the rest',
    readsOnly('chat-info', 1),
  ),
  fault(
    'multiple.chat-info-required/in-silence',
    'announces completion, and invites nobody',
    acceptsInSilence('chat-info'),
  ),
  fault(
    'multiple.chat-info-required/server-error',
    'answers 500 where there is no chat info',
    answersWith(['chat-info'], 500),
    ['refusal.client-error'],
  ),
  fault(
    'multiple.chat-info-required/fails-but-joins',
    'announces that it failed, and shows all of them in the roster',
    failsButJoins('chat-info'),
  ),
];
