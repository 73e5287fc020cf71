import { drop, instead, put } from '../support/edits';
import { user } from '../support/bodies';
import { testArea, type Telling } from '../support/cases';

const refused: Telling = (run) => run.control().invite({ expect: 'refused' }).refuse(400);
const accepted: readonly [Telling, string] = [
  (run) => run.control().invite({ expect: 'refused' }).joins(),
  'nothing in this run showed it',
];

testArea('refusal', {
  'refusal.client-error': {
    passes: {
      '400': refused,
      '451': (run) => run.control().invite({ expect: 'refused' }).refuse(451),
    },
    fails: {
      '500': [(run) => run.control().invite({ expect: 'refused' }).refuse(500), 'the answer was 500'],
      '501': [(run) => run.control().invite({ expect: 'refused' }).refuse(501), 'the answer was 501'],
      'one of several': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).invite({ expect: 'refused' }).refuse(503),
        'the answer was 503',
      ],
    },
    untested: {
      accepted,
      'it throttles': [(run) => run.control().invite({ expect: 'refused' }).refuse(429), 'nothing in this run'],
      'everything is answered 500': [
        (run) =>
          run
            .invite({ tries: ['request.route'] })
            .refuse(500)
            .invite({ expect: 'refused' })
            .refuse(500),
        "can't be told apart from request.route",
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
        'the answer was 401, and its body is not JSON (empty: there is no body)',
      ],
      HTML: [
        (run) => run.control().invite({ expect: 'refused' }).refuse(415, undefined, { raw: '<h1>No</h1>' }),
        '"<h1>No</h1>"',
      ],
      'no code': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, drop('/error/code')),
        '$.error.code',
      ],
      'an empty message': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, put('/error/message', '')),
        '$.error.message is string ""',
      ],
      'a code that is a number': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, put('/error/code', 400)),
        '$.error.code is number 400',
      ],
      'error a string': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400, put('/error', 'bad')),
        '$.error is string "bad"',
      ],
      'no error': [
        (run) =>
          run
            .control()
            .invite({ expect: 'refused' })
            .refuse(400, instead({ message: 'bad' })),
        '$.error is absent',
      ],
    },
    untested: {
      accepted,
      '500': [(run) => run.control().invite({ expect: 'refused' }).refuse(500), 'nothing in this run showed it'],
    },
  },
  'refusal.no-effect': {
    passes: {
      'nothing follows': refused,
      'updates of the call follow': (run) =>
        run.control().invite({ expect: 'refused' }).refuse(400).callUpdate('established'),
      'a roster of those who were in the call': (run) => {
        run.control().invite({ expect: 'refused' }).refuse(400);
        return run.roster(instead(run.rosterItem([user('host')])));
      },
      'the one who was in the call already is listed': (run) =>
        run
          .control({ call: 'c', invitees: [user('u')] })
          .invite({ call: 'c', invitees: [user('u')], alreadyInCall: true, expect: 'refusedOrFails' })
          .refuse(409)
          .roster(),
      'what belongs to another invitation to the same call': (run) =>
        run
          .invite({ name: 'first', tries: [], call: 'c' })
          .answer()
          .invite({ call: 'c', expect: 'refused' })
          .refuse(400)
          .of('first')
          .completion()
          .roster(),
      'somebody joined by another invitation that was to be refused too': (run) =>
        run
          .control()
          .invite({ name: 'other', tries: [], call: 'c', invitees: [user('u')], expect: 'refused' })
          .answer()
          .invite({ call: 'c', invitees: [user('u')], expect: 'refused' })
          .refuse(409)
          .of('other')
          .completion()
          .roster(),
    },
    fails: {
      'an operation is announced': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).failing(),
        'and yet a notification about its operation followed: delivery',
      ],
      'it is completed': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).completion(),
        'status "completed"',
      ],
      'the invitee joins': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).roster(),
        'and yet a roster update shows user user-of-2',
      ],
      'the invitee joins, to another callback': [
        (run) => run.control().invite({ expect: 'refused' }).refuse(400).roster(undefined, { to: null }),
        'and yet a roster update shows user user-of-2',
      ],
      'the operation of a refused duplicate': [
        (run) =>
          run
            .control({ call: 'c', invitees: [user('u')] })
            .invite({ call: 'c', invitees: [user('u')], alreadyInCall: true, expect: 'refusedOrFails' })
            .refuse(409)
            .failing(),
        'and yet a notification about its operation followed',
      ],
    },
    untested: { accepted },
  },
});
