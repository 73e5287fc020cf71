import type {
  Call,
  CommsNotification,
  CommsNotifications,
  InviteParticipantsOperation,
  Participant,
} from '../../schemas';

/** The meaning of a notification for a bot that invites. */
export type BotEvent =
  | { kind: 'invitationCompleted'; operationId: string; clientContext: string | null; invited: string[] }
  | { kind: 'invitationFailed'; operationId: string; clientContext: string | null; code: number; subcode: number }
  | { kind: 'rosterUpdated'; callId: string; present: { id: string; audible: boolean; inLobby: boolean }[] }
  | { kind: 'callTerminated'; callId: string }
  | { kind: 'callDeleted'; callId: string }
  | { kind: 'notUnderstood'; resourceUrl: string };

/** The ids in an identity set, of every kind. */
function idsOf(identitySet: object): string[] {
  return Object.values(identitySet).flatMap((identity: unknown) =>
    typeof identity === 'object' && identity !== null && 'id' in identity && typeof identity.id === 'string'
      ? [identity.id]
      : [],
  );
}

function aboutOperation(operation: InviteParticipantsOperation): BotEvent {
  const { id: operationId, clientContext = null, resultInfo, status } = operation;
  if (status?.toLowerCase() === 'failed') {
    const { code, subcode } = resultInfo ?? { code: 0, subcode: 0 };
    return { kind: 'invitationFailed', operationId, clientContext, code, subcode };
  }
  const invited = operation.participants.flatMap(({ identity }) => idsOf(identity));
  return { kind: 'invitationCompleted', operationId, clientContext, invited };
}

function aboutRoster(callId: string, roster: Participant[]): BotEvent {
  const present = roster.flatMap(({ info, isMuted, isInLobby, mediaStreams }) =>
    idsOf(info.identity).map((id) => ({
      id,
      inLobby: isInLobby,
      audible: !isMuted && mediaStreams.some(({ mediaType, serverMuted }) => mediaType === 'audio' && !serverMuted),
    })),
  );
  return { kind: 'rosterUpdated', callId, present };
}

function understand({ changeType, resourceUrl, resourceData }: CommsNotification): BotEvent {
  // In OData, a service may also write a key in parentheses, followed by a type cast.
  const plain = decodeURIComponent(resourceUrl)
    .replaceAll(/\('([^']*)'\)/g, '/$1')
    .replaceAll(/\/(?:microsoft\.)?graph\.\w+|\/$/gi, '');
  const [, callId = '', part = '', id] = /calls\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/i.exec(plain) ?? [];
  const data = resourceData ?? {};
  if (part.toLowerCase() === 'operations' && id !== undefined) {
    const operation = data as InviteParticipantsOperation;
    if (/^(completed|failed)$/i.test(operation.status ?? '')) return aboutOperation(operation);
  }
  if (part.toLowerCase() === 'participants' && Array.isArray(data)) return aboutRoster(callId, data as Participant[]);
  if (part === '' && callId !== '') {
    if (changeType === 'deleted') return { kind: 'callDeleted', callId };
    if (/^terminat(ing|ed)$/i.test((data as Call).state ?? '')) return { kind: 'callTerminated', callId };
  }
  return { kind: 'notUnderstood', resourceUrl };
}

/** Reads a delivery to the bot: every notification of the envelope, in order. */
export function handleNotifications({ value }: CommsNotifications): BotEvent[] {
  return value.map(understand);
}
