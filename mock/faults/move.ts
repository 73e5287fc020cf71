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

/** Announces the end of the meeting that somebody is moved out of. @param changeTypes of which notifications of it */
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
  fault('move.accepted/refused', 'refuses to move a participant', refuses('replaced-call', 400, one)),
  fault(
    'move.accepted/participant-id-refused',
    'refuses participantId, as a member that it does not know',
    refuses('participants', 400, moves),
    FIRST,
  ),
  fault('move.accepted/server-error', 'answers 500 to a move', refuses('replaced-call', 500, one)),
  fault('move.accepted/fails', 'accepts a move, and lets the operation fail', failsWhen(one)),
  fault(
    'move.accepted/peer-to-peer-alone',
    'lets a replacesCallId name nothing but peer-to-peer calls',
    failsWhen(ofTheSame),
    ['move.first-only-accepted'],
  ),

  fault(
    'move.other-application/accepted',
    "moves participants out of another application's meeting",
    onFinding('replaced-call', (finding, attempt) => (ofAnother(attempt) ? undefined : finding)),
  ),
  fault(
    'move.other-application/server-error',
    "answers 500 where the meeting is another application's",
    refusesMeeting(500),
    ['refusal.client-error'],
  ),
  fault(
    'move.other-application/fails-but-joins',
    "announces that a move out of another application's meeting failed, and shows who was moved",
    replan((planned, { attempt, invitation: { call, participants } }) =>
      ofAnother(attempt) ? [...planned, rosterWith(call, participants)] : planned,
    ),
  ),
  fault(
    'move.other-application/refused-but-stays',
    "refuses to move out of another application's meeting, and shows who was to be moved in the next roster",
    together(
      refusesMeeting(403),
      staysBehind((occasion) =>
        occasion.kind === 'refused' && ofAnother(occasion.attempt) ? occasion.attempt.participants : [],
      ),
    ),
    ['refusal.no-effect'],
  ),

  fault('move.first-only-accepted/refused', 'refuses several to be moved', refuses('replaced-call', 400, several)),
  fault('move.first-only-accepted/server-error', 'answers 500 to several', refuses('replaced-call', 500, several)),
  fault(
    'move.first-only-accepted/fails',
    'accepts several to be moved, and lets the operation fail',
    failsWhen(several),
  ),

  fault('move.first-only-response/all', 'names all of them in the response', namesInResponse(all, passedOver)),
  fault('move.first-only-response/last', 'names the last one in the response', namesInResponse(last, passedOver)),
  fault(
    'move.first-only-response/nobody',
    'names nobody in the response',
    namesInResponse(() => [], passedOver),
  ),
  fault('move.first-only-completion/all', 'names all of them in the completion', namesInCompletion(all, passedOver)),
  fault('move.first-only-completion/last', 'names the last one in the completion', namesInCompletion(last, passedOver)),
  fault(
    'move.first-only-completion/nobody',
    'names nobody in the completion',
    namesInCompletion(() => [], passedOver),
  ),
  fault('move.first-only-roster/all', 'shows all of them in the roster', showsInRoster(all, 0, passedOver)),
  fault(
    'move.first-only-roster/all-later',
    'shows all of them in the roster 300 ms later',
    showsInRoster(all, 300, passedOver),
  ),
  fault(
    'move.first-only-roster/stay',
    'leaves the rest in the call, where the next roster shows them',
    staysBehind((occasion) =>
      occasion.kind === 'accepted' && passedOver(occasion.invitation) ? occasion.invitation.sent.slice(1) : [],
    ),
  ),

  fault(
    'move.response-participant-id/missing',
    'leaves the participantId out of the response',
    participantIdBecomes((participant) => delete participant['participantId']),
  ),
  fault(
    'move.response-participant-id/null',
    'answers with participantId null',
    participantIdBecomes((participant) => void (participant['participantId'] = null)),
  ),
  fault(
    'move.response-participant-id/another',
    'answers with another participantId',
    participantIdBecomes((participant) => void (participant['participantId'] = randomUUID())),
  ),

  fault(
    'move.roster/empty',
    'sends an empty roster of the call that somebody is moved to',
    rosterBecomes((change) => void (change['resourceData'] = [])),
  ),
  fault(
    'move.roster/as-guest',
    'shows who is moved as a guest',
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
    "shows who is moved by the participant's id in the old meeting",
    rosterBecomes((change, { invitation: { participants } }) => {
      for (const entry of objectsIn(change['resourceData'])) {
        const user = objectOf(objectOf(objectOf(entry['info'])['identity'])['user']);
        user['id'] = participants[0]?.participantId ?? '';
      }
    }),
  ),
  fault(
    'move.roster/of-the-old-meeting',
    'sends the roster for the meeting that somebody is moved out of',
    rosterBecomes((change, { invitation: { movedFrom } }) => {
      change['resourceUrl'] = `/communications/calls/${movedFrom?.id}/participants`;
      change['resourceData'] = [];
    }),
    ['roster.resource-url'],
  ),

  fault('move.source-call-stays/terminated', 'says that the old meeting is terminating', ends(['updated'])),
  fault('move.source-call-stays/deleted', 'says that the old meeting is deleted', ends(['deleted'])),
  fault('move.source-call-stays/ends', 'ends the old meeting', ends(['updated', 'deleted'])),
  fault('move.source-call-stays/ends-later', 'ends the old meeting 300 ms later', ends(['updated', 'deleted'], 300)),
];

/** Refuses at once to move out of another application's meeting. */
function refusesMeeting(status: number): HookMaker {
  return refuses('participants', status, ofAnother);
}
