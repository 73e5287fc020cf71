import type {
  Call,
  ChatInfo,
  CommsNotification,
  CommsNotifications,
  CommsOperation,
  Identity,
  IdentitySet,
  InvitationParticipantInfo,
  InvitationRequest,
  InviteParticipantsOperation,
  MediaStream,
  ODataError,
  Participant,
  ParticipantInfo,
  ResultInfo,
  SchemaName,
} from '../../schemas';

const identity: Identity = { '@odata.type': '#microsoft.graph.identity', id: 'u1', displayName: 'Adele' };

const identitySet: IdentitySet = {
  '@odata.type': '#microsoft.graph.identitySet',
  user: identity,
  application: null,
  device: null,
  phone: null,
  guest: null,
  encrypted: null,
  onPremises: null,
  applicationInstance: null,
};

const invitee: InvitationParticipantInfo = {
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: identitySet,
  replacesCallId: 'c2',
  hidden: false,
  removeFromDefaultAudioRoutingGroup: true,
  participantId: 'p1',
  endpointType: 'default',
  id: 'i1',
};

const resultInfo: ResultInfo = {
  '@odata.type': '#microsoft.graph.resultInfo',
  code: 200,
  subcode: 0,
  message: 'Done.',
};

const commsOperation: CommsOperation = {
  '@odata.type': '#microsoft.graph.commsOperation',
  id: 'o1',
  status: 'running',
  clientContext: 'x',
  resultInfo,
};

const operation: InviteParticipantsOperation = {
  ...commsOperation,
  '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
  participants: [invitee],
};

const request: InvitationRequest = { participants: [invitee], clientContext: 'x' };

const notification: CommsNotification = {
  '@odata.type': '#microsoft.graph.commsNotification',
  changeType: 'deleted',
  resourceUrl: '/communications/calls/c1/operations/o1',
  resource: '/app/calls/c1/operations/o1',
  resourceData: operation,
};

const notifications: CommsNotifications = {
  '@odata.type': '#microsoft.graph.commsNotifications',
  value: [notification],
};

const mediaStream: MediaStream = {
  '@odata.type': '#microsoft.graph.mediaStream',
  mediaType: 'audio',
  sourceId: '1',
  direction: 'sendReceive',
  serverMuted: false,
  label: 'main',
};

const participantInfo: ParticipantInfo = {
  '@odata.type': '#microsoft.graph.participantInfo',
  identity: identitySet,
  endpointType: 'default',
  countryCode: 'US',
  languageId: 'en-US',
  region: 'amer',
  participantId: 'p1',
  replacesCallId: 'c2',
  hidden: false,
  removeFromDefaultAudioRoutingGroup: false,
};

const participant: Participant = {
  '@odata.type': '#microsoft.graph.participant',
  id: 'p1',
  info: participantInfo,
  mediaStreams: [mediaStream],
  isMuted: false,
  isInLobby: false,
};

const chatInfo: ChatInfo = {
  '@odata.type': '#microsoft.graph.chatInfo',
  threadId: 't1',
  messageId: '0',
  replyChainMessageId: 'r1',
};

const call: Call = {
  '@odata.type': '#microsoft.graph.call',
  id: 'c1',
  callbackUri: 'https://bot.example/calls',
  state: 'established',
  direction: 'outgoing',
  subject: 'Talk',
  tenantId: 'n1',
  myParticipantId: 'p0',
  callChainId: 'h1',
  terminationReason: 'AppInitiated',
  chatInfo,
  resultInfo,
  requestedModalities: ['audio'],
  targets: [invitee],
  source: participantInfo,
};

const odataError: ODataError = { error: { code: 'BadRequest', message: 'The participants are missing.' } };

/** For each schema, a value that satisfies it and has every property that it describes. */
export const samples: Readonly<Record<SchemaName, object>> = {
  'invitation-request': request,
  'invitation-participant-info': invitee,
  'identity-set': identitySet,
  identity,
  'invite-participants-operation': operation,
  'comms-operation': commsOperation,
  'result-info': resultInfo,
  'comms-notifications': notifications,
  'comms-notification': notification,
  participant,
  'participant-info': participantInfo,
  'media-stream': mediaStream,
  'chat-info': chatInfo,
  call,
  'odata-error': odataError,
};
