import { refusedAttempt, refusedInvitation } from './invitation-attempts';
import type { Attempt, InvitationOptions } from './scenario';
import { PARTICIPANT_BEHAVIORS } from './behavior-lists';
import { callsWithUsers } from './users';

/** Variations of the invitation's body that must be accepted or refused. */

type Plain = Parameters<NonNullable<InvitationOptions['body']>>[0];
type JsonMembers = { [name: string]: unknown };

const SEEN = ['request.route', ...PARTICIPANT_BEHAVIORS, 'response.client-context', 'completion.client-context'];
const MALFORMED = 'request.malformed-json';
const REQUIRED = 'request.participants-required';

const isMembers = (value: unknown): value is JsonMembers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Copies a value and changes every object, the inner ones first. */
function rewritten(value: unknown, change: (object: JsonMembers) => JsonMembers): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, change));
  if (!isMembers(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rewritten(inner, change)])));
}

const everyObject =
  (change: (object: JsonMembers) => JsonMembers) =>
  (plain: Plain): unknown =>
    rewritten(plain, change);

const isSet = (object: JsonMembers): boolean => 'user' in object || 'phone' in object;
const isParticipant = (object: JsonMembers): boolean => 'identity' in object;

/** Writes null for members without a value, like clients generated from the metadata. */
export const padded = everyObject((object) => {
  if (isSet(object)) {
    const nulls = { application: null, device: null, encrypted: null, phone: null, user: null, guest: null };
    return { ...nulls, ...object, onPremises: null, applicationInstance: null };
  }
  if (isParticipant(object)) {
    const nulls = { replacesCallId: null, endpointType: null, hidden: null };
    return { ...nulls, participantId: null, ...object, removeFromDefaultAudioRoutingGroup: null };
  }
  return object;
});

/** Reverses the members of every object, so that @odata.type is last. */
const reversed = everyObject((object) => Object.fromEntries(Object.entries(object).toReversed()));

const withoutTypes = everyObject((object) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== '@odata.type')),
);

/** Requests as generated clients write them: null means absent, and the order of members does not matter. */
const GENERATED: readonly (readonly [name: string, says: string, body: NonNullable<InvitationOptions['body']>])[] = [
  ['nulls-for-the-rest', 'null for each member that has no value', padded],
  ['types-absent', 'without @odata.type', withoutTypes],
  ['members-reversed', 'members in the opposite order, @odata.type last', reversed],
  [
    'types-without-hash',
    '@odata.type without #',
    everyObject((object) =>
      typeof object['@odata.type'] === 'string'
        ? { ...object, '@odata.type': object['@odata.type'].replace('#', '') }
        : object,
    ),
  ],
  [
    'object-ids',
    'with $id, as serializers number objects',
    (plain) => {
      let count = 0;
      return rewritten(plain, (object) => {
        count += 1;
        return { $id: String(count), ...object };
      });
    },
  ],
  [
    'annotations',
    'with annotations that a service ignores',
    everyObject((object) => ({ '@conformance.note': 'x', ...object, 'id@conformance.note': null })),
  ],
  [
    'written-widely',
    'indented JSON with letters written as escapes',
    (plain) => JSON.stringify(plain, null, 2).replaceAll('participants', String.raw`\u0070articipants`),
  ],
];

/** The plain body as text, with the invitee's name replaced by a text that is not JSON. */
const named =
  (value: string) =>
  (plain: Plain): string =>
    JSON.stringify(plain).replace('"Conformance invitee"', value);

const text =
  (change: (json: string) => string) =>
  (plain: Plain): string =>
    change(JSON.stringify(plain));

/** Bodies that lenient parsers accept as JSON, and the standard does not (RFC 8259). */
const LENIENT: readonly (readonly [name: string, says: string, body: NonNullable<InvitationOptions['body']>])[] = [
  ['comma-in-object', 'a comma after the last member', text((json) => json.replace(/\}$/, ',}'))],
  ['comma-in-array', 'a comma after the last participant', text((json) => json.replace('}],', '},],'))],
  ['single-quotes', 'strings in single quotes', named("'Conformance invitee'")],
  ['block-comment', 'a comment', text((json) => json.replace('{', '{/* conformance */'))],
  ['line-comment', 'a comment to the end of the line', text((json) => json.replace('{', '{// conformance\n'))],
  ['nan', 'NaN as a value', named('NaN')],
  ['infinity', '-Infinity as a value', named('-Infinity')],
  ['second-document', 'a second document after the first', text((json) => `${json}\n${json}`)],
  ['closed-twice', 'one brace too many', text((json) => `${json}}`)],
  ['bare-names', 'names without quotes', text((json) => json.replace('"participants"', 'participants'))],
  ['leading-zero', 'a number with a leading zero', named('007')],
  ['hexadecimal', 'a hexadecimal number', named('0x1F')],
  ['plus-sign', 'a number with a plus sign', named('+1')],
  ['capital-literal', 'a literal in capital letters', named('NULL')],
  ['raw-line-feed', 'a line feed within a string', named('"Conformance\ninvitee"')],
  ['raw-tab', 'a tab within a string', named('"Conformance\tinvitee"')],
  ['unknown-escape', 'an invalid escape', named(String.raw`"Conformance \x69nvitee"`)],
  ['no-comma', 'no comma between two members', text((json) => json.replace('],"', '] "'))],
  ['empty', 'an empty body', () => ''],
  ['spaces', 'a body of spaces', () => '  \n'],
];

const ODD_DOCUMENTS: readonly (readonly [name: string, json: string])[] = [
  ['array', '[]'],
  ['string', '"participants"'],
  ['number', '1'],
  ['null', 'null'],
  ['true', 'true'],
];

const ODD_ENTRIES: readonly (readonly [name: string, entry: unknown])[] = [
  ['null', null],
  ['array', []],
  ['number', 1],
  ['string', 'everybody'],
];

const DEEP = 2000;

/** JSON of an unexpected type where the type is clear: the service must refuse it and must not crash. */
const CRASHING: readonly (readonly [name: string, says: string, change: (plain: Plain) => unknown])[] = [
  ['identity-string', 'an identity that is a string', () => 'everybody'],
  ['identity-array', 'an identity that is an array', () => []],
  ['identity-of-string', 'an identity whose user is a string', () => ({ user: 'everybody' })],
  ['identity-of-array', 'an identity whose user is an array', () => ({ user: [] })],
  ['identity-id-number', 'an identity whose id is a number', () => ({ user: { id: 1 } })],
  ['identity-id-object', 'an identity whose id is an object', () => ({ user: { id: {} } })],
];

export const BODIES: readonly Attempt[] = [
  {
    name: 'generated',
    variation: true,
    tries: SEEN,
    act: async (context) => {
      const seats = await callsWithUsers(context, GENERATED.length);
      await Promise.all(
        GENERATED.map(async ([name, says, body], i) => {
          const seat = seats[i];
          if (seat) await context.inviteAndWait(seat.call, { name, says, invitees: seat.invitees, body });
        }),
      );
    },
  },
  refusedAttempt(
    'lenient-json',
    LENIENT.map(([name, says, body]) => refusedInvitation(`json-${name}`, MALFORMED, `a body with ${says}`, { body })),
  ),
  refusedAttempt('odd-json', [
    ...ODD_DOCUMENTS.map(([name, json]) =>
      refusedInvitation(`document-${name}`, REQUIRED, `a body that is JSON, but ${json}`, { body: () => json }),
    ),
    refusedInvitation('document-array-of-one', REQUIRED, 'the invitation within an array', {
      body: (plain) => [plain],
    }),
    ...ODD_ENTRIES.map(([name, entry]) =>
      refusedInvitation(`participants-of-${name}`, REQUIRED, `participants [${JSON.stringify(entry)}]`, {
        body: (plain) => ({ ...plain, participants: [entry] }),
      }),
    ),
    refusedInvitation('participants-number', REQUIRED, 'participants a number', {
      body: (plain) => ({ ...plain, participants: 0 }),
    }),
    refusedInvitation('participants-true', REQUIRED, 'participants true', {
      body: (plain) => ({ ...plain, participants: true }),
    }),
    refusedInvitation('participants-deep', REQUIRED, `participants ${DEEP} arrays deep`, {
      body: ({ clientContext = '' }) =>
        `{"participants":${'['.repeat(DEEP)}${']'.repeat(DEEP)},"clientContext":${JSON.stringify(clientContext)}}`,
    }),
    ...CRASHING.map(([name, says, identity]) =>
      refusedInvitation(name, [], says, {
        body: (plain) => ({ ...plain, participants: [{ identity: identity(plain) }] }),
      }),
    ),
    ...[5, true, {}, []].map((clientContext) =>
      refusedInvitation(
        `context-as-${JSON.stringify(clientContext)}`,
        [],
        `a clientContext ${JSON.stringify(clientContext)}`,
        {
          body: (plain) => ({ ...plain, clientContext }),
        },
      ),
    ),
  ]),
];
