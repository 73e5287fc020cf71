import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { History, HistoryEvent, HistoryHeader } from '../../history/events';
import { mergedMachineHistory } from '../../history/machine-histories';
import { HistoryFileError, openHistory } from '../../history/history-file';
import { loadResultOf } from '../../verdicts/load-result';
import { aRun, type RunStory } from '../support/histories';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invite-conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, header: HistoryHeader, events: readonly HistoryEvent[]): string {
  const path = join(folder, name);
  const file = openHistory(path);
  for (const line of [header, ...events]) file.write(line);
  file.close();
  return path;
}

/** The event as recorded by a clock that is ahead. */
function ahead(event: HistoryEvent, ms: number): HistoryEvent {
  if (event.kind === 'attemptEnd' || event.kind === 'end') return { ...event, at: event.at + ms };
  if (event.kind !== 'exchange') return event;
  const { request, response } = event;
  return {
    ...event,
    request: { ...request, sentAt: request.sentAt + ms },
    ...(response ? { response: { ...response, headersAt: response.headersAt + ms, endAt: response.endAt + ms } } : {}),
  };
}

/** A sample of the listener's clock, taken by a clock that is ahead, with `wayMs` milliseconds each way. */
function looks(aheadMs: number, wayMs: number): HistoryEvent[] {
  const look = { kind: 'clock', of: 'listener', shows: 0, resolutionMs: 0 } as const;
  return [{ ...look, n: 1, sentAt: aheadMs - wayMs, receivedAt: aheadMs + wayMs }];
}

/** Splits histories: the deliveries to a listener that knows no calls, the rest to machines whose clocks are ahead. */
function machines(told: History[], aheadMs: readonly number[], wayMs = 2): string[] {
  const senders = told.map(({ header, events }, i) => {
    const own = events.filter(({ kind }) => kind !== 'delivery' && kind !== 'end');
    const by = aheadMs[i] ?? 0;
    const machine = { name: `m${i}`, role: 'sends' } as const;
    const lines = [...looks(by, wayMs), ...own.map((event) => ahead(event, by))];
    return write(`s${i}`, { ...header, load: { count: 0, rate: 10 }, machine }, lines);
  });
  const delivered = told.flatMap(({ events }) => events.flatMap((one) => (one.kind === 'delivery' ? [one] : [])));
  const header: HistoryHeader = {
    ...(told[0] ?? aRun().history()).header,
    load: { count: 0, rate: 0 },
    machine: { name: 'listener', role: 'listens' },
  };
  const heard = delivered.map(({ call: _call, ...rest }, i): HistoryEvent => ({ ...rest, n: i + 1 }));
  return [write('listener', header, heard), ...senders];
}

/** Invitations to a separate call each. */
function joining(attempt: string, count: number): RunStory {
  const run = aRun();
  for (let i = 0; i < count; i += 1) run.invite({ attempt: `${attempt}-${i}`, operationId: `${attempt}-${i}` }).joins();
  return run;
}

function judged(folders: string[]) {
  const { stream, remarks } = mergedMachineHistory(folders);
  const judging = { gate: 'linked', allowUntested: false, waivers: [], now: 0 } as const;
  const { result } = loadResultOf(stream, judging, remarks);
  const failed = result.behaviors.filter(({ verdict }) => verdict === 'failed');
  return { result, failed: failed.map(({ id, findings }) => [id, findings[0]?.attempt.invitation]) };
}

test('the histories of several senders and one listener are judged as one run, whatever their clocks show', () => {
  const { result, failed } = judged(
    machines([joining('a', 3).history(), joining('b', 4).history()], [1_000_000, -250_000]),
  );
  expect(failed).toEqual([]);
  expect(result.exitCode).toBe(0);
  expect(result.load).toMatchObject({ count: 7, sent: 7, answers: { accepted: 7 }, rate: { offered: 20 } });
  expect(result.load?.completion?.maxMs).toBeLessThan(50);
  expect(result.remarks).toContainEqual({
    code: 'recorded',
    text: expect.stringContaining(
      'merged the histories of 2 senders; the error of their clocks is at most 2.0 ms',
    ) as string,
  });
});

test('a fault is found and attributed', () => {
  const faulty = joining('b', 2).invite({ attempt: 'lost', operationId: 'lost' }).answer().roster();
  const { failed } = judged(machines([joining('a', 2).history(), faulty.history()], [5000, -5000]));
  expect(failed).toEqual([['completion.announced', 'story/lost/3']]);
});

describe('a notification before its response', () => {
  /** A completion that was acknowledged `ms` milliseconds before the response's first byte. */
  const early = (ms: number): History =>
    aRun()
      .invite({ attempt: 'e', operationId: 'e' })
      .completion(undefined, { from: 20, until: 30 })
      .roster(undefined, { from: 40 + ms })
      .answer(undefined, { from: 30 + ms })
      .history();

  test('is concurrent if it is within the uncertainty of the clocks', () => {
    expect(judged(machines([early(300)], [0], 100)).failed).toEqual([]);
  });

  test('fails if it is beyond the uncertainty of the clocks', () => {
    const { failed } = judged(machines([early(600)], [0], 100));
    expect(failed).toEqual([['ordering.response-first', 'story/e/1']]);
  });
});

test("without samples of the listener's clock, Date headers align the clocks to within a second", () => {
  const date = (second: number) => ({
    headers: [
      ['content-type', 'application/json'],
      ['location', '/communications/calls/call-1/operations/operation-1'],
      ['date', new Date(second * 1000).toUTCString()],
    ] as [string, string][],
  });
  const run = aRun().invite({ attempt: 'a' }).answer(undefined, date(100)).completion().roster().history();
  const [listener = '', sender = ''] = machines([run], [0]);
  const { header, events } = run;
  const machine = { name: 'm', role: 'sends' } as const;
  write(
    's0',
    { ...header, load: { count: 0, rate: 1 }, machine },
    events.filter(({ kind }) => kind !== 'delivery' && kind !== 'end'),
  );
  expect(() => mergedMachineHistory([listener, sender])).toThrow('its clock offset is unknown');
  const look = {
    kind: 'clock',
    of: 'target',
    shows: 100_000,
    resolutionMs: 1000,
    n: 99,
    sentAt: 10,
    receivedAt: 20,
  } as const;
  const heard = events.flatMap((one) => (one.kind === 'delivery' ? [one] : []));
  write('listener', { ...header, machine: { name: 'l', role: 'listens' } }, [look, ...heard]);
  const { result, failed } = judged([listener, sender]);
  expect(failed).toEqual([]);
  expect(result.load?.sent).toBe(1);
  expect(result.remarks).toContainEqual({
    code: 'recorded',
    text: expect.stringMatching(/the error of their clocks is at most \d{3,4}\.\d ms/) as string,
  });
});

test('folders that do not belong together are refused', () => {
  const [listener = '', a = ''] = machines([joining('a', 1).history()], [0]);
  const { header, events } = joining('x', 1).history();
  const alone = write('alone', header, events);
  const other = write('other', { ...header, catalogDigest: 'f00', machine: { name: 'o', role: 'sends' } }, events);
  for (const [folders, message] of [
    [[a, alone], 'not part of a load run on several machines'],
    [[a, a], 'exactly one of the folders must be the folder of the listener'],
    [[listener, listener], 'exactly one of the folders must be the folder of the listener'],
    [[listener], 'none of the folders'],
    [[listener, a, other], 'different versions of the behaviours'],
  ] as const) {
    expect(() => mergedMachineHistory(folders)).toThrow(HistoryFileError);
    expect(() => mergedMachineHistory(folders)).toThrow(message);
  }
});
