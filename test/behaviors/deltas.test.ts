import type { History } from '../../history/events';
import { rosterEntry, user } from '../support/bodies';
import { findingOn, verdictOn } from '../support/cases';
import { put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';

const MOVED = user('moved');

describe('rosters with only the changes', () => {
  const OPTED_IN = { edition: '2025-07-23', deltaParticipants: true };
  const told = (id: string, tell: (run: RunStory) => RunStory, header: object = { edition: '2025-07-23' }): History =>
    tell(aRun([id], header)).history();
  const delta = (sequenceNumber: unknown, ...ids: string[]) => ({
    '@odata.type': '#microsoft.graph.deltaParticipants',
    sequenceNumber,
    participants: ids.map((one) => rosterEntry(user(one))),
  });
  const withDeltas =
    (...deltas: unknown[]) =>
    (run: RunStory) => {
      run
        .invite({ invitees: [MOVED] })
        .answer()
        .completion();
      for (const one of deltas) run.roster(put('/resourceData', [one]));
      return run;
    };
  const ROWS = ['announced', 'change-type', 'resource-url', 'collection', 'invitees', 'participant', 'joined'];

  test.each(ROWS)('roster.%s is judged if the bots opted in', (row) => {
    const id = `roster.${row}`;
    expect(verdictOn(told(id, withDeltas(delta(1, 'moved')), OPTED_IN), id)).toBe('passed');
    expect(verdictOn(told(id, withDeltas(delta(1, 'moved'))), id)).toBe('untested');
  });

  test.each([
    ['is the same', [delta(3, 'moved'), delta(3, 'moved')], { is: 'json', value: 3 }],
    ['decreases', [delta(1, 'moved'), delta(3, 'moved'), delta(2, 'moved')], { is: 'json', value: 2 }],
    ['is a text', [delta('1', 'moved')], { is: 'json', value: '1' }],
    ['is missing', [delta(undefined, 'moved')], { is: 'absent' }],
  ])('roster.collection fails if the sequence number %s', (_how, deltas, value) => {
    const { fact, observed, at } = findingOn(
      told('roster.collection', withDeltas(...deltas), OPTED_IN),
      'roster.collection',
    );
    expect(fact).toBe('roster.collection');
    expect(observed).toEqual(value);
    expect(at.map((one) => one.path)).toEqual(['$.value[0].resourceData[0].sequenceNumber']);
  });

  test('increasing sequence numbers pass, with or without gaps', () => {
    const growing = [delta(1, 'moved'), delta(2, 'moved'), delta(4, 'moved')];
    expect(verdictOn(told('roster.collection', withDeltas(...growing), OPTED_IN), 'roster.collection')).toBe('passed');
  });

  test('the number of a delta is not compared with a missing one', () => {
    expect(
      verdictOn(
        told('roster.collection', withDeltas(delta(undefined, 'other'), delta(1, 'moved')), OPTED_IN),
        'roster.collection',
      ),
    ).toBe('passed');
  });

  test('an invitee who is only listed as removed is missing', () => {
    const gone = { ...delta(1), participants: [{ ...rosterEntry(MOVED), removedState: { reason: 'Removed' } }] };
    expect(findingOn(told('roster.invitees', withDeltas(gone), OPTED_IN), 'roster.invitees').observed).toMatchObject({
      identities: [],
    });
  });
});
