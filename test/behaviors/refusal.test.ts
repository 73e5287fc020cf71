import { drop, instead, put } from '../support/edits';
import { user } from '../support/bodies';
import { shows, showsPeople, testArea, type Telling, type Lacking } from '../support/cases';

const refused: Telling = (run) => run.control().invite({ expect: 'refused' }).refuse(400);
const accepted: readonly [Telling, Lacking] = [
  (run) => run.control().invite({ expect: 'refused' }).joins(),
  { lacks: 'nothingSent' },
];

testArea('refusal', {
  'refusal.client-error': {
    passes: {
      '400': refused,
      'after a request to wait': (run) => run.control().invite({ expect: 'refused' }).refuse(429).refuse(400),
      '451': (run) => run.control().invite({ expect: 'refused' }).refuse(451),
    },
    fails: {
      '500': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(500),
        { fact: 'refusal.client-error', part: 'status', observed: { is: 'answer', status: 500 } },
      ],
      '501': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(501),
        { fact: 'refusal.client-error', part: 'status', observed: { is: 'answer', status: 501 } },
      ],
      'one of several': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).invite({ expect: 'refused' }).refuse(503),
        { fact: 'refusal.client-error', part: 'status', observed: { is: 'answer', status: 503 } },
      ],
    },
    untested: {
      accepted,
      'it throttles': [(run) => run.control().invite({ expect: 'refused' }).refuse(429), { lacks: 'nothingSent' }],
      'everything is answered 500': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(500)
            .invite({ expect: 'refused' })
            .refuse(500),
        { lacks: 'controlled', restsOn: ['request.route'] },
      ],
    },
  },
  'refusal.error-body': {
    passes: {
      'code and message': refused,
      'with more than documented': (run) =>
        run
          .control()
          .invite({ expect: 'refused' })
          .refuse(400, put('/error/innerError', { date: '2030' })),
      'as application/problem+json': (run) =>
        run
          .control()
          .invite({ expect: 'refused' })
          .refuse(400, undefined, { headers: [['content-type', 'application/problem+json']] }),
    },
    fails: {
      empty: [
        (run) => run.control().invite({ expect: 'refused' }).refuse(401, undefined, { raw: '' }),
        { fact: 'refusal.error-body', path: '$', observed: { is: 'unreadable', beginning: '' } },
      ],
      HTML: [
        (run) => run.control().invite({ expect: 'refused' }).refuse(415, undefined, { raw: '<h1>No</h1>' }),
        { fact: 'refusal.error-body', path: '$', observed: { is: 'unreadable', beginning: '<h1>No</h1>' } },
      ],
      'no code': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, drop('/error/code')),
        shows('refusal.error-body', '$.error.code', undefined),
      ],
      'an empty message': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, put('/error/message', '')),
        shows('refusal.error-body', '$.error.message', ''),
      ],
      'a code that is a number': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, put('/error/code', 400)),
        shows('refusal.error-body', '$.error.code', 400),
      ],
      'error a string': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, put('/error', 'bad')),
        shows('refusal.error-body', '$.error', 'bad'),
      ],
      'no error': [
        (run) =>
          run
            .control()
            .invite({ expect: 'refused' })
            .refuse(400, instead({ message: 'bad' })),
        shows('refusal.error-body', '$.error', undefined),
      ],
    },
    untested: {
      accepted,
      '500': [(run) => run.control().invite({ expect: 'refused' }).refuse(500), { lacks: 'nothingSent' }],
    },
  },
  'refusal.no-effect': {
    passes: {
      'nothing follows': refused,
      'updates of the call follow': (run) =>
        run.control().invite({ expect: 'refused' }).refuse(400).callUpdate('established'),
      'a roster of the previous members': (run) => {
        run.control().invite({ expect: 'refused' }).refuse(400);
        return run.roster(instead(run.rosterItem([user('host')])));
      },
      'the duplicate invitee is listed': (run) =>
        run
          .control({ call: 'c', invitees: [user('u')] })
          .invite({ call: 'c', invitees: [user('u')], alreadyInCall: true, expect: 'refusedOrFails' })
          .refuse(409)
          .roster(),
      'notifications of another invitation to the same call': (run) =>
        run
          .invite({ name: 'first', tries: [], call: 'c' })
          .answer()
          .invite({ call: 'c', expect: 'refused' })
          .refuse(400)
          .of('first')
          .completion()
          .roster(),
    },
    fails: {
      'an operation is announced': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).failing(),
        {
          fact: 'refusal.no-operation',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ about: 'operation', changeType: 'deleted', state: 'failed' }] },
        },
      ],
      'it is completed': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).completion(),
        {
          fact: 'refusal.no-operation',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ about: 'operation', changeType: 'deleted', state: 'completed' }] },
        },
      ],
      'the invitee joins': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).roster(),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'user-of-2', 'invitee']]),
      ],
      'the invitee joins, whom another refused invitation names too': [
        (run) =>
          run
            .control()
            .invite({ expect: 'refused', tries: [], call: 'c', invitees: [user('u')] })
            .refuse(409)
            .invite({ expect: 'refused', call: 'c', invitees: [user('u')] })
            .refuse(409)
            .roster(),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'u', 'invitee']]),
      ],
      'one of two joins': [
        (run) =>
          run
            .control()
            .invite({ expect: 'refused', invitees: [user('u1'), user('u2')] })
            .refuse(400)
            .roster(drop('/resourceData/0')),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'u2', 'invitee']]),
      ],
      'the invitee joins, to another callback': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).roster(undefined, { to: null }),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'user-of-2', 'invitee']]),
      ],
      'the operation of a refused duplicate': [
        (run) =>
          run
            .control({ call: 'c', invitees: [user('u')] })
            .invite({ call: 'c', invitees: [user('u')], alreadyInCall: true, expect: 'refusedOrFails' })
            .refuse(409)
            .failing(),
        {
          fact: 'refusal.no-operation',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ about: 'operation', changeType: 'deleted', state: 'failed' }] },
        },
      ],
    },
    untested: {
      accepted,
      'another invitation names one of several': [
        (run) =>
          run
            .control()
            .invite({ tries: [], call: 'c', invitees: [user('u'), user('v')] })
            .joins()
            .invite({ call: 'c', invitees: [user('u'), user('w')], expect: 'refused' })
            .refuse(409),
        { lacks: 'invitedAlone', restsOn: ['invitation.refused'] },
      ],
      'the invitee joined by another invitation that had to be refused': [
        (run) =>
          run
            .control()
            .invite({ name: 'other', tries: [], call: 'c', invitees: [user('u')], expect: 'refused' })
            .answer()
            .invite({ call: 'c', invitees: [user('u')], expect: 'refused' })
            .refuse(409)
            .of('other')
            .completion()
            .roster(),
        { lacks: 'invitedAlone', restsOn: ['invitation.refused'] },
      ],
    },
  },
});
