import { madeUpPage, type Json, type Kind } from './made-up-page';

const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';

/** Bodies without any of the kept examples' contradictions. */
export function cleanBodies(n: number, kind: Kind): Json {
  const identity = n === 4 ? { phone: { id: '+15550100999' } } : { user: { id: `user-of-${n}` } };
  const identities = n === 2 ? [identity, { user: { id: 'another-user' } }] : [identity];
  const replaces = n === 3 ? { replacesCallId: 'aaaaaaaa-0000-4000-8000-000000000002' } : {};
  const people = identities.map((one) => ({ ...replaces, identity: one }));
  const clientContext = `context of ${n}`;
  const operation = {
    '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
    id: `operation-${n}`,
    clientContext,
    participants: people,
  };
  const notifies = (changeType: string, part: string, resourceData: unknown): Json => ({
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: [
      {
        '@odata.type': '#microsoft.graph.commsNotification',
        changeType,
        resourceUrl: `/communications/calls/${GROUP}/${part}`,
        resourceData,
      },
    ],
  });
  if (kind === 'request') return { participants: people, clientContext };
  if (kind === 'response') return { ...operation, status: 'running' };
  if (kind === 'completion') {
    return notifies('deleted', `operations/operation-${n}`, { ...operation, status: 'completed' });
  }
  const streams = [{ mediaType: 'audio', sourceId: '1', direction: 'sendReceive', serverMuted: false }];
  const entries = identities.map((one, i) => ({
    '@odata.type': '#microsoft.graph.participant',
    id: `entry-${n}-${i}`,
    info: { identity: one },
    mediaStreams: streams,
    isMuted: false,
    isInLobby: false,
  }));
  return notifies('updated', 'participants', entries);
}

/** A page whose examples follow all its rules. */
export function cleanPage(bodies: (n: number, kind: Kind) => Json = cleanBodies): string {
  return madeUpPage({
    bodies,
    path: () => `/communications/calls/${GROUP}/participants/invite`,
    responseHeaders: (n) => [`Location: /communications/calls/${GROUP}/operations/operation-${n}`],
  }).markdown;
}
