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

/** Replaces each completion with other notifications; with none, no completion is sent. */
const eachCompletion = (make: (completion: Planned, occasion: Accepted) => Planned[]): HookMaker =>
  replan((planned, occasion) => planned.flatMap((one) => (isCompletion(one, occasion) ? make(one, occasion) : [one])));

/** Adds notifications about the operation after all others. */
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

/** The callback of another call, if a call with another callback exists. */
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
    'sends no completion',
    eachCompletion(() => []),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/only-running',
    'notifies only that the operation is running',
    eachCompletion((completion) => [stillRunning(completion)]),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/to-another-call',
    "sends the completion to another call's callback",
    eachCompletion((completion, occasion) => {
      const to = elsewhere(occasion);
      return to === undefined ? [] : [{ ...completion, to }];
    }),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/not-for-one',
    'sends no completion if one participant was invited',
    eachCompletion((completion, { invitation }) => (invitation.sent.length === 1 ? [] : [completion])),
    COMPLETIONS,
  ),
  fault(
    'completion.announced/not-beyond-ascii',
    'sends no completion if clientContext has non-ASCII characters',
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
    "names /operations/participants in the completion's resourceUrl, as the page's second example does",
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
    "writes the operation id without hyphens in the completion's resourceUrl",
    urlBecomes((url, { invitation }) => url.replace(invitation.id, invitation.id.replaceAll('-', ''))),
    [CONCURRENT],
  ),
  fault(
    'completion.resource-url/call',
    'names the call instead of the operation in the resourceUrl of the completion',
    urlBecomes((url) => url.replace(/\/operations\/.*/, '')),
    [CONCURRENT],
  ),
  fault(
    'completion.resource-url/collection',
    "names the call's operations collection in the resourceUrl of the completion",
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
    'omits @odata.type from the completion',
    becomes('@odata.type', undefined),
  ),
  fault(
    'completion.operation/base-type',
    'sends the base type as @odata.type in the completion',
    becomes('@odata.type', '#microsoft.graph.commsOperation'),
  ),
  fault(
    'completion.operation/hidden-as-text',
    'sends hidden as a string in the completion',
    firstEntry((entry) => void (entry['hidden'] = 'no')),
  ),
  fault(
    'completion.operation/entry-of-another-type',
    'sends participants of type participantInfo in the completion',
    firstEntry((entry) => void (entry['@odata.type'] = '#microsoft.graph.participantInfo')),
  ),
  fault(
    'completion.operation/result-info-as-text',
    'sends the code of resultInfo as a string in the completion',
    becomes('resultInfo', { code: '200', subcode: 0, message: null }),
  ),

  fault(
    'completion.status/succeeded',
    'sends status succeeded in the completion',
    becomes('status', 'succeeded'),
    STATUS,
  ),
  fault('completion.status/missing', 'omits status from the completion', becomes('status', undefined), STATUS),
  fault('completion.status/null', 'sends null as status in the completion', becomes('status', null), STATUS),
  fault('completion.status/running', 'sends status running in the completion', becomes('status', 'running'), [
    ...STATUS,
    ...COMPLETIONS,
  ]),
  fault(
    'completion.status/failed',
    'sends status failed in the completion although the invitees join',
    becomes('status', 'failed'),
    [
      ...STATUS,
      ...COMPLETIONS,
      ...ACCEPTANCES,
      // An operation that may fail, such as that of six participants of whom the first replaces a call, lacks its code.
      'failure.announced',
    ],
  ),

  fault(
    'completion.operation-id/null',
    "sends null as id in the completion, as the page's second example does",
    becomes('id', null),
    ID,
  ),
  fault('completion.operation-id/missing', 'omits id from the completion', becomes('id', undefined), ID),
  fault(
    'completion.operation-id/other',
    'sends another id in the completion',
    onCompletion((operation) => void (operation['id'] = randomUUID())),
    ID,
  ),
  fault(
    'completion.operation-id/upper-cased',
    'sends the id in upper case in the completion',
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
    'sends the completion twice in a row',
    eachCompletion((completion) => [completion, copyOf(completion)]),
    ONCE,
  ),
  fault(
    'completion.once/again-after-300-ms',
    'sends the completion again after 300 ms',
    afterAll((completion) => [later(completion, 300)]),
    ONCE,
  ),
  fault(
    'completion.once/again-after-the-roster',
    'sends the completion again after the roster',
    afterAll((completion) => [copyOf(completion)]),
    ONCE,
  ),
  fault(
    'completion.once/then-running',
    'notifies that the operation is running after the completion',
    afterAll((completion) => [stillRunning(completion)]),
    ONCE,
  ),
  fault(
    'completion.once/to-another-call-as-well',
    "also sends the completion to another call's callback",
    afterAll((completion, occasion) => {
      const to = elsewhere(occasion);
      return to === undefined ? [] : [{ ...copyOf(completion), to }];
    }),
    except(ONCE),
  ),
];
