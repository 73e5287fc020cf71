import { check } from '../../schemas';
import {
  EXAMPLES,
  completedOf,
  completionOf,
  notificationOf,
  participantsOf,
  requestOf,
  responseOf,
  rosterOf,
} from './page-examples';

describe.each(EXAMPLES)('example %i of the page', (example) => {
  test('its request is an invitation', () => {
    expect(check('invitation-request', requestOf(example))).toEqual([]);
  });

  test('its response is an operation', () => {
    expect(check('invite-participants-operation', responseOf(example))).toEqual([]);
    expect(check('comms-operation', responseOf(example))).toEqual([]);
  });

  test.each(['completion', 'roster'] as const)('its %s is an envelope with one notification', (kind) => {
    const envelope = kind === 'completion' ? completionOf(example) : rosterOf(example);
    expect(check('comms-notifications', envelope)).toEqual([]);
    expect(check('comms-notification', notificationOf(envelope))).toEqual([]);
  });

  test('its roster lists participants with media streams', () => {
    const participants = participantsOf(example);
    expect(participants).toHaveLength(example === 2 ? 2 : 1);
    for (const participant of participants) {
      expect(check('participant', participant)).toEqual([]);
      expect(participant.mediaStreams).toHaveLength(1);
      expect(check('media-stream', participant.mediaStreams[0])).toEqual([]);
    }
  });

  test('its identities are identity sets', () => {
    for (const { identity } of [
      ...requestOf(example).participants,
      ...responseOf(example).participants,
      ...completedOf(example).participants,
    ]) {
      expect(check('identity-set', identity)).toEqual([]);
    }
  });
});

describe('the operation in a completion', () => {
  test.each([1, 3, 4] as const)('of example %i satisfies the schema', (example) => {
    expect(check('invite-participants-operation', completedOf(example))).toEqual([]);
  });

  test('of example 2 has a null id: contradiction example-2-operation-path', () => {
    expect(check('invite-participants-operation', completedOf(2))).toMatchObject([
      {
        path: '$.id',
        expected: 'a non-empty string',
        found: 'null',
        message: '$.id must be a non-empty string, but is null',
      },
    ]);
  });
});

describe('values that the examples contradict and the schemas accept', () => {
  test('status-casing: Running and completed', () => {
    expect(EXAMPLES.map((example) => responseOf(example).status)).toEqual(Array(4).fill('Running'));
    expect(EXAMPLES.map((example) => completedOf(example).status)).toEqual(Array(4).fill('completed'));
  });

  test('roster-info-type: invitationParticipantInfo and participantInfo', () => {
    const types = EXAMPLES.map((example) => participantsOf(example)[0]?.info['@odata.type']);
    expect(types).toEqual([
      ...Array<string>(3).fill('#microsoft.graph.invitationParticipantInfo'),
      '#microsoft.graph.participantInfo',
    ]);
  });

  test('participant-id-null: no participant has an id', () => {
    expect(EXAMPLES.flatMap(participantsOf).map(({ id }) => id)).toEqual(Array(5).fill(null));
  });

  test('null-padding: responses of different width', () => {
    const widths = EXAMPLES.map((example) => Object.keys(responseOf(example).participants[0]?.identity ?? {}).length);
    expect(widths).toEqual([4, 4, 4, 8]);
  });
});
