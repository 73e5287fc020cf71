import call from './call.schema.json';
import chatInfo from './chat-info.schema.json';
import commsNotification from './comms-notification.schema.json';
import commsNotifications from './comms-notifications.schema.json';
import commsOperation from './comms-operation.schema.json';
import identitySet from './identity-set.schema.json';
import identity from './identity.schema.json';
import invitationParticipantInfo from './invitation-participant-info.schema.json';
import invitationRequest from './invitation-request.schema.json';
import inviteParticipantsOperation from './invite-participants-operation.schema.json';
import mediaStream from './media-stream.schema.json';
import odataError from './odata-error.schema.json';
import participantInfo from './participant-info.schema.json';
import participant from './participant.schema.json';
import resultInfo from './result-info.schema.json';

/** The JSON Schema (draft 2020-12) of every resource, by file name. */
export const schemas = {
  'invitation-request': invitationRequest,
  'invitation-participant-info': invitationParticipantInfo,
  'identity-set': identitySet,
  identity,
  'invite-participants-operation': inviteParticipantsOperation,
  'comms-operation': commsOperation,
  'result-info': resultInfo,
  'comms-notifications': commsNotifications,
  'comms-notification': commsNotification,
  participant,
  'participant-info': participantInfo,
  'media-stream': mediaStream,
  'chat-info': chatInfo,
  call,
  'odata-error': odataError,
} as const;

/** The name of a resource's schema: its file's name without `.schema.json`. */
export type SchemaName = keyof typeof schemas;

/** Every schema's name, in the order of the catalogue. */
export const schemaNames = Object.keys(schemas) as readonly SchemaName[];
