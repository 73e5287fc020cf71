import { catalogOf } from '../../behaviors/catalog';
import { isEdition } from '../../behaviors/edition';
import { resourceOf, valueOf } from '../../behaviors/finding-values';
import { originOf } from '../../behaviors/source';
import type { History } from '../../history/events';
import { withdrawnRemarks } from '../../verdicts/withdrawn-remarks';
import { users, user } from '../support/bodies';
import { findingOn, judged, openOn, verdictOn } from '../support/cases';
import { put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';
import type { InvitationOptions } from '../support/story-options';
import { mixedElsewhere } from './concurrent-invitations';

const ACCEPTED = 'multiple.accepted';
const REFUSED = 'request.malformed-json';
const EITHER = 'pstn.number-required';
const told = (id: string, tell: (run: RunStory) => RunStory): History => tell(aRun([id])).history();
const lacks = (history: History, id: string): unknown => {
  const { reason } = openOn(history, id);
  return reason.why === 'notShown' ? reason.lacks : reason.why;
};

describe('an accepted plain invitation as a control', () => {
  const PLAIN: InvitationOptions = { tries: ['request.route'] };

  test('is not needed if an invitation that must be accepted is accepted', () => {
    expect(
      verdictOn(
        told(ACCEPTED, (run) => run.invite(PLAIN).refuse(403).invite().joins()),
        ACCEPTED,
      ),
    ).toBe('passed');
  });

  test('is needed if an invitation that must be refused is accepted', () => {
    const history = told(REFUSED, (run) => run.invite(PLAIN).refuse(403).invite({ expect: 'refused' }).joins());
    expect(lacks(history, REFUSED)).toBe('controlled');
  });

  test('cannot be an invitation that must be refused', () => {
    const refusable: InvitationOptions = { expect: 'refused' };
    const history = told(REFUSED, (run) =>
      run
        .invite({ ...refusable, tries: [] })
        .joins()
        .invite(refusable)
        .refuse(400),
    );
    expect(lacks(history, REFUSED)).toBe('controlled');
    const another = told(REFUSED, (run) => run.invite({ tries: [] }).joins().invite(refusable).refuse(400));
    expect(verdictOn(another, REFUSED)).toBe('passed');
  });
});

describe('the user who must be in the call already', () => {
  const ID = 'request.duplicate-invitee';
  const [u, v, w] = users(3) as [ReturnType<typeof user>, ReturnType<typeof user>, ReturnType<typeof user>];
  const AGAIN: InvitationOptions = { call: 'c', invitees: [u, w], alreadyInCall: true, expect: 'refusedOrFails' };
  const after = (earlier: InvitationOptions, tell: (run: RunStory) => RunStory): History =>
    told(ID, (run) =>
      tell(run.control().invite({ tries: [], call: 'c', ...earlier }))
        .invite(AGAIN)
        .refuse(409),
    );

  test('may be one of several invitees of an earlier invitation', () => {
    expect(
      verdictOn(
        after({ invitees: [v, u] }, (run) => run.joins()),
        ID,
      ),
    ).toBe('passed');
  });

  test.each<[string, InvitationOptions, (run: RunStory) => RunStory]>([
    ['to another call', { invitees: [u], call: 'd' }, (run) => run.joins()],
    ['that names others', { invitees: [v] }, (run) => run.joins()],
    ['that was refused', { invitees: [u] }, (run) => run.refuse(400)],
    ['that failed', { invitees: [u] }, (run) => run.answer().failing()],
  ])('is not in the call after an invitation %s', (_what, earlier, tell) => {
    expect(lacks(after(earlier, tell), ID)).toBe('inCallAlready');
  });

  test('is needed if the invitation is accepted', () => {
    const history = told(ID, (run) => run.control().invite(AGAIN).joins());
    expect(lacks(history, ID)).toBe('inCallAlready');
  });
});

describe('a missing end of the operation', () => {
  const REFUSABLE: InvitationOptions = { expect: 'refusedOrFails' };
  const PLAIN: InvitationOptions = { tries: ['request.route', 'completion.announced'] };

  test('proves an acceptance if the operations of plain invitations end, or if they are refused', () => {
    const ended = told(EITHER, (run) => run.invite(PLAIN).joins().invite(REFUSABLE).answer());
    expect(findingOn(ended, EITHER).fact).toBe('invitation.refused');
    const refused = told(EITHER, (run) =>
      run
        .control()
        .invite({ tries: ['completion.announced'] })
        .refuse(400)
        .invite(REFUSABLE)
        .answer(),
    );
    expect(findingOn(refused, EITHER).fact).toBe('invitation.refused');
  });

  test('does not matter if the operation ends, or if the refusal must be immediate', () => {
    const completed = told(EITHER, (run) => run.invite(PLAIN).answer().invite(REFUSABLE).joins());
    expect(findingOn(completed, EITHER).fact).toBe('invitation.refused');
    const atOnce = told(REFUSED, (run) => run.invite(PLAIN).answer().invite({ expect: 'refused' }).answer());
    expect(findingOn(atOnce, REFUSED).fact).toBe('invitation.refused');
  });
});

test('a Location that is not a URI is not judged further', () => {
  const id = 'response.location-operation';
  const history = told(id, (run) => run.invite().answer(undefined, { headers: [['location', 'http://[']] }));
  expect(lacks(history, id)).toBe('location');
});

test('an observed defect counts, even if the run did not show what the fact relies on', () => {
  const id = 'replace.first-only-roster';
  const options: InvitationOptions = { invitees: [user('first')], ignored: [user('second')], replacing: true };
  const history = told(id, (run) => {
    run.invite(options).answer().completion();
    return run.roster(() => run.rosterItem([user('second')]));
  });
  expect(findingOn(history, id).fact).toBe('invitation.ignored-stay-out');
});

test("another invitation's value is a general defect if plain invitations show it too", () => {
  const id = 'request.client-context-at-limit';
  expect(lacks(told(id, mixedElsewhere), id)).toBe('general');
});

test('an untested attempt names its exchange, and a finding about a delivery its attempt', () => {
  const id = 'completion.change-type';
  expect(
    openOn(
      told(id, (run) => run.invite().answer()),
      id,
    ).events,
  ).toEqual([3]);
  const wrong = told('notification.post', (run) => run.invite().answer().completion(undefined, { method: 'PUT' }));
  expect(findingOn(wrong, 'notification.post').attempt).toEqual({
    scenario: 'story',
    name: 'attempt-1',
    call: 'story/attempt-1#1',
  });
  const nothing = openOn(
    told('notification.post', (run) => run.invite().answer()),
    'notification.post',
  );
  expect(nothing).toMatchObject({ attempt: { scenario: '', name: '' }, events: [] });
});

test('a delivery without notifications, or one that is not JSON, proves nothing about the content of notifications', () => {
  const id = 'notification.change-type';
  const history = told(id, (run) => run.invite().answer().post([]).completion(undefined, { raw: '{' }));
  expect(verdictOn(history, id)).toBe('untested');
  const beside = told(id, (run) => run.invite().answer().post([]).completion(undefined, { raw: '{' }).completion());
  expect(judged(beside, id).attempts).toEqual({ passed: 1, failed: 0, untested: 0 });
});

test('a remark about an order that is not promised counts the invitations that show an order', () => {
  const run = aRun(['request.route'], { edition: '2025-07-23' });
  run.invite().answer().roster().completion().invite().joins().invite().refuse(400).invite().answer().roster();
  expect(withdrawnRemarks(run.history())).toMatchObject([{ deviating: 1, tried: 2 }]);
});

describe('values that findings keep', () => {
  const LONG = 'x'.repeat(1500);

  test('are complete up to 1,000 characters', () => {
    expect(valueOf('x')).toEqual({ is: 'json', value: 'x' });
    expect(valueOf(undefined)).toEqual({ is: 'absent' });
  });

  test.each([
    ['string', LONG, 1500],
    ['array', [LONG, 1], 2],
    ['object', { a: LONG, b: 1, c: 2 }, 3],
  ])('are the beginning and the length of a long %s', (type, value, length) => {
    expect(valueOf(value)).toEqual({ is: 'cut', type, length, beginning: expect.stringMatching(/x{100}/) as string });
  });

  test('show at most 1,000 characters of an expected path', () => {
    for (const path of ['/operations/o', 'x'.repeat(1000)]) expect(resourceOf(path)).toEqual({ is: 'resource', path });
    expect(resourceOf(LONG)).toEqual({ is: 'resource', path: `${'x'.repeat(1000)}…` });
  });

  test('give the role of each identity', () => {
    const roles = (...listed: ReturnType<typeof user>[]): unknown => {
      const run = aRun(['response.participants'])
        .invite({ tries: [], invitees: [user('theirs'), user('more')] })
        .joins()
        .invite({ invitees: [user(''), user('ours')], ignored: [user('second')] });
      const participants = listed.map(({ kind, id }) => ({ identity: { [kind]: { id } } }));
      const { observed } = findingOn(run.answer(put('/participants', participants)).history(), 'response.participants');
      return observed.is === 'identities' ? observed.identities.map(({ role }) => role) : observed;
    };
    expect(roles(user('ours'), user('second'), user('more'), user('nobody'))).toEqual([
      { of: 'invitee', number: 2, count: 2 },
      { of: 'ignored' },
      { of: 'another', invitation: 'story/attempt-1/1' },
      { of: 'unknown' },
    ]);
    expect(roles({ kind: 'phone', id: 'ours' }, { kind: 'phone', id: '' })).toEqual([
      { of: 'otherKind', invited: 'user' },
      { of: 'unknown' },
    ]);
  });
});

describe('the catalogue', () => {
  const { behaviorsOf } = catalogOf();

  test('names the behaviours of a fact, first the one that is about it', () => {
    expect(behaviorsOf('notification.json')).toEqual(['notification.json']);
    expect(behaviorsOf('response.operation-id-unique')).toEqual(['response.operation-id-unique']);
    expect(behaviorsOf('response.location')).toEqual(['response.location']);
    expect(behaviorsOf('completion.arrives')[0]).toBe('completion.announced');
    const participants = behaviorsOf('completion.participants');
    expect(participants[0]).toBe('completion.participants');
    expect(participants.filter((id) => id === 'completion.participants')).toHaveLength(1);
    expect(participants).toEqual(expect.arrayContaining(['replace.first-only-completion']));
    expect(participants).not.toContain('roster.joined');
    expect(behaviorsOf('move.source-call-stays')).toEqual([]);
    expect(behaviorsOf('made.up')).toEqual([]);
  });

  test('knows its editions', () => {
    expect(isEdition('2021-02-16')).toBe(true);
    expect(isEdition('2025-07-23')).toBe(true);
    expect(isEdition('2022-01-01')).toBe(false);
  });

  test('says where a behaviour comes from', () => {
    const resources = 'https://learn.microsoft.com/en-us/graph/api/resources';
    const linked = (name: string): unknown => originOf({ linked: name });
    expect(linked('commsOperation, resultInfo')).toEqual({
      linked: { name: 'commsOperation, resultInfo', url: `${resources}/commsoperation` },
    });
    for (const odd of ['2 pages', 'a page'])
      expect(linked(odd)).toMatchObject({ linked: { url: expect.stringMatching(/participant-invite$/) as string } });
    expect(originOf({ lines: [1], linked: 'errors' })).toMatchObject({
      page: { lines: [1] },
      linked: { url: 'https://learn.microsoft.com/en-us/graph/errors' },
    });
    expect(originOf({ section: 'Examples' })).toMatchObject({ page: { lines: [], section: 'Examples' } });
  });
});
