import { testArea, type Telling } from '../support/cases';
import { all, drop, put } from '../support/edits';
import type { Wish } from '../support/wishes';

const WISH: Wish = { expect: 'fails' };
const fails: Telling = (run) => run.invite(WISH).answer().failing();

testArea('failure', {
  'failure.announced': {
    passes: {
      'as shown': fails,
      Failed: (run) => run.invite(WISH).answer().failing(put('/resourceData/status', 'Failed')),
      'after a running notification': (run) => run.invite(WISH).answer().running().failing(),
      'it names nobody': (run) => run.invite(WISH).answer().failing(put('/resourceData/participants', [])),
      'without participants': (run) => run.invite(WISH).answer().failing(drop('/resourceData/participants')),
      'without a message': (run) => run.invite(WISH).answer().failing(drop('/resourceData/resultInfo/message')),
    },
    fails: {
      'nothing comes': [
        (run) => run.invite(WISH).answer(),
        { fact: 'completion.arrives', part: 'time', observed: { is: 'arrivals', arrivals: [] } },
      ],
      'it names somebody else': [
        (run) => run.invite(WISH).answer().failing(put('/resourceData/participants/0/identity/user/id', 'x')),
        {
          fact: 'completion.names-no-others',
          path: '$.value[0].resourceData.participants',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'x', role: { of: 'unknown' } }] },
        },
      ],
      'it is completed': [
        (run) => run.invite(WISH).answer().completion(),
        {
          fact: 'failure.status',
          path: '$.value[0].resourceData.status',
          observed: { is: 'json', value: 'completed' },
        },
      ],
      'no resultInfo': [
        (run) => run.invite(WISH).answer().failing(drop('/resourceData/resultInfo')),
        { fact: 'failure.result-info', path: '$.value[0].resourceData.resultInfo', observed: { is: 'absent' } },
      ],
      'code a string': [
        (run) => run.invite(WISH).answer().failing(put('/resourceData/resultInfo/code', '400')),
        {
          fact: 'failure.result-info',
          path: '$.value[0].resourceData.resultInfo.code',
          observed: { is: 'json', value: '400' },
        },
      ],
      'no subcode': [
        (run) => run.invite(WISH).answer().failing(drop('/resourceData/resultInfo/subcode')),
        { fact: 'failure.result-info', path: '$.value[0].resourceData.resultInfo.subcode', observed: { is: 'absent' } },
      ],
      updated: [
        (run) => run.invite(WISH).answer().failing(put('/changeType', 'updated')),
        { fact: 'completion.change-type', path: '$.value[0].changeType', observed: { is: 'json', value: 'updated' } },
      ],
      twice: [
        (run) => run.invite(WISH).answer().failing().failing(),
        { fact: 'completion.once', path: '$.value[0]', observed: { is: 'count', count: 2 } },
      ],
      'to another callback': [
        (run) => run.control({ call: 'other' }).invite(WISH).answer().failing(undefined, { to: 'other' }),
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
      refused: [(run) => run.invite(WISH).refuse(), { lacks: 'accepted', restsOn: ['invitation.accepted'] }],
      'no end is ever announced': [
        (run) =>
          run
            .invite({ tries: ['completion.announced'] })
            .answer()
            .invite(WISH)
            .answer(),
        { lacks: 'general', restsOn: ['completion.announced'] },
      ],
      'no end ever has its changeType': [
        (run) =>
          run
            .invite({ tries: ['completion.change-type'] })
            .answer()
            .completion(put('/changeType', 'updated'))
            .invite(WISH)
            .answer()
            .failing(put('/changeType', 'updated')),
        { lacks: 'general', restsOn: ['completion.change-type'] },
      ],
      'every end comes twice': [
        (run) =>
          run
            .invite({ tries: ['completion.once'] })
            .joins()
            .completion()
            .invite(WISH)
            .answer()
            .failing()
            .failing(),
        { lacks: 'general', restsOn: ['completion.once'] },
      ],
    },
  },
  'failure.no-roster': {
    passes: {
      'none comes': fails,
      'a roster of others': (run) =>
        run.invite(WISH).answer().failing().roster(put('/resourceData/0/info/identity/user/id', 'host')),
    },
    fails: {
      'the invitee is listed': [
        (run) => run.invite(WISH).answer().failing().roster(),
        {
          fact: 'invitation.nobody-joins',
          path: '$.value[0].resourceData[0]',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-of-1', role: { of: 'invitee' } }] },
        },
      ],
      'the invitee is listed to another callback': [
        (run) => run.invite(WISH).answer().failing().roster(undefined, { to: null }),
        {
          fact: 'invitation.nobody-joins',
          path: '$.value[0].resourceData[0]',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-of-1', role: { of: 'invitee' } }] },
        },
      ],
      'the invitee is listed before': [
        (run) => run.invite(WISH).answer().roster().failing(),
        {
          fact: 'invitation.nobody-joins',
          path: '$.value[0].resourceData[0]',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-of-1', role: { of: 'invitee' } }] },
        },
      ],
      'in the lobby': [
        (run) =>
          run
            .invite(WISH)
            .answer()
            .failing()
            .roster(all(put('/resourceData/0/isInLobby', true), put('/resourceData/0/isMuted', true))),
        {
          fact: 'invitation.nobody-joins',
          path: '$.value[0].resourceData[0]',
          observed: { is: 'identities', identities: [{ kind: 'user', id: 'user-of-1', role: { of: 'invitee' } }] },
        },
      ],
    },
    untested: {
      'it did not fail': [
        (run) => run.invite(WISH).joins(),
        { lacks: 'notCompleted', restsOn: ['failure.status', 'invitation.refused'] },
      ],
      refused: [(run) => run.invite(WISH).refuse(), { lacks: 'accepted', restsOn: ['invitation.accepted'] }],
    },
  },
});
