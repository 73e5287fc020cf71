import { randomUUID } from 'node:crypto';
import type { Answer } from '../hooks';
import type { Json, JsonObject } from '../json';
import { fault, type Fault } from '../fault-records';
import { objectsIn, onAnswer, onResponse, setHeader, type Accepted } from '../hook-builders';
import { ACCEPTANCES } from './touches';

const location = (change: (uri: string, occasion: Accepted) => string | undefined) =>
  onAnswer((answer, occasion) =>
    setHeader(answer.headers, 'Location', change(answer.headers['Location'] ?? '', occasion)),
  );

const contentType = (type: string | undefined) => onAnswer((answer) => setHeader(answer.headers, 'Content-Type', type));

const text = (change: (json: string) => string) =>
  onAnswer((answer: Answer) => {
    answer.text = change(JSON.stringify(answer.body));
  });

const becomes = (name: string, value: Json | undefined) =>
  onResponse((operation) => {
    if (value === undefined) delete operation[name];
    else operation[name] = value;
  });

const firstEntry = (change: (entry: JsonObject) => void) =>
  onResponse((operation) => objectsIn(operation['participants']).slice(0, 1).forEach(change));

const withoutBody = [
  'response.operation',
  'response.odata-type',
  'response.operation-id',
  'response.status-running',
  'response.client-context',
  'response.participants',
  'ordering.concurrent-invitations',
];
const withoutId = [
  'response.operation',
  'response.location-operation',
  'completion.operation-id',
  'completion.resource-url',
];
const strangeStatus = ['response.status-running', 'response.status-in-progress'];

export const responseFaults: readonly Fault[] = [
  fault(
    'response.status-200/created',
    'answers 201 to an invitation',
    onAnswer((answer) => {
      answer.status = 201;
    }),
  ),
  fault(
    'response.status-200/accepted',
    'answers 202 to an invitation',
    onAnswer((answer) => {
      answer.status = 202;
    }),
  ),
  fault(
    'response.status-200/partial',
    'answers 207 to several participants',
    onAnswer((answer, { invitation }) => {
      if (invitation.participants.length > 1) answer.status = 207;
    }),
  ),

  fault(
    'response.location/missing',
    'sends no Location header',
    location(() => undefined),
    ['response.location-operation'],
  ),
  fault(
    'response.location/empty',
    'sends an empty Location header',
    location(() => ''),
    ['response.location-operation'],
  ),
  fault(
    'response.location/no-uri',
    'sends text that is not a URI in Location',
    location((_uri, { invitation }) => `operation <${invitation.id}> of the call`),
    ['response.location-operation'],
  ),
  fault(
    'response.location/bad-host',
    'sends a URI with an invalid host in Location',
    location((uri) => uri.replace(/^https?:\/\/[^/]+/, 'http://[graph')),
    ['response.location-operation'],
  ),

  fault(
    'response.location-operation/other-operation',
    'names another operation in Location than in the body',
    location((uri, { invitation }) => uri.replace(invitation.id, randomUUID())),
  ),
  fault(
    'response.location-operation/other-call',
    'names another call in Location',
    location((uri, { invitation }) => uri.replace(invitation.call.id, randomUUID())),
  ),
  fault(
    'response.location-operation/upper-case-ids',
    'writes the ids in Location in upper case',
    location((uri, { invitation }) =>
      [invitation.call.id, invitation.id].reduce((changed, id) => changed.replace(id, id.toUpperCase()), uri),
    ),
  ),
  fault(
    'response.location-operation/key-form-of-another',
    "names another operation in Location, in OData's key form",
    location((uri) => uri.replace(/\/operations\/.*/, `/operations('${randomUUID()}')`)),
  ),
  fault(
    'response.location-operation/call',
    'names the call in Location instead of the operation',
    location((uri) => uri.replace(/\/operations\/.*/, '')),
  ),
  fault(
    'response.location-operation/participants',
    'names an operation below participants in Location',
    location((uri) => uri.replace('/operations/', '/participants/operations/')),
  ),
  fault(
    'response.location-operation/query',
    'names the operation in the query of Location',
    location((uri) => uri.replace('/operations/', '/operations?id=')),
  ),
  fault(
    'response.location-operation/trailing-path',
    'adds a path segment after the operation in Location',
    location((uri) => `${uri}/status`),
  ),

  fault('response.json/plain-text', 'sends the response as text/plain', contentType('text/plain')),
  fault(
    'response.json/octet-stream',
    'sends the response as application/octet-stream',
    contentType('application/octet-stream'),
  ),
  fault('response.json/no-content-type', 'sends the response without a Content-Type', contentType(undefined)),
  fault(
    'response.json/cut-off',
    'truncates the body of the response',
    text((json) => json.slice(0, -1)),
    withoutBody,
  ),
  fault(
    'response.json/guarded',
    "sends )]}', before the JSON of the response",
    text((json) => `)]}',\n${json}`),
    withoutBody,
  ),
  fault(
    'response.json/empty',
    'sends a response without a body',
    text(() => ''),
    withoutBody,
  ),

  fault(
    'response.operation/participants-missing',
    'omits participants from the response',
    becomes('participants', undefined),
    [
      'response.participants',
      'multiple.five-accepted',
      'replace.first-only-response',
      'pstn.phone-response',
      'response.replaces-call-id',
    ],
  ),
  fault(
    'response.operation/hidden-as-text',
    'sends hidden as a string in the response',
    firstEntry((entry) => void (entry['hidden'] = 'no')),
  ),
  fault(
    'response.operation/endpoint-type-number',
    'sends endpointType as a number in the response',
    firstEntry((entry) => void (entry['endpointType'] = 0)),
  ),
  fault(
    'response.operation/entry-of-another-type',
    'sends participants of type participantInfo in the response',
    firstEntry((entry) => void (entry['@odata.type'] = '#microsoft.graph.participantInfo')),
  ),
  fault(
    'response.operation/unknown-status',
    'sends a status in the response that the type does not define',
    becomes('status', 'pending'),
    strangeStatus,
  ),

  fault('response.odata-type/missing', 'omits @odata.type from the response', becomes('@odata.type', undefined)),
  fault(
    'response.odata-type/base-type',
    'sends the base type as @odata.type in the response',
    becomes('@odata.type', '#microsoft.graph.commsOperation'),
  ),
  fault(
    'response.odata-type/without-hash',
    'omits the # of @odata.type in the response',
    becomes('@odata.type', 'microsoft.graph.inviteParticipantsOperation'),
  ),
  fault(
    'response.odata-type/lowercased',
    'sends @odata.type in lower case in the response',
    becomes('@odata.type', '#microsoft.graph.inviteparticipantsoperation'),
  ),

  fault('response.operation-id/missing', 'omits id from the response', becomes('id', undefined), withoutId),
  fault('response.operation-id/null', 'sends null as id in the response', becomes('id', null), withoutId),
  fault('response.operation-id/empty', 'sends an empty id in the response', becomes('id', ''), withoutId),
  fault('response.operation-id/number', 'sends id as a number in the response', becomes('id', 4711), withoutId),

  fault(
    'response.status-running/not-started',
    'sends status notStarted in the response',
    becomes('status', 'notStarted'),
  ),
  fault('response.status-running/null', 'sends null as status in the response', becomes('status', null)),
  fault('response.status-running/missing', 'omits status from the response', becomes('status', undefined)),
  fault(
    'response.status-running/in-progress',
    'sends status inProgress in the response',
    becomes('status', 'inProgress'),
    ['response.operation', 'response.status-in-progress'],
  ),

  fault(
    'response.status-in-progress/completed',
    'sends status Completed in the response, before the completion',
    becomes('status', 'Completed'),
    ['response.status-running'],
  ),
  fault(
    'response.status-in-progress/failed',
    'sends status failed in the response, before the completion',
    becomes('status', 'failed'),
    [
      'response.status-running',
      ...ACCEPTANCES,
      ...['announced', 'change-type', 'resource-url', 'collection', 'invitees'].map((row) => `roster.${row}`),
    ],
  ),
  fault(
    'response.status-in-progress/completed-at-times',
    'sends status completed in the response to every second invitation',
    () => {
      let count = 0;
      return {
        answer(answer, occasion) {
          if (occasion.kind === 'accepted') {
            count += 1;
            if (count % 2 === 0) answer.body = { ...(answer.body as JsonObject), status: 'completed' };
          }
          return answer;
        },
      };
    },
    ['response.status-running'],
  ),

  fault(
    'response.result-info/success',
    'sends a resultInfo of success in the response',
    becomes('resultInfo', { '@odata.type': '#microsoft.graph.resultInfo', code: 200, subcode: 0, message: '' }),
  ),
  fault('response.result-info/empty', 'sends an empty resultInfo in the response', becomes('resultInfo', {}), [
    'response.operation',
  ]),
  fault('response.result-info/text', 'sends resultInfo as a string in the response', becomes('resultInfo', '0'), [
    'response.operation',
  ]),
];
