import type { History } from '../../history/events';
import { withdrawnRemarks } from '../../verdicts/withdrawn-remarks';
import { rosterEntry, user } from '../support/bodies';
import { acceptance, refusalOrFailure } from '../support/answers';
import { findingOn, openOn, shows, showsPeople, testArea, verdictOn } from '../support/cases';
import { put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import type { InvitationOptions } from '../support/story-options';

const IN_2025 = { edition: '2025-07-23' };
const MOVED = user('moved');
const MOVE: InvitationOptions = { invitees: [MOVED], replacing: true, participantId: 'p-1' };

const FIRST_ONLY: InvitationOptions = { ...MOVE, ignored: [user('second')] };
const BOTH = [{ identity: { user: { id: 'moved' } } }, { identity: { user: { id: 'second' } } }];

testArea('move', {
  'move.accepted': acceptance(MOVE),
  'move.other-application': refusalOrFailure(MOVE),
  'move.first-only-accepted': acceptance(FIRST_ONLY),
  'move.first-only-response': {
    passes: { 'only the first': (run) => run.invite(FIRST_ONLY).answer() },
    fails: {
      both: [
        (run) => run.invite(FIRST_ONLY).answer(put('/participants', BOTH)),
        showsPeople('response.participants', '$.participants', [
          ['user', 'moved', 'invitee'],
          ['user', 'second', 'ignored'],
        ]),
      ],
    },
  },
  'move.first-only-completion': {
    passes: { 'only the first': (run) => run.invite(FIRST_ONLY).answer().completion() },
    fails: {
      both: [
        (run) => run.invite(FIRST_ONLY).answer().completion(put('/resourceData/participants', BOTH)),
        showsPeople('completion.participants', '$.value[0].resourceData.participants', [
          ['user', 'moved', 'invitee'],
          ['user', 'second', 'ignored'],
        ]),
      ],
    },
  },
  'move.first-only-roster': {
    passes: { 'only the first': (run) => run.invite(FIRST_ONLY).joins() },
    fails: {
      both: [
        (run) =>
          run
            .invite(FIRST_ONLY)
            .answer()
            .completion()
            .roster(put('/resourceData', [rosterEntry(MOVED), rosterEntry(user('second'))])),
        showsPeople('invitation.ignored-stay-out', '$.value[0].resourceData[1]', [
          ['user', 'moved', 'invitee'],
          ['user', 'second', 'ignored'],
        ]),
      ],
    },
  },
  'move.response-participant-id': {
    passes: { 'it is returned': (run) => run.invite(MOVE).answer(put('/participants/0/participantId', 'p-1')) },
    fails: {
      missing: [
        (run) => run.invite(MOVE).answer(),
        shows('move.response-participant-id', '$.participants[0].participantId', undefined),
      ],
    },
  },
  'move.roster': {
    passes: { 'the moved user is listed': (run) => run.invite(MOVE).joins() },
    fails: {
      nobody: [
        (run) => run.invite(MOVE).answer().completion().roster(put('/resourceData', [])),
        showsPeople('roster.invitees', '$.value[0].resourceData', []),
      ],
    },
  },
  'move.source-call-stays': {
    passes: { 'it continues': (run) => run.invite(MOVE).joins() },
    fails: {
      'it ends': [
        (run) => run.invite(MOVE).joins().peer('terminated', 'deleted'),
        shows('move.source-call-stays', '$.value[0].resourceData.state', 'terminated'),
      ],
    },
  },
});

const told = (id: string, tell: (run: RunStory) => RunStory, header: object = IN_2025): History =>
  tell(aRun([id], header)).history();

describe('move.response-participant-id', () => {
  const id = 'move.response-participant-id';
  const answered = (participantId: unknown) => (run: RunStory) =>
    run.invite(MOVE).answer(put('/participants/0/participantId', participantId));

  test('passes if the participantId is returned', () => {
    expect(verdictOn(told(id, answered('p-1')), id)).toBe('passed');
  });

  test('passes if the response lists another participant before the moved one', () => {
    const both = [BOTH[1], { ...BOTH[0], participantId: 'p-1' }];
    expect(
      verdictOn(
        told(id, (run) => run.invite(MOVE).answer(put('/participants', both))),
        id,
      ),
    ).toBe('passed');
  });

  test.each([[null], ['p-2'], [7]])('fails if %p is returned', (participantId) => {
    expect(findingOn(told(id, answered(participantId)), id)).toMatchObject({
      fact: id,
      observed: { is: 'json', value: participantId },
      expected: { is: 'json', value: 'p-1' },
      at: [{ path: '$.participants[0].participantId' }],
    });
  });

  test('is untested if the response does not list the moved user', () => {
    const nobody = told(id, (run) => run.invite(MOVE).answer(put('/participants', [])));
    expect(openOn(nobody, id).reason).toEqual({ why: 'notShown', lacks: 'replacingEntry' });
  });
});

describe('move.source-call-stays', () => {
  const id = 'move.source-call-stays';

  test('passes if the meeting continues', () => {
    expect(
      verdictOn(
        told(id, (run) => run.invite(MOVE).joins()),
        id,
      ),
    ).toBe('passed');
    expect(
      verdictOn(
        told(id, (run) => run.invite(MOVE).joins().peer('established')),
        id,
      ),
    ).toBe('passed');
  });

  test.each([
    ['terminating', 'updated', 'terminating', '.state'],
    ['terminated', 'deleted', 'terminated', '.state'],
    ['established', 'deleted', 'deleted', '.changeType'],
  ])('fails if it is announced as %s, %s', (state, change, value, path) => {
    const finding = findingOn(
      told(id, (run) => run.invite(MOVE).joins().peer(state, change)),
      id,
    );
    expect(finding.observed).toEqual({ is: 'json', value });
    expect(finding.at[0]?.path).toMatch(new RegExp(`\\${path}$`));
  });

  test('is untested if the move did not complete', () => {
    const failed = told(id, (run) => run.invite(MOVE).answer().failing());
    expect(openOn(failed, id).reason).toMatchObject({ why: 'notShown' });
  });
});

describe('roster.hidden-absent', () => {
  const id = 'roster.hidden-absent';
  const HIDDEN: InvitationOptions = { invitees: [user('hidden')], hidden: true, call: 'c' };
  const other: InvitationOptions = { invitees: [user('other')], call: 'c', tries: [] };

  test('passes if rosters list only other participants', () => {
    const history = told(id, (run) => run.invite(HIDDEN).answer().completion().invite(other).joins());
    expect(verdictOn(history, id)).toBe('passed');
  });

  test.each([
    ['its own roster', (run: RunStory) => run.invite(HIDDEN).joins()],
    [
      'the next roster',
      (run: RunStory) =>
        run
          .invite(HIDDEN)
          .answer()
          .completion()
          .invite(other)
          .answer()
          .completion()
          .roster(put('/resourceData', [rosterEntry(user('other')), rosterEntry(user('hidden'))])),
    ],
  ])('fails if %s lists a hidden participant', (_what, tell) => {
    const { observed, at } = findingOn(told(id, tell), id);
    expect(observed).toMatchObject({ identities: [{ id: 'hidden' }] });
    expect(at).toHaveLength(1);
  });

  test('shows only the listed participants', () => {
    const two: InvitationOptions = { ...HIDDEN, invitees: [user('hidden'), user('unseen')] };
    const tell = (run: RunStory) =>
      run
        .invite(two)
        .answer()
        .completion()
        .roster(put('/resourceData', [rosterEntry(user('hidden'))]));
    expect(findingOn(told(id, tell), id).observed).toMatchObject({ identities: [{ id: 'hidden' }] });
  });

  test('is untested if no roster arrived', () => {
    const silent = told(id, (run) => run.invite(HIDDEN).answer().completion());
    expect(openOn(silent, id).reason).toEqual({ why: 'notShown', lacks: 'roster' });
  });
});

describe('an order that the later edition does not promise', () => {
  const early = (run: RunStory) => run.invite().answer().roster().completion();
  const id = 'ordering.completion-before-roster';

  test('fails in the first edition', () => {
    expect(verdictOn(told(id, early, {}), id)).toBe('failed');
    expect(withdrawnRemarks(told(id, early, {}))).toEqual([]);
  });

  test('is a remark in the later edition, also for concurrent invitations', () => {
    expect(withdrawnRemarks(told('request.route', early))).toEqual([
      expect.objectContaining({ code: 'notAsked', behavior: id, deviating: 1, tried: 1 }),
    ]);
    const concurrent = 'ordering.concurrent-invitations';
    expect(verdictOn(told(concurrent, early), concurrent)).toBe('passed');
    expect(verdictOn(told(concurrent, early, {}), concurrent)).toBe('failed');
  });

  test('causes no remark if it is kept', () => {
    expect(withdrawnRemarks(told('request.route', (run) => run.invite().joins()))).toEqual([]);
  });
});
