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
      'nothing comes': [(run) => run.invite(WISH).answer(), 'no notification ended the operation'],
      'it names somebody else': [
        (run) => run.invite(WISH).answer().failing(put('/resourceData/participants/0/identity/user/id', 'x')),
        'resourceData.participants is [',
      ],
      'it is completed': [(run) => run.invite(WISH).answer().completion(), 'resourceData.status is "completed"'],
      'no resultInfo': [
        (run) => run.invite(WISH).answer().failing(drop('/resourceData/resultInfo')),
        '$.value[0].resourceData.resultInfo is ',
      ],
      'code a string': [
        (run) => run.invite(WISH).answer().failing(put('/resourceData/resultInfo/code', '400')),
        'resultInfo.code is string "400"',
      ],
      'no subcode': [
        (run) => run.invite(WISH).answer().failing(drop('/resourceData/resultInfo/subcode')),
        'resultInfo.subcode',
      ],
      updated: [(run) => run.invite(WISH).answer().failing(put('/changeType', 'updated')), '.changeType is "updated"'],
      twice: [(run) => run.invite(WISH).answer().failing().failing(), '2 notifications end the operation'],
      'to another callback': [
        (run) => run.control({ call: 'other' }).invite(WISH).answer().failing(undefined, { to: 'other' }),
        'it came to the callback of another call',
      ],
    },
    untested: {
      refused: [(run) => run.invite(WISH).refuse(), 'no accepted invitation'],
      'no end is ever announced': [
        (run) =>
          run
            .invite({ tries: ['completion.announced'] })
            .answer()
            .invite(WISH)
            .answer(),
        "can't be told apart from completion.announced",
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
        "can't be told apart from completion.change-type",
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
        "can't be told apart from completion.once",
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
        '$.value[0] shows user user-of-1',
      ],
      'the invitee is listed to another callback': [
        (run) => run.invite(WISH).answer().failing().roster(undefined, { to: null }),
        'shows user user-of-1',
      ],
      'the invitee is listed before': [(run) => run.invite(WISH).answer().roster().failing(), 'shows user user-of-1'],
      'in the lobby': [
        (run) =>
          run
            .invite(WISH)
            .answer()
            .failing()
            .roster(all(put('/resourceData/0/isInLobby', true), put('/resourceData/0/isMuted', true))),
        'shows user user-of-1',
      ],
    },
    untested: {
      'it did not fail': [(run) => run.invite(WISH).joins(), 'announced as completed'],
      refused: [(run) => run.invite(WISH).refuse(), 'no accepted invitation'],
    },
  },
});
