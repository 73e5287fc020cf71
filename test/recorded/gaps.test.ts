import { operationItem, rosterItem, user } from '../support/bodies';
import { drop, put } from '../support/edits';
import type { RunStory } from '../support/histories';
import type { DeliveryOptions, InvitationOptions } from '../support/story-options';
import { alone, RESPONSE, ROSTER, same, twice, waitUntil } from './missing-story';
import { shown } from './recorded-story';

/** Signs in a recording that something was lost, or names something else: then nothing is proved to be missing. */

describe('a notification that matches nothing may be the missing one', () => {
  const operation = (callId: string, over: Partial<Parameters<typeof operationItem>[1]> = {}): unknown =>
    operationItem(
      callId,
      { id: 'unknown', clientContext: 'unknown', invitees: [user('unknown')], ...over },
      'completed',
    );
  const posts =
    (item: unknown, how: DeliveryOptions = { to: null }) =>
    (run: RunStory): RunStory =>
      twice(150)(run.invite({ name: 'first', tries: [] }).joins()).post([item], how);
  const unmatched = 'untested unmatched';

  test.each<[string, unknown, string]>([
    ['another call', operation('other-call'), 'untested gap'],
    ['the call of one of them', operation('call-2'), 'untested unmatched gap'],
    ['the context of one', operation('other-call', { clientContext: 'context "2" <&>' }), 'untested unmatched gap'],
    ['the invitees of one', operation('other-call', { invitees: [user('user-of-2')] }), 'untested unmatched gap'],
    ['no invitees and no context', operation('other-call', { invitees: [], clientContext: undefined }), 'untested gap'],
    [
      'an invitee of one in a roster of another call',
      rosterItem('other-call', [user('user-of-2')]),
      'untested unmatched gap',
    ],
    ['an unknown one in a roster of another call', rosterItem('other-call', [user('unknown')]), 'failed'],
  ])('%s', (_, item, verdict) => {
    expect(shown(alone({ tell: posts(item) }))).toBe(verdict);
  });

  test('by the invitees only if the response has an id, by the context only if there is one', () => {
    const withoutId = put('/id', null);
    const tell = (run: RunStory): RunStory =>
      waitUntil(run.invite().answer(withoutId, RESPONSE).roster(same, ROSTER), 150).invite().answer(withoutId).roster();
    const other = operation('other-call', { invitees: [user('user-of-2')] });
    expect(shown(alone({ tell: (run) => tell(run).post([other], { to: null }) }))).toBe('untested gap');
    const silent = { clientContext: null };
    const nobody = operation('other-call', { clientContext: undefined });
    expect(shown(alone({ tell: (run) => twice(150, silent, silent)(run).post([nobody], { to: null }) }))).toBe(
      'untested gap',
    );
  });

  test('of an invitation that was lost: then more must be missing than gaps explain', () => {
    const lost = (run: RunStory): RunStory => run.post([operation('other-call')], { to: null });
    const missing = (count: number) => (run: RunStory) =>
      Array.from({ length: count - 2 }).reduce<RunStory>((so) => so.invite().answer().roster(), twice(150)(run));
    expect(shown(alone({ tell: (run) => lost(missing(3)(run)) }))).toBe('untested gap');
    expect(shown(alone({ tell: (run) => lost(missing(4)(run)) }))).toBe('failed');
    expect(shown(alone({ tell: (run) => lost(lost(missing(4)(run))) }))).toBe('failed');
    const other = operation('other-call', { id: 'another' });
    expect(shown(alone({ tell: (run) => lost(missing(6)(run)).post([other], { to: null }) }))).toBe('untested gap');
    expect(shown(alone({ tell: (run) => lost(missing(7)(run)).post([other], { to: null }) }))).toBe('failed');
    const untyped = drop('/resourceData/@odata.type')(operation('other-call'));
    expect(shown(alone({ tell: (run) => missing(3)(run).post([untyped], { to: null }) }))).toBe('untested gap');
  });

  test('or of an invitation whose response was not recorded: that was not lost', () => {
    const tell = (run: RunStory): RunStory =>
      twice(150)(run)
        .invite()
        .answer()
        .roster()
        .post([operation('x')], { to: null });
    expect(shown(alone({ tell }))).toBe('untested gap');
    expect(shown(alone({ tell: (run) => tell(run).invite().noAnswer() }))).toBe('failed');
  });

  test('not the end of an operation of another kind', () => {
    const prompt = put('/resourceData/@odata.type', '#microsoft.graph.playPromptOperation');
    const tell = (run: RunStory): RunStory => twice(150)(run).post([prompt(operation('other-call'))], { to: null });
    expect(shown(alone({ tell }))).toBe('failed');
  });

  test('by one of several invitees', () => {
    const pair = { invitees: [user('one'), user('other')] };
    const tell = (run: RunStory): RunStory =>
      twice(150, {}, pair)(run).post([rosterItem('other-call', [user('other')])], { to: null });
    expect(shown(alone({ tell }))).toBe('untested gap unmatched');
  });

  test('the roster of a call to which the invitee was invited too does not count', () => {
    const both = { invitees: [user('both')] };
    const tell = (run: RunStory): RunStory => twice(150, both)(run.invite({ ...both, tries: [] }).joins());
    expect(shown(alone({ tell }))).toBe('failed');
  });

  test('an unreadable one may be any; other traffic that was left out, none', () => {
    const leftOut = (why: 'unreadable' | 'notAnEntry') => ({ leftOut: [{ why, count: 1 }] });
    expect(shown(alone({ over: leftOut('unreadable') }))).toBe(unmatched);
    expect(shown(alone({ over: leftOut('notAnEntry') }))).toBe('failed');
  });
});

test('if rosters are missing after others, more completions must be missing than rosters', () => {
  const [completion, roster] = ['completion.announced', 'roster.announced'];
  const tell = (completions: number) => (run: RunStory) =>
    Array.from({ length: completions - 2 }).reduce<RunStory>(
      (so) => so.invite().answer().roster(),
      twice(150)(run).invite().answer().completion(),
    );
  expect(shown({ id: completion, tell: tell(3) })).toBe('untested gap against');
  expect(shown({ id: completion, tell: tell(4) })).toBe('failed');
  expect(shown({ id: roster, tell: tell(4) })).toBe('untested gap against');
});

test('the roster of an invitee who was in the call before may be missing', () => {
  const again = { call: 'the-call', invitees: [user('same')] };
  const tell = (options: InvitationOptions) => (run: RunStory) =>
    waitUntil(run.invite(again).answer().completion().roster().invite(options).answer(same, RESPONSE).completion(), 250)
      .invite(options)
      .answer()
      .completion();
  expect(shown({ id: 'roster.announced', tell: tell(again) })).toBe('untested membership against');
  expect(shown({ id: 'roster.announced', tell: tell({ ...again, invitees: [user('another')] }) })).toBe('failed');
  expect(shown({ id: 'roster.announced', tell: tell({ ...again, call: 'another-call' }) })).toBe('failed');
  const both = { ...again, invitees: [user('another'), user('same')] };
  expect(shown({ id: 'roster.announced', tell: tell(both) })).toBe('untested membership against');
  // It proves nothing about another invitation either.
  const once = (run: RunStory): RunStory =>
    waitUntil(run.invite(again).answer().completion().roster().invite(again).answer(same, RESPONSE).completion(), 250)
      .invite()
      .answer()
      .completion();
  expect(shown({ id: 'roster.announced', tell: once })).toBe('untested membership gap against');
});
