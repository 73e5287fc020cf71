import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Body, Delivery, Exchange, HistoryEvent, HistoryHeader } from '../../history/events';
import { mergedMachineHistory } from '../../history/machine-histories';
import { openHistory } from '../../history/history-file';
import { aRun } from '../support/histories';

/** The times that events of several machines have in the merged history, to the millisecond. */

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, header: Partial<HistoryHeader>, events: readonly HistoryEvent[]): string {
  const file = openHistory(join(folder, name));
  file.write({ ...aRun().history().header, ...header });
  for (const event of events) file.write(event);
  file.close();
  return join(folder, name);
}

const EMPTY: Body = { encoding: 'utf8', content: '', bytes: 0, truncated: false };
const LISTENS = { machine: { name: 'l', role: 'listens' } } as const;
const sends = (name: string, rate = 0): Partial<HistoryHeader> => {
  return { machine: { name, role: 'sends' }, load: { count: 0, rate } };
};

/** A sample that bounds the lead of the sender's clock over the listener's, or over the target's. */
const lead = (of: 'listener' | 'target', least: number, most: number): HistoryEvent => {
  return { kind: 'clock', n: 1, of, sentAt: least, receivedAt: most, shows: 0, resolutionMs: 0 };
};

const delivery = (n: number, path: string, times: Partial<Delivery>): Delivery => {
  return { kind: 'delivery', n, method: 'POST', path, headers: [], body: EMPTY, headersAt: 1, bodyAt: 2, ...times };
};

function exchange(n: number, sentAt: number, ended: Pick<Exchange, 'response' | 'failure'>): Exchange {
  const request = { method: 'POST', url: 'http://target.test', headers: [], body: EMPTY, sentAt };
  return { kind: 'exchange', n, purpose: 'invite', scenario: 'story', request, ...ended };
}

const answered = (headersAt: number, endAt: number, unreadMs?: number): Pick<Exchange, 'response'> => {
  const unread = unreadMs === undefined ? {} : { unreadMs };
  return { response: { status: 200, headers: [], body: EMPTY, headersAt, endAt, ...unread } };
};

const CALL = { kind: 'call', n: 2, scenario: 'story', shape: 'group', callId: 'c', key: 'story/a#1' } as const;

function merged(...folders: string[]) {
  const { stream, remarks } = mergedMachineHistory(folders);
  return { header: stream.header, events: [...stream.events], remarks };
}

test("a sender's times are moved to the listener's clock: requests to the earliest possible, ends to the latest", () => {
  const [invitation] = aRun()
    .invite({ attempt: 'a' })
    .history()
    .events.filter((event) => event.kind === 'invitation');
  if (!invitation) throw new Error('no invitation');
  const listener = write('l', LISTENS, [
    delivery(1, '/hooks/token', { acknowledgedAt: 50 }),
    delivery(2, '/hooks/other', { leftAt: 70 }),
    { kind: 'end', n: 3, at: 90, interrupted: false, remarks: [] },
  ]);
  const sender = write('s', sends('s'), [
    lead('listener', 996, 1004),
    { ...CALL, callbackUri: 'http://callback.test/token' },
    { ...invitation, n: 3, dueAt: 1010 },
    { ...invitation, n: 4, key: 'story/a/undue' },
    exchange(5, 1020, answered(1030, 1032, 5)),
    exchange(6, 1040, answered(1058, 1059)),
    exchange(7, 1062, { failure: { reason: 'socket hang up', at: 1070 } }),
    { kind: 'attemptEnd', n: 8, scenario: 'story', attempt: 'a', at: 1080 },
    { kind: 'end', n: 9, at: 1085, interrupted: true, remarks: ['not kept'] },
  ]);
  const { events } = merged(listener, sender);
  const told = events.map((event) => {
    if (event.kind === 'delivery') return [event.kind, event.n, event.call];
    if (event.kind === 'invitation') return [event.kind, event.n, event.dueAt];
    if (event.kind !== 'exchange') return [event.kind, event.n, 'at' in event ? event.at : undefined];
    const { request, response, failure } = event;
    return [event.kind, event.n, request.sentAt, response?.headersAt, response?.endAt, failure?.at];
  });
  expect(told).toEqual([
    ['clock', 3, undefined],
    ['call', 5, undefined],
    ['invitation', 7, 6],
    ['invitation', 9, undefined],
    ['exchange', 11, 16, 21, 28, undefined],
    ['delivery', 2, 'story/a#1'],
    ['exchange', 13, 36, 54, 55, undefined],
    ['exchange', 15, 58, undefined, undefined, 66],
    ['delivery', 4, undefined],
    ['attemptEnd', 17, 88],
    ['end', Number.MAX_SAFE_INTEGER, 93],
  ]);
  expect(events.at(-1)).toEqual({
    kind: 'end',
    n: Number.MAX_SAFE_INTEGER,
    at: 93,
    interrupted: true,
    remarks: [],
  });
});

test('the merged header allows for the clocks, and adds the rates of the machines', () => {
  const listener = write('l', { ...LISTENS, startedAt: '2030-01-01T00:00:00.000Z' }, []);
  const late = { startedAt: '2030-01-02T00:00:02.000Z', roundTripMs: 7 };
  const early = { startedAt: '2030-01-02T00:00:01.000Z', roundTripMs: 3 };
  const folders = [
    write('a', { ...sends('one', 10), ...late }, [lead('listener', -1, 1)]),
    write('b', { ...sends('two', 5), ...early }, [lead('listener', -4, 4)]),
    write('c', { ...sends('two', 5), ...early }, [lead('listener', 0, 0)]),
    write('d', { ...sends('three'), ...early }, [lead('listener', 0, 0)]),
  ];
  const { header, events, remarks } = merged(listener, ...folders);
  expect(header).toEqual({
    ...aRun().history().header,
    startedAt: '2030-01-02T00:00:01.000Z',
    timeoutMs: 1008,
    roundTripMs: 257,
    load: { count: 0, rate: 15 },
  });
  expect(events.at(-1)).toMatchObject({ kind: 'end', at: 0, interrupted: false });
  expect(remarks).toEqual([
    'merged the histories of 4 senders; the error of their clocks is at most 4.0 ms, and events closer together than that count as concurrent',
  ]);
});

describe("the target's clock", () => {
  // The sender's clock leads the target's by 96 to 104 ms, the listener's by 0 to 2 ms: the sender leads by 94 to 104 ms.
  const offset = (...own: HistoryEvent[]) =>
    merged(
      write('l', LISTENS, [lead('target', 0, 2)]),
      write('s', sends('s'), [...own, lead('target', 96, 104), exchange(5, 200, answered(210, 220))]),
    );

  test('gives the offset if the listener was not asked', () => {
    const { events, remarks } = offset();
    expect(events).toContainEqual(exchange(11, 96, answered(106, 116)));
    expect(remarks).toHaveLength(1);
  });

  test.each([
    [84, 92, true],
    [86, 94, false],
    [104, 112, false],
    [106, 114, true],
  ])('is compared with the offset that the listener measured: %i to %i ms: %s', (least, most, contradicts) => {
    const { remarks } = offset(lead('listener', least, most));
    const remark = `${join(folder, 's')}: the target's Date headers contradict the clock offset that the listener measured`;
    expect(remarks.slice(0, -1)).toEqual(contradicts ? [remark] : []);
  });

  test('cannot be compared if only one machine knows it', () => {
    const listener = write('l', LISTENS, []);
    const sender = write('s', sends('s'), [lead('listener', 0, 2), lead('target', 5000, 5002)]);
    expect(merged(listener, sender).remarks).toHaveLength(1);
  });
});
