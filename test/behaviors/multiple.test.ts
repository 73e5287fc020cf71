import { acceptance, generalDefects, only, refusalOrFailure } from '../support/answers';
import { rosterEntry, users } from '../support/bodies';
import { showsPeople, testArea, type Cases } from '../support/cases';
import { drop, put } from '../support/edits';

const FIVE = { invitees: users(5) };
const five = acceptance(FIVE);

/** If the service accepts no two participants, refusing more proves nothing. */
function limit(count: number): Cases {
  const options = { invitees: users(count), control: 'multiple.accepted' };
  const { passes, fails, untested } = refusalOrFailure(options);
  return {
    passes: {
      ...passes,
      'two are accepted': (run) =>
        run
          .control({ tries: ['multiple.accepted'] })
          .invite({ ...options, expect: 'refusedOrFails' })
          .refuse(),
    },
    fails,
    untested: {
      'everything is refused': [
        (run) => run.invite({ ...options, expect: 'refusedOrFails' }).refuse(),
        { lacks: 'controlled', restsOn: ['multiple.accepted'] },
      ],
      'two are refused too': [
        (run) =>
          run
            .control()
            .invite({ tries: ['multiple.accepted'] })
            .refuse()
            .invite({ ...options, expect: 'refusedOrFails' })
            .refuse(),
        { lacks: 'controlled', restsOn: ['multiple.accepted'] },
      ],
      ...only(untested, 'no operation in the run has an end'),
    },
  };
}

testArea('multiple', {
  'multiple.accepted': acceptance({ invitees: users(2) }),
  'multiple.five-accepted': {
    passes: {
      'all of them in every message': (run) => run.control().invite(FIVE).joins(),
      'a roster for each': (run) => {
        run.control().invite(FIVE).answer().completion();
        for (const invitee of users(5)) run.roster(put('/resourceData', [rosterEntry(invitee)]));
        return run;
      },
    },
    fails: {
      ...five.fails,
      'four in the response': [
        (run) => run.control().invite(FIVE).answer(drop('/participants/4')).completion().roster(),
        showsPeople('response.participants', '$.participants', [
          ['user', 'user-1', 'invitee'],
          ['user', 'user-2', 'invitee'],
          ['user', 'user-3', 'invitee'],
          ['user', 'user-4', 'invitee'],
        ]),
      ],
      'four in the completion': [
        (run) => run.control().invite(FIVE).answer().completion(drop('/resourceData/participants/0')).roster(),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', [
          ['user', 'user-2', 'invitee'],
          ['user', 'user-3', 'invitee'],
          ['user', 'user-4', 'invitee'],
          ['user', 'user-5', 'invitee'],
        ]),
      ],
      'four in the roster': [
        (run) => run.control().invite(FIVE).answer().completion().roster(drop('/resourceData/2')),
        showsPeople('roster.invitees', '$.value[0].resourceData', [
          ['user', 'user-1', 'invitee'],
          ['user', 'user-2', 'invitee'],
          ['user', 'user-4', 'invitee'],
          ['user', 'user-5', 'invitee'],
        ]),
      ],
    },
    untested: {
      ...five.untested,
      'no completion': [
        (run) => run.invite(FIVE).answer().roster(),
        { lacks: 'ended', restsOn: ['completion.arrives'] },
      ],
      'no roster': [
        (run) => run.invite(FIVE).answer().completion(),
        { lacks: 'roster', restsOn: ['roster.announced'] },
      ],
      ...generalDefects(FIVE),
    },
  },
  'multiple.six-refused': limit(6),
  'multiple.chat-info-required': limit(2),
});
