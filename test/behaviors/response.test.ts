import { OF_THE_OPERATION } from './response-body';
import { IN_RESPONSE } from './client-contexts';
import type { Headers } from '../../history/events';
import { drop, put } from '../support/edits';
import { user, users } from '../support/bodies';
import { shows, showsPeople, testArea, type Telling } from '../support/cases';

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
      'not a URI': [
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
      'the same id in another case': [
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
      'not JSON': [
        (run) => run.invite().answer(undefined, { raw: 'OK' }),
        { lacks: 'operationIdText', restsOn: ['response.operation-id'] },
      ],
    },
  },
  'response.json': {
    passes: {
      'application/json': answered,
      'with parameters, in another case': (run) =>
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
      'a media type with the suffix +json': [
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
      'not JSON': [
        (run) => run.invite().answer(undefined, { raw: '{"id":' }),
        { fact: 'response.json', path: '$', observed: { is: 'unreadable', beginning: '{"id":' } },
      ],
      empty: [
        (run) => run.invite().answer(undefined, { raw: '' }),
        { fact: 'response.json', path: '$', observed: { is: 'unreadable', beginning: '' } },
      ],
      'not UTF-8': [
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
  ...OF_THE_OPERATION,

  'response.client-context': IN_RESPONSE,
  'response.result-info': {
    passes: { null: answered, absent: (run) => run.invite().answer(drop('/resultInfo')) },
    fails: {
      'an object': [
        (run) => run.invite().answer(put('/resultInfo', { code: 200 })),
        shows('response.result-info', '$.resultInfo', { code: 200 }),
      ],
      'an empty object': [
        (run) => run.invite().answer(put('/resultInfo', {})),
        shows('response.result-info', '$.resultInfo', {}),
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
      'with a tenantId': (run) => run.invite().answer(put('/participants/0/identity/user/tenantId', 't1')),
    },
    fails: {
      'one is missing': [
        (run) => run.invite({ invitees: users(2) }).answer(drop('/participants/0')),
        showsPeople('response.participants', '$.participants', [['user', 'user-2', 'invitee']]),
      ],
      'one too many': [
        (run) =>
          run.invite({ invitees: users(1) }).answer(put('/participants/1', { identity: { user: { id: 'stranger' } } })),
        showsPeople('response.participants', '$.participants', [
          ['user', 'user-1', 'invitee'],
          ['user', 'stranger', 'unknown'],
        ]),
      ],
      'one twice': [
        (run) =>
          run.invite({ invitees: [user('u')] }).answer(put('/participants/1', { identity: { user: { id: 'u' } } })),
        showsPeople('response.participants', '$.participants', [
          ['user', 'u', 'invitee'],
          ['user', 'u', 'invitee'],
        ]),
      ],
      'another kind': [
        (run) =>
          run.invite({ invitees: [user('u')] }).answer(put('/participants/0/identity', { application: { id: 'u' } })),
        showsPeople('response.participants', '$.participants', [['application', 'u', 'otherKind']]),
      ],
      none: [
        (run) => run.invite().answer(put('/participants', [])),
        showsPeople('response.participants', '$.participants', []),
      ],
      absent: [
        (run) => run.invite().answer(drop('/participants')),
        shows('response.participants', '$.participants', undefined),
      ],
      'an id in another case': [
        (run) => run.invite({ invitees: [user('u')] }).answer(put('/participants/0/identity/user/id', 'U')),
        showsPeople('response.participants', '$.participants', [['user', 'U', 'unknown']]),
      ],
    },
  },
  'response.replaces-call-id': {
    passes: { 'it is returned': (run) => run.invite({ replacing: true }).answer() },
    fails: {
      null: [
        (run) => run.invite({ replacing: true }).answer(put('/participants/0/replacesCallId', null)),
        shows('response.replaces-call-id', '$.participants[0].replacesCallId', null),
      ],
      'of another call': [
        (run) => run.invite({ replacing: true }).answer(put('/participants/0/replacesCallId', 'call-1')),
        shows('response.replaces-call-id', '$.participants[0].replacesCallId', 'call-1'),
      ],
    },
    untested: {
      'nothing was replaced': [answered, { lacks: 'replacingEntry', restsOn: ['response.participants'] }],
      'the participant is missing': [
        (run) => run.invite({ replacing: true }).answer(put('/participants', [])),
        { lacks: 'replacingEntry', restsOn: ['response.participants'] },
      ],
    },
  },
});
