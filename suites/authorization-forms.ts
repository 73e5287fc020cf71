import { behaviorsTriedBy, type RefusedInvitation } from './invitation-attempts';
import type { Edition } from '../behaviors/edition';
import { REFUSAL_BEHAVIORS } from './behavior-lists';
import type { Attempt, AttemptContext, Capability, InvitationOptions } from './scenario';
import { usersToRefuse } from './users';

/** The invitation that a credential is sent with, by the credential's index. */
type InvitationOf = (
  i: number,
) => Pick<InvitationOptions, 'invitees' | 'control' | 'replaces' | 'participantId' | 'hidden'>;

async function ofSeveral(context: AttemptContext, count: number): Promise<InvitationOf> {
  const users = await context.users(2 * count, 2 * count);
  return (i) => ({ invitees: users.slice(2 * i, 2 * i + 2), control: 'multiple.accepted' });
}

async function replacing(context: AttemptContext): Promise<InvitationOf> {
  const peer = await context.peerToPeerCall();
  return () => ({ invitees: [peer.user], replaces: peer.call, control: 'replace.accepted' });
}

/** Numbers that nobody can dial, as +999 is unassigned: a service that accepts them without the permission calls nobody. */
function ofPhones(context: AttemptContext, count: number): Promise<InvitationOf> {
  const phones = Array.from({ length: count }, (_, i) => context.undialablePhone(`+9990000000${i}`));
  return Promise.resolve((i) => ({ invitees: phones.slice(i, i + 1), control: 'pstn.accepted' }));
}

async function moving(context: AttemptContext): Promise<InvitationOf> {
  const { call, user, participantId } = await context.meeting('same');
  return () => ({ invitees: [user], replaces: call, participantId, control: 'move.accepted' });
}

async function ofHidden(context: AttemptContext, count: number): Promise<InvitationOf> {
  const { at } = await usersToRefuse(context, count);
  return (i) => ({ invitees: at(i), hidden: true, control: 'request.hidden-accepted' });
}

async function ofUsers(context: AttemptContext, count: number): Promise<InvitationOf> {
  const { at } = await usersToRefuse(context, count);
  return (i) => ({ invitees: at(i), control: 'request.peer-call-single' });
}

interface Form {
  name: string;
  says: string;
  form: (context: AttemptContext, count: number) => Promise<InvitationOf>;
  since?: Edition;
  capability?: Capability;
  /** Whether they are sent to a peer-to-peer call. */
  toPeer?: true;
}

const FORMS: readonly Form[] = [
  { name: 'several', capability: 'multiple', says: 'of two participants', form: ofSeveral },
  { name: 'replacing', capability: 'replace', says: 'with a replacesCallId', form: replacing },
  { name: 'phone', capability: 'pstn', says: 'of a phone', form: ofPhones },
  { name: 'moving', since: '2025-07-23', capability: 'move', says: 'with a participantId', form: moving },
  { name: 'hidden', since: '2025-07-23', says: 'of a hidden participant', form: ofHidden },
  { name: 'to-a-peer-call', since: '2025-07-23', says: 'to a peer-to-peer call', form: ofUsers, toPeer: true },
];

/** Sends each credential with invitations of other forms: a service may check only those of one user. */
export function withOtherInvitations(credentials: readonly RefusedInvitation[]): Attempt[] {
  return FORMS.map(({ says, form, toPeer, ...own }) => ({
    ...own,
    variation: true,
    tries: behaviorsTriedBy(credentials),
    act: async (context) => {
      // The form comes first: it throws if no phone may be dialled, and then no call is requested.
      const [invitationOf, call] = await Promise.all([
        form(context, credentials.length),
        toPeer ? context.peerToPeerCall().then((peer) => peer.call) : context.groupCall(),
      ]);
      await Promise.all(
        credentials.map((door, i) =>
          context.inviteAndWait(call, {
            ...door.options,
            ...invitationOf(i),
            name: door.name,
            says: `${says}, ${door.says}`,
            expect: 'refused',
            tries: [...door.behaviors, ...REFUSAL_BEHAVIORS],
          }),
        ),
      );
    },
  }));
}
