import { acceptance, refusal, refusalOrFailure } from '../support/answers';
import { user } from '../support/bodies';
import { shows, showsPeople, testArea, type Cases, type Telling, type Shown } from '../support/cases';
import { drop, put } from '../support/edits';
import type { InvitationOptions } from '../support/story-options';

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
      '404': [
        (run) => run.invite().refuse(404),
        { fact: 'invitation.accepted', part: 'status', observed: { is: 'answer', status: 404 } },
      ],
      '401': [
        (run) => run.invite().refuse(401),
        { fact: 'invitation.accepted', part: 'status', observed: { is: 'answer', status: 401 } },
      ],
      'no answer': [
        (run) => run.invite().noAnswer('timeout'),
        { fact: 'invitation.accepted', part: 'status', observed: { is: 'noAnswer', reason: 'timeout' } },
      ],
    },
  },
  'request.content-type': {
    passes: {
      ...content.passes,
      'a charset is allowed': (run) => run.control().invite().joins(),
    },
    fails: {
      ...content.fails,
      'a charset is refused': [
        (run) => run.control().invite().refuse(415),
        { fact: 'invitation.accepted', part: 'status', observed: { is: 'answer', status: 415 } },
      ],
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
        shows(
          'response.client-context',
          '$.clientContext',
          'ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',
        ),
      ],
      'cut in the completion': [
        (run) =>
          run
            .control()
            .invite({ clientContext: CONTEXT })
            .answer()
            .completion(put('/resourceData/clientContext', 'c'.repeat(128))),
        shows(
          'completion.client-context',
          '$.value[0].resourceData.clientContext',
          'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',
        ),
      ],
    },
    untested: {
      ...atLimit.untested,
      'no completion in the run has its clientContext': [
        (run) =>
          lostLater(run).invite({ clientContext: CONTEXT }).answer().completion(drop('/resourceData/clientContext')),
        { lacks: 'general', restsOn: ['completion.client-context'] },
      ],
      'no clientContext in the run is returned': [
        (run) => lost(run).invite({ clientContext: CONTEXT }).answer(drop('/clientContext')),
        { lacks: 'general', restsOn: ['response.client-context'] },
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
        showsPeople('response.participants', '$.participants', []),
      ],
      'the context is not read': [
        (run) => run.control().invite().answer(put('/clientContext', null)),
        shows('response.client-context', '$.clientContext', null),
      ],
      'the context is missing from the completion': [
        (run) => run.control().invite().answer().completion(drop('/resourceData/clientContext')),
        shows('completion.client-context', '$.value[0].resourceData.clientContext', undefined),
      ],
      'the participants are missing from the completion': [
        (run) => run.control().invite().answer().completion(put('/resourceData/participants', [])),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', []),
      ],
    },
    untested: {
      ...taken.untested,
      'no completion in the run has its clientContext': [
        (run) => lostLater(run).invite().answer().completion(drop('/resourceData/clientContext')),
        { lacks: 'general', restsOn: ['completion.client-context'] },
      ],
      'no clientContext in the run is returned': [
        (run) => lost(run).invite().answer(drop('/clientContext')),
        { lacks: 'general', restsOn: ['response.client-context'] },
      ],
      'no response in the run has participants': [
        (run) => others(run).invite().answer(put('/participants', [])),
        { lacks: 'general', restsOn: ['response.participants'] },
      ],
    },
  },
  'request.group-calls-only': refusalOrFailure({ shape: 'peerToPeer' }),
  'request.unknown-call': {
    passes: {
      '404': (run) => run.control().invite({ expect: 'refused', shape: 'unknown' }).refuse(404),
      'another 4xx for a malformed id': (run) =>
        run.control().invite({ expect: 'refused', shape: 'unknown', callId: 'call-' }).refuse(400),
    },
    fails: {
      ...unknown.fails,
      '400': [
        (run) => run.control().invite({ expect: 'refused', shape: 'unknown' }).refuse(400),
        { fact: 'refusal.status-404', part: 'status', observed: { is: 'answer', status: 400 } },
      ],
      'a part of an id is accepted': [
        (run) => run.control().invite({ expect: 'refused', shape: 'unknown', callId: 'call' }).answer(),
        { fact: 'invitation.refused', part: 'status', observed: { is: 'answer', status: 200 } },
      ],
      '403': [
        (run) => run.control().invite({ expect: 'refused', shape: 'unknown' }).refuse(403),
        { fact: 'refusal.status-404', part: 'status', observed: { is: 'answer', status: 403 } },
      ],
    },
    untested: unknown.untested ?? {},
  },
  'request.duplicate-invitee': (() => {
    const again: InvitationOptions = { call: 'c', invitees: [user('u')], alreadyInCall: true };
    const { passes, fails } = refusalOrFailure(again);
    const joined: Telling = (run) => run.control({ call: 'c', invitees: [user('u')] });
    return {
      passes: {
        ...Object.fromEntries(
          Object.entries(passes).map(([when, tell]): [string, Telling] => [when, (run) => tell(joined(run))]),
        ),
        'the same body again, answered with the same operation': (run) =>
          joined(run)
            .invite({ ...again, expect: 'refusedOrFails', operationId: 'operation-1' })
            .answer(),
        'the roster still lists the first invitee': (run) =>
          joined(run)
            .invite({ ...again, expect: 'refusedOrFails' })
            .answer()
            .failing()
            .roster(),
      },
      fails: Object.fromEntries(
        Object.entries(fails).map(([when, [tell, shown]]): [string, readonly [Telling, Shown]] => [
          when,
          [(run) => tell(joined(run)), shown],
        ]),
      ),
      untested: {
        'nobody joined before': [
          (run) => run.control().invite(again).joins(),
          { lacks: 'inCallAlready', restsOn: ['invitation.accepted', 'invitation.carried-out'] },
        ],
        'somebody else joined before': [
          (run) => run.control({ call: 'c' }).invite(again).joins(),
          { lacks: 'inCallAlready', restsOn: ['invitation.accepted', 'invitation.carried-out'] },
        ],
        'the first one failed': [
          (run) =>
            run
              .invite({ call: 'c', invitees: [user('u')], tries: [] })
              .answer()
              .failing()
              .invite(again)
              .joins(),
          { lacks: 'inCallAlready', restsOn: ['invitation.accepted', 'invitation.carried-out'] },
        ],
      },
    } satisfies Cases;
  })(),
});
