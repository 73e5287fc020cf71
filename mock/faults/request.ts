import { randomUUID } from 'node:crypto';
import { fault, type Fault } from '../fault-records';
import type { Finding, HookMaker } from '../hooks';
import type { Call } from '../model';
import { answersWith, everyAnswer, lifts, liftsAfterTheFirst, objectsIn, refuses } from '../hook-builders';
import { clientContextFaults } from './client-context';
import { acceptsInSilence, failsButJoins } from './joining';
import { ACCEPTANCES, except } from './touches';

const allAccepted = except(ACCEPTANCES, 'request.route');

/** The mock treats an entry that is not an object as a participant without identity. */
const ODD = ['request.participants-required'];
/** The mock treats JSON that is nested too deeply as malformed, so it finds no participants either. */
const TOO_DEEP = ['request.participants-required'];

/** Refuses every further invitation to a call after some finding of a check. */
function closesAfter(closes: (finding: NonNullable<Finding>) => boolean): HookMaker {
  return () => {
    const closed = new WeakSet<Call>();
    const { check } = refuses('reachable', 400, ({ call }) => call !== undefined && closed.has(call))();
    return {
      check(rule, finding, attempt) {
        if (finding && attempt.call && closes(finding)) closed.add(attempt.call);
        return check?.(rule, finding, attempt) ?? finding;
      },
    };
  };
}

export const requestFaults: readonly Fault[] = [
  fault(
    'request.route/not-found',
    'answers 404 to every invitation, as if the path did not exist',
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
    'answers 400 to an invitation of a single user',
    refuses(
      'reachable',
      400,
      ({ participants }) => participants.length === 1 && participants[0]?.identities[0]?.kind === 'user',
    ),
    except(allAccepted, 'multiple.accepted', 'multiple.five-accepted', 'pstn.accepted'),
  ),
  fault(
    'request.route/none-after-a-refusal',
    'answers 400 to every further invitation to a call after it has refused one',
    closesAfter((finding) => 'refusal' in finding),
  ),
  fault(
    'request.route/none-after-a-failure',
    'answers 400 to every further invitation to a call after one has failed',
    closesAfter((finding) => 'failure' in finding),
  ),

  fault('request.content-type/ignored', 'reads the body as JSON whatever its content type', lifts(['content-type'])),
  fault(
    'request.content-type/text-taken',
    'reads a body of text/plain as JSON',
    lifts(['content-type'], ({ contentType }) => /^text\/plain/i.test(contentType ?? '')),
  ),
  fault(
    'request.content-type/xml-taken',
    'reads a body of application/xml as JSON',
    lifts(['content-type'], ({ contentType }) => /^application\/xml/i.test(contentType ?? '')),
  ),
  fault(
    'request.content-type/octets-taken',
    'reads a body of application/octet-stream as JSON',
    lifts(['content-type'], ({ contentType }) => /^application\/octet-stream/i.test(contentType ?? '')),
  ),
  fault(
    'request.content-type/text-json-taken',
    'reads a body of text/json as JSON',
    lifts(['content-type'], ({ contentType }) => contentType === 'text/json'),
  ),
  fault(
    'request.content-type/multipart-taken',
    'reads a body of multipart/form-data as JSON',
    lifts(['content-type'], ({ contentType }) => contentType?.startsWith('multipart/form-data') === true),
  ),
  fault(
    'request.content-type/javascript-taken',
    'reads a body of application/javascript as JSON',
    lifts(['content-type'], ({ contentType }) => contentType === 'application/javascript'),
  ),
  fault(
    'request.content-type/empty-taken',
    'reads a body with an empty Content-Type as JSON',
    lifts(['content-type'], ({ contentType }) => contentType === ''),
  ),
  fault(
    'request.content-type/first-alone-checked',
    "checks the content type only until a call's first invitation is accepted",
    liftsAfterTheFirst(['content-type']),
  ),
  fault(
    'request.content-type/charset-refused',
    'refuses application/json with a charset',
    refuses('content-type', 415, ({ contentType }) => contentType?.includes(';') === true),
  ),
  fault(
    'request.content-type/server-error',
    'answers 500 to a content type other than application/json',
    answersWith(['content-type'], 500),
    ['refusal.client-error'],
  ),

  fault(
    'request.malformed-json/accepted',
    'accepts a body that is not JSON as an invitation of nobody',
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
    'request.participants-required/first-alone-checked',
    "requires participants only until a call's first invitation is accepted",
    liftsAfterTheFirst(['participants']),
  ),
  fault(
    'request.participants-required/server-error',
    'answers 500 if participants is missing',
    answersWith(['participants'], 500),
    ['refusal.client-error'],
  ),

  fault('request.participant-identity/accepted', 'ignores participants without identity', lifts(['identity']), ODD),
  fault(
    'request.participant-identity/outside-taken',
    'accepts a participant whose user is not within identity',
    lifts(['identity'], ({ given }) => objectsIn(given).some((one) => one['user'] !== undefined)),
  ),
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
    'request.group-calls-only/several-accepted',
    'invites several participants to a peer-to-peer call',
    lifts(
      ['group-call', 'chat-info'],
      ({ call, participants }) => call?.kind === 'peerToPeer' && participants.length > 1,
    ),
  ),
  fault(
    'request.group-calls-only/replacing-accepted',
    'invites to a peer-to-peer call if the invitation replaces another one',
    lifts(['group-call'], ({ participants: [first] }) => (first?.replacesCallId ?? null) !== null),
  ),
  fault(
    'request.group-calls-only/server-error',
    'answers 500 to an invitation to a peer-to-peer call',
    answersWith(['group-call'], 500),
    ['refusal.client-error'],
  ),
  fault(
    'request.group-calls-only/fails-but-joins',
    'announces that an invitation to a peer-to-peer call failed, then lists the invitee in the roster',
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

  fault('request.duplicate-invitee/accepted', 'invites a participant who is in the call already', lifts(['duplicate'])),
  fault(
    'request.duplicate-invitee/accepted-in-silence',
    'announces the completion of an invitee who is in the call already, and sends no roster',
    acceptsInSilence('duplicate'),
  ),
  fault(
    'request.duplicate-invitee/first-alone-looked-up',
    'checks only the first invitee for duplicates',
    lifts(['duplicate'], ({ participants }) => participants.length > 1),
  ),
  fault(
    'request.duplicate-invitee/phone-accepted',
    'invites a phone that is in the call already',
    lifts(['duplicate'], ({ participants }) => participants[0]?.identities[0]?.kind === 'phone'),
  ),
  fault(
    'request.duplicate-invitee/phone-after-another',
    'invites a phone that is in the call already, if another invitee joined after it',
    lifts(
      ['duplicate'],
      ({ call, participants }) =>
        participants[0]?.identities[0]?.kind === 'phone' && call?.members.at(-1)?.identities[0]?.kind !== 'phone',
    ),
  ),
  fault(
    'request.duplicate-invitee/server-error',
    'answers 500 to an invitation of a participant who is in the call already',
    answersWith(['duplicate'], 500),
    ['refusal.client-error'],
  ),
];
