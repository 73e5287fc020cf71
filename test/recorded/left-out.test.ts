import type { Delivery, Exchange } from '../../history/events';
import { rosterItem, user } from '../support/bodies';
import { put } from '../support/edits';
import type { RunStory } from '../support/histories';
import { verdictOn } from './compare';
import { judgedFrom } from './judged-from';
import { shown } from './recorded-story';
import { ended, entry, harText, invites, listed, notifies, type Over } from './small-recording';

/** What a recording shows but does not explain: it speaks against a behaviour, or leaves it as it is. */

const verdictsOn = (entries: readonly object[], ...ids: string[]): string[] => {
  const { result } = judgedFrom([{ kind: 'har', text: harText(entries) }], 1000);
  return ids.map((id) => verdictOn(result, id));
};

const participants = [{ identity: { user: { '@odata.type': '#microsoft.graph.identity', id: 'user' } } }];
/** A sign that the recording continues. */
const listening = (at: number): object => entry({ at, url: 'https://bot.example/health', method: 'GET' });

describe('an invitation in a form that the page does not describe', () => {
  const plain = [
    invites('call', 'o', { text: JSON.stringify({ participants, clientContext: 'context' }) }),
    notifies([ended('call', 'o')], { at: 20 }),
    notifies([listed('call')], { at: 30 }),
  ];
  const odd = (id: string | undefined, over: Over = {}): object =>
    invites('call', id, { at: 5000, text: JSON.stringify({ participants, clientContext: 7 }), ...over });
  const error = { error: { code: 'BadRequest', message: 'clientContext' } };
  const refused = (status: number, answer: unknown = error): string[] =>
    verdictsOn([...plain, odd(undefined, { status, answer })], 'refusal.client-error', 'refusal.error-body');

  test.each<[number, string]>([
    [400, 'passed'],
    [302, 'untested circumstances'],
    [500, 'untested circumstances'],
    [503, 'untested circumstances'],
  ])('and is answered %i: refusal.client-error is %s', (status, verdict) => {
    expect(refused(status)[0]).toBe(verdict);
  });

  test('speaks against a refusal that another one shows', () => {
    const malformed = invites('call', undefined, { at: 9000, text: '{' });
    const of = (...more: object[]): string[] => verdictsOn([...plain, malformed, ...more], 'refusal.client-error');
    expect(of()).toEqual(['passed']);
    expect(of(odd(undefined, { status: 500 }))).toEqual(['untested circumstances']);
  });

  test('and is refused without an error is no refusal as the page requires', () => {
    expect(refused(400)[1]).toBe('passed');
    expect(refused(400, { message: 'no' })[1]).toBe('failed');
  });

  test('is not judged otherwise, and still counted', () => {
    const wrong = odd('p', { answer: { id: 'p', clientContext: 'another' } });
    const { result } = judgedFrom([{ kind: 'har', text: harText([...plain, wrong]) }], 1000);
    expect(verdictOn(result, 'response.client-context')).toBe('passed');
    expect(verdictOn(result, 'response.operation')).toBe('passed');
    expect(result.recording?.leftOut).toEqual([{ why: 'otherForm', count: 1 }]);
  });

  test.each(['completion.participants', 'completion.client-context'])(
    'and has the id of another operation: a notification is about either, for %s',
    (id) => {
      expect(verdictsOn([...plain, odd('p')], id)).toEqual(['passed']);
      expect(verdictsOn([...plain, odd('o')], id)).toEqual(['untested unmatched']);
    },
  );

  test('or whose body was not recorded', () => {
    const url = 'https://graph.example/v1.0/communications/calls/call/participants/invite';
    const bare = (status: number): object =>
      odd(undefined, { status, answer: error, more: { request: { method: 'POST', url } } });
    const ids = ['refusal.client-error', 'refusal.error-body', 'refusal.no-effect'];
    expect(verdictsOn([...plain, bare(400)], ...ids)).toEqual(['passed', 'passed', 'untested nothingSent']);
    expect(verdictsOn([...plain, bare(500)], ...ids)).toEqual([
      'untested circumstances',
      'untested nothingSent',
      'untested nothingSent',
    ]);
  });
});

describe('503 with Retry-After', () => {
  const busy = (run: RunStory, status: number): RunStory =>
    run.refuse(status, (body) => body, { headers: [['retry-after', '0']] });
  const told = (expect: 'accepted' | 'either' | 'refused' | 'refusedOrFails', status: number) => (run: RunStory) =>
    busy(run.control().invite({ expect: 'refused' }).refuse(400).callUpdate().invite({ expect }), status).callUpdate();

  test.each(['request.malformed-json', 'refusal.client-error'])(
    'to an invitation that must be refused speaks against %s',
    (id) => {
      expect(shown({ id, tell: told('refused', 503) })).toBe('untested response against');
      expect(shown({ id, tell: told('refusedOrFails', 503) })).toBe('untested response against');
      expect(shown({ id, tell: told('refused', 429) })).toBe('passed');
    },
  );

  test('to one that may be accepted is no refusal', () => {
    expect(shown({ id: 'refusal.client-error', tell: told('accepted', 503) })).toBe('passed');
    expect(shown({ id: 'refusal.client-error', tell: told('either', 503) })).toBe('passed');
  });
});

describe('notifications of one call at several paths', () => {
  const others = (run: RunStory): RunStory => run.invite({ call: 'other' }).joins();
  const tell = (run: RunStory): RunStory => others(run).invite({ call: 'one' }).joins();
  /** Moves notifications of the call `one` to another path. */
  const moved =
    (part: string, path = '/other') =>
    (event: Exchange | Delivery): Exchange | Delivery =>
      event.kind === 'delivery' && event.call === 'one' && event.body.content.includes(part)
        ? { ...event, path }
        : event;
  const IDS = ['completion.announced', 'roster.announced', 'roster.invitees', 'roster.resource-url'];

  test.each(IDS)('leave open which is its callback, for %s', (id) => {
    expect(shown({ id, tell })).toBe('passed');
    expect(shown({ id, tell, edit: moved('/operations/') })).toBe('untested callback against');
    expect(shown({ id, tell, edit: moved('/participants"') })).toBe('untested callback against');
  });

  test.each(['completion.participants', 'roster.participant', 'ordering.response-first'])('do not concern %s', (id) => {
    expect(shown({ id, tell, edit: moved('/operations/') })).toBe('passed');
  });

  test('that differ only by the query, or are of two sources, are one', () => {
    const id = 'completion.announced';
    expect(shown({ id, tell, edit: moved('/operations/', '/one?key=1') })).toBe('passed');
    const recorded = (event: Exchange | Delivery) =>
      event.kind === 'delivery' && event.path === '/other' ? { source: 1 } : {};
    const sources = [[0, 1e6] as const, [0, 1e6] as const];
    const elsewhere = (event: Exchange | Delivery): Exchange | Delivery => {
      const at = moved('/operations/')(event);
      return at === event ? event : { ...at, recorded: { source: 1, times: 'full' } };
    };
    expect(shown({ id, tell, sources, recorded, edit: elsewhere })).toBe('passed');
  });

  test('of another kind than completions and rosters may go elsewhere', () => {
    const withState = (run: RunStory): RunStory => tell(run).callUpdate();
    expect(shown({ id: 'completion.announced', tell: withState, edit: moved('established') })).toBe('passed');
  });
});

describe('a roster of another call that shows an invitee', () => {
  const id = 'roster.resource-url';
  const first = (run: RunStory): RunStory => run.invite().joins().invite({ call: 'one' });
  const shows = (run: RunStory, who = 'user-of-2'): RunStory =>
    run.post([rosterItem('elsewhere', [user(who)])], { to: null });

  test('may be that of the call, if no other shows the invitee', () => {
    const tell = (run: RunStory): RunStory => shows(first(run).answer().completion());
    expect(shown({ id, tell })).toBe('untested unmatched against');
    expect(shown({ id, tell: (run) => tell(run).post([rosterItem('call-2', [user('another')])]) })).toBe(
      'untested unmatched against',
    );
    expect(shown({ id: 'roster.change-type', tell })).toBe('passed');
  });

  test.each<[string, (run: RunStory) => RunStory]>([
    ['shows somebody else', (run) => shows(first(run).answer().completion(), 'another')],
    ['shows who is in a roster of the call too', (run) => shows(first(run).joins())],
    ['shows who was refused', (run) => shows(first(run).refuse().callUpdate())],
    ['shows whose operation failed', (run) => shows(first(run).answer().failing())],
  ])('says nothing if it %s', (_, tell) => {
    expect(shown({ id, tell })).toBe('passed');
  });
});

describe('an accepted invitation whose operation is not seen to end', () => {
  const ids = ['completion.announced', 'ordering.concurrent-invitations'];
  const pair = (call: string, at: number): object[] => [
    invites(call, `${call}-1`, { at }),
    invites(call, `${call}-2`, { at: at + 50, text: JSON.stringify({ participants, clientContext: 'context' }) }),
    notifies([ended(call, `${call}-2`)], { at: at + 70 }),
    notifies([listed(call)], { at: at + 90 }),
  ];
  const together = [
    invites('both', 'both-1', { text: JSON.stringify({ participants, clientContext: 'context' }) }),
    invites('both', 'both-2', { at: 5, text: JSON.stringify({ participants, clientContext: 'context' }) }),
    notifies([ended('both', 'both-1')], { at: 20 }),
    notifies([ended('both', 'both-2')], { at: 40 }),
    notifies([listed('both')], { at: 60 }),
  ];
  const single = [
    invites('one', 'one', { at: 200, text: JSON.stringify({ participants, clientContext: 'context' }) }),
    notifies([ended('one', 'one')], { at: 220 }),
    notifies([listed('one')], { at: 240 }),
  ];

  test('and may have run with a later one speaks against either behaviour', () => {
    expect(verdictsOn([...together, ...single, listening(9000)], ...ids)).toEqual(['passed', 'passed']);
    expect(verdictsOn([...together, ...single, ...pair('call', 1000), listening(9000)], ...ids)).toEqual([
      'untested gap',
      'untested ended',
    ]);
  });

  test.each([
    ['completed', 'passed'],
    ['error', 'untested ended'],
  ])('but with status %s, beside another one: %s', (status, verdict) => {
    const text = JSON.stringify({ participants, clientContext: 'context' });
    const pairWith = (end: string): object[] => [
      invites('call', 'call-1', { at: 1000, text }),
      invites('call', 'call-2', { at: 1005, text }),
      notifies([ended('call', 'call-1', end)], { at: 1020 }),
      notifies([ended('call', 'call-2')], { at: 1040 }),
      notifies([listed('call')], { at: 1060 }),
    ];
    const entries = [...together, ...single, ...pairWith(status), listening(9000)];
    expect(verdictsOn(entries, 'ordering.concurrent-invitations')).toEqual([verdict]);
  });

  test.each<[string, (run: RunStory) => RunStory, string]>([
    ['that must be announced', (run) => run.invite({ call: 'two', tries: ids }).answer().callUpdate(), 'ended'],
    ['that need not be', (run) => run.invite({ call: 'two' }).answer().callUpdate(), 'gap'],
  ])('with an end %s has this reason', (_, tell, reason) => {
    const [, id = ''] = ids;
    expect(shown({ id, tell: (run) => tell(run.invite({ call: 'one' }).joins()) })).toBe(`untested ${reason} against`);
  });

  test('is not one that also ends with an unknown status', () => {
    const [, id = ''] = ids;
    const tell = (run: RunStory): RunStory =>
      run.invite().joins().invite().answer().running(put('/changeType', 'deleted')).completion().roster();
    expect(shown({ id, tell })).toBe('failed');
  });

  test('proves nothing if the call has no notifications', () => {
    const silent = pair('call', 1000).slice(0, 2);
    expect(verdictsOn([...together, ...single, ...silent, listening(9000)], ...ids)).toEqual(['passed', 'passed']);
  });
});
