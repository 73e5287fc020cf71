import { randomUUID } from 'node:crypto';
import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import {
  changesOf,
  copyOf,
  isCompletion,
  later,
  objectOf,
  objectsIn,
  onCompletion,
  replan,
  type Accepted,
} from '../hook-builders';
import { ACCEPTANCES, COMPLETIONS, except } from './touches';

const becomes = (name: string, value: Json | undefined): HookMaker =>
  onCompletion((operation) => {
    if (value === undefined) delete operation[name];
    else operation[name] = value;
  });

const changeBecomes = (name: string, value: (change: JsonObject, occasion: Accepted) => Json): HookMaker =>
  onCompletion((_operation, change, occasion) => {
    change[name] = value(change, occasion);
  });

const urlBecomes = (edit: (url: string, occasion: Accepted) => string): HookMaker =>
  changeBecomes('resourceUrl', (change, occasion) => edit(change['resourceUrl'] as string, occasion));

/** Makes another plan for each completion; none: it is not sent. */
const eachCompletion = (make: (completion: Planned, occasion: Accepted) => Planned[]): HookMaker =>
  replan((planned, occasion) => planned.flatMap((one) => (isCompletion(one, occasion) ? make(one, occasion) : [one])));

/** Adds something about the operation behind everything else. */
const afterAll = (make: (completion: Planned, occasion: Accepted) => Planned[]): HookMaker =>
  replan((planned, occasion) => [
    ...planned,
    ...planned.filter((one) => isCompletion(one, occasion)).flatMap((one) => make(one, occasion)),
  ]);

function stillRunning(completion: Planned): Planned {
  const running = copyOf(completion);
  for (const change of changesOf(running)) {
    change['changeType'] = 'updated';
    objectOf(change['resourceData'])['status'] = 'running';
  }
  return running;
}

/** The callback of another call, if there is one that has its own. */
function elsewhere({ calls, invitation: { call } }: Accepted): string | undefined {
  return calls().findLast(({ callbackUri }) => callbackUri !== call.callbackUri)?.callbackUri;
}

const firstEntry = (change: (entry: JsonObject) => void): HookMaker =>
  onCompletion((operation) => objectsIn(operation['participants']).slice(0, 1).forEach(change));

const ID = ['completion.operation', 'ordering.concurrent-invitations'];
const STATUS = ['completion.announced', 'completion.operation', 'ordering.concurrent-invitations'];
const ONCE = ['ordering.concurrent-invitations'];
const CONCURRENT = 'ordering.concurrent-invitations';

export const completionFaults: readonly Fault[] = [
  fault(
    'completion.announced/never',
    'announces no completion',
    eachCompletion(() => []),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/only-running',
    'announces that the operation is running, and nothing more',
    eachCompletion((completion) => [stillRunning(completion)]),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/to-another-call',
    "announces the completion to another call's callback",
    eachCompletion((completion, occasion) => {
      const to = elsewhere(occasion);
      return to === undefined ? [] : [{ ...completion, to }];
    }),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/not-for-one',
    'announces no completion where one participant was invited',
    eachCompletion((completion, { invitation }) => (invitation.sent.length === 1 ? [] : [completion])),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/not-beyond-ascii',
    'announces no completion where clientContext has letters beyond ASCII',
    eachCompletion((completion, { invitation }) =>
      /[^\x20-\x7e]/.test(invitation.clientContext ?? '') ? [] : [completion],
    ),
  ),

  fault(
    'completion.change-type/updated',
    'sends changeType updated in the completion',
    changeBecomes('changeType', () => 'updated'),
  ),
  fault(
    'completion.change-type/created',
    'sends changeType created in the completion',
    changeBecomes('changeType', () => 'created'),
  ),
  fault(
    'completion.change-type/capitalised',
    'sends changeType Deleted in the completion',
    changeBecomes('changeType', () => 'Deleted'),
    ['notification.change-type'],
  ),

  fault(
    'completion.resource-url/participants',
    "names /operations/participants, as the page's second example does",
    urlBecomes((url) => url.replace(/[^/]*$/, 'participants')),
    [CONCURRENT],
  ),
  fault(
    'completion.resource-url/other-operation',
    'names another operation in the resourceUrl of the completion',
    urlBecomes((url) => url.replace(/[^/]*$/, randomUUID())),
    [CONCURRENT],
  ),
  fault(
    'completion.resource-url/other-call',
    'names another call in the resourceUrl of the completion',
    urlBecomes((url, { invitation }) => url.replace(invitation.call.id, randomUUID())),
    ['notification.resource-url', CONCURRENT],
  ),
  fault(
    'completion.resource-url/without-hyphens',
    'names the operation by its id without hyphens',
    urlBecomes((url, { invitation }) => url.replace(invitation.id, invitation.id.replaceAll('-', ''))),
    [CONCURRENT],
  ),
  fault(
    'completion.resource-url/call',
    'names the call alone in the resourceUrl of the completion',
    urlBecomes((url) => url.replace(/\/operations\/.*/, '')),
    [CONCURRENT],
  ),
  fault(
    'completion.resource-url/collection',
    'names the operations of the call',
    urlBecomes((url) => url.replace(/\/[^/]*$/, '')),
    [CONCURRENT],
  ),
  fault(
    'completion.resource-url/versioned-path',
    'puts /v1.0 before the resourceUrl of the completion',
    urlBecomes((url) => `/v1.0${url}`),
    [CONCURRENT],
  ),

  fault(
    'completion.operation/type-missing',
    'leaves @odata.type out of the completion',
    becomes('@odata.type', undefined),
  ),
  fault(
    'completion.operation/base-type',
    'names the base type in the completion',
    becomes('@odata.type', '#microsoft.graph.commsOperation'),
  ),
  fault(
    'completion.operation/hidden-as-text',
    'sends hidden as text',
    firstEntry((entry) => void (entry['hidden'] = 'no')),
  ),
  fault(
    'completion.operation/entry-of-another-type',
    'sends participants as participantInfo',
    firstEntry((entry) => void (entry['@odata.type'] = '#microsoft.graph.participantInfo')),
  ),
  fault(
    'completion.operation/result-info-as-text',
    'sends the code of resultInfo as text',
    becomes('resultInfo', { code: '200', subcode: 0, message: null }),
  ),

  fault(
    'completion.status/succeeded',
    'sends status succeeded in the completion',
    becomes('status', 'succeeded'),
    STATUS,
  ),
  fault('completion.status/missing', 'leaves status out of the completion', becomes('status', undefined), STATUS),
  fault('completion.status/null', 'sends null as status in the completion', becomes('status', null), STATUS),
  fault('completion.status/running', 'says running in the last notification', becomes('status', 'running'), [
    ...STATUS,
    ...COMPLETIONS,
  ]),
  fault('completion.status/failed', 'says failed, though everybody joins', becomes('status', 'failed'), [
    ...STATUS,
    ...COMPLETIONS,
    ...ACCEPTANCES,
    // Of what may fail, such as six of whom the first replaces a call, the failure lacks its code.
    'failure.announced',
  ]),

  fault('completion.operation-id/null', "sends id null, as the page's second example does", becomes('id', null), ID),
  fault('completion.operation-id/missing', 'leaves id out of the completion', becomes('id', undefined), ID),
  fault(
    'completion.operation-id/other',
    'sends another id in the completion',
    onCompletion((operation) => void (operation['id'] = randomUUID())),
    ID,
  ),
  fault(
    'completion.operation-id/upper-cased',
    'sends the id in the completion in upper case',
    onCompletion((operation, _change, { invitation }) => void (operation['id'] = invitation.id.toUpperCase())),
    ID,
  ),
  fault(
    'completion.operation-id/call-id',
    'sends the id of the call as id in the completion',
    onCompletion((operation, _change, { invitation }) => void (operation['id'] = invitation.call.id)),
    ID,
  ),

  fault(
    'completion.once/twice-at-once',
    'announces the completion twice, one after the other',
    eachCompletion((completion) => [completion, copyOf(completion)]),
    ONCE,
  ),
  fault(
    'completion.once/again-after-300-ms',
    'announces the completion again after 300 ms',
    afterAll((completion) => [later(completion, 300)]),
    ONCE,
  ),
  fault(
    'completion.once/again-after-the-roster',
    'announces the completion again after the roster',
    afterAll((completion) => [copyOf(completion)]),
    ONCE,
  ),
  fault(
    'completion.once/then-running',
    'announces that the operation is running after it has completed',
    afterAll((completion) => [stillRunning(completion)]),
    ONCE,
  ),
  fault(
    'completion.once/to-another-call-as-well',
    "announces the completion to another call's callback as well",
    afterAll((completion, occasion) => {
      const to = elsewhere(occasion);
      return to === undefined ? [] : [{ ...copyOf(completion), to }];
    }),
    except(ONCE),
  ),
];
