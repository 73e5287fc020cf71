import type { CallRecord, InvitedIdentity } from '../history/events';
import type { Attempt, InvitationOptions, AttemptContext } from './scenario';
import { REFUSAL_OR_FAILURE_BEHAVIORS } from './behavior-lists';

/** Invitations of users who are already in the call. */

const TRIES = ['request.duplicate-invitee', ...REFUSAL_OR_FAILURE_BEHAVIORS];
const AGAIN = { expect: 'refusedOrFails', alreadyInCall: true, tries: TRIES } as const;

/** The options that rename the invitee, or remove the name. */
function renamedInvitee(displayName: string | undefined): Pick<InvitationOptions, 'body'> {
  const rename = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (key, one: unknown) => (key === 'displayName' ? displayName : one));
  return { body: (plain) => rename(plain) };
}

/** Sends a body again, and waits for its notifications unless the response treats it as the same request. */
async function sameBody(context: AttemptContext, call: CallRecord, invitees: InvitedIdentity[]): Promise<void> {
  const clientContext = 'The same body, twice';
  const first = await context.inviteAndWait(call, {
    name: 'first',
    says: 'a user',
    invitees,
    clientContext,
    tries: [],
  });
  if (!first.accepted) return;
  const again = await context.invite(call, {
    name: 'again',
    says: 'the same body again',
    invitees,
    clientContext,
    ...AGAIN,
  });
  if (again.operationId === undefined || again.operationId !== first.operationId) await context.waitForOutcome(again);
}

export const DUPLICATES: readonly Attempt[] = [
  {
    name: 'duplicate',
    tries: TRIES,
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(2, 1)]);
      const invitees = users.slice(0, 1);
      const first = await context.inviteAndWait(call, { name: 'first', says: 'a user', invitees, tries: [] });
      if (!first.accepted) return;
      await context.inviteAndWait(call, { name: 'again', says: 'the same user again', invitees, ...AGAIN });
      const says = 'the same user again, after another';
      const control = 'multiple.accepted';
      await context.inviteAndWait(call, {
        name: 'among-others',
        says,
        invitees: users.toReversed(),
        control,
        ...AGAIN,
      });
      await context.inviteAndWait(call, {
        name: 'before-another',
        says: 'the same user again, before another',
        invitees: users,
        control,
        ...AGAIN,
      });
    },
  },
  {
    // The call must remember invitees of earlier operations, not only of the last one.
    name: 'duplicate-after-another',
    variation: true,
    tries: TRIES,
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(3)]);
      const invitees = users.slice(0, 1);
      for (const [i, user] of users.entries()) {
        const sent = await context.inviteAndWait(call, {
          name: `user-${i + 1}`,
          says: `user ${i + 1}`,
          invitees: [user],
          tries: [],
        });
        if (!sent.accepted) return;
      }
      await context.inviteAndWait(call, {
        name: 'again',
        says: 'the first again, after two others',
        invitees,
        ...AGAIN,
      });
      const second = users.slice(1, 2);
      await context.inviteAndWait(call, {
        name: 'renamed',
        says: 'the second again, under another displayName',
        invitees: second,
        ...AGAIN,
        ...renamedInvitee('Somebody else'),
      });
      const says = 'the third again, without a displayName';
      await context.inviteAndWait(call, {
        name: 'nameless',
        says,
        invitees: users.slice(2),
        ...AGAIN,
        ...renamedInvitee(undefined),
      });
    },
  },
  {
    name: 'duplicate-of-several',
    capability: 'multiple',
    variation: true,
    tries: TRIES,
    act: async (context) => {
      const [call, users] = await Promise.all([context.groupCall(), context.users(3)]);
      const several = await context.inviteAndWait(call, {
        name: 'two',
        says: 'two users',
        invitees: users.slice(0, 2),
        tries: [],
      });
      if (!several.accepted) return;
      const second = users.slice(1, 2);
      const control = 'multiple.accepted';
      await context.inviteAndWait(call, {
        name: 'second',
        says: 'the second of them again',
        invitees: second,
        control,
        ...AGAIN,
      });
      await context.inviteAndWait(call, { name: 'another', says: 'another user', invitees: users.slice(2), tries: [] });
      const says = 'the second of them again, after another user';
      await context.inviteAndWait(call, { name: 'second-after', says, invitees: second, control, ...AGAIN });
    },
  },
  {
    name: 'same-body',
    variation: true,
    tries: TRIES,
    act: async (context) => {
      const [call, invitees] = await Promise.all([context.groupCall(), context.users(1)]);
      await sameBody(context, call, invitees);
    },
  },
];
