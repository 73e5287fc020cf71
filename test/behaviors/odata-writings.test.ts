import { said } from '../support/cases';
import { put } from '../support/edits';
import { aRun } from '../support/histories';

/** What OData lets a service write in several ways, in a roster's resourceUrl. */

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
  expect(said(withRosterAt(resourceUrl).history(), 'roster.resource-url')).toBe('passed');
});

test.each(['/communications/calls/C-1/participants', "/communications/calls('c1')/participants"])(
  "%s names them by the call's id in another spelling",
  (resourceUrl) => {
    expect(said(withRosterAt(resourceUrl).history(), 'roster.resource-url')).toContain(
      "with the call's id in another spelling",
    );
  },
);
