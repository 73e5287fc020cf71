import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import { copyOf, later, objectOf, onFailure, replan } from '../hook-builders';
import { rosterWith, staysBehind } from './joining';

const operation = (change: (operation: JsonObject) => void): HookMaker => onFailure((failed) => change(failed));

const becomes = (name: string, value: Json | undefined): HookMaker =>
  operation((failed) => {
    if (value === undefined) delete failed[name];
    else failed[name] = value;
  });

const result = (name: string, value: Json | undefined): HookMaker =>
  operation((failed) => {
    const info = objectOf(failed['resultInfo']);
    if (value === undefined) delete info[name];
    else info[name] = value;
  });

const whenFailed = (make: Parameters<typeof replan>[0]): HookMaker =>
  replan((planned, occasion) => (occasion.invitation.failure ? make(planned, occasion) : planned));

export const failureFaults: readonly Fault[] = [
  fault(
    'failure.announced/never',
    'sends no notification of a failed operation',
    whenFailed(() => []),
    ['failure.no-roster'],
  ),
  fault(
    'failure.announced/completed',
    'sends status completed for a failed operation',
    becomes('status', 'completed'),
    ['failure.no-roster'],
  ),
  fault('failure.announced/error', 'sends status error instead of failed', becomes('status', 'error')),
  fault('failure.announced/status-missing', 'leaves status out of a failed operation', becomes('status', undefined)),
  fault(
    'failure.announced/no-result-info',
    'leaves resultInfo out of a failed operation',
    becomes('resultInfo', undefined),
  ),
  fault(
    'failure.announced/result-info-null',
    'sends null as resultInfo of a failed operation',
    becomes('resultInfo', null),
  ),
  fault('failure.announced/code-as-text', 'sends the code of a failure as text', result('code', '500')),
  fault('failure.announced/code-missing', 'leaves the code out of a failure', result('code', undefined)),
  fault('failure.announced/subcode-missing', 'leaves the subcode out of a failure', result('subcode', undefined)),
  fault('failure.announced/subcode-with-fraction', 'sends a subcode with a fraction', result('subcode', 10.5)),
  fault(
    'failure.announced/updated',
    'sends changeType updated for a failed operation',
    onFailure((_operation, change) => void (change['changeType'] = 'updated')),
  ),
  fault(
    'failure.announced/twice',
    'announces failures twice',
    whenFailed((planned) => [...planned, ...planned.map(copyOf)]),
  ),
  fault(
    'failure.announced/again-after-300-ms',
    'announces failures again after 300 ms',
    whenFailed((planned) => [...planned, ...planned.map((one) => later(one, 300))]),
  ),

  fault(
    'failure.no-roster/joins',
    'shows an invitee who did not join in the roster',
    whenFailed((planned, { invitation }) => [...planned, rosterWith(invitation.call, invitation.participants)]),
  ),
  fault(
    'failure.no-roster/joins-later',
    'shows an invitee who did not join in the roster 300 ms later',
    whenFailed((planned, { invitation }) => [
      ...planned,
      later(rosterWith(invitation.call, invitation.participants), 300),
    ]),
  ),
  fault(
    'failure.no-roster/joins-first',
    'shows an invitee who does not join in the roster, and then announces the failure',
    whenFailed((planned, { invitation }) => [rosterWith(invitation.call, invitation.participants), ...planned]),
  ),
  fault(
    'failure.no-roster/stays',
    'leaves an invitee who did not join in the call, where the next roster shows them',
    staysBehind((occasion) =>
      occasion.kind === 'accepted' && occasion.invitation.failure ? occasion.invitation.participants : [],
    ),
  ),
];
