import type { History, HistoryEvent, HistoryHeader, StoppedRecord } from '../../history/events';
import { everyInvitation, runView } from '../../history/run-view';
import { all, drop, put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';

/** What the view of a run includes, and what it leaves out. */

const RECORDING = { sources: [], calls: 0, invitations: 0, notifications: 0, callbacks: [], leftOut: [] };
const numbers = (list: readonly { delivery: { n: number } }[]): number[] => list.map(({ delivery }) => delivery.n);
const keys = (list: readonly { record: { key: string } }[]): string[] => list.map(({ record }) => record.key);

/** Inserts an event before the first end of an attempt. */
function interrupted({ header, events }: History, event: HistoryEvent): History {
  const at = events.findIndex(({ kind }) => kind === 'attemptEnd');
  return { header, events: [...events.slice(0, at), event, ...events.slice(at)] };
}

describe('remarks', () => {
  const stray = (header: Partial<HistoryHeader>, sharedCallback: boolean): readonly string[] => {
    const run = aRun(undefined, header).invite().joins().invite({ sharedCallback }).answer();
    run
      .deliver('x', { to: null })
      .deliver('y', { to: null })
      .end({ remarks: ['its own'] });
    return runView(run.history()).remarks;
  };

  test('are those of the end of the run, and one about deliveries to paths of no call', () => {
    const remark = '2 deliveries arrived at paths that belong to no call of this run';
    expect(stray({}, false)).toEqual(['its own', remark]);
    expect(runView(aRun().invite().joins().history()).remarks).toEqual([]);
  });

  test('are not about paths if calls share a callback, or if the traffic was recorded', () => {
    expect(stray({}, true)).toEqual(['its own']);
    expect(stray({ recording: RECORDING }, false)).toEqual(['its own']);
  });
});

describe('the end of a run', () => {
  const run = (): RunStory => aRun().invite({ attempt: 'a' }).joins().invite({ attempt: 'b' }).joins();

  test('by a failure, as requested, is kept', () => {
    const { header, events } = run().history();
    const bailed = events.map((event) => (event.kind === 'end' ? { ...event, bailed: true } : event));
    expect(runView({ header, events: bailed }).bailed).toBe(true);
    expect(runView({ header, events })).not.toHaveProperty('bailed');
  });

  test('of its target leaves out the attempts that ended when it may have been gone', () => {
    const { header, events } = run().history();
    const ends = events.map((event) =>
      event.kind === 'attemptEnd' ? { ...event, at: event.attempt === 'a' ? 99 : 100 } : event,
    );
    const stopped: StoppedRecord = {
      kind: 'stopped',
      n: 99,
      cause: 'restarted',
      at: 120,
      since: 100,
      inFlight: [],
      seen: '',
    };
    const view = runView(interrupted({ header, events: ends }, stopped));
    expect([view.invitations, view.cutOffInvitations].map(keys)).toEqual([['story/a/1'], ['story/b/2']]);
    expect(keys(everyInvitation(view))).toEqual(['story/a/1', 'story/b/2']);
    expect(view.cutOff.map(({ attempt }) => attempt)).toEqual(['b']);
    expect(view.stopped).toBe(stopped);
    expect(runView({ header, events: ends })).not.toHaveProperty('stopped');
  });

  test('leaves as cut off the planned attempts that did not end, were selected and are possible', () => {
    const story = run().cutOff();
    story.planned({ attempt: 'unmade', tries: [] }).planned({ attempt: 'other', tries: [], notSelected: true });
    story.planned({ attempt: 'impossible', tries: [], withoutCapability: 'replace' }).missing({ tries: ['x'] });
    const { cutOff, missing } = runView(story.history());
    expect(cutOff.map(({ attempt }) => attempt)).toEqual(['b', 'unmade']);
    expect(missing).toMatchObject([{ attempt: 'not-made', tries: ['x'] }]);
  });
});

describe('an invitation', () => {
  test('counts its sendings, of which other requests are none', () => {
    const { header, events } = aRun().invite().refuse(429).refuse(429).answer().invite().answer().history();
    const probe = events.flatMap((event) => (event.kind === 'exchange' ? [event] : [])).at(-1);
    if (!probe) throw new Error('no exchange');
    const { invitation: _none, ...rest } = probe;
    const { invitations, unanswered } = runView({ header, events: [...events, { ...rest, n: 99, purpose: 'probe' }] });
    expect(invitations.map(({ sendCount, outcome }) => [sendCount, outcome])).toEqual([
      [3, 'accepted'],
      [1, 'accepted'],
    ]);
    expect(unanswered).toEqual([]);
  });

  test('has an operation id only if it was accepted, and no body without a response', () => {
    const run = aRun()
      .invite()
      .refuse(400, put('/id', 'x'))
      .invite()
      .answer(undefined, { raw: '{' })
      .invite()
      .noAnswer();
    expect(runView(run.history()).invitations).toMatchObject([
      { outcome: 'refused', json: { ok: true }, operationId: undefined },
      { outcome: 'accepted', json: { ok: false }, operationId: undefined },
      { outcome: 'noAnswer', json: { ok: false, reason: 'no response' }, operationId: undefined },
    ]);
  });

  test('has the endings of its operation, and rosters that reached its callback or name its call', () => {
    const run = aRun().invite({ attempt: 'a' }).answer().invite({ attempt: 'b' }).answer().of('1');
    const other = put('/resourceUrl', '/communications/calls/call-2/participants');
    run.running().roster(undefined, { to: 'story/b#1' }).completion().roster(other).callUpdate().roster();
    const [a, b] = runView(run.history()).invitations;
    expect([a, b].map((one) => one && numbers(one.operations))).toEqual([[7, 9], []]);
    expect([a, b].map((one) => one && numbers(one.endings))).toEqual([[9], []]);
    expect([a, b].map((one) => one && numbers(one.rosters))).toEqual([[10, 12], [8]]);
    expect([a, b].map((one) => one && numbers(one.rostersAnywhere))).toEqual([
      [8, 10, 12],
      [8, 10],
    ]);
  });

  test('on a shared callback has only the rosters that name its call', () => {
    const run = aRun().invite({ sharedCallback: true }).answer().roster(undefined, { to: null });
    run.roster(drop('/resourceUrl')).roster(put('/resourceUrl', '/communications/calls/x/participants'));
    const [invitation] = runView(run.history()).invitations;
    expect(invitation && [invitation.rosters, invitation.rostersAnywhere].map(numbers)).toEqual([[4], [4]]);
  });

  test('of recorded traffic has only the notifications with its operation id', () => {
    const other = all(put('/resourceData/id', 'x'), drop('/resourceUrl'));
    const operations = (header: Partial<HistoryHeader>): number | undefined =>
      runView(aRun(undefined, header).invite().answer().completion(other).history()).invitations[0]?.operations.length;
    expect([operations({}), operations({ recording: RECORDING })]).toEqual([1, 0]);
  });
});

describe('the attempts of contracts', () => {
  const contract = { scenario: 'contracts', attempt: 'c' };

  test('are left out, but keep the notifications about their invitations', () => {
    const run = aRun().invite({ attempt: 'a' }).joins().invite(contract).answer();
    run.completion(undefined, { to: 'story/a#1' }).completion().of('1').running();
    const view = runView(run.history());
    expect(view.calls.map(({ key }) => key)).toEqual(['story/a#1']);
    expect(keys(everyInvitation(view))).toEqual(['story/a/1']);
    expect(numbers(view.deliveries)).toEqual([4, 5, 9, 11]);
    expect(view.invitations.map(({ operations }) => numbers(operations))).toEqual([[4, 11]]);
    expect(numbers(view.notifications)).toEqual([4, 5, 9, 10, 11]);
  });

  test('may own all deliveries to a shared callback since their first call', () => {
    const run = aRun().invite({ sharedCallback: true }).answer().completion(undefined, { to: null });
    const before = run.invite({ ...contract, sharedCallback: true }).answer();
    before.of('1').completion(undefined, { to: null }).running();
    expect(numbers(runView(run.history()).deliveries)).toEqual([4, 9]);
    const unshared = aRun().invite().answer().invite(contract).answer().of('1').completion(undefined, { to: null });
    expect(numbers(runView(unshared.history()).deliveries)).toEqual([7]);
  });
});
