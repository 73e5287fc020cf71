import { randomUUID } from 'node:crypto';
import { fault, type Fault } from '../fault-records';
import { answersWith, everyAnswer, lifts, refuses } from '../hook-builders';
import { clientContextFaults } from './client-context';
import { acceptsInSilence, failsButJoins } from './joining';
import { ACCEPTANCES, except } from './touches';

const allAccepted = except(ACCEPTANCES, 'request.route');

/** An entry that is no object is a participant without identity to the mock. */
const ODD = ['request.participants-required'];
/** What is nested too deep is no JSON to the mock, and has no participants either. */
const TOO_DEEP = ['request.participants-required'];

export const requestFaults: readonly Fault[] = [
  fault(
    'request.route/not-found',
    'answers 404, as if the path were not there',
    refuses('reachable', 404, () => true),
    allAccepted,
  ),
  fault(
    'request.route/not-implemented',
    'answers every invitation with 501',
    refuses('reachable', 501, () => true),
    [...allAccepted, 'refusal.client-error'],
  ),
  fault(
    'request.route/one-user-refused',
    'refuses to invite a single user',
    refuses(
      'reachable',
      400,
      ({ participants }) => participants.length === 1 && participants[0]?.identities[0]?.kind === 'user',
    ),
    except(allAccepted, 'multiple.accepted', 'multiple.five-accepted', 'pstn.accepted'),
  ),

  fault('request.content-type/ignored', 'reads the body whatever its content type', lifts(['content-type'])),
  fault(
    'request.content-type/text-taken',
    'reads text/plain as well',
    lifts(['content-type'], ({ contentType }) => /^text\/plain/i.test(contentType ?? '')),
  ),
  fault(
    'request.content-type/xml-taken',
    'reads application/xml as well',
    lifts(['content-type'], ({ contentType }) => /^application\/xml/i.test(contentType ?? '')),
  ),
  fault(
    'request.content-type/octets-taken',
    'reads application/octet-stream as well',
    lifts(['content-type'], ({ contentType }) => /^application\/octet-stream/i.test(contentType ?? '')),
  ),
  fault(
    'request.content-type/text-json-taken',
    'reads text/json as well',
    lifts(['content-type'], ({ contentType }) => contentType === 'text/json'),
  ),
  fault(
    'request.content-type/multipart-taken',
    'reads multipart/form-data as well',
    lifts(['content-type'], ({ contentType }) => contentType?.startsWith('multipart/form-data') === true),
  ),
  fault(
    'request.content-type/charset-refused',
    'refuses application/json with a charset',
    refuses('content-type', 415, ({ contentType }) => contentType?.includes(';') === true),
  ),
  fault(
    'request.content-type/server-error',
    'answers 500 to another content type',
    answersWith(['content-type'], 500),
    ['refusal.client-error'],
  ),

  fault(
    'request.malformed-json/accepted',
    'accepts a body that is not JSON, as an invitation of nobody',
    lifts(['json', 'participants'], ({ body }) => body === undefined),
    TOO_DEEP,
  ),
  fault('request.malformed-json/server-error', 'answers 500 to a body that is not JSON', answersWith(['json'], 500), [
    'refusal.client-error',
    ...TOO_DEEP,
  ]),

  fault(
    'request.participants-required/missing-accepted',
    'accepts an invitation without participants',
    lifts(['participants'], ({ given }) => given === undefined),
  ),
  fault(
    'request.participants-required/null-accepted',
    'accepts null as participants',
    lifts(['participants'], ({ given }) => given === null),
  ),
  fault(
    'request.participants-required/other-types-accepted',
    'accepts participants that are not an array',
    lifts(['participants'], ({ given }) => given !== undefined && given !== null && !Array.isArray(given)),
  ),
  fault(
    'request.participants-required/server-error',
    'answers 500 where participants is missing',
    answersWith(['participants'], 500),
    ['refusal.client-error'],
  ),

  fault('request.participant-identity/accepted', 'ignores participants without identity', lifts(['identity']), ODD),
  fault(
    'request.participant-identity/server-error',
    'answers 500 to a participant without identity',
    answersWith(['identity'], 500),
    ['refusal.client-error', ...ODD],
  ),

  ...clientContextFaults,

  fault(
    'request.group-calls-only/accepted',
    'invites into a peer-to-peer call',
    lifts(['group-call', 'chat-info'], ({ call }) => call?.kind === 'peerToPeer'),
  ),
  fault(
    'request.group-calls-only/server-error',
    'answers 500 to an invitation to a peer-to-peer call',
    answersWith(['group-call'], 500),
    ['refusal.client-error'],
  ),
  fault(
    'request.group-calls-only/fails-but-joins',
    'announces that an invitation to a peer-to-peer call failed, and shows the invitee in the roster',
    failsButJoins('group-call'),
  ),

  fault(
    'request.unknown-call/bad-request',
    'answers 400 to an invitation to an unknown call',
    answersWith(['call'], 400),
  ),
  fault(
    'request.unknown-call/forbidden',
    'answers 403 to an invitation to an unknown call',
    answersWith(['call'], 403),
  ),
  fault('request.unknown-call/gone', 'answers 410 to an invitation to an unknown call', answersWith(['call'], 410)),
  fault(
    'request.unknown-call/server-error',
    'answers 500 to an invitation to an unknown call',
    answersWith(['call'], 500),
    ['refusal.client-error'],
  ),
  fault(
    'request.unknown-call/accepted',
    'answers 200 with an operation to an invitation to an unknown call',
    everyAnswer((answer, occasion) => {
      if (occasion.kind !== 'refused' || occasion.rule !== 'call') return;
      answer.status = 200;
      answer.body = {
        '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
        id: randomUUID(),
        status: 'Running',
        participants: [],
      };
    }),
  ),

  fault('request.duplicate-invitee/accepted', 'invites somebody who is in the call already', lifts(['duplicate'])),
  fault(
    'request.duplicate-invitee/accepted-in-silence',
    'accepts somebody who is in the call already, and announces the completion without a roster',
    acceptsInSilence('duplicate'),
  ),
  fault(
    'request.duplicate-invitee/first-alone-looked-up',
    'checks only the first participant for somebody who is in the call already',
    lifts(['duplicate'], ({ participants }) => participants.length > 1),
  ),
  fault(
    'request.duplicate-invitee/phone-accepted',
    'invites a phone that is in the call already',
    lifts(['duplicate'], ({ participants }) => participants[0]?.identities[0]?.kind === 'phone'),
  ),
  fault(
    'request.duplicate-invitee/phone-after-another',
    'invites a phone that is in the call already, where somebody else has joined since',
    lifts(
      ['duplicate'],
      ({ call, participants }) =>
        participants[0]?.identities[0]?.kind === 'phone' && call?.members.at(-1)?.identities[0]?.kind !== 'phone',
    ),
  ),
  fault(
    'request.duplicate-invitee/server-error',
    'answers 500 to an invitation of somebody who is in the call already',
    answersWith(['duplicate'], 500),
    ['refusal.client-error'],
  ),
];
