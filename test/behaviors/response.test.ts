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
      '201 Created': [(run) => run.invite().answer(undefined, { status: 201 }), 'the status is 201'],
      '202 Accepted': [(run) => run.invite().answer(undefined, { status: 202 }), 'the status is 202'],
    },
    untested: { refused: [(run) => run.invite().refuse(), 'no accepted invitation: the answer was 400'] },
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
        'no Location header',
      ],
      'no URI': [(run) => run.invite().answer(undefined, { headers: located('operation 1') }), '"operation 1"'],
      'a broken escape': [(run) => run.invite().answer(undefined, { headers: located('/a/%zz') }), '"/a/%zz"'],
      empty: [(run) => run.invite().answer(undefined, { headers: located('') }), 'Location is ""'],
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
        "with the call's id in another spelling and the operation's id in another spelling; the call is c-1",
      ],
      'another operation': [
        (run) => run.invite({ callId: 'c1' }).answer(undefined, { headers: located('/app/calls/c1/operations/other') }),
        '"/app/calls/c1/operations/other"; the call is c1, $.id of the body is "operation-1"',
      ],
      'another call': [
        (run) =>
          run.invite({ operationId: 'o1' }).answer(undefined, { headers: located('/app/calls/c2/operations/o1') }),
        'the call is call-1',
      ],
      'no operation at all': [
        (run) => run.invite({ callId: 'c1' }).answer(undefined, { headers: located('/app/calls/c1') }),
        '"/app/calls/c1"',
      ],
      'relative to the wrong place': [
        (run) => run.invite({ operationId: 'o1' }).answer(undefined, { headers: located('operations/o1') }),
        '"operations/o1"',
      ],
      'the same id in other letters': [
        (run) =>
          run.invite({ callId: 'c1', operationId: 'o1' }).answer(undefined, {
            headers: located('/app/calls/c1/operations/O1'),
          }),
        '"/app/calls/c1/operations/O1"',
      ],
    },
    untested: {
      'no Location': [(run) => run.invite().answer(undefined, { headers: [] }), 'no Location'],
      'no id': [(run) => run.invite().answer(drop('/id')), "the response's body has no id"],
      'no JSON': [(run) => run.invite().answer(undefined, { raw: 'OK' }), 'no JSON object'],
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
        'Content-Type is "text/plain"',
      ],
      'a relative of JSON': [
        (run) => run.invite().answer(undefined, { headers: [['content-type', 'application/json-patch+json']] }),
        'application/json-patch+json',
      ],
      'no Content-Type': [(run) => run.invite().answer(undefined, { headers: [] }), 'Content-Type is '],
      'no JSON': [(run) => run.invite().answer(undefined, { raw: '{"id":' }), 'the body is not JSON'],
      empty: [(run) => run.invite().answer(undefined, { raw: '' }), 'not JSON (empty: there is no body)'],
      'no UTF-8': [(run) => run.invite().answer(undefined, { raw: Buffer.from([0x22, 0xff, 0x22]) }), 'not UTF-8'],
      'cut off': [(run) => run.invite().answer(undefined, { truncated: true }), 'cut off'],
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
        '$.participants is object {}, not an array',
      ],
      'a status that is none': [(run) => run.invite().answer(put('/status', 'Done')), '$.status is string "Done"'],
      'a participant without identity': [
        (run) => run.invite().answer(drop('/participants/0/identity')),
        '$.participants[0].identity',
      ],
      'an array': [(run) => run.invite().answer(instead([])), '$ is array []'],
    },
    untested: { 'no JSON': [(run) => run.invite().answer(undefined, { raw: 'OK' }), 'not JSON'] },
  },
  'response.odata-type': {
    passes: { 'as shown': answered },
    fails: {
      absent: [(run) => run.invite().answer(drop('/@odata.type')), "$['@odata.type'] is "],
      'without its #': [
        (run) => run.invite().answer(put('/@odata.type', 'microsoft.graph.inviteParticipantsOperation')),
        '"microsoft.graph.inviteParticipantsOperation"',
      ],
      'its base type': [
        (run) => run.invite().answer(put('/@odata.type', '#microsoft.graph.commsOperation')),
        '"#microsoft.graph.commsOperation"',
      ],
    },
  },
  'response.operation-id': {
    passes: { 'a string': answered },
    fails: {
      absent: [(run) => run.invite().answer(drop('/id')), '$.id is '],
      null: [(run) => run.invite().answer(put('/id', null)), '$.id is '],
      empty: [(run) => run.invite().answer(put('/id', '')), '$.id is ""'],
      'a number': [(run) => run.invite().answer(put('/id', 7)), '$.id is 7'],
    },
  },
  'response.operation-id-unique': {
    passes: { 'two different': (run) => run.invite().answer().invite().answer() },
    fails: {
      'the same twice': [
        (run) => run.invite({ operationId: 'o1' }).answer().invite({ operationId: 'o1' }).answer(),
        '$.id is "o1", which is also the id of the operation of story/attempt-1/1',
      ],
      'that of one which should have been refused': [
        (run) =>
          run
            .invite({ operationId: 'o1' })
            .answer()
            .invite({ operationId: 'o1', expect: 'refused', tries: [] })
            .answer(),
        '$.id is "o1", which is also the id of the operation of story/attempt-1/1',
      ],
    },
    untested: {
      'one alone': [answered, 'only one operation'],
      'no ids': [(run) => run.invite().answer(drop('/id')).invite().answer(drop('/id')), 'nothing in this run'],
    },
  },
  'response.status-running': {
    passes: {
      Running: answered,
      running: (run) => run.invite().answer(put('/status', 'running')),
      RUNNING: (run) => run.invite().answer(put('/status', 'RUNNING')),
    },
    fails: {
      notStarted: [(run) => run.invite().answer(put('/status', 'notStarted')), '$.status is "notStarted"'],
      completed: [(run) => run.invite().answer(put('/status', 'completed')), '$.status is "completed"'],
      null: [(run) => run.invite().answer(put('/status', null)), '$.status is '],
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
        '$.status is "Completed", and 1 notification(s)',
      ],
      failed: [(run) => run.invite().answer(put('/status', 'failed')).failing(), '$.status is "failed"'],
    },
    untested: {
      'no notification follows': [
        (run) => run.invite().answer(put('/status', 'completed')).roster(),
        'no notification about the operation followed',
      ],
    },
  },
  'response.client-context': IN_RESPONSE,
  'response.result-info': {
    passes: { null: answered, absent: (run) => run.invite().answer(drop('/resultInfo')) },
    fails: {
      'an object': [(run) => run.invite().answer(put('/resultInfo', { code: 200 })), '$.resultInfo is {"code":200}'],
      'an empty object': [(run) => run.invite().answer(put('/resultInfo', {})), '$.resultInfo is {}'],
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
        'missing: user user-1',
      ],
      'one too many': [
        (run) =>
          run.invite({ invitees: users(1) }).answer(put('/participants/1', { identity: { user: { id: 'stranger' } } })),
        'too many: user stranger',
      ],
      'one twice': [
        (run) =>
          run.invite({ invitees: [user('u')] }).answer(put('/participants/1', { identity: { user: { id: 'u' } } })),
        'too many: user u',
      ],
      'another kind': [
        (run) =>
          run.invite({ invitees: [user('u')] }).answer(put('/participants/0/identity', { application: { id: 'u' } })),
        'missing: user u; too many: application u',
      ],
      none: [(run) => run.invite().answer(put('/participants', [])), '$.participants is []'],
      absent: [(run) => run.invite().answer(drop('/participants')), '$.participants is '],
      'an id in other letters': [
        (run) => run.invite({ invitees: [user('u')] }).answer(put('/participants/0/identity/user/id', 'U')),
        'missing: user u; too many: user U',
      ],
    },
  },
  'response.replaces-call-id': {
    passes: { 'comes back': (run) => run.invite({ replacing: true }).answer() },
    fails: {
      null: [
        (run) => run.invite({ replacing: true }).answer(put('/participants/0/replacesCallId', null)),
        '$.participants[0].replacesCallId is ',
      ],
      'of another call': [
        (run) => run.invite({ replacing: true }).answer(put('/participants/0/replacesCallId', 'call-1')),
        '$.participants[0].replacesCallId is "call-1"',
      ],
    },
    untested: {
      'nothing was replaced': [answered, 'no peer-to-peer call was replaced'],
      'the participant is not named': [
        (run) => run.invite({ replacing: true }).answer(put('/participants', [])),
        'does not name the participant',
      ],
    },
  },
});
