import { IN_RESPONSE } from './client-contexts';
import type { Headers } from '../../history/events';
import { all, drop, instead, put } from '../support/edits';
import { user, users } from '../support/bodies';
import { testArea, type Telling } from '../support/cases';

function located(location: string): Headers {
  return [
    ['content-type', 'application/json'],
    ['location', location],
  ];
}

const answered: Telling = (run) => run.invite().answer();

testArea('response', {
  'response.status-200': {
    passes: { '200': answered },
    fails: {
      '201 Created': [
        (run) => run.invite().answer(undefined, { status: 201 }),
        { fact: 'response.status-200', part: 'status', observed: { is: 'answer', status: 201 } },
      ],
      '202 Accepted': [
        (run) => run.invite().answer(undefined, { status: 202 }),
        { fact: 'response.status-200', part: 'status', observed: { is: 'answer', status: 202 } },
      ],
    },
    untested: { refused: [(run) => run.invite().refuse(), { lacks: 'accepted', restsOn: ['invitation.accepted'] }] },
  },
  'response.location': {
    passes: {
      absolute: answered,
      'relative to the host': (run) => run.invite().answer(undefined, { headers: located('/v1.0/a/b') }),
      'relative to the request': (run) => run.invite().answer(undefined, { headers: located('../operations/o1') }),
      'with escapes': (run) => run.invite().answer(undefined, { headers: located('/a/%E2%82%AC') }),
    },
    fails: {
      absent: [
        (run) => run.invite().answer(undefined, { headers: [['content-type', 'application/json']] }),
        { fact: 'response.location', part: 'header', path: 'location', observed: { is: 'absent' } },
      ],
      'no URI': [
        (run) => run.invite().answer(undefined, { headers: located('operation 1') }),
        { fact: 'response.location', part: 'header', path: 'location', observed: { is: 'json', value: 'operation 1' } },
      ],
      'a broken escape': [
        (run) => run.invite().answer(undefined, { headers: located('/a/%zz') }),
        { fact: 'response.location', part: 'header', path: 'location', observed: { is: 'json', value: '/a/%zz' } },
      ],
      empty: [
        (run) => run.invite().answer(undefined, { headers: located('') }),
        { fact: 'response.location', part: 'header', path: 'location', observed: { is: 'json', value: '' } },
      ],
    },
  },
  'response.location-operation': {
    passes: {
      absolute: answered,
      'relative to the host': (run) =>
        run.invite({ callId: 'c1', operationId: 'o1' }).answer(undefined, {
          headers: located('/v1.0/communications/calls/c1/operations/o1'),
        }),
      'relative to the request': (run) =>
        run.invite({ operationId: 'o1' }).answer(undefined, { headers: located('../operations/o1') }),
      'under another host and prefix': (run) =>
        run.invite({ callId: 'c1', operationId: 'o1' }).answer(undefined, {
          headers: located('https://other.test/app/Calls/c1/Operations/o1'),
        }),
      "in OData's key form": (run) =>
        run.invite({ callId: 'c1', operationId: 'o1' }).answer(undefined, {
          headers: located("https://graph.test/v1.0/communications/calls('c1')/operations('o1')"),
        }),
      'ids with URL escapes': (run) =>
        run.invite({ callId: 'c/1 ü', operationId: 'o 1' }).answer(undefined, {
          headers: located('/app/calls/c%2F1%20%c3%bc/operations/o%201'),
        }),
    },
    fails: {
      'the ids in another spelling': [
        (run) =>
          run.invite({ callId: 'c-1', operationId: 'o-1' }).answer(undefined, {
            headers: located("/v1.0/communications/calls('C-1')/operations('o1')"),
          }),
        {
          fact: 'response.location-operation',
          part: 'header',
          path: 'location',
          observed: { is: 'json', value: "/v1.0/communications/calls('C-1')/operations('o1')" },
        },
      ],
      'another operation': [
        (run) => run.invite({ callId: 'c1' }).answer(undefined, { headers: located('/app/calls/c1/operations/other') }),
        {
          fact: 'response.location-operation',
          part: 'header',
          path: 'location',
          observed: { is: 'json', value: '/app/calls/c1/operations/other' },
        },
      ],
      'another call': [
        (run) =>
          run.invite({ operationId: 'o1' }).answer(undefined, { headers: located('/app/calls/c2/operations/o1') }),
        {
          fact: 'response.location-operation',
          part: 'header',
          path: 'location',
          observed: { is: 'json', value: '/app/calls/c2/operations/o1' },
        },
      ],
      'no operation at all': [
        (run) => run.invite({ callId: 'c1' }).answer(undefined, { headers: located('/app/calls/c1') }),
        {
          fact: 'response.location-operation',
          part: 'header',
          path: 'location',
          observed: { is: 'json', value: '/app/calls/c1' },
        },
      ],
      'relative to the wrong place': [
        (run) => run.invite({ operationId: 'o1' }).answer(undefined, { headers: located('operations/o1') }),
        {
          fact: 'response.location-operation',
          part: 'header',
          path: 'location',
          observed: { is: 'json', value: 'operations/o1' },
        },
      ],
      'the same id in other letters': [
        (run) =>
          run.invite({ callId: 'c1', operationId: 'o1' }).answer(undefined, {
            headers: located('/app/calls/c1/operations/O1'),
          }),
        {
          fact: 'response.location-operation',
          part: 'header',
          path: 'location',
          observed: { is: 'json', value: '/app/calls/c1/operations/O1' },
        },
      ],
    },
    untested: {
      'no Location': [
        (run) => run.invite().answer(undefined, { headers: [] }),
        { lacks: 'location', restsOn: ['response.location'] },
      ],
      'no id': [
        (run) => run.invite().answer(drop('/id')),
        { lacks: 'operationIdText', restsOn: ['response.operation-id'] },
      ],
      'no JSON': [
        (run) => run.invite().answer(undefined, { raw: 'OK' }),
        { lacks: 'operationIdText', restsOn: ['response.operation-id'] },
      ],
    },
  },
  'response.json': {
    passes: {
      'application/json': answered,
      'with parameters, in other letters': (run) =>
        run.invite().answer(undefined, { headers: [['content-type', 'Application/JSON ; charset=UTF-8']] }),
      'odata parameters': (run) =>
        run.invite().answer(undefined, { headers: [['content-type', 'application/json;odata.metadata=minimal']] }),
      'a byte order mark': (run) => run.invite().answer(undefined, { raw: '\uFEFF{"id":"1"}' }),
    },
    fails: {
      'text/plain': [
        (run) => run.invite().answer(undefined, { headers: [['content-type', 'text/plain']] }),
        { fact: 'response.json', part: 'header', path: 'content-type', observed: { is: 'json', value: 'text/plain' } },
      ],
      'a relative of JSON': [
        (run) => run.invite().answer(undefined, { headers: [['content-type', 'application/json-patch+json']] }),
        {
          fact: 'response.json',
          part: 'header',
          path: 'content-type',
          observed: { is: 'json', value: 'application/json-patch+json' },
        },
      ],
      'no Content-Type': [
        (run) => run.invite().answer(undefined, { headers: [] }),
        { fact: 'response.json', part: 'header', path: 'content-type', observed: { is: 'absent' } },
      ],
      'no JSON': [
        (run) => run.invite().answer(undefined, { raw: '{"id":' }),
        { fact: 'response.json', path: '$', observed: { is: 'unreadable', beginning: '{"id":' } },
      ],
      empty: [
        (run) => run.invite().answer(undefined, { raw: '' }),
        { fact: 'response.json', path: '$', observed: { is: 'unreadable', beginning: '' } },
      ],
      'no UTF-8': [
        (run) => run.invite().answer(undefined, { raw: Buffer.from([0x22, 0xff, 0x22]) }),
        { fact: 'response.json', path: '$', observed: { is: 'unreadable', beginning: 'Iv8i' } },
      ],
      'cut off': [
        (run) => run.invite().answer(undefined, { truncated: true }),
        {
          fact: 'response.json',
          path: '$',
          observed: {
            is: 'unreadable',
            beginning:
              '{"@odata.type":"#microsoft.graph.inviteParticipantsOperation","id":"operation-1","status":"Running","clientContext":"context \\"1\\" <&>","resultInfo":null,"parti',
          },
        },
      ],
    },
  },
  'response.operation': {
    passes: {
      'padded with nulls': answered,
      'without the nulls': (run) => run.invite().answer(all(drop('/resultInfo'), drop('/clientContext'))),
      'with more than documented': (run) => run.invite().answer(all(put('/createdAt', '2030'), put('/extra', [{}]))),
    },
    fails: {
      'participants is no collection': [
        (run) => run.invite().answer(put('/participants', {})),
        { fact: 'response.operation', path: '$.participants', observed: { is: 'json', value: {} } },
      ],
      'a status that is none': [
        (run) => run.invite().answer(put('/status', 'Done')),
        { fact: 'response.operation', path: '$.status', observed: { is: 'json', value: 'Done' } },
      ],
      'a participant without identity': [
        (run) => run.invite().answer(drop('/participants/0/identity')),
        { fact: 'response.operation', path: '$.participants[0].identity', observed: { is: 'absent' } },
      ],
      'an array': [
        (run) => run.invite().answer(instead([])),
        { fact: 'response.operation', path: '$', observed: { is: 'json', value: [] } },
      ],
    },
    untested: {
      'no JSON': [
        (run) => run.invite().answer(undefined, { raw: 'OK' }),
        { lacks: 'json', restsOn: ['response.json'] },
      ],
    },
  },
  'response.odata-type': {
    passes: { 'as shown': answered },
    fails: {
      absent: [
        (run) => run.invite().answer(drop('/@odata.type')),
        { fact: 'response.odata-type', path: "$['@odata.type']", observed: { is: 'absent' } },
      ],
      'without its #': [
        (run) => run.invite().answer(put('/@odata.type', 'microsoft.graph.inviteParticipantsOperation')),
        {
          fact: 'response.odata-type',
          path: "$['@odata.type']",
          observed: { is: 'json', value: 'microsoft.graph.inviteParticipantsOperation' },
        },
      ],
      'its base type': [
        (run) => run.invite().answer(put('/@odata.type', '#microsoft.graph.commsOperation')),
        {
          fact: 'response.odata-type',
          path: "$['@odata.type']",
          observed: { is: 'json', value: '#microsoft.graph.commsOperation' },
        },
      ],
    },
  },
  'response.operation-id': {
    passes: { 'a string': answered },
    fails: {
      absent: [
        (run) => run.invite().answer(drop('/id')),
        { fact: 'response.operation-id', path: '$.id', observed: { is: 'absent' } },
      ],
      null: [
        (run) => run.invite().answer(put('/id', null)),
        { fact: 'response.operation-id', path: '$.id', observed: { is: 'json', value: null } },
      ],
      empty: [
        (run) => run.invite().answer(put('/id', '')),
        { fact: 'response.operation-id', path: '$.id', observed: { is: 'json', value: '' } },
      ],
      'a number': [
        (run) => run.invite().answer(put('/id', 7)),
        { fact: 'response.operation-id', path: '$.id', observed: { is: 'json', value: 7 } },
      ],
    },
  },
  'response.operation-id-unique': {
    passes: { 'two different': (run) => run.invite().answer().invite().answer() },
    fails: {
      'the same twice': [
        (run) => run.invite({ operationId: 'o1' }).answer().invite({ operationId: 'o1' }).answer(),
        {
          fact: 'response.operation-id-unique',
          path: '$.id',
          observed: { is: 'json', value: 'o1' },
          belongsTo: 'story/attempt-1/1',
        },
      ],
      'that of one which should have been refused': [
        (run) =>
          run
            .invite({ operationId: 'o1' })
            .answer()
            .invite({ operationId: 'o1', expect: 'refused', tries: [] })
            .answer(),
        {
          fact: 'response.operation-id-unique',
          path: '$.id',
          observed: { is: 'json', value: 'o1' },
          belongsTo: 'story/attempt-1/1',
        },
      ],
    },
    untested: {
      'one alone': [answered, { lacks: 'otherOperation', restsOn: ['response.operation-id'] }],
      'no ids': [(run) => run.invite().answer(drop('/id')).invite().answer(drop('/id')), { lacks: 'nothingSent' }],
    },
  },
  'response.status-running': {
    passes: {
      Running: answered,
      running: (run) => run.invite().answer(put('/status', 'running')),
      RUNNING: (run) => run.invite().answer(put('/status', 'RUNNING')),
    },
    fails: {
      notStarted: [
        (run) => run.invite().answer(put('/status', 'notStarted')),
        { fact: 'response.status-running', path: '$.status', observed: { is: 'json', value: 'notStarted' } },
      ],
      completed: [
        (run) => run.invite().answer(put('/status', 'completed')),
        { fact: 'response.status-running', path: '$.status', observed: { is: 'json', value: 'completed' } },
      ],
      null: [
        (run) => run.invite().answer(put('/status', null)),
        { fact: 'response.status-running', path: '$.status', observed: { is: 'json', value: null } },
      ],
    },
  },
  'response.status-in-progress': {
    passes: {
      Running: (run) => run.invite().answer().completion(),
      NotStarted: (run) => run.invite().answer(put('/status', 'NotStarted')).completion(),
      null: (run) => run.invite().answer(put('/status', null)).completion(),
      absent: (run) => run.invite().answer(drop('/status')).completion(),
    },
    fails: {
      Completed: [
        (run) => run.invite().answer(put('/status', 'Completed')).completion(),
        { fact: 'response.status-in-progress', path: '$.status', observed: { is: 'json', value: 'Completed' } },
      ],
      failed: [
        (run) => run.invite().answer(put('/status', 'failed')).failing(),
        { fact: 'response.status-in-progress', path: '$.status', observed: { is: 'json', value: 'failed' } },
      ],
    },
    untested: {
      'no notification follows': [
        (run) => run.invite().answer(put('/status', 'completed')).roster(),
        { lacks: 'operationNotification', restsOn: ['completion.arrives'] },
      ],
    },
  },
  'response.client-context': IN_RESPONSE,
  'response.result-info': {
    passes: { null: answered, absent: (run) => run.invite().answer(drop('/resultInfo')) },
    fails: {
      'an object': [
        (run) => run.invite().answer(put('/resultInfo', { code: 200 })),
        { fact: 'response.result-info', path: '$.resultInfo', observed: { is: 'json', value: { code: 200 } } },
      ],
      'an empty object': [
        (run) => run.invite().answer(put('/resultInfo', {})),
        { fact: 'response.result-info', path: '$.resultInfo', observed: { is: 'json', value: {} } },
      ],
    },
  },
  'response.participants': {
    passes: {
      one: answered,
      'several in another order': (run) =>
        run.invite({ invitees: users(3) }).answer((body) => {
          const { participants, ...rest } = body as { participants: unknown[] };
          return { ...rest, participants: participants.toReversed() };
        }),
      'with another display name': (run) =>
        run.invite().answer(put('/participants/0/identity/user/displayName', 'somebody')),
      'with a tenant beside the id': (run) => run.invite().answer(put('/participants/0/identity/user/tenantId', 't1')),
    },
    fails: {
      'one is missing': [
        (run) => run.invite({ invitees: users(2) }).answer(drop('/participants/0')),
        {
          fact: 'response.participants',
          path: '$.participants',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-2', role: { of: 'invitee' } }] },
        },
      ],
      'one too many': [
        (run) =>
          run.invite({ invitees: users(1) }).answer(put('/participants/1', { identity: { user: { id: 'stranger' } } })),
        {
          fact: 'response.participants',
          path: '$.participants',
          observed: {
            is: 'identities',
            identities: [
              { kind: 'user', id: 'user-1', role: { of: 'invitee' } },
              { kind: 'user', id: 'stranger', role: { of: 'unknown' } },
            ],
          },
        },
      ],
      'one twice': [
        (run) =>
          run.invite({ invitees: [user('u')] }).answer(put('/participants/1', { identity: { user: { id: 'u' } } })),
        {
          fact: 'response.participants',
          path: '$.participants',
          observed: {
            is: 'identities',
            identities: [
              { kind: 'user', id: 'u', role: { of: 'invitee' } },
              { kind: 'user', id: 'u', role: { of: 'invitee' } },
            ],
          },
        },
      ],
      'another kind': [
        (run) =>
          run.invite({ invitees: [user('u')] }).answer(put('/participants/0/identity', { application: { id: 'u' } })),
        {
          fact: 'response.participants',
          path: '$.participants',
          observed: { is: 'identities', identities: [{ kind: 'application', id: 'u', role: { of: 'otherKind' } }] },
        },
      ],
      none: [
        (run) => run.invite().answer(put('/participants', [])),
        { fact: 'response.participants', path: '$.participants', observed: { is: 'identities', identities: [] } },
      ],
      absent: [
        (run) => run.invite().answer(drop('/participants')),
        { fact: 'response.participants', path: '$.participants', observed: { is: 'absent' } },
      ],
      'an id in other letters': [
        (run) => run.invite({ invitees: [user('u')] }).answer(put('/participants/0/identity/user/id', 'U')),
        {
          fact: 'response.participants',
          path: '$.participants',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'U', role: { of: 'unknown' } }] },
        },
      ],
    },
  },
  'response.replaces-call-id': {
    passes: { 'comes back': (run) => run.invite({ replacing: true }).answer() },
    fails: {
      null: [
        (run) => run.invite({ replacing: true }).answer(put('/participants/0/replacesCallId', null)),
        {
          fact: 'response.replaces-call-id',
          path: '$.participants[0].replacesCallId',
          observed: { is: 'json', value: null },
        },
      ],
      'of another call': [
        (run) => run.invite({ replacing: true }).answer(put('/participants/0/replacesCallId', 'call-1')),
        {
          fact: 'response.replaces-call-id',
          path: '$.participants[0].replacesCallId',
          observed: { is: 'json', value: 'call-1' },
        },
      ],
    },
    untested: {
      'nothing was replaced': [answered, { lacks: 'replacingEntry', restsOn: ['response.participants'] }],
      'the participant is not named': [
        (run) => run.invite({ replacing: true }).answer(put('/participants', [])),
        { lacks: 'replacingEntry', restsOn: ['response.participants'] },
      ],
    },
  },
});
