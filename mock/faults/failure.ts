import { randomUUID } from 'node:crypto';
import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import type { Planned } from '../model';
import { fault, type Fault } from '../fault-records';
import { changesOf, copyOf, later, objectOf, onFailure, replan } from '../hook-builders';
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

/** The notification as that of a completed operation. */
function completed(planned: Planned): Planned {
  for (const change of changesOf(planned)) {
    const failed = objectOf(change['resourceData']);
    failed['status'] = 'completed';
    delete failed['resultInfo'];
  }
  return planned;
}

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
  fault('failure.announced/status-missing', 'omits status from a failed operation', becomes('status', undefined)),
  fault(
    'failure.announced/no-result-info',
    'omits resultInfo from a failed operation',
    becomes('resultInfo', undefined),
  ),
  fault(
    'failure.announced/result-info-null',
    'sends null as resultInfo of a failed operation',
    becomes('resultInfo', null),
  ),
  fault('failure.announced/code-as-text', 'sends the code of a failed operation as a string', result('code', '500')),
  fault(
    'failure.announced/code-missing',
    'omits the code from the resultInfo of a failed operation',
    result('code', undefined),
  ),
  fault(
    'failure.announced/subcode-missing',
    'omits the subcode from the resultInfo of a failed operation',
    result('subcode', undefined),
  ),
  fault(
    'failure.announced/subcode-with-fraction',
    'sends a fractional subcode in the resultInfo of a failed operation',
    result('subcode', 10.5),
  ),
  fault(
    'failure.announced/updated',
    'sends changeType updated for a failed operation',
    onFailure((_operation, change) => void (change['changeType'] = 'updated')),
  ),
  fault(
    'failure.announced/twice',
    'sends the notification of a failed operation twice in a row',
    whenFailed((planned) => [...planned, ...planned.map(copyOf)]),
  ),
  fault(
    'failure.announced/again-after-300-ms',
    'sends the notification of a failed operation again after 300 ms',
    whenFailed((planned) => [...planned, ...planned.map((one) => later(one, 300))]),
  ),
  fault(
    'failure.announced/then-completed',
    'notifies that a failed operation completed, 50 ms later',
    whenFailed((planned) => [...planned, ...planned.map((one) => later(completed(copyOf(one)), 50))]),
  ),
  fault(
    'failure.announced/another-call',
    'names another call in the resourceUrl of a failed operation',
    onFailure((_operation, change) => {
      change['resourceUrl'] = (change['resourceUrl'] as string).replace(/calls\/[^/]+/, `calls/${randomUUID()}`);
    }),
    ['notification.resource-url'],
  ),

  fault(
    'failure.no-roster/joins',
    'lists the invitees of a failed operation in a roster after the failure',
    whenFailed((planned, { invitation }) => [...planned, rosterWith(invitation.call, invitation.participants)]),
  ),
  fault(
    'failure.no-roster/joins-later',
    'lists the invitees of a failed operation in a roster 300 ms after the failure',
    whenFailed((planned, { invitation }) => [
      ...planned,
      later(rosterWith(invitation.call, invitation.participants), 300),
    ]),
  ),
  fault(
    'failure.no-roster/joins-first',
    'lists the invitees of a failed operation in a roster before the failure',
    whenFailed((planned, { invitation }) => [rosterWith(invitation.call, invitation.participants), ...planned]),
  ),
  fault(
    'failure.no-roster/stays',
    "lists the invitees of a failed operation in the call's next roster",
    staysBehind((occasion) =>
      occasion.kind === 'accepted' && occasion.invitation.failure ? occasion.invitation.participants : [],
    ),
  ),
];
