import { type SchemaName, check } from '../../schemas';
import { samples } from './samples';

/** A change to a schema's sample, and the one violation that it must cause. */
type Row = readonly [name: SchemaName, change: object, path: string, expected: string, found: string];

const IDENTITY_SET = 'an identitySet object';
const INVITEE = 'an invitationParticipantInfo object';
const STATUS = 'notStarted, running, completed or failed (in any case), or null';

const request: Row[] = [
  ['invitation-request', { participants: 'u1' }, '$.participants', 'an array', 'string "u1"'],
  ['invitation-request', { participants: {} }, '$.participants', 'an array', 'object {}'],
  ['invitation-request', { participants: [null] }, '$.participants[0]', INVITEE, 'null'],
  [
    'invitation-request',
    { participants: [{}] },
    '$.participants[0].identity',
    IDENTITY_SET,
    'absent (the object is empty)',
  ],
  [
    'invitation-request',
    { clientContext: 7 },
    '$.clientContext',
    'a string of at most 256 characters or null',
    'number 7',
  ],
  [
    'invitation-request',
    { clientContext: 'c'.repeat(257) },
    '$.clientContext',
    'a string of at most 256 characters or null',
    `string "${'c'.repeat(118)}… (257 characters)`,
  ],
  ['invitation-participant-info', { identity: [] }, '$.identity', IDENTITY_SET, 'array []'],
  ['invitation-participant-info', { replacesCallId: 1 }, '$.replacesCallId', 'a string or null', 'number 1'],
  ['invitation-participant-info', { hidden: 'no' }, '$.hidden', 'a boolean or null', 'string "no"'],
  ['invitation-participant-info', { participantId: {} }, '$.participantId', 'a string or null', 'object {}'],
  ['invitation-participant-info', { endpointType: 0 }, '$.endpointType', 'a string or null', 'number 0'],
  ['invitation-participant-info', { id: false }, '$.id', 'a string or null', 'boolean false'],
  [
    'invitation-participant-info',
    { '@odata.type': '#microsoft.graph.participantInfo' },
    "$['@odata.type']",
    '"#microsoft.graph.invitationParticipantInfo" or null',
    'string "#microsoft.graph.participantInfo"',
  ],
];

const identities: Row[] = [
  ['identity-set', { user: 'u1' }, '$.user', 'an identity object or null', 'string "u1"'],
  ['identity-set', { phone: { id: 12345 } }, '$.phone.id', 'a string or null', 'number 12345'],
  ['identity-set', { guest: [] }, '$.guest', 'an identity object or null', 'array []'],
  [
    'identity-set',
    { '@odata.type': '#microsoft.graph.identity' },
    "$['@odata.type']",
    '"#microsoft.graph.identitySet", "#microsoft.graph.communicationsIdentitySet" or null',
    'string "#microsoft.graph.identity"',
  ],
  ['identity', { displayName: ['A'] }, '$.displayName', 'a string or null', 'array ["A"]'],
];

const operations: Row[] = [
  ['invite-participants-operation', { id: '' }, '$.id', 'a non-empty string', 'string ""'],
  ['invite-participants-operation', { id: 1 }, '$.id', 'a non-empty string', 'number 1'],
  ['invite-participants-operation', { status: 'Done' }, '$.status', STATUS, 'string "Done"'],
  ['invite-participants-operation', { status: 'running ' }, '$.status', STATUS, 'string "running "'],
  ['invite-participants-operation', { status: 1 }, '$.status', STATUS, 'number 1'],
  ['invite-participants-operation', { clientContext: {} }, '$.clientContext', 'a string or null', 'object {}'],
  ['invite-participants-operation', { participants: {} }, '$.participants', 'an array', 'object {}'],
  ['invite-participants-operation', { participants: ['u1'] }, '$.participants[0]', INVITEE, 'string "u1"'],
  ['invite-participants-operation', { resultInfo: [] }, '$.resultInfo', 'a resultInfo object or null', 'array []'],
  ['invite-participants-operation', { '@odata.type': 1 }, "$['@odata.type']", 'a string or null', 'number 1'],
  ['comms-operation', { status: 'cancelled' }, '$.status', STATUS, 'string "cancelled"'],
  ['result-info', { code: '200' }, '$.code', 'an integer', 'string "200"'],
  ['result-info', { subcode: 0.5 }, '$.subcode', 'an integer', 'number 0.5'],
  ['result-info', { message: 1 }, '$.message', 'a string or null', 'number 1'],
];

const ENVELOPE = '"#microsoft.graph.commsNotifications"';
const CHANGE = '"created", "updated" or "deleted"';

const notifications: Row[] = [
  ['comms-notifications', { '@odata.type': 'x' }, "$['@odata.type']", ENVELOPE, 'string "x"'],
  ['comms-notifications', { value: [] }, '$.value', 'an array of 1 or more', 'array []'],
  ['comms-notifications', { value: {} }, '$.value', 'an array of 1 or more', 'object {}'],
  ['comms-notifications', { value: [{}, []] }, '$.value[1]', 'a commsNotification object', 'array []'],
  [
    'comms-notifications',
    { value: [{ '@odata.type': 'x' }] },
    "$.value[0]['@odata.type']",
    '"#microsoft.graph.commsNotification" or null',
    'string "x"',
  ],
  ['comms-notification', { changeType: 'Deleted' }, '$.changeType', CHANGE, 'string "Deleted"'],
  ['comms-notification', { changeType: 2 }, '$.changeType', CHANGE, 'number 2'],
  ['comms-notification', { resourceUrl: '' }, '$.resourceUrl', 'a non-empty string', 'string ""'],
  ['comms-notification', { resourceData: 'o1' }, '$.resourceData', 'an object, an array or null', 'string "o1"'],
];

const DIRECTION = '"inactive", "sendOnly", "receiveOnly" or "sendReceive"';

const roster: Row[] = [
  ['participant', { id: 4 }, '$.id', 'a string or null', 'number 4'],
  ['participant', { info: 'Adele' }, '$.info', 'a participantInfo object', 'string "Adele"'],
  ['participant', { info: {} }, '$.info.identity', IDENTITY_SET, 'absent (the object is empty)'],
  ['participant', { isMuted: 'false' }, '$.isMuted', 'a boolean', 'string "false"'],
  ['participant', { isInLobby: 0 }, '$.isInLobby', 'a boolean', 'number 0'],
  ['participant', { mediaStreams: {} }, '$.mediaStreams', 'an array', 'object {}'],
  ['participant', { mediaStreams: [null] }, '$.mediaStreams[0]', 'a mediaStream object', 'null'],
  ['participant-info', { region: 1 }, '$.region', 'a string or null', 'number 1'],
  ['media-stream', { mediaType: '' }, '$.mediaType', 'a non-empty string', 'string ""'],
  ['media-stream', { sourceId: 1 }, '$.sourceId', 'a non-empty string', 'number 1'],
  ['media-stream', { direction: 'both' }, '$.direction', DIRECTION, 'string "both"'],
  ['media-stream', { serverMuted: 'no' }, '$.serverMuted', 'a boolean', 'string "no"'],
  ['media-stream', { label: 1 }, '$.label', 'a string or null', 'number 1'],
];

const rest: Row[] = [
  ['chat-info', { threadId: 1 }, '$.threadId', 'a string or null', 'number 1'],
  ['call', { callbackUri: 1 }, '$.callbackUri', 'a string or null', 'number 1'],
  ['call', { chatInfo: { messageId: 1 } }, '$.chatInfo.messageId', 'a string or null', 'number 1'],
  ['call', { targets: [{ identity: 1 }] }, '$.targets[0].identity', IDENTITY_SET, 'number 1'],
  ['call', { requestedModalities: [1] }, '$.requestedModalities[0]', 'a string', 'number 1'],
  ['odata-error', { error: 'no' }, '$.error', 'an object', 'string "no"'],
  ['odata-error', { error: { code: '', message: 'm' } }, '$.error.code', 'a non-empty string', 'string ""'],
  [
    'odata-error',
    { error: { code: 'c', text: 'm' } },
    '$.error.message',
    'a non-empty string',
    'absent (present: code, text)',
  ],
];

describe.each(Object.entries({ request, identities, operations, notifications, roster, rest }))('%s', (_, rows) => {
  test.each(rows)('%s refuses %j at %s', (name, change, path, expected, found) => {
    expect(check(name, { ...samples[name], ...change })).toMatchObject([
      { path, expected, found, message: `${path} must be ${expected}, but is ${found}` },
    ]);
  });
});

describe('intentionally accepted values', () => {
  const accepted: (readonly [why: string, name: SchemaName, change: object])[] = [
    ...['notStarted', 'RUNNING', 'Completed', 'fAiLeD'].map(
      (status) => [`status ${status}`, 'invite-participants-operation', { status }] as const,
    ),
    ...['ringing', 'Established', 'transferAccepted', 'unknownFutureValue'].map(
      (state) => [`call state ${state}`, 'call', { state }] as const,
    ),
    ['a clientContext of 256 characters', 'invitation-request', { clientContext: '😀'.repeat(256) }],
    ['an empty invitation', 'invitation-request', { participants: [] }],
    ['an operation without participants', 'invite-participants-operation', { participants: [] }],
    ['another @odata.type of an operation', 'invite-participants-operation', { '@odata.type': 'x' }],
    ['an array as resourceData', 'comms-notification', { resourceData: [] }],
    ['any resource', 'comms-notification', { resource: 1 }],
    ['notifications with only nulls', 'comms-notifications', { value: [{}, { changeType: 1 }] }],
    ['streams with only nulls', 'participant', { mediaStreams: [{}, { direction: 'both' }] }],
    ['no streams', 'participant', { mediaStreams: [] }],
    ['a new kind of media', 'media-stream', { mediaType: 'hologram' }],
    ['a new kind of identity', 'identity-set', { robot: { id: 1 } }],
    ['a new kind of endpoint', 'participant-info', { endpointType: 'fridge' }],
    [
      'an invitationParticipantInfo in a roster',
      'participant-info',
      { '@odata.type': '#microsoft.graph.invitationParticipantInfo' },
    ],
    ['a code that is a whole number with a fraction of zero', 'result-info', { code: JSON.parse('200.0') as number }],
    ['details of an error', 'odata-error', { error: { code: 'c', message: 'm', innerError: 'x', details: 1 } }],
  ];

  test.each(accepted)('%s', (_, name, change) => {
    expect(check(name, { ...samples[name], ...change })).toMatchObject([]);
  });
});

test('several defects cause one violation each', () => {
  const violations = check('invite-participants-operation', {
    status: 5,
    resultInfo: { code: '1' },
    participants: [{ identity: { user: { id: 1 }, phone: 'x' } }, 3],
  });
  expect(violations.map(({ path }) => path).toSorted()).toEqual([
    '$.id',
    '$.participants[0].identity.phone',
    '$.participants[0].identity.user.id',
    '$.participants[1]',
    '$.resultInfo.code',
    '$.resultInfo.subcode',
    '$.status',
  ]);
});
