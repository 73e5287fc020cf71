import { findingOn, verdictOn } from '../support/cases';
import { put } from '../support/edits';
import { aRun } from '../support/histories';

/** OData's equivalent spellings, in a roster's resourceUrl. */

const withRosterAt = (resourceUrl: string) =>
  aRun(['roster.resource-url'])
    .invite({ callId: 'c-1' })
    .answer()
    .completion()
    .roster(put('/resourceUrl', resourceUrl));

test.each([
  "/communications/calls('c-1')/participants/",
  '/app/calls/c-1/microsoft.graph.call/participants',
  'https://graph.test/v1.0/communications/calls(%27c-1%27)/participants',
])('%s names the participants of the call', (resourceUrl) => {
  expect(verdictOn(withRosterAt(resourceUrl).history(), 'roster.resource-url')).toBe('passed');
});

test.each(['/communications/calls/C-1/participants', "/communications/calls('c1')/participants"])(
  '%s spells the call id differently, and fails',
  (resourceUrl) => {
    const { expected, observed } = findingOn(withRosterAt(resourceUrl).history(), 'roster.resource-url');
    expect(expected).toEqual({ is: 'resource', path: '/communications/calls/c-1/participants' });
    expect(observed).toEqual({ is: 'json', value: resourceUrl });
  },
);
