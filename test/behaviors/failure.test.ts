import { shows, showsPeople, testArea, type Telling } from '../support/cases';
import { all, drop, put } from '../support/edits';
import type { InvitationOptions } from '../support/story-options';

const INVITATION: InvitationOptions = { expect: 'fails' };
const fails: Telling = (run) => run.invite(INVITATION).answer().failing();

testArea('failure', {
  'failure.announced': {
    passes: {
      'as shown': fails,
      Failed: (run) => run.invite(INVITATION).answer().failing(put('/resourceData/status', 'Failed')),
      'after a running notification': (run) => run.invite(INVITATION).answer().running().failing(),
      'without participants in it': (run) =>
        run.invite(INVITATION).answer().failing(put('/resourceData/participants', [])),
      'without participants': (run) => run.invite(INVITATION).answer().failing(drop('/resourceData/participants')),
      'without a message': (run) => run.invite(INVITATION).answer().failing(drop('/resourceData/resultInfo/message')),
    },
    fails: {
      'no notification': [
        (run) => run.invite(INVITATION).answer(),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'with another participant': [
        (run) => run.invite(INVITATION).answer().failing(put('/resourceData/participants/0/identity/user/id', 'x')),
        showsPeople('completion.names-no-others', '$.value[0].resourceData.participants', [['user', 'x', 'unknown']]),
      ],
      'it is completed': [
        (run) => run.invite(INVITATION).answer().completion(),
        shows('failure.status', '$.value[0].resourceData.status', 'completed'),
      ],
      'no resultInfo': [
        (run) => run.invite(INVITATION).answer().failing(drop('/resourceData/resultInfo')),
        shows('failure.result-info', '$.value[0].resourceData.resultInfo', undefined),
      ],
      'code a string': [
        (run) => run.invite(INVITATION).answer().failing(put('/resourceData/resultInfo/code', '400')),
        shows('failure.result-info', '$.value[0].resourceData.resultInfo.code', '400'),
      ],
      'no subcode': [
        (run) => run.invite(INVITATION).answer().failing(drop('/resourceData/resultInfo/subcode')),
        shows('failure.result-info', '$.value[0].resourceData.resultInfo.subcode', undefined),
      ],
      updated: [
        (run) => run.invite(INVITATION).answer().failing(put('/changeType', 'updated')),
        shows('completion.change-type', '$.value[0].changeType', 'updated'),
      ],
      'the resourceUrl of another call': [
        (run) =>
          run
            .invite(INVITATION)
            .answer()
            .failing(put('/resourceUrl', '/communications/calls/x/operations/operation-1')),
        shows('completion.names-operation', '$.value[0].resourceUrl', '/communications/calls/x/operations/operation-1'),
      ],
      'no resourceUrl': [
        (run) => run.invite(INVITATION).answer().failing(drop('/resourceUrl')),
        shows('completion.names-operation', '$.value[0].resourceUrl', undefined),
      ],
      twice: [
        (run) => run.invite(INVITATION).answer().failing().failing(),
        { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } },
      ],
      'to another callback': [
        (run) => run.control({ call: 'other' }).invite(INVITATION).answer().failing(undefined, { to: 'other' }),
        {
          fact: 'completion.arrives',
          path: '$.value[0]',
          observed: {
            is: 'arrivals',
            arrivals: [{ about: 'operation', changeType: 'deleted', state: 'failed', call: 'other' }],
          },
        },
      ],
    },
    untested: {
      refused: [(run) => run.invite(INVITATION).refuse(), { lacks: 'accepted', restsOn: ['invitation.accepted'] }],
      'no operation in the run has an end': [
        (run) =>
          run
            .invite({ tries: ['completion.announced'] })
            .answer()
            .invite(INVITATION)
            .answer(),
        { lacks: 'general', restsOn: ['completion.announced'] },
      ],
      'no end in the run has the right changeType': [
        (run) =>
          run
            .invite({ tries: ['completion.change-type'] })
            .answer()
            .completion(put('/changeType', 'updated'))
            .invite(INVITATION)
            .answer()
            .failing(put('/changeType', 'updated')),
        { lacks: 'general', restsOn: ['completion.change-type'] },
      ],
      'every end in the run is sent twice': [
        (run) =>
          run
            .invite({ tries: ['completion.once'] })
            .joins()
            .completion()
            .invite(INVITATION)
            .answer()
            .failing()
            .failing(),
        { lacks: 'general', restsOn: ['completion.once'] },
      ],
    },
  },
  'failure.no-roster': {
    passes: {
      'no roster': fails,
      'a roster of others': (run) =>
        run.invite(INVITATION).answer().failing().roster(put('/resourceData/0/info/identity/user/id', 'host')),
    },
    fails: {
      'the invitee is listed': [
        (run) => run.invite(INVITATION).answer().failing().roster(),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'user-of-1', 'invitee']]),
      ],
      'the invitee is listed to another callback': [
        (run) => run.invite(INVITATION).answer().failing().roster(undefined, { to: null }),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'user-of-1', 'invitee']]),
      ],
      'the invitee is listed before': [
        (run) => run.invite(INVITATION).answer().roster().failing(),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'user-of-1', 'invitee']]),
      ],
      'in the lobby': [
        (run) =>
          run
            .invite(INVITATION)
            .answer()
            .failing()
            .roster(all(put('/resourceData/0/isInLobby', true), put('/resourceData/0/isMuted', true))),
        showsPeople('invitation.nobody-joins', '$.value[0].resourceData[0]', [['user', 'user-of-1', 'invitee']]),
      ],
    },
    untested: {
      'it did not fail': [
        (run) => run.invite(INVITATION).joins(),
        { lacks: 'notCompleted', restsOn: ['failure.status', 'invitation.refused'] },
      ],
      refused: [(run) => run.invite(INVITATION).refuse(), { lacks: 'accepted', restsOn: ['invitation.accepted'] }],
    },
  },
});
