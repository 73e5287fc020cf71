import { EDITION } from '../../behaviors/edition';
import type { SeenInvitation } from '../../history/import/plan';
import { REFUSAL_BEHAVIORS } from '../../suites/behavior-lists';
import { recordedPlanFor } from '../../suites/recorded-edition-plan';
import { recordedInvitationPlan } from '../../suites/recorded-invitation-plan';

/** A recorded invitation with a body. */
function seen(body: unknown, failed = false): SeenInvitation {
  const content = JSON.stringify(body);
  return {
    request: {
      method: 'POST',
      url: 'https://graph.example/v1.0/communications/calls/call/participants/invite',
      headers: [['content-type', 'application/json']],
      body: { encoding: 'utf8', content, bytes: content.length, truncated: false },
    },
    keepsAuthorization: false,
    overlap: 'no',
    failed,
  };
}

/** The behaviours that a recorded invitation of one user tries. @param type the type of its identity */
function triedBy(type: string, failed: boolean): readonly string[] {
  const user = { '@odata.type': type, id: 'user' };
  const plan = recordedInvitationPlan(
    seen({ participants: [{ identity: { user } }], clientContext: 'context' }, failed),
  );
  if (typeof plan === 'string') throw new Error(`left out: ${plan}`);
  return plan.tries;
}

// A service may return what it was sent, so only its participants and its context are judged.
test.each([false, true])('the form of the response to an oddly written request is not judged; failed: %s', (failed) => {
  expect(triedBy('#microsoft.graph.identity', failed)).toContain('response.operation');
  const tried = triedBy('microsoft.graph.identity', failed);
  expect(tried).not.toContain('response.operation');
  expect(tried).toEqual(expect.arrayContaining(['response.participants', 'response.client-context']));
});

test('a failed operation is judged as a failure, however its request was written', () => {
  expect(triedBy('#microsoft.graph.identity', true)).toContain('failure.announced');
  expect(triedBy('microsoft.graph.identity', true)).toContain('failure.announced');
  expect(triedBy('microsoft.graph.identity', false)).not.toContain('failure.announced');
});

describe('six participants of whom the first has a replacesCallId', () => {
  const identity = (id: string) => ({ user: { '@odata.type': '#microsoft.graph.identity', id } });
  const participants = ['1', '2', '3', '4', '5', '6'].map((id, i) => ({
    identity: identity(id),
    ...(i === 0 ? { replacesCallId: 'peer' } : {}),
  }));

  test.each([false, true])('may be refused or accepted; failed: %s', (failed) => {
    expect(recordedInvitationPlan(seen({ participants }, failed))).toMatchObject({
      expect: 'either',
      replaces: 'peer',
      invitees: [{ id: '1' }],
      ignored: participants.slice(1).map(({ identity: { user } }) => ({ id: user.id })),
      tries: [
        'replace.first-only-response',
        'replace.first-only-completion',
        'replace.first-only-roster',
        'failure.announced',
        ...REFUSAL_BEHAVIORS,
      ],
    });
    const five = recordedInvitationPlan(seen({ participants: participants.slice(0, 5) }));
    expect(five).toMatchObject({ expect: 'accepted' });
  });

  test('are in a form that is not described if the first is moved', () => {
    const moved = participants.map((one, i) => (i === 0 ? { ...one, participantId: 'p' } : one));
    const plan = recordedPlanFor('2025-07-23')(seen({ participants: moved }));
    expect(plan).toMatchObject({ leftOut: 'otherForm', expect: 'either' });
    expect(recordedPlanFor('2025-07-23')(seen({ participants: moved.slice(0, 2) }))).toMatchObject({ name: 'moving' });
  });
});

test('of an invitation that an edition does not describe, only its refusal is judged', () => {
  const identity = { user: { id: 'user' } };
  const hidden = seen({ participants: [{ identity, hidden: true }] });
  const { tries, invitees, leftOut, expect: outcome } = recordedPlanFor(EDITION)(hidden);
  expect({ tries, invitees, leftOut, outcome }).toEqual({
    tries: REFUSAL_BEHAVIORS,
    invitees: [{ kind: 'user', id: 'user' }],
    leftOut: 'otherForm',
    outcome: 'either',
  });
  expect(recordedPlanFor('2025-07-23')(hidden)).not.toHaveProperty('leftOut');
  // Who must not join is unknown.
  const nobody = recordedPlanFor(EDITION)(seen({ participants: [], clientContext: 7 }));
  expect(nobody.tries).toEqual(['refusal.client-error', 'refusal.error-body']);
});

test.each<[string, [string, string][], boolean]>([
  ['another type', [['content-type', 'text/plain']], true],
  ['no type, but a length', [['content-length', '9']], true],
  ['no type, but an encoding of the transfer', [['transfer-encoding', 'chunked']], true],
  ['neither, as a library that does not see them', [['accept', '*/*']], false],
  ['no headers', [], false],
])('a request with %s has the wrong type: %j, %s', (_, headers, isWrong) => {
  const invitation = seen({ participants: [{ identity: { user: { id: 'u' } } }], clientContext: 'context' });
  const plan = recordedInvitationPlan({ ...invitation, request: { ...invitation.request, headers } });
  expect(plan).toMatchObject({ expect: isWrong ? 'refused' : 'accepted' });
});

test.each<[[string, string][], boolean]>([
  [[['content-type', 'application/json']], true],
  [[['content-length', '9']], true],
  [[['accept', '*/*']], false],
  [[], false],
])('with the headers %j, a request is known to have no token: %s', (headers, isKnown) => {
  const invitation = seen({ participants: [{ identity: { user: { id: 'u' } } }], clientContext: 'context' });
  const request = { ...invitation.request, headers };
  const says: unknown = expect.stringContaining('without an Authorization header');
  const plan = recordedInvitationPlan({ ...invitation, request, keepsAuthorization: true });
  expect(plan).toMatchObject(isKnown ? { says } : { expect: 'accepted' });
});
