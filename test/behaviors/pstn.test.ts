import { acceptance, generalDefects, only, refusalOrFailure } from '../support/answers';
import { PHONE } from '../support/bodies';
import { showsPeople, testArea } from '../support/cases';
import { put } from '../support/edits';

const INVITATION = { invitees: [PHONE] };
const PHONES_ARE_USERS = { user: { id: PHONE.id } };
const numbered = refusalOrFailure({ ...INVITATION, control: 'pstn.accepted' });

testArea('pstn', {
  'pstn.accepted': acceptance(INVITATION),
  'pstn.number-required': {
    passes: numbered.passes,
    fails: numbered.fails,
    untested: {
      'phones are refused even with a number': [
        (run) =>
          run
            .control()
            .invite({ ...INVITATION, tries: ['pstn.accepted'] })
            .refuse()
            .invite({ ...INVITATION, control: 'pstn.accepted', expect: 'refusedOrFails' })
            .refuse(),
        { lacks: 'controlled', restsOn: ['pstn.accepted'] },
      ],
    },
  },
  'pstn.phone-response': {
    passes: { 'as sent': (run) => run.invite(INVITATION).answer() },
    fails: {
      'without its +': [
        (run) => run.invite(INVITATION).answer(put('/participants/0/identity/phone/id', '12345678901')),
        showsPeople('response.participants', '$.participants', [['phone', '12345678901', 'unknown']]),
      ],
      'as a user': [
        (run) => run.invite(INVITATION).answer(put('/participants/0/identity', PHONES_ARE_USERS)),
        showsPeople('response.participants', '$.participants', [['user', '+12345678901', 'otherKind']]),
      ],
    },
    untested: {
      refused: [
        (run) => run.invite(INVITATION).refuse(),
        { lacks: 'body', restsOn: ['response.json', 'response.operation'] },
      ],
      'not JSON': [
        (run) => run.invite(INVITATION).answer(undefined, { raw: 'OK' }),
        { lacks: 'body', restsOn: ['response.json', 'response.operation'] },
      ],
      ...only(generalDefects(INVITATION), 'no response in the run has participants'),
    },
  },
  'pstn.phone-completion': {
    passes: { 'as sent': (run) => run.invite(INVITATION).answer().completion() },
    fails: {
      'as a tel: URI': [
        (run) =>
          run
            .invite(INVITATION)
            .answer()
            .completion(put('/resourceData/participants/0/identity/phone/id', 'tel:+12345678901')),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', [
          ['phone', 'tel:+12345678901', 'unknown'],
        ]),
      ],
      'as a user': [
        (run) =>
          run.invite(INVITATION).answer().completion(put('/resourceData/participants/0/identity', PHONES_ARE_USERS)),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', [
          ['user', '+12345678901', 'otherKind'],
        ]),
      ],
    },
    untested: {
      'no completion': [
        (run) => run.invite(INVITATION).answer().roster(),
        { lacks: 'ended', restsOn: ['completion.arrives'] },
      ],
      ...only(generalDefects(INVITATION), 'no completion in the run has participants'),
    },
  },
  'pstn.phone-roster': {
    passes: { 'as sent': (run) => run.invite(INVITATION).joins() },
    fails: {
      'with spaces': [
        (run) =>
          run
            .invite(INVITATION)
            .answer()
            .completion()
            .roster(put('/resourceData/0/info/identity/phone/id', '+1 234 567 8901')),
        showsPeople('roster.invitees', '$.value[0].resourceData', [['phone', '+1 234 567 8901', 'unknown']]),
      ],
      'as a user': [
        (run) =>
          run.invite(INVITATION).answer().completion().roster(put('/resourceData/0/info/identity', PHONES_ARE_USERS)),
        showsPeople('roster.invitees', '$.value[0].resourceData', [['user', '+12345678901', 'otherKind']]),
      ],
    },
    untested: {
      'no roster': [
        (run) => run.invite(INVITATION).answer().completion(),
        { lacks: 'roster', restsOn: ['roster.announced'] },
      ],
      'it failed': [
        (run) => run.invite(INVITATION).answer().failing(),
        { lacks: 'joined', restsOn: ['invitation.accepted', 'invitation.carried-out', 'completion.status'] },
      ],
      ...only(generalDefects(INVITATION), 'every roster in the run is empty'),
    },
  },
});
