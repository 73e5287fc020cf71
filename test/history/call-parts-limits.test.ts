import type { History } from '../../history/events';
import { CallParts, type CallPart } from '../../history/call-parts';
import { drop, type Edit } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';

/** What a load run keeps of its calls, and what it does not. */

function taken({ header, events }: History): { parts: CallParts; closed: CallPart[] } {
  const parts = new CallParts(header);
  return { parts, closed: events.flatMap((event) => parts.take(event) ?? []) };
}

/** A call whose attempt is running. */
const open = (): RunStory => aRun().invite({ attempt: 'a' });
const kinds = (part: CallPart | undefined): unknown => part?.events.map(({ kind, n }) => [kind, n]);

describe('the part of a call', () => {
  test('has the events and notifications of that call, in order of arrival', () => {
    const run = open().answer().invite({ attempt: 'b' }).answer();
    const { header, events } = run.completion().roster().of('1').completion().completion().history();
    const late = events.filter(({ kind }) => kind === 'delivery');
    const rest = events.filter(({ kind }) => kind !== 'delivery');
    const { closed, parts } = taken({ header, events: [...rest.slice(0, 6), ...late.toReversed(), ...rest.slice(6)] });
    expect(closed.map(kinds)).toEqual([
      [
        ['call', 1],
        ['invitation', 2],
        ['exchange', 3],
        ['delivery', 10],
        ['delivery', 9],
      ],
      [
        ['call', 4],
        ['invitation', 5],
        ['exchange', 6],
        ['delivery', 8],
        ['delivery', 7],
      ],
    ]);
    const numbers = closed.map(({ run: one }) => [
      one.deliveries.map(({ delivery }) => delivery.n),
      one.notifications.map(({ delivery }) => delivery.n),
      one.invitations[0]?.operations.map(({ delivery }) => delivery.n),
    ]);
    expect(numbers).toEqual([
      [
        [9, 10],
        [9, 10],
        [9, 10],
      ],
      [[7, 8], [7, 8], [7]],
    ]);
    const nothing = { missing: [], cutOff: [], cutOffInvitations: [], unanswered: [], remarks: [] };
    expect(closed[0]?.run).toMatchObject({ ...nothing, header: { kind: 'header' }, calls: [{ key: 'story/a#1' }] });
    expect([parts.lateCount, parts.astray, parts.cutOff]).toEqual([0, 0, 0]);
  });

  test('has notifications of two places in order of arrival', () => {
    const run = open().answer().completion(undefined, { to: null }).running().invite({ attempt: 'b' }).answer();
    const [part] = taken(run.history()).closed;
    expect(part?.run.notifications.map(({ delivery }) => delivery.n)).toEqual([4, 5]);
  });

  test('names the other calls that its deliveries name', () => {
    const run = open()
      .answer()
      .invite({ attempt: 'b' })
      .answer()
      .roster()
      .of('1')
      .roster(undefined, { to: 'story/b#1' });
    const other = run.rosterItem();
    const history = run.post([{ ...other, resourceUrl: '/communications/calls/x/participants' }], { to: 'story/b#1' });
    const [a, b] = taken(history.history()).closed;
    expect([a, b].map((part) => part?.run.calls.map(({ key }) => key))).toEqual([
      ['story/a#1'],
      ['story/b#1', 'story/a#1'],
    ]);
  });

  test('omits an invitation without a response, and rosters that were delivered elsewhere', () => {
    const { closed, parts } = taken(open().roster(undefined, { to: null }).history());
    expect(closed[0]?.run).toMatchObject({ invitations: [], notifications: [] });
    expect(parts.astray).toBe(1);
  });

  test('is absent for an attempt without a call', () => {
    const parts = new CallParts(aRun().history().header);
    expect(parts.take({ kind: 'attemptEnd', n: 1, scenario: 'story', attempt: 'x', at: 1 })).toBeUndefined();
  });
});

test('a delivery to no call is astray, unless its notification belongs to a call', () => {
  const astray = (edit: Edit): number => taken(open().answer().completion(edit, { to: null }).history()).parts.astray;
  expect(astray((item) => item)).toBe(0);
  expect(astray(() => ({ resourceData: { '@odata.type': 'x.operation' } }))).toBe(1);
  expect(astray(() => ({ resourceData: { '@odata.type': 'x.operation', id: 'x' } }))).toBe(1);
});

describe('limits of memory', () => {
  const KIB = 1024;

  /** The completion of the call's operation, padded. @returns the body as text with so many characters */
  function padded(run: RunStory, length: number): string {
    const begun = `{"value":[${JSON.stringify(run.operationItem('completed'))}],"x":"`;
    return `${begun.padEnd(length - 2, 'y')}"}`;
  }

  test('of bodies over 8 KiB that were delivered to no open call, 16 MiB are read', () => {
    const run = open().answer();
    const astray: number[] = [];
    const post = (length: number, to: string | null = null): RunStory =>
      run.deliver(undefined, { to, raw: padded(run, length) });
    const [short, long] = [8 * KIB, 8 * KIB + 1];
    post(long, 'story/a#1');
    post(short);
    // A body that is cut off counts, and takes no time to read.
    run.deliver(undefined, { to: null, raw: 'x'.repeat(16 * KIB * KIB - long), truncated: true });
    for (const length of [long, long, short]) post(length);
    post(long, 'story/a#1');
    const { header, events } = run.history();
    const parts = new CallParts(header);
    const closed = events.flatMap((event) => {
      const part = parts.take(event);
      if (event.kind === 'delivery') astray.push(parts.astray);
      return part ?? [];
    });
    expect(astray).toEqual([0, 0, 1, 1, 2, 2, 2]);
    expect(closed[0]?.run.invitations[0]?.operations).toHaveLength(5);
  });

  test.each([
    [9_999, 1],
    [10_000, 0],
  ])('of notifications that belong to no call yet, the latest 10,000 are kept: after %i others, %i', (others, kept) => {
    const ids = Array.from({ length: others }, (_, i) => ({
      resourceData: { '@odata.type': 'x.operation', id: `x${i}` },
    }));
    const run = open().completion(drop('/resourceData/clientContext'), {
      to: null,
      envelope: () => ({ value: [{ resourceData: { '@odata.type': 'x.operation', id: 'operation-1' } }] }),
    });
    run.post(ids.slice(0, 5000), { to: null }).post(ids.slice(5000), { to: null }).answer();
    expect(taken(run.history()).closed[0]?.run.invitations[0]?.operations).toHaveLength(kept);
  });
});
