import { catalogOf } from '../../behaviors/catalog';
import type { Headers, History, HistoryEvent } from '../../history/events';
import { editionOf, judgedAs } from '../../verdicts/edition';
import { recordedResultOf } from '../../verdicts/recorded-result';
import { resultOf, type BehaviorResult, type Judging, type Result } from '../../verdicts/result';
import { put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';

const JUDGING: Judging = { gate: 'linked', allowUntested: true, waivers: [], now: 0 };
const recording = { sources: [], calls: 0, invitations: 0, notifications: 0, callbacks: [], leftOut: [] };
const ID = 'response.location';

/** A part of a recording; its events come after those of the parts before. */
function part(index: number, tries: readonly string[], tell: (run: RunStory) => RunStory): History {
  const { header, events } = tell(aRun(tries, { recording })).history();
  const told = (event: HistoryEvent): HistoryEvent =>
    event.kind === 'exchange' || event.kind === 'delivery'
      ? { ...event, n: event.n + 1000 * index, recorded: { source: 0, times: 'full' } }
      : { ...event, n: event.n + 1000 * index };
  return { header, events: events.map(told) };
}

function joined(...histories: History[]): {
  result: Result;
  history: History;
  of: (id: string) => BehaviorResult | undefined;
} {
  const [first] = histories;
  if (!first) throw new Error('no parts');
  const { result, history } = recordedResultOf({ header: () => first.header, histories }, JUDGING);
  return { result, history, of: (id) => result.behaviors.find((one) => one.id === id) };
}

/** A recorder that keeps `Date` keeps every header. */
const DATED: Headers = [
  ['content-type', 'application/json'],
  ['date', 'Wed, 02 Jan 2030 03:04:05 GMT'],
];
const right = (run: RunStory): RunStory => run.invite({ name: 'right' }).joins();
const wrong = (run: RunStory): RunStory =>
  run.invite({ name: 'wrong' }).answer(undefined, { headers: DATED }).completion();

test('there must be a history', () => {
  const { header } = aRun().history();
  expect(() => recordedResultOf({ header: () => header, histories: [] }, JUDGING)).toThrow('at least one history');
});

test('a single history is judged like any other', () => {
  const history = part(0, [ID], wrong);
  expect(joined(history).history).toBe(history);
  expect(joined(history).result).toEqual(resultOf(history, JUDGING));
});

describe('several parts', () => {
  test('fail a behaviour that fails in one, and their attempts are added', () => {
    for (const parts of [
      [right, wrong],
      [wrong, right],
    ]) {
      const { result, of } = joined(...parts.map((tell, i) => part(i, [ID], tell)));
      expect(of(ID)).toMatchObject({
        verdict: 'failed',
        attempts: { passed: 1, failed: 1, untested: 0 },
        scenarios: ['story'],
      });
      expect(of(ID)?.findings).toHaveLength(1);
      expect(result.exitCode).toBe(1);
      expect(result.recording).toEqual(recording);
    }
  });

  test('pass a behaviour that one shows; one that none shows is untested, with the reasons of all', () => {
    const silent = (run: RunStory): RunStory => run.invite({ name: 'silent' }).noAnswer();
    const one = joined(part(0, [ID], right), part(1, [ID], silent), part(2, [ID], right));
    expect(one.of(ID)).toMatchObject({ verdict: 'passed', attempts: { passed: 2, failed: 0, untested: 1 } });
    const none = joined(
      part(0, [ID], silent),
      part(1, [ID], (run) => run.invite().refuse(400, undefined, { headers: DATED })),
    );
    expect(none.of(ID)).toMatchObject({ verdict: 'untested', attempts: { untested: 2 }, inconclusive: true });
    // Nothing was judged, but not for want of an environment.
    expect(none.result.exitCode).toBe(3);
    expect(none.of(ID)?.reasons?.map(({ reason }) => reason)).toEqual([
      { why: 'notRecorded', what: 'response' },
      { why: 'notShown', lacks: 'accepted' },
    ]);
    const twice = joined(part(0, [ID], silent), part(1, [ID], right));
    expect(twice.of(ID)).toMatchObject({ verdict: 'passed', scenarios: ['story'] });
    expect(twice.of(ID)).not.toHaveProperty('inconclusive');
    expect(joined(part(0, [ID], right), part(1, [ID], right)).of(ID)).not.toHaveProperty('inconclusive');
  });

  test('are inconclusive about a behaviour if one of them is', () => {
    const silent = (run: RunStory): RunStory => run.invite().noAnswer();
    const without = (run: RunStory): RunStory => run.invite({ tries: ['request.route'] }).joins();
    for (const parts of [
      [silent, without],
      [without, silent],
    ]) {
      const { of } = joined(...parts.map((tell, i) => part(i, [ID], tell)));
      expect(of(ID)).toMatchObject({ verdict: 'untested', inconclusive: true });
    }
    expect(joined(part(0, [ID], without), part(1, [ID], without)).of(ID)).not.toHaveProperty('inconclusive');
  });

  test('end with an internal error if a judge throws in one of them', () => {
    const id = 'ordering.response-first';
    const sound = part(0, [id], right);
    const broken = part(1, [id], right);
    const header = Object.defineProperty({ ...broken.header }, 'roundTripMs', {
      get: () => {
        throw new Error('oh');
      },
    });
    for (const parts of [
      [sound, { ...broken, header }],
      [{ ...broken, header }, sound, sound],
    ]) {
      expect(joined(...parts).result.exitCode).toBe(5);
    }
    expect(joined(sound, broken).result.exitCode).not.toBe(5);
  });

  test('leave a behaviour untested that one of them keeps from passing', () => {
    const doubtful = (run: RunStory): RunStory => run.invite().joins().invite().noAnswer();
    const id = 'multiple.accepted';
    for (const parts of [
      [right, doubtful],
      [doubtful, right],
      [right, doubtful, right],
    ]) {
      expect(joined(...parts.map((tell, i) => part(i, [id], tell))).of(id)?.verdict).toBe('untested');
    }
    expect(joined(part(0, [id], right), part(1, [id], right)).of(id)?.verdict).toBe('passed');
  });

  test('may contain a behaviour that waits for a failure in another part', () => {
    const { of } = joined(
      part(0, ['response.json'], (run) => run.invite().answer(undefined, { raw: '{' })),
      part(1, ['response.operation'], (run) => run.invite().answer(undefined, { raw: '{' })),
    );
    expect(of('response.json')?.verdict).toBe('failed');
    expect(of('response.operation')).toMatchObject({ verdict: 'untested', waitsFor: ['response.json'] });
  });

  test('fail for an id that is repeated in another part', () => {
    const id = 'response.operation-id-unique';
    const same = (run: RunStory): RunStory => run.invite({ operationId: 'same' }).joins();
    expect(joined(part(0, [id], same), part(1, [id], same)).of(id)?.verdict).toBe('failed');
    expect(joined(part(0, [id], same), part(1, [id], right)).of(id)?.verdict).toBe('passed');
  });

  test('keep five findings', () => {
    const many = (run: RunStory): RunStory => wrong(wrong(run));
    expect(joined(part(0, [ID], many), part(1, [ID], many), part(2, [ID], many)).of(ID)?.findings).toHaveLength(5);
  });

  test('keep the events of failed attempts, with call and invitation, in order', () => {
    const bare = { headers: DATED };
    const { history } = joined(
      part(1, [ID], (run) => run.invite({ attempt: 'b' }).joins().invite({ attempt: 'c' }).answer(undefined, bare)),
      part(0, [ID], (run) => run.invite({ attempt: 'a' }).answer(undefined, bare).completion()),
      part(2, [ID], (run) => run.invite({ attempt: 'd', operationId: 'd' }).joins()),
    );
    const kept = history.events.map(({ kind, n }) => [kind, n]);
    expect(kept).toEqual([
      ['call', 1],
      ['invitation', 2],
      ['exchange', 3],
      ['call', 1006],
      ['invitation', 1007],
      ['exchange', 1008],
    ]);
  });

  test('keep the deliveries of findings, all requests of the invitation, and the first five attempts of a part', () => {
    const id = 'completion.resource-url';
    const strange = put('/resourceUrl', '/communications/calls/strange/operations/x');
    const unlike = (run: RunStory): RunStory => run.invite({ operationId: 'unlike' }).joins();
    const six = (run: RunStory): RunStory => {
      for (let i = 0; i < 6; i += 1) run.invite().refuse(429).answer().completion(strange).running();
      return run;
    };
    const { history } = joined(part(0, [id], six), part(1, [id], unlike));
    const one = ['call', 'invitation', 'exchange', 'exchange', 'delivery'];
    expect(history.events.map(({ kind }) => kind)).toEqual([...one, ...one, ...one, ...one, ...one]);
  });

  test('keep 2,000 events', () => {
    const often = (run: RunStory): RunStory => {
      run.invite();
      for (let i = 0; i < 2000; i += 1) run.refuse(429);
      return run.answer(undefined, { headers: DATED });
    };
    const { history } = joined(part(0, [ID], often), part(3, [ID], wrong));
    expect(history.events).toHaveLength(2000);
  });

  test('last until the end of the last part', () => {
    const late = part(1, [ID], (run) => run.invite().answer().completion(undefined, { from: 5000, until: 5001 }));
    expect(joined(part(0, [ID], right), late).result.durationMs).toBe(5051);
  });

  test('have one cause for a place that is wrong in both', () => {
    const type = (run: RunStory): RunStory => run.invite().answer(put('/status', 'done')).completion();
    const { result } = joined(part(0, ['response.operation'], type), part(1, ['response.operation'], type));
    expect(result.causes.find(({ fact }) => fact === 'response.operation')).toMatchObject({
      behaviors: ['response.operation'],
      attempts: { failed: 2, tried: 2 },
    });
  });
});

describe('the edition by which a history is judged', () => {
  const { header } = aRun().history();
  const LATER = '2025-07-23';

  test('is the one that its header names, or the first', () => {
    expect(editionOf({})).toBe('2021-02-16');
    expect(editionOf({ edition: LATER })).toBe(LATER);
    expect(() => editionOf({ edition: '1999-01-01' })).toThrow(
      'recorded with the edition "1999-01-01", which this version does not know; it knows 2021-02-16, 2025-07-23',
    );
  });

  test('may be replaced by another one, with its digest', () => {
    expect(judgedAs(header, undefined)).toBe(header);
    const later = judgedAs(header, LATER);
    expect(later).toEqual({ ...header, edition: LATER, catalogDigest: catalogOf(LATER).digest });
    expect(judgedAs(later, LATER)).toBe(later);
    expect(judgedAs(later, '2021-02-16')).toStrictEqual({ ...header, catalogDigest: catalogOf().digest });
  });
});
