import { acceptance, refusalOrFailure } from '../support/answers';
import { PHONE } from '../support/bodies';
import { testArea } from '../support/cases';
import { put } from '../support/edits';

const WISH = { invitees: [PHONE] };
const PHONES_ARE_USERS = { user: { id: PHONE.id } };
const numbered = refusalOrFailure({ ...WISH, control: 'pstn.accepted' });

testArea('pstn', {
  'pstn.accepted': acceptance(WISH),
  'pstn.number-required': {
    passes: numbered.passes,
    fails: numbered.fails,
    untested: {
      'phones are refused with a number too': [
        (run) =>
          run
            .control()
            .invite({ ...WISH, tries: ['pstn.accepted'] })
            .refuse()
            .invite({ ...WISH, control: 'pstn.accepted', expect: 'refusedOrFails' })
            .refuse(),
        "can't be told apart from pstn.accepted",
      ],
    },
  },
  'pstn.phone-response': {
    passes: { 'as sent': (run) => run.invite(WISH).answer() },
    fails: {
      'without its +': [
        (run) => run.invite(WISH).answer(put('/participants/0/identity/phone/id', '12345678901')),
        'missing: phone +12345678901; too many: phone 12345678901',
      ],
      'as a user': [
        (run) => run.invite(WISH).answer(put('/participants/0/identity', PHONES_ARE_USERS)),
        'missing: phone +12345678901; too many: user +12345678901',
      ],
    },
    untested: {
      refused: [(run) => run.invite(WISH).refuse(), 'no accepted invitation'],
      'no JSON': [(run) => run.invite(WISH).answer(undefined, { raw: 'OK' }), 'no JSON object'],
      'no response names anybody': [
        (run) =>
          run
            .invite({ tries: ['response.participants'] })
            .answer(put('/participants', []))
            .invite(WISH)
            .answer(put('/participants', [])),
        "can't be told apart from response.participants",
      ],
    },
  },
  'pstn.phone-completion': {
    passes: { 'as sent': (run) => run.invite(WISH).answer().completion() },
    fails: {
      'as a tel: URI': [
        (run) =>
          run
            .invite(WISH)
            .answer()
            .completion(put('/resourceData/participants/0/identity/phone/id', 'tel:+12345678901')),
        '$.value[0].resourceData.participants is',
      ],
      'as a user': [
        (run) => run.invite(WISH).answer().completion(put('/resourceData/participants/0/identity', PHONES_ARE_USERS)),
        'too many: user +12345678901',
      ],
    },
    untested: {
      'no completion': [(run) => run.invite(WISH).answer().roster(), 'no notification ended the operation'],
      'no completion names anybody': [
        (run) =>
          run
            .invite({ tries: ['completion.participants'] })
            .answer()
            .completion(put('/resourceData/participants', []))
            .invite(WISH)
            .answer()
            .completion(put('/resourceData/participants', [])),
        "can't be told apart from completion.participants",
      ],
    },
  },
  'pstn.phone-roster': {
    passes: { 'as sent': (run) => run.invite(WISH).joins() },
    fails: {
      'with blanks': [
        (run) =>
          run
            .invite(WISH)
            .answer()
            .completion()
            .roster(put('/resourceData/0/info/identity/phone/id', '+1 234 567 8901')),
        'phone +12345678901 in none of 1 roster update(s)',
      ],
      'as a user': [
        (run) => run.invite(WISH).answer().completion().roster(put('/resourceData/0/info/identity', PHONES_ARE_USERS)),
        'phone +12345678901 in none',
      ],
    },
    untested: {
      'no roster': [(run) => run.invite(WISH).answer().completion(), 'no roster update came'],
      'it failed': [(run) => run.invite(WISH).answer().failing(), 'announced as failed'],
      'no roster lists anybody': [
        (run) =>
          run
            .invite({ tries: ['roster.invitees'] })
            .answer()
            .completion()
            .roster(put('/resourceData', []))
            .invite(WISH)
            .answer()
            .completion()
            .roster(put('/resourceData', [])),
        "can't be told apart from roster.invitees",
      ],
    },
  },
});
