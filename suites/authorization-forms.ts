import { behaviorsTriedBy, type RefusedInvitation } from './invitation-attempts';
import { REFUSAL_BEHAVIORS } from './behavior-lists';
import type { Attempt, AttemptContext, InvitationOptions } from './scenario';

/** The invitation that a credential is sent with, by the credential's index. */
type InvitationOf = (i: number) => Pick<InvitationOptions, 'invitees' | 'control' | 'replaces'>;

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

const FORMS = [
  { name: 'several', capability: 'multiple', says: 'of two participants', form: ofSeveral },
  { name: 'replacing', capability: 'replace', says: 'with a replacesCallId', form: replacing },
  { name: 'phone', capability: 'pstn', says: 'of a phone', form: ofPhones },
] as const;

/** Sends each credential with invitations of other forms: a service may check only those of one user. */
export function withOtherInvitations(credentials: readonly RefusedInvitation[]): Attempt[] {
  return FORMS.map(({ name, capability, says, form }) => ({
    name,
    capability,
    variation: true,
    tries: behaviorsTriedBy(credentials),
    act: async (context) => {
      // The form comes first: it throws if no phone may be dialled, and then no call is requested.
      const [invitationOf, call] = await Promise.all([form(context, credentials.length), context.groupCall()]);
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
