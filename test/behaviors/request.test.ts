import { acceptance, refusal, refusalOrFailure } from '../support/answers';
import { user } from '../support/bodies';
import { testArea, type Cases, type Telling } from '../support/cases';
import { drop, put } from '../support/edits';
import type { Wish } from '../support/wishes';

const CONTEXT = 'c'.repeat(256);
const lost: Telling = (run) =>
  run.invite({ tries: ['request.route', 'response.client-context'] }).answer(drop('/clientContext'));
const lostLater: Telling = (run) =>
  run
    .invite({ tries: ['request.route', 'completion.client-context'] })
    .answer()
    .completion(drop('/resourceData/clientContext'));
const others: Telling = (run) =>
  run.invite({ tries: ['request.route', 'response.participants'] }).answer(put('/participants', []));
const taken = acceptance();
const atLimit = acceptance({ clientContext: CONTEXT });
const content = refusal();
const unknown = refusal();

testArea('request', {
  'request.route': {
    passes: {
      accepted: (run) => run.invite().joins(),
      '202': (run) => run.invite().answer(undefined, { status: 202 }),
    },
    fails: {
      '404': [(run) => run.invite().refuse(404), 'the answer was 404'],
      '401': [(run) => run.invite().refuse(401), 'the answer was 401'],
      'no answer': [(run) => run.invite().noAnswer('timeout'), 'there was no answer: timeout'],
    },
  },
  'request.content-type': {
    passes: {
      ...content.passes,
      'a charset is allowed': (run) => run.control().invite().joins(),
    },
    fails: {
      ...content.fails,
      'a charset is refused': [(run) => run.control().invite().refuse(415), 'the answer was 415'],
    },
    untested: content.untested ?? {},
  },
  'request.malformed-json': refusal(),
  'request.participants-required': refusal(),
  'request.participant-identity': refusal(),
  'request.client-context-optional': acceptance({ clientContext: null }),
  'request.client-context-at-limit': {
    passes: atLimit.passes,
    fails: {
      ...atLimit.fails,
      'cut in the response': [
        (run) =>
          run
            .control()
            .invite({ clientContext: CONTEXT })
            .answer(put('/clientContext', 'c'.repeat(255))),
        'clientContext in the response has 255 characters',
      ],
      'cut in the completion': [
        (run) =>
          run
            .control()
            .invite({ clientContext: CONTEXT })
            .answer()
            .completion(put('/resourceData/clientContext', 'c'.repeat(128))),
        'clientContext in the completion has 128 characters',
      ],
    },
    untested: {
      ...atLimit.untested,
      'no completion ever has its clientContext': [
        (run) =>
          lostLater(run).invite({ clientContext: CONTEXT }).answer().completion(drop('/resourceData/clientContext')),
        "can't be told apart from completion.client-context",
      ],
      'no clientContext ever comes back': [
        (run) => lost(run).invite({ clientContext: CONTEXT }).answer(drop('/clientContext')),
        "can't be told apart from response.client-context",
      ],
    },
  },
  'request.client-context-over-limit': refusal({ clientContext: `${CONTEXT}c` }),
  'request.parameter-names-any-case': {
    passes: taken.passes,
    fails: {
      ...taken.fails,
      'the participants are not read': [
        (run) => run.control().invite().answer(put('/participants', [])),
        'accepted, but in the response participants is []',
      ],
      'the context is not read': [
        (run) => run.control().invite().answer(put('/clientContext', null)),
        'accepted, but $.clientContext of the response is ',
      ],
      'the context is lost by the completion': [
        (run) => run.control().invite().answer().completion(drop('/resourceData/clientContext')),
        'accepted, but clientContext in the completion is ',
      ],
      'the participants are lost by the completion': [
        (run) => run.control().invite().answer().completion(put('/resourceData/participants', [])),
        'accepted, but in the completion participants is []',
      ],
    },
    untested: {
      ...taken.untested,
      'no completion ever has its clientContext': [
        (run) => lostLater(run).invite().answer().completion(drop('/resourceData/clientContext')),
        "can't be told apart from completion.client-context",
      ],
      'no clientContext ever comes back': [
        (run) => lost(run).invite().answer(drop('/clientContext')),
        "can't be told apart from response.client-context",
      ],
      'no response ever names anybody': [
        (run) => others(run).invite().answer(put('/participants', [])),
        "can't be told apart from response.participants",
      ],
    },
  },
  'request.group-calls-only': refusalOrFailure({ shape: 'peerToPeer' }),
  'request.unknown-call': {
    passes: {
      '404': (run) => run.control().invite({ expect: 'refused', shape: 'unknown' }).refuse(404),
      'another 4xx for what has not the form of an id': (run) =>
        run.control().invite({ expect: 'refused', shape: 'unknown', callId: 'call-' }).refuse(400),
    },
    fails: {
      ...unknown.fails,
      '400': [(run) => run.control().invite({ expect: 'refused', shape: 'unknown' }).refuse(400), 'was 400'],
      'part of an id is taken for it': [
        (run) => run.control().invite({ expect: 'refused', shape: 'unknown', callId: 'call' }).answer(),
        'the answer was 200',
      ],
      '403': [(run) => run.control().invite({ expect: 'refused', shape: 'unknown' }).refuse(403), 'was 403'],
    },
    untested: unknown.untested ?? {},
  },
  'request.duplicate-invitee': (() => {
    const again: Wish = { call: 'c', invitees: [user('u')], alreadyInCall: true };
    const { passes, fails } = refusalOrFailure(again);
    const joined: Telling = (run) => run.control({ call: 'c', invitees: [user('u')] });
    return {
      passes: {
        ...Object.fromEntries(
          Object.entries(passes).map(([when, tell]): [string, Telling] => [when, (run) => tell(joined(run))]),
        ),
        'the same body again, and the answer names the same operation': (run) =>
          joined(run)
            .invite({ ...again, expect: 'refusedOrFails', operationId: 'operation-1' })
            .answer(),
        'the roster goes on to show the first': (run) =>
          joined(run)
            .invite({ ...again, expect: 'refusedOrFails' })
            .answer()
            .failing()
            .roster(),
      },
      fails: Object.fromEntries(
        Object.entries(fails).map(([when, [tell, seen]]): [string, readonly [Telling, string]] => [
          when,
          [(run) => tell(joined(run)), seen],
        ]),
      ),
      untested: {
        'nobody joined before': [(run) => run.control().invite(again).joins(), 'no earlier invitation brought'],
        'somebody else joined before': [
          (run) => run.control({ call: 'c' }).invite(again).joins(),
          'no earlier invitation brought',
        ],
        'the first one failed': [
          (run) =>
            run
              .invite({ call: 'c', invitees: [user('u')], tries: [] })
              .answer()
              .failing()
              .invite(again)
              .joins(),
          'no earlier invitation brought',
        ],
      },
    } satisfies Cases;
  })(),
});
