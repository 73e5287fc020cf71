import { randomUUID } from 'node:crypto';
import type { HookMaker } from '../hooks';
import { endOfCall } from '../invite';
import type { Attempt, Invitation } from '../model';
import { fault, type Fault } from '../fault-records';
import {
  changesOf,
  failsWhen,
  later,
  objectOf,
  objectsIn,
  onFinding,
  onResponse,
  onRoster,
  refuses,
  replan,
  together,
  type Accepted,
} from '../hook-builders';
import { namesInCompletion, namesInResponse, passesOver, showsInRoster, type Who } from './first-only';
import { rosterWith, staysBehind } from './joining';

/** Faults of moving a participant from one meeting to another. */

const moves = ({ participants }: Attempt): boolean => typeof participants[0]?.participantId === 'string';
/** Whether it names a call that the caller may not see: a meeting of another application. */
const ofAnother = (attempt: Attempt): boolean =>
  moves(attempt) &&
  attempt.calls().some(({ id, owner }) => id === attempt.participants[0]?.replacesCallId && owner !== undefined);
const ofTheSame = (attempt: Attempt): boolean => moves(attempt) && !ofAnother(attempt);
const one = (attempt: Attempt): boolean => ofTheSame(attempt) && attempt.sent.length === 1;
const several = (attempt: Attempt): boolean => ofTheSame(attempt) && attempt.sent.length > 1;
const moved = ({ invitation }: Accepted): boolean => invitation.movedFrom !== undefined;
const passedOver = (invitation: Invitation): boolean => invitation.movedFrom !== undefined && passesOver(invitation);

const participantIdBecomes = (edit: (participant: Record<string, unknown>) => void): HookMaker =>
  onResponse((operation, occasion) => {
    if (moved(occasion)) for (const participant of objectsIn(operation['participants'])) edit(participant);
  });

const rosterBecomes = (edit: Parameters<typeof onRoster>[0]): HookMaker =>
  onRoster((change, occasion) => {
    if (moved(occasion)) edit(change, occasion);
  });

/** Notifies the end of the meeting that a participant is moved from. @param changeTypes the notifications to send */
const ends = (changeTypes: readonly string[], delayMs = 0): HookMaker =>
  replan((planned, { invitation: { movedFrom } }) => {
    if (!movedFrom) return planned;
    const end = endOfCall(movedFrom).filter((planning) =>
      changesOf(planning).some((change) => changeTypes.some((type) => type === change['changeType'])),
    );
    return [...planned, ...(delayMs > 0 ? end.map((planning) => later(planning, delayMs)) : end)];
  });

const all: Who = ({ sent }) => sent;
const last: Who = ({ sent }) => sent.slice(-1);
const FIRST = ['accepted', 'response', 'completion', 'roster'].map((what) => `move.first-only-${what}`);

export const moveFaults: readonly Fault[] = [
  fault('move.accepted/refused', 'answers 400 to a move', refuses('replaced-call', 400, one)),
  fault(
    'move.accepted/participant-id-refused',
    'answers 400 to a participant with participantId',
    refuses('participants', 400, moves),
    FIRST,
  ),
  fault('move.accepted/server-error', 'answers 500 to a move', refuses('replaced-call', 500, one)),
  fault('move.accepted/fails', 'accepts a move, then announces a failed operation', failsWhen(one)),
  fault(
    'move.accepted/peer-to-peer-alone',
    'announces a failed operation if replacesCallId names anything but a peer-to-peer call',
    failsWhen(ofTheSame),
    ['move.first-only-accepted'],
  ),

  fault(
    'move.other-application/accepted',
    "moves participants from another application's meeting",
    onFinding('replaced-call', (finding, attempt) => (ofAnother(attempt) ? undefined : finding)),
  ),
  fault(
    'move.other-application/server-error',
    "answers 500 to a move from another application's meeting",
    refusesMeeting(500),
    ['refusal.client-error'],
  ),
  fault(
    'move.other-application/fails-but-joins',
    "announces that a move from another application's meeting failed, then lists the user in the roster",
    replan((planned, { attempt, invitation: { call, participants } }) =>
      ofAnother(attempt) ? [...planned, rosterWith(call, participants)] : planned,
    ),
  ),
  fault(
    'move.other-application/refused-but-stays',
    "answers 403 to a move from another application's meeting, and lists the user in the next roster",
    together(
      refusesMeeting(403),
      staysBehind((occasion) =>
        occasion.kind === 'refused' && ofAnother(occasion.attempt) ? occasion.attempt.participants : [],
      ),
    ),
    ['refusal.no-effect'],
  ),

  fault(
    'move.first-only-accepted/refused',
    'answers 400 to a move with several participants',
    refuses('replaced-call', 400, several),
  ),
  fault(
    'move.first-only-accepted/server-error',
    'answers 500 to a move with several participants',
    refuses('replaced-call', 500, several),
  ),
  fault(
    'move.first-only-accepted/fails',
    'accepts a move with several participants, then announces a failed operation',
    failsWhen(several),
  ),

  fault(
    'move.first-only-response/all',
    'lists all participants of a move in the response instead of only the first',
    namesInResponse(all, passedOver),
  ),
  fault(
    'move.first-only-response/last',
    'lists the last participant of a move in the response instead of the first',
    namesInResponse(last, passedOver),
  ),
  fault(
    'move.first-only-response/nobody',
    'lists no participant of a move with several in the response',
    namesInResponse(() => [], passedOver),
  ),
  fault(
    'move.first-only-completion/all',
    'lists all participants of a move in the completion instead of only the first',
    namesInCompletion(all, passedOver),
  ),
  fault(
    'move.first-only-completion/last',
    'lists the last participant of a move in the completion instead of the first',
    namesInCompletion(last, passedOver),
  ),
  fault(
    'move.first-only-completion/nobody',
    'lists no participant of a move with several in the completion',
    namesInCompletion(() => [], passedOver),
  ),
  fault(
    'move.first-only-roster/all',
    'lists all participants of a move in an additional roster',
    showsInRoster(all, 0, passedOver),
  ),
  fault(
    'move.first-only-roster/all-later',
    'lists all participants of a move in an additional roster 300 ms later',
    showsInRoster(all, 300, passedOver),
  ),
  fault(
    'move.first-only-roster/stay',
    'lists the ignored participants of a move in the next roster',
    staysBehind((occasion) =>
      occasion.kind === 'accepted' && passedOver(occasion.invitation) ? occasion.invitation.sent.slice(1) : [],
    ),
  ),

  fault(
    'move.response-participant-id/missing',
    'omits the participantId of a move from the response',
    participantIdBecomes((participant) => delete participant['participantId']),
  ),
  fault(
    'move.response-participant-id/null',
    'sends null as participantId in the response to a move',
    participantIdBecomes((participant) => void (participant['participantId'] = null)),
  ),
  fault(
    'move.response-participant-id/another',
    'sends another participantId in the response to a move',
    participantIdBecomes((participant) => void (participant['participantId'] = randomUUID())),
  ),

  fault(
    'move.roster/empty',
    'sends an empty roster to the target call of a move',
    rosterBecomes((change) => void (change['resourceData'] = [])),
  ),
  fault(
    'move.roster/as-guest',
    'lists the moved user as a guest in the roster',
    rosterBecomes((change) => {
      for (const entry of objectsIn(change['resourceData'])) {
        const identity = objectOf(objectOf(entry['info'])['identity']);
        identity['guest'] = identity['user'] ?? null;
        delete identity['user'];
      }
    }),
  ),
  fault(
    'move.roster/by-participant-id',
    'lists the moved user under the participant id from the source meeting',
    rosterBecomes((change, { invitation: { participants } }) => {
      for (const entry of objectsIn(change['resourceData'])) {
        const user = objectOf(objectOf(objectOf(entry['info'])['identity'])['user']);
        user['id'] = participants[0]?.participantId ?? '';
      }
    }),
  ),
  fault(
    'move.roster/of-the-old-meeting',
    'sends an empty roster for the source meeting of a move instead of one for the target call',
    rosterBecomes((change, { invitation: { movedFrom } }) => {
      change['resourceUrl'] = `/communications/calls/${movedFrom?.id}/participants`;
      change['resourceData'] = [];
    }),
    ['roster.resource-url'],
  ),

  fault(
    'move.source-call-stays/terminated',
    'notifies that the source meeting of a move is terminating',
    ends(['updated']),
  ),
  fault('move.source-call-stays/deleted', 'notifies that the source meeting of a move is deleted', ends(['deleted'])),
  fault(
    'move.source-call-stays/ends',
    'notifies that the source meeting of a move is terminating, then deleted',
    ends(['updated', 'deleted']),
  ),
  fault(
    'move.source-call-stays/ends-later',
    'notifies that the source meeting of a move is terminating, then deleted, 300 ms later',
    ends(['updated', 'deleted'], 300),
  ),
];

/** Refuses at once a move from another application's meeting. */
function refusesMeeting(status: number): HookMaker {
  return refuses('participants', status, ofAnother);
}
