import { findingOn, openOn, verdictOn } from '../support/cases';
import { put } from '../support/edits';
import { rosterEntry, user } from '../support/bodies';
import { aRun } from '../support/histories';

/** The behaviours that judge the content of a roster. */

const ROWS = [
  'announced',
  'change-type',
  'resource-url',
  'collection',
  'invitees',
  'participant',
  'media-streams',
  'joined',
];
const USER = user('u');
const DELTA = {
  '@odata.type': '#microsoft.graph.deltaParticipants',
  sequenceNumber: 10,
  participants: [rosterEntry(USER)],
};

const withRoster = (id: string, data: unknown) =>
  aRun([id])
    .invite({ invitees: [USER] })
    .answer()
    .completion()
    .roster(put('/resourceData', data))
    .history();

test.each(ROWS)('roster.%s does not judge deltaParticipants, and says so', (row) => {
  for (const data of [[DELTA], DELTA]) {
    expect(openOn(withRoster(`roster.${row}`, data), `roster.${row}`).reason).toEqual({
      why: 'notShown',
      lacks: 'wholeRoster',
    });
  }
});

test('deltaParticipants without participants is a broken collection', () => {
  const { participants: _, ...rest } = DELTA;
  expect(verdictOn(withRoster('roster.collection', [rest]), 'roster.collection')).toBe('failed');
});

test('a participant listed as removed is not in the call', () => {
  const removed = { ...rosterEntry(USER), removedState: { reason: 'Removed' } };
  expect(findingOn(withRoster('roster.invitees', [removed]), 'roster.invitees').observed).toEqual({
    is: 'identities',
    identities: [],
  });
  expect(verdictOn(withRoster('roster.invitees', [{ ...removed, removedState: null }]), 'roster.invitees')).toBe(
    'passed',
  );
});

test('somebody whom several rosters list is shown once', () => {
  const others = put('/resourceData', [rosterEntry(user('other'))]);
  const history = aRun(['roster.invitees'])
    .invite({ invitees: [USER] })
    .answer()
    .completion()
    .roster(others)
    .roster(others)
    .history();
  expect(findingOn(history, 'roster.invitees').observed).toMatchObject({ identities: [{ kind: 'user', id: 'other' }] });
});

test('a participant who joined and was removed later was in the call', () => {
  const run = aRun(['roster.invitees'])
    .invite({ invitees: [USER] })
    .joins();
  run.roster(put('/resourceData', [{ ...rosterEntry(USER), removedState: {} }]));
  expect(verdictOn(run.history(), 'roster.invitees')).toBe('passed');
});
