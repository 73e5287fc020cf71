import { acceptance, refusalOrFailure } from '../support/answers';
import { rosterEntry, users } from '../support/bodies';
import { testArea, type Cases } from '../support/cases';
import { drop, put } from '../support/edits';

const FIVE = { invitees: users(5) };
const five = acceptance(FIVE);
const BY_TWO = "can't be told apart from multiple.accepted";

/** Where two are never accepted, that more are refused says nothing. */
function limit(count: number): Cases {
  const wish = { invitees: users(count), control: 'multiple.accepted' };
  const { passes, fails, untested } = refusalOrFailure(wish);
  return {
    passes: {
      ...passes,
      'two are accepted': (run) =>
        run
          .control({ tries: ['multiple.accepted'] })
          .invite({ ...wish, expect: 'refusedOrFails' })
          .refuse(),
    },
    fails,
    untested: {
      'everything is refused': [(run) => run.invite({ ...wish, expect: 'refusedOrFails' }).refuse(), BY_TWO],
      'two are refused too': [
        (run) =>
          run
            .control()
            .invite({ tries: ['multiple.accepted'] })
            .refuse()
            .invite({ ...wish, expect: 'refusedOrFails' })
            .refuse(),
        BY_TWO,
      ],
      'no end is ever announced': untested?.['no end is ever announced'] ?? [(run) => run, ''],
    },
  };
}

testArea('multiple', {
  'multiple.accepted': acceptance({ invitees: users(2) }),
  'multiple.five-accepted': {
    passes: {
      'all of them everywhere': (run) => run.control().invite(FIVE).joins(),
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
        'in the response participants is',
      ],
      'four in the completion': [
        (run) => run.control().invite(FIVE).answer().completion(drop('/resourceData/participants/0')).roster(),
        '(missing: user user-1)',
      ],
      'four in the roster': [
        (run) => run.control().invite(FIVE).answer().completion().roster(drop('/resourceData/2')),
        'user user-3 in none of 1 roster update(s)',
      ],
    },
    untested: {
      ...five.untested,
      'no completion': [(run) => run.invite(FIVE).answer().roster(), 'no completion or no roster'],
      'no roster': [(run) => run.invite(FIVE).answer().completion(), 'no completion or no roster'],
      'no response names anybody': [
        (run) =>
          run
            .invite({ tries: ['response.participants'] })
            .answer(put('/participants', []))
            .invite(FIVE)
            .answer(put('/participants', [])),
        "can't be told apart from response.participants",
      ],
      'no completion names anybody': [
        (run) =>
          run
            .invite({ tries: ['completion.participants'] })
            .answer()
            .completion(put('/resourceData/participants', []))
            .invite(FIVE)
            .answer()
            .completion(put('/resourceData/participants', []))
            .roster(),
        "can't be told apart from completion.participants",
      ],
      'no roster lists anybody': [
        (run) =>
          run
            .invite({ tries: ['roster.invitees'] })
            .answer()
            .completion()
            .roster(put('/resourceData', []))
            .invite(FIVE)
            .answer()
            .completion()
            .roster(put('/resourceData', [])),
        "can't be told apart from roster.invitees",
      ],
    },
  },
  'multiple.six-refused': limit(6),
  'multiple.chat-info-required': limit(2),
});
