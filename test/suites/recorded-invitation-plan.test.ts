import { recordedInvitationPlan } from '../../suites/recorded-invitation-plan';

/** The behaviours that a recorded invitation of one user tries. @param type the type of its identity */
function triedBy(type: string, failed: boolean): readonly string[] {
  const user = { '@odata.type': type, id: 'user' };
  const content = JSON.stringify({ participants: [{ identity: { user } }], clientContext: 'context' });
  const plan = recordedInvitationPlan({
    request: {
      method: 'POST',
      url: 'https://graph.example/v1.0/communications/calls/call/participants/invite',
      headers: [['content-type', 'application/json']],
      body: { encoding: 'utf8', content, bytes: content.length, truncated: false },
    },
    keepsAuthorization: false,
    overlap: 'no',
    failed,
  });
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
