import { acceptance } from '../support/answers';
import { rosterItem, user } from '../support/bodies';
import { testArea, type Telling } from '../support/cases';
import { instead, put } from '../support/edits';
import type { Wish } from '../support/wishes';

const FIRST = user('first');
const SECOND = user('second');
const WISH: Wish = { invitees: [FIRST], ignored: [SECOND], replacing: true };
const BOTH = [{ identity: { user: { id: 'first' } } }, { identity: { user: { id: 'second' } } }];

/** The plain invitations' responses or completions name nobody, and neither does this one's. */
const namesNobody: Telling = (run) =>
  run
    .invite({ tries: ['response.participants', 'completion.participants'] })
    .answer(put('/participants', []))
    .completion(put('/resourceData/participants', []))
    .invite(WISH)
    .answer(put('/participants', []))
    .completion(put('/resourceData/participants', []));

const ends: Telling = (run) => run.invite(WISH).joins().peer('terminated').peer('terminated', 'deleted');

testArea('replace', {
  'replace.accepted': acceptance({ replacing: true }),
  'replace.first-only-accepted': acceptance(WISH),
  'replace.first-only-response': {
    passes: { 'the first alone': (run) => run.invite(WISH).answer() },
    fails: {
      both: [(run) => run.invite(WISH).answer(put('/participants', BOTH)), '$.participants is'],
      'the last alone': [
        (run) => run.invite(WISH).answer(put('/participants', BOTH.slice(1))),
        'missing: user first; too many: user second',
      ],
    },
    untested: {
      'no JSON': [(run) => run.invite(WISH).answer(undefined, { raw: '' }), 'no JSON object'],
      'no response names anybody': [namesNobody, "can't be told apart from response.participants"],
      refused: [(run) => run.invite(WISH).refuse(), 'no accepted invitation'],
    },
  },
  'replace.first-only-completion': {
    passes: { 'the first alone': (run) => run.invite(WISH).answer().completion() },
    fails: {
      both: [
        (run) => run.invite(WISH).answer().completion(put('/resourceData/participants', BOTH)),
        'too many: user second',
      ],
    },
    untested: {
      'no completion': [(run) => run.invite(WISH).answer(), 'no notification ended the operation'],
      'no completion names anybody': [namesNobody, "can't be told apart from completion.participants"],
    },
  },
  'replace.first-only-roster': {
    passes: {
      'the first alone': (run) => run.invite(WISH).joins(),
      'with others who were in the call': (run) => {
        run.invite(WISH).answer().completion();
        return run.roster(instead(run.rosterItem([user('host'), FIRST])));
      },
    },
    fails: {
      both: [
        (run) => {
          run.invite(WISH).answer().completion();
          return run.roster(instead(run.rosterItem([FIRST, SECOND])));
        },
        '$.value[0] shows user second',
      ],
      'the second, to another callback': [
        (run) => {
          run.invite(WISH).joins();
          return run.roster(instead(run.rosterItem([SECOND])), { to: null });
        },
        'shows user second',
      ],
      'the second later': [
        (run) => {
          run.invite(WISH).joins();
          return run.roster(instead(run.rosterItem([SECOND])));
        },
        'shows user second',
      ],
    },
    untested: {
      'no roster': [(run) => run.invite(WISH).answer().completion(), 'no roster update shows the first'],
      'nobody in it': [
        (run) =>
          run
            .invite(WISH)
            .answer()
            .completion()
            .roster(instead(rosterItem('call-1', []))),
        'no roster update shows the first',
      ],
    },
  },
  'replace.peer-call-terminated': {
    passes: {
      terminated: ends,
      terminating: (run) => run.invite(WISH).joins().peer('terminating'),
      Terminated: (run) => run.invite(WISH).joins().peer('Terminated'),
      'with its deletion': (run) => run.invite(WISH).joins().peer('terminated', 'deleted'),
      'with the /app prefix': (run) =>
        run.invite(WISH).joins().peer('terminated', 'updated', put('/resourceUrl', '/app/calls/call-2')),
    },
    fails: {
      'nothing comes': [
        (run) => run.invite(WISH).joins(),
        'no notification says terminating or terminated; about the replaced call call-2 came nothing',
      ],
      'another state': [
        (run) => run.invite(WISH).joins().peer('established'),
        'came updated of "/communications/calls/call-2", state "established"',
      ],
      'of the group call': [
        (run) => run.invite(WISH).joins().callUpdate('terminated'),
        'says so of the group call: resourceUrl is "/communications/calls/call-1"',
      ],
    },
    untested: {
      'no completion': [(run) => run.invite(WISH).answer().roster(), 'not announced as completed'],
      'it failed': [(run) => run.invite(WISH).answer().failing(), 'not announced as completed'],
    },
  },
  'replace.peer-call-deleted': {
    passes: { deleted: ends, 'without a state': (run) => run.invite(WISH).joins().peer('', 'deleted') },
    fails: {
      'nothing comes': [(run) => run.invite(WISH).joins(), 'about the replaced call call-2 came nothing'],
      'it is terminated only': [
        (run) => run.invite(WISH).joins().peer('terminated'),
        'no notification with changeType deleted names it',
      ],
      'the group call is deleted': [
        (run) =>
          run.invite(WISH).joins().peer('terminated', 'deleted', put('/resourceUrl', '/communications/calls/call-1')),
        'says so of the group call: resourceUrl is "/communications/calls/call-1"',
      ],
    },
    untested: { 'no completion': [(run) => run.invite(WISH).answer().roster(), 'not announced as completed'] },
  },
});
