import { isObject, type Json } from '../json';
import type { Attempt, Participant } from '../model';
import { fault, type Fault } from '../fault-records';
import {
  answersWith,
  lifts,
  onFinding,
  onResponse,
  onCompletion,
  onRoster,
  objectsIn,
  refuses,
  together,
} from '../hook-builders';
import { identitySetOf } from './participants';
import { except, ROSTER_INVITEES } from './touches';

/** Faults in reading requests: the JSON of generated clients, invalid JSON, and unexpected values. */

const objects = (value: Json | undefined): readonly { [name: string]: Json }[] => {
  if (Array.isArray(value)) return value.flatMap(objects);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objects)] : [];
};

const somewhere =
  (is: (object: { [name: string]: Json }) => boolean) =>
  ({ body }: Attempt): boolean =>
    objects(body).some(is);

const hasNull = (name: string) => somewhere((object) => object[name] === null);
const typed = (text: string): boolean => text.includes('@odata.type');

const firstProperty = (attempt: Attempt): string | undefined => {
  const [entry] = objectsIn(attempt.given);
  return Object.keys(isObject(entry?.['identity']) ? entry['identity'] : {}).find((name) => !name.startsWith('@'));
};

const misread = (attempt: Attempt): boolean => firstProperty(attempt) !== 'user';

const participantsOf = (attempt: Attempt): readonly Participant[] =>
  misread(attempt) && attempt.sent.length > 0 && attempt.sent[0]?.identities[0]?.kind === 'user'
    ? []
    : attempt.participants;

/** Invalid JSON that lenient parsers accept. */
const repairs: readonly (readonly [what: string, says: string, is: (text: string) => boolean])[] = [
  ['trailing-commas', 'accepts a trailing comma in JSON', (text) => /,\s*[}\]]/.test(text)],
  ['single-quotes', 'accepts strings in single quotes in JSON', (text) => /:'/.test(text)],
  ['comments', 'accepts comments in JSON', (text) => /^\{\s*\/[/*]/.test(text)],
  ['nan', 'accepts NaN in JSON', (text) => /:NaN/.test(text)],
  ['second-document', 'reads the first of two JSON documents in one body', (text) => /\}\s*\{/.test(text)],
  ['bare-names', 'accepts property names without quotes in JSON', (text) => /^\{participants/.test(text)],
  ['leading-zeros', 'accepts numbers with leading zeros in JSON', (text) => /:0\d/.test(text)],
  ['control-characters', 'accepts unescaped line feeds and tabs in JSON strings', (text) => /[\n\t]invitee/.test(text)],
  ['anything-after', 'ignores text after the JSON document', (text) => /\}\}$/.test(text)],
  ['empty', 'accepts an empty body', (text) => text.trim() === ''],
];

const lenient = repairs.map(([what, says, is]) =>
  fault(
    `request.malformed-json/${what}`,
    says,
    lifts(['json', 'participants'], ({ body, text }) => body === undefined && is(text)),
  ),
);

const CLIENT_ERROR = 'refusal.client-error';
const REQUIRED = 'request.participants-required';
const UNKNOWN = 'request.unknown-call';

const crashes = (
  id: string,
  says: string,
  rules: Parameters<typeof answersWith>[0],
  when: (attempt: Attempt) => boolean,
  also: string[] = [],
): Fault => fault(id, says, answersWith(rules, 500, when), also);

const GENERATED = [
  'response.participants',
  'completion.participants',
  ...except(ROSTER_INVITEES, 'multiple.five-accepted', 'pstn.phone-roster'),
];

export const readingFaults: readonly Fault[] = [
  fault(
    'request.route/nulls-refused',
    'refuses an identitySet with null for another kind',
    refuses(
      'identity',
      400,
      somewhere((object) => object['application'] === null),
    ),
    ['multiple.accepted', 'ordering.concurrent-invitations'],
  ),
  fault(
    'request.route/null-replaces-refused',
    'refuses an invitation with null as replacesCallId',
    refuses('identity', 400, hasNull('replacesCallId')),
    ['multiple.accepted'],
  ),
  fault(
    'request.route/object-ids-refused',
    'refuses objects with $id',
    refuses(
      'json',
      400,
      somewhere((object) => '$id' in object),
    ),
  ),
  fault(
    'request.route/types-required',
    'refuses objects without @odata.type',
    refuses('json', 400, ({ text }) => !typed(text) && text.includes('clientContext')),
  ),
  fault(
    'request.route/types-first',
    'refuses objects whose @odata.type is not their first member',
    refuses(
      'json',
      400,
      somewhere((object) => Object.keys(object).indexOf('@odata.type') > 0),
    ),
    ['multiple.accepted'],
  ),
  fault(
    'request.route/context-like-a-literal-refused',
    'refuses the string null as clientContext',
    refuses('client-context', 400, ({ clientContext }) => clientContext === 'null'),
  ),
  fault(
    'response.participants/first-property-read',
    'reads only the first property of an identitySet, even if it is not the identity',
    together(
      onResponse((operation, { attempt }) => {
        if (participantsOf(attempt).length === 0) operation['participants'] = [];
      }),
      onCompletion((operation, _change, { attempt }) => {
        if (participantsOf(attempt).length === 0) operation['participants'] = [];
      }),
      onRoster((change, { attempt }) => {
        if (participantsOf(attempt).length > 0) return;
        change['resourceData'] = objectsIn(change['resourceData']).filter((entry) => !('user' in identitySetOf(entry)));
      }),
    ),
    [...GENERATED, 'roster.participant', 'roster.media-streams', 'roster.joined', 'ordering.completion-before-roster'],
  ),
  fault(
    'response.participants/null-replaces-given',
    'treats replacesCallId null as a replaced call, and reads only the first participant',
    onFinding('participants', (finding, attempt) => {
      if (hasNull('replacesCallId')(attempt)) attempt.participants = attempt.participants.slice(0, 1);
      return finding;
    }),
    [...GENERATED],
  ),
  ...lenient,
  crashes(
    `${REQUIRED}/crash-on-other-documents`,
    'answers 500 to JSON that is not an object',
    ['json'],
    ({ body }) => body !== undefined && !isObject(body),
    [CLIENT_ERROR],
  ),
  crashes(
    `${REQUIRED}/crash-on-null-entry`,
    'answers 500 to a participant that is null',
    ['identity'],
    ({ given }) => Array.isArray(given) && given.includes(null),
    [CLIENT_ERROR],
  ),
  crashes(
    'request.malformed-json/crash-on-empty',
    'answers 500 to an empty body',
    ['json'],
    ({ text }) => text === '',
    [CLIENT_ERROR],
  ),
  crashes(
    `${CLIENT_ERROR}/crash-on-odd-identity`,
    'answers 500 to an identity that is not an object',
    ['identity'],
    ({ given }) =>
      objectsIn(given).some(
        (entry) => 'identity' in entry && entry['identity'] !== null && !isObject(entry['identity']),
      ),
  ),
  crashes(
    `${CLIENT_ERROR}/crash-on-odd-context`,
    'answers 500 to a clientContext that is not a string',
    ['client-context'],
    ({ clientContext }) => typeof clientContext !== 'string',
  ),
  crashes(
    `${UNKNOWN}/crash-on-a-word`,
    'answers 500 to a call id that is not a GUID',
    ['call'],
    ({ callId }) => !/^[0-9a-f-]{36}$/i.test(callId),
    [CLIENT_ERROR],
  ),
  crashes(
    `${UNKNOWN}/crash-on-a-long-id`,
    'answers 500 to a call id of more than 255 characters',
    ['call'],
    ({ callId }) => callId.length > 255,
    [CLIENT_ERROR],
  ),
  crashes(
    `${UNKNOWN}/crash-on-an-escape`,
    'answers 500 to a call id with percent escapes',
    ['call'],
    ({ callId }) => /[^\w-]/.test(callId),
    [CLIENT_ERROR],
  ),
];
