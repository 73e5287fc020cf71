import { array, assert, double, property, record } from 'fast-check';
import { commonRange, ClockSamples, clockOffset } from '../../history/clocks';
import type { HistoryEvent } from '../../history/events';
import { aRun } from '../support/histories';

/** Samples of a clock that this one is ahead of by `aheadMs`, with the transmission times in each direction. */
function looks(aheadMs: number, ways: readonly { there: number; back: number }[]) {
  return ways.map(({ there, back }, i) => {
    const shows = 1000 * i;
    return { least: shows + aheadMs - there - shows, most: shows + aheadMs + back - shows };
  });
}

const way = double({ min: 0.1, max: 500, noNaN: true });

test('the offset is correct within its uncertainty, whatever the transmission times', () => {
  assert(
    property(
      double({ min: -1e6, max: 1e6, noNaN: true }),
      array(record({ there: way, back: way }), { minLength: 1, maxLength: 20 }),
      (ahead, ways) => {
        const { ms = 0, uncertaintyMs = 0 } = clockOffset(looks(ahead, ways)) ?? {};
        expect(Math.abs(ms - ahead)).toBeLessThanOrEqual(uncertaintyMs + 1e-6);
        const both = commonRange(looks(ahead, ways));
        expect(both?.least).toBeLessThanOrEqual(ahead + 1e-6);
        expect(both?.most).toBeGreaterThanOrEqual(ahead - 1e-6);
      },
    ),
  );
});

test('a drifting clock increases the uncertainty', () => {
  const steady = clockOffset([
    { least: 9, most: 11 },
    { least: 9, most: 11 },
  ]);
  const drifting = clockOffset([
    { least: 9, most: 11 },
    { least: 29, most: 31.5 },
  ]);
  expect(steady).toEqual({ ms: 10, uncertaintyMs: 1 });
  expect(drifting).toEqual({ ms: 10, uncertaintyMs: 21.5 });
});

test('a sample of three times the shortest round trip counts, a longer one does not', () => {
  const short = { least: 9, most: 11 };
  expect(clockOffset([{ least: 29, most: 35 }, short])).toEqual({ ms: 10, uncertaintyMs: 25 });
  expect(clockOffset([{ least: 29, most: 35.1 }, short])).toEqual({ ms: 10, uncertaintyMs: 1 });
  expect(clockOffset([short, { least: -10, most: -9 }, short])).toEqual({ ms: -9.5, uncertaintyMs: 20.5 });
});

test('contradictory samples have no common range, and without samples there is no offset', () => {
  expect(
    commonRange([
      { least: 0, most: 1 },
      { least: 2, most: 3 },
    ]),
  ).toBeUndefined();
  expect(commonRange([])).toBeUndefined();
  expect(clockOffset([])).toBeUndefined();
  const touching = [
    { least: 0, most: 1 },
    { least: 1, most: 3 },
  ];
  expect(commonRange(touching)).toEqual({ least: 1, most: 1 });
});

test("Date headers of responses narrow the range of the target's clock", () => {
  const date = (text: string) => ({ headers: [['date', text]] as [string, string][] });
  const run = aRun()
    .invite()
    .answer(undefined, date('Thu, 01 Jan 1970 00:00:10 GMT'))
    .invite()
    .answer(undefined, date('Thu, 01 Jan 1970 00:00:11 GMT'));
  const known = new ClockSamples();
  for (const event of run.history().events) known.take(event);
  // Sent at 10 and 30 ms, answered at 20 and 41 ms of the test's clock.
  expect(known.target).toEqual({ least: 10 - 11_000, most: 41 - 11_000 });
});

describe("samples of the target's clock", () => {
  const sample = (of: 'listener' | 'target', sentAt: number): HistoryEvent => {
    return { kind: 'clock', n: 1, of, sentAt, receivedAt: sentAt + 10, shows: 1000, resolutionMs: 5 };
  };
  const known = (...events: readonly HistoryEvent[]): ClockSamples => {
    const samples = new ClockSamples();
    for (const event of events) samples.take(event);
    return samples;
  };

  test("are distinguished from those of the listener's", () => {
    const { listener, target } = known(sample('listener', 100), sample('target', 300));
    expect(listener).toEqual([{ least: -905, most: -890 }]);
    expect(target).toEqual({ least: -705, most: -690 });
    expect(known().target).toBeUndefined();
  });

  test('that contradict each other leave it unknown, whatever follows', () => {
    expect(known(sample('target', 0), sample('target', 500), sample('target', 500)).target).toBeUndefined();
  });

  test('are only in dated responses to invitations', () => {
    const headers: [string, string][] = [['date', 'Thu, 01 Jan 1970 00:00:10 GMT']];
    const dated = aRun().invite().answer(undefined, { headers }).history().events;
    const probes = dated.map((event) => (event.kind === 'exchange' ? { ...event, purpose: 'probe' as const } : event));
    const undated = aRun().invite().answer().invite().noAnswer().history().events;
    expect(known(...dated).target).toBeDefined();
    expect(known(...probes, ...undated).target).toBeUndefined();
    expect(known(...undated, ...dated).target).toEqual(known(...dated).target);
  });
});
