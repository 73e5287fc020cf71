import type { Delivery, Exchange } from '../../history/events';
import { put } from '../support/edits';
import type { RunStory } from '../support/histories';
import type { DeliveryOptions } from '../support/story-options';
import { recordedHistory, shown, type RecordedStory } from './recorded-story';

/**
 * When a recording proves an order: events 5 ms apart count as simultaneous, and 250 ms after an acknowledgement prove a
 * wrong order.
 */

const same = (value: unknown): unknown => value;

/** Two events in the wrong order, with the time of the one that should be first: the other one comes at 100. */
interface Pair {
  id: string;
  tell: (firstAt: number) => (run: RunStory) => RunStory;
}

const EARLY: DeliveryOptions = { from: 100, until: 120 };

const PAIRS: Pair[] = [
  {
    id: 'ordering.response-first',
    tell: (from) => (run) => run.invite().completion(same, EARLY).answer(same, { from }).roster(),
  },
  {
    id: 'ordering.completion-before-roster',
    tell: (from) => (run) => run.invite().answer().roster(same, EARLY).completion(same, { from }),
  },
  {
    id: 'ordering.replaced-call-ends-after-completion',
    tell: (from) => (run) =>
      run
        .invite({ replacing: true })
        .answer()
        .peer('terminated', 'updated', same, EARLY)
        .completion(same, { from })
        .roster(),
  },
  {
    id: 'ordering.terminated-before-deleted',
    tell: (from) => (run) =>
      run
        .invite({ replacing: true })
        .answer()
        .completion()
        .peer('terminated', 'deleted', same, EARLY)
        .peer('terminated', 'updated', same, { from })
        .roster(),
  },
  {
    id: 'completion.once',
    tell: (from) => (run) => run.invite().answer().completion(same, EARLY).running(same, { from }).roster(),
  },
];

const story = ({ id, tell }: Pair, at: number, more: Partial<RecordedStory> = {}): RecordedStory => ({
  id,
  tell: tell(at),
  ...more,
});

test.each(PAIRS)('$id', (pair) => {
  expect(shown(story(pair, 105))).toBe('passed');
  expect(shown(story(pair, 106))).toBe('untested order');
  // Before a response, the receipt of a notification counts, not its acknowledgement.
  expect(shown(story(pair, 370))).toBe(pair.id === 'ordering.response-first' ? 'failed' : 'untested order');
  expect(shown(story(pair, 371))).toBe('failed');
});

/** The numbers of the events that arrive at 100, and at another time. */
function eventsOf({ id, tell }: Pair): { early: number; late: number } {
  const { events } = recordedHistory({ id, tell: tell(371) });
  const at = (time: number): number =>
    events.find(
      (one) =>
        (one.kind === 'delivery' ? one.headersAt : one.kind === 'exchange' ? one.response?.headersAt : 0) === time,
    )?.n ?? 0;
  return { early: at(100), late: at(371) };
}

describe.each(PAIRS)('$id is untested', (pair) => {
  test.each<[string, (event: Exchange | Delivery) => boolean]>([
    ['the first', (event) => event.n === eventsOf(pair).late],
    ['the second', (event) => event.n === eventsOf(pair).early],
  ])('without exact times of %s', (_, isIt) => {
    const recorded = (event: Exchange | Delivery) => ({ times: isIt(event) ? ('coarse' as const) : ('full' as const) });
    expect(shown(story(pair, 105, { recorded }))).toBe('untested times');
    expect(shown(story(pair, 371, { recorded }))).toBe('untested times');
  });

  test('with times by two clocks', () => {
    const recorded = (event: Exchange | Delivery) => ({ source: event.n === eventsOf(pair).early ? 1 : 0 });
    const sources = [
      [0, 1e6],
      [0, 1e6],
    ] as const;
    expect(shown(story(pair, 105, { recorded, sources }))).toBe('untested clocks');
    expect(shown(story(pair, 371, { recorded, sources }))).toBe('untested clocks');
  });
});

test('an order that is wrong by a short time speaks against one that is right; one that is unknown does not', () => {
  const id = 'ordering.completion-before-roster';
  const both = (from: number) => (run: RunStory) =>
    run.invite().joins().invite().answer().roster(same, EARLY).completion(same, { from });
  expect(shown({ id, tell: both(106) })).toBe('untested order against');
  const recorded = (event: Exchange | Delivery) => ({ times: event.n > 5 ? ('coarse' as const) : ('full' as const) });
  expect(shown({ id, tell: both(105), recorded })).toBe('passed');
});

test('a wrong value is wrong whatever the times', () => {
  const tell = (run: RunStory): RunStory => run.invite().answer().completion(put('/changeType', 'updated')).roster();
  expect(shown({ id: 'completion.change-type', tell, recorded: () => ({ times: 'none' }) })).toBe('failed');
});

test('the only end of a replaced call has no order', () => {
  const tell = (run: RunStory): RunStory => run.invite({ replacing: true }).joins().peer('terminated', 'deleted');
  const id = 'ordering.terminated-before-deleted';
  expect(shown({ id, tell, recorded: () => ({ times: 'coarse' }) })).toBe('passed');
});

test('a notification that was refused and sent again is not late', () => {
  const id = 'ordering.terminated-before-deleted';
  const again = (run: RunStory): RunStory =>
    run
      .invite({ replacing: true })
      .answer()
      .completion()
      .peer('terminated', 'updated', same, { from: 70, until: 80 })
      .peer('terminated', 'deleted', same, EARLY)
      .peer('terminated', 'updated', same, { from: 1351 })
      .roster();
  const refused = (event: Exchange | Delivery): Exchange | Delivery => {
    if (event.kind !== 'delivery' || event.headersAt !== 70) return event;
    const { acknowledgedAt: _, ...left } = event;
    return left;
  };
  expect(shown({ id, tell: again, edit: refused })).toBe('untested acknowledgement');
  expect(shown({ id, tell: again })).toBe('failed');
});

test('the order of the ends of a replaced call says nothing about the completion', () => {
  const tell = (run: RunStory): RunStory =>
    run.invite({ replacing: true }).joins().peer('terminated').peer('terminated', 'deleted');
  const recorded = () => ({ times: 'coarse' as const });
  expect(shown({ id: 'completion.status', tell, recorded })).toBe('passed');
  expect(shown({ id: 'ordering.terminated-before-deleted', tell, recorded })).toBe('untested times');
});
