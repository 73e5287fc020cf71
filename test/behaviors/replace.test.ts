import { acceptance, generalDefects, only } from '../support/answers';
import { rosterItem, user } from '../support/bodies';
import { shows, showsPeople, testArea, verdictOn, type Telling } from '../support/cases';
import { aRun } from '../support/histories';
import { REFUSAL_OR_FAILURE_BEHAVIORS } from '../../suites/behavior-lists';
import { instead, put } from '../support/edits';
import type { InvitationOptions } from '../support/story-options';

const FIRST = user('first');
const SECOND = user('second');
const INVITATION: InvitationOptions = { invitees: [FIRST], ignored: [SECOND], replacing: true };
const BOTH = [{ identity: { user: { id: 'first' } } }, { identity: { user: { id: 'second' } } }];

const ends: Telling = (run) => run.invite(INVITATION).joins().peer('terminated').peer('terminated', 'deleted');

testArea('replace', {
  'replace.accepted': acceptance({ replacing: true }),
  'replace.first-only-accepted': acceptance(INVITATION),
  'replace.first-only-response': {
    passes: {
      'only the first': (run) => run.invite(INVITATION).answer(),
      'only the first of six, who may all be refused': (run) =>
        run.invite({ ...INVITATION, expect: 'either' }).answer(),
    },
    fails: {
      'all of six, who may all be refused': [
        (run) => run.invite({ ...INVITATION, expect: 'either' }).answer(put('/participants', BOTH)),
        showsPeople('response.participants', '$.participants', [
          ['user', 'first', 'invitee'],
          ['user', 'second', 'ignored'],
        ]),
      ],
      both: [
        (run) => run.invite(INVITATION).answer(put('/participants', BOTH)),
        showsPeople('response.participants', '$.participants', [
          ['user', 'first', 'invitee'],
          ['user', 'second', 'ignored'],
        ]),
      ],
      'only the last': [
        (run) => run.invite(INVITATION).answer(put('/participants', BOTH.slice(1))),
        showsPeople('response.participants', '$.participants', [['user', 'second', 'ignored']]),
      ],
    },
    untested: {
      'not JSON': [
        (run) => run.invite(INVITATION).answer(undefined, { raw: '' }),
        { lacks: 'body', restsOn: ['response.json', 'response.operation'] },
      ],
      ...only(generalDefects(INVITATION), 'no response in the run has participants'),
      refused: [
        (run) => run.invite(INVITATION).refuse(),
        { lacks: 'body', restsOn: ['response.json', 'response.operation'] },
      ],
    },
  },
  'replace.first-only-completion': {
    passes: { 'only the first': (run) => run.invite(INVITATION).answer().completion() },
    fails: {
      both: [
        (run) => run.invite(INVITATION).answer().completion(put('/resourceData/participants', BOTH)),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', [
          ['user', 'first', 'invitee'],
          ['user', 'second', 'ignored'],
        ]),
      ],
    },
    untested: {
      'no completion': [(run) => run.invite(INVITATION).answer(), { lacks: 'ended', restsOn: ['completion.arrives'] }],
      ...only(generalDefects(INVITATION), 'no completion in the run has participants'),
    },
  },
  'replace.first-only-roster': {
    passes: {
      'only the first': (run) => run.invite(INVITATION).joins(),
      'with others who were in the call': (run) => {
        run.invite(INVITATION).answer().completion();
        return run.roster(instead(run.rosterItem([user('host'), FIRST])));
      },
    },
    fails: {
      both: [
        (run) => {
          run.invite(INVITATION).answer().completion();
          return run.roster(instead(run.rosterItem([FIRST, SECOND])));
        },
        showsPeople('invitation.ignored-stay-out', '$.value[0].resourceData[1]', [
          ['user', 'first', 'invitee'],
          ['user', 'second', 'ignored'],
        ]),
      ],
      'the second, to another callback': [
        (run) => {
          run.invite(INVITATION).joins();
          return run.roster(instead(run.rosterItem([SECOND])), { to: null });
        },
        showsPeople('invitation.ignored-stay-out', '$.value[0].resourceData[0]', [['user', 'second', 'ignored']]),
      ],
      'the second later': [
        (run) => {
          run.invite(INVITATION).joins();
          return run.roster(instead(run.rosterItem([SECOND])));
        },
        showsPeople('invitation.ignored-stay-out', '$.value[0].resourceData[0]', [['user', 'second', 'ignored']]),
      ],
    },
    untested: {
      'no roster': [
        (run) => run.invite(INVITATION).answer().completion(),
        { lacks: 'showing', restsOn: ['roster.announced', 'roster.collection', 'roster.invitees'] },
      ],
      'an empty roster': [
        (run) =>
          run
            .invite(INVITATION)
            .answer()
            .completion()
            .roster(instead(rosterItem('call-1', []))),
        { lacks: 'showing', restsOn: ['roster.announced', 'roster.collection', 'roster.invitees'] },
      ],
    },
  },
  'replace.peer-call-terminated': {
    passes: {
      terminated: ends,
      terminating: (run) => run.invite(INVITATION).joins().peer('terminating'),
      Terminated: (run) => run.invite(INVITATION).joins().peer('Terminated'),
      'with its deletion': (run) => run.invite(INVITATION).joins().peer('terminated', 'deleted'),
      'with the /app prefix': (run) =>
        run.invite(INVITATION).joins().peer('terminated', 'updated', put('/resourceUrl', '/app/calls/call-2')),
    },
    fails: {
      'no notification': [
        (run) => run.invite(INVITATION).joins(),
        { fact: 'replace.peer-call-terminated', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'another state': [
        (run) => run.invite(INVITATION).joins().peer('established'),
        {
          fact: 'replace.peer-call-terminated',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ about: 'call', changeType: 'updated', state: 'established' }] },
        },
      ],
      'of the group call': [
        (run) => run.invite(INVITATION).joins().callUpdate('terminated'),
        shows('replace.peer-call-terminated', '$.value[0].resourceUrl', '/communications/calls/call-1'),
      ],
    },
    untested: {
      'no completion': [
        (run) => run.invite(INVITATION).answer().roster(),
        { lacks: 'completed', restsOn: ['completion.arrives', 'completion.status', 'invitation.carried-out'] },
      ],
      'it failed': [
        (run) => run.invite(INVITATION).answer().failing(),
        { lacks: 'completed', restsOn: ['completion.arrives', 'completion.status', 'invitation.carried-out'] },
      ],
    },
  },
  'replace.peer-call-deleted': {
    passes: {
      deleted: ends,
      'without a state': (run) => run.invite(INVITATION).joins().peer('', 'deleted'),
      'while the completion names the group call itself': (run) =>
        run
          .invite(INVITATION)
          .answer()
          .completion(put('/resourceUrl', '/communications/calls/call-1'))
          .peer('terminated', 'deleted'),
    },
    fails: {
      'an operation of the call is': [
        (run) =>
          run
            .invite(INVITATION)
            .joins()
            .peer('established', 'deleted', put('/resourceUrl', '/communications/calls/call-2/operations/x'), {
              to: null,
            }),
        {
          fact: 'replace.peer-call-deleted',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ changeType: 'deleted', state: 'established' }] },
        },
      ],
      'to its callback, another call is': [
        (run) =>
          run.invite(INVITATION).joins().peer('established', 'deleted', put('/resourceUrl', '/communications/calls/x')),
        {
          fact: 'replace.peer-call-deleted',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ changeType: 'deleted', state: 'established' }] },
        },
      ],
      'no notification': [
        (run) => run.invite(INVITATION).joins(),
        { fact: 'replace.peer-call-deleted', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'it is terminated only': [
        (run) => run.invite(INVITATION).joins().peer('terminated'),
        {
          fact: 'replace.peer-call-deleted',
          path: '$.value[0]',
          observed: { is: 'arrivals', arrivals: [{ about: 'call', changeType: 'updated', state: 'terminated' }] },
        },
      ],
      'the group call is deleted': [
        (run) =>
          run
            .invite(INVITATION)
            .joins()
            .peer('terminated', 'deleted', put('/resourceUrl', '/communications/calls/call-1')),
        shows('replace.peer-call-deleted', '$.value[0].resourceUrl', '/communications/calls/call-1'),
      ],
    },
    untested: {
      'no completion': [
        (run) => run.invite(INVITATION).answer().roster(),
        { lacks: 'completed', restsOn: ['completion.arrives', 'completion.status', 'invitation.carried-out'] },
      ],
    },
  },
});

describe('an invitation that may be accepted or refused', () => {
  const either: InvitationOptions = { ...INVITATION, expect: 'either', tries: REFUSAL_OR_FAILURE_BEHAVIORS };
  const ids = ['refusal.client-error', 'refusal.error-body', 'refusal.no-effect', 'failure.announced'] as const;
  const said = (telling: Telling): string[] => ids.map((id) => verdictOn(telling(aRun()).history(), id));

  test('if refused, it is judged like any refusal', () => {
    expect(said((run) => run.control().invite(either).refuse())).toEqual(['passed', 'passed', 'passed', 'untested']);
  });
  test('if accepted, it is not a failed refusal', () => {
    expect(said((run) => run.control().invite(either).joins())).toEqual(Array(4).fill('untested'));
  });
  test('if answered 500, it is not a refusal', () => {
    expect(said((run) => run.control().invite(either).refuse(500))[0]).toBe('failed');
  });
  test('if refused although somebody joins, it fails', () => {
    expect(said((run) => run.control().invite(either).refuse().roster())[2]).toBe('failed');
  });
});
