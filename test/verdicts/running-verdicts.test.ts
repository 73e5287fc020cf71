import type { Behavior, Outcome } from '../../behaviors/behavior';
import { catalogOf, type Catalog } from '../../behaviors/catalog';
import type { History, HistoryEvent, MissingRecord } from '../../history/events';
import { runView, type Invitation } from '../../history/run-view';
import { keptUp, LoadMeasurements } from '../../verdicts/load-measurements';
import { loadResultOf } from '../../verdicts/load-result';
import { RunningVerdicts } from '../../verdicts/running-verdicts';
import type { JudgedBehavior } from '../../verdicts/judged-behavior';
import { aRun, type RunStory } from '../support/histories';

const attempt = { scenario: 's', name: 'a' };
const failed: Outcome = {
  verdict: 'failed',
  finding: {
    fact: 'response.json',
    expected: { is: 'json', value: 'e' },
    observed: { is: 'json', value: 'o' },
    at: [{ event: 1, part: 'body', path: '$' }],
    attempt,
  },
};
const passed: Outcome = { verdict: 'passed', attempt };
const open = (event: number): Outcome => ({
  verdict: 'untested',
  unjudged: { lacks: 'ended', restsOn: ['completion.arrives'], attempt, events: [event] },
});

const MADE_UP: Behavior = {
  id: 'area.made-up',
  level: 'stated',
  statement: 'it is made up',
  source: { lines: [1] },
  facts: [],
  restsOn: ['request.route'],
  judge: () => [],
};

/** Verdicts on one made-up behaviour, and on one that is not tried. */
function verdicts(judge: Behavior['judge']): { running: RunningVerdicts; one: () => JudgedBehavior | undefined } {
  const behaviors = [
    { ...MADE_UP, judge },
    { ...MADE_UP, id: 'area.not-tried' },
  ];
  const running = new RunningVerdicts([MADE_UP.id], { ...catalogOf(), behaviors } as unknown as Catalog);
  return { running, one: () => running.judged()[0] };
}

const emptyRun = () => runView(aRun().history());

function body(content: string) {
  return { encoding: 'utf8' as const, content, bytes: content.length, truncated: false };
}

/** A delivery with a body of `length` characters. */
function delivery(n: number, length: number): HistoryEvent {
  const headers: [string, string][] = [];
  return {
    kind: 'delivery',
    n,
    method: 'POST',
    path: '/',
    headers,
    body: body('x'.repeat(length)),
    headersAt: 1,
    bodyAt: 2,
  };
}

function exchange(n: number, length: number): HistoryEvent {
  const request = { method: 'POST', url: 'http://target.test/', headers: [], body: body(''), sentAt: 1 };
  const response = { status: 200, headers: [], body: body('x'.repeat(length)), headersAt: 2, endAt: 3 };
  return { kind: 'exchange', n, purpose: 'invite', scenario: 's', request, response };
}

const bodyLength = (event: HistoryEvent | undefined): [number, boolean] | undefined => {
  const found = event?.kind === 'delivery' ? event.body : event?.kind === 'exchange' ? event.response?.body : undefined;
  return found && [found.content.length, found.truncated];
};

describe('verdicts on a run that is judged in parts', () => {
  test('count all findings, and keep the first five with their events in order, each once', () => {
    const { running, one } = verdicts(() => [failed, passed, failed]);
    for (let i = 0; i < 4; i += 1)
      running.addPart({ run: emptyRun(), events: [delivery(9 - i, 1), delivery(9 - i, 2)] });
    expect(one()).toMatchObject({
      verdict: 'failed',
      attempts: { passed: 4, failed: 8, untested: 0 },
      scenarios: ['load'],
    });
    expect(one()?.findings).toHaveLength(5);
    expect(running.evidence.map((event) => [event.n, bodyLength(event)?.[0]])).toEqual([
      [7, 1],
      [8, 1],
      [9, 1],
    ]);
  });

  test('keep no events of passed attempts', () => {
    const { running, one } = verdicts(() => [passed]);
    running.addPart({ run: emptyRun(), events: [delivery(1, 1)] });
    expect(running.evidence).toEqual([]);
    expect(one()).toMatchObject({ verdict: 'passed', untested: [], waits: [] });
    expect(one()).not.toHaveProperty('internal');
  });

  test('keep only the beginning of long bodies after much has been kept', () => {
    const { running } = verdicts(() => [failed]);
    const much = 8 * 1024 * 1024;
    running.addPart({
      run: emptyRun(),
      events: [delivery(1, much - 10), exchange(2, 10), delivery(3, 5000), exchange(4, 5000)],
    });
    running.addPart({ run: emptyRun(), events: [delivery(5, 4097), exchange(6, 4097), delivery(7, 4096)] });
    expect(running.evidence.map(bodyLength)).toEqual([
      [much - 10, false],
      [10, false],
      [5000, false],
      [4096, true],
      [4096, true],
      [4096, true],
      [4096, false],
    ]);
  });

  test('have each reason once, and the behaviours that explain it', () => {
    const { running, one } = verdicts(() => [open(1), open(2)]);
    running.addPart({ run: emptyRun(), events: [] });
    running.addPart({ run: emptyRun(), events: [] });
    expect(one()).toMatchObject({ verdict: 'untested', attempts: { passed: 0, failed: 0, untested: 4 }, waits: [[]] });
    expect(one()?.untested).toEqual([
      { reason: { why: 'notShown', lacks: 'ended' }, attempt, events: [1], restsOn: ['completion.arrives'] },
    ]);
  });

  test('are untested if nothing was sent, or something was missing', () => {
    const missing = (tries: string[], cause: MissingRecord['cause']): MissingRecord => ({
      kind: 'missing',
      n: 1,
      scenario: 'load',
      attempt: 'a',
      tries,
      cause,
      missing: 'm',
      hint: 'h',
    });
    const nothing = verdicts(() => []);
    expect(nothing.one()?.untested).toMatchObject([{ reason: { why: 'nothingSent' }, restsOn: ['request.route'] }]);
    const { running, one } = verdicts(() => [passed]);
    running.addPart({ run: emptyRun(), events: [] });
    running.addMissing(missing(['area.other'], 'environment'));
    expect(one()).toMatchObject({ verdict: 'passed', environment: false });
    running.addMissing(missing([MADE_UP.id], 'unsupported'));
    expect(one()).toMatchObject({ verdict: 'untested', environment: false });
    running.addMissing(missing([MADE_UP.id], 'environment'));
    expect(one()).toMatchObject({ verdict: 'untested', environment: true, untested: [{}, {}] });
    const wrong = verdicts(() => [failed]);
    wrong.running.addPart({ run: emptyRun(), events: [] });
    wrong.running.addMissing(missing([MADE_UP.id], 'environment'));
    expect(wrong.one()).toMatchObject({ verdict: 'failed', environment: false });
  });

  test('have the internal error of a judge that throws', () => {
    const { running, one } = verdicts(() => {
      throw new Error('oh');
    });
    running.addPart({ run: emptyRun(), events: [] });
    expect(one()).toMatchObject({ verdict: 'untested', internal: true, attempts: { untested: 1 } });
  });

  test('are "not selected" for behaviours that are not tried', () => {
    const { id, level, statement, source } = { ...MADE_UP, id: 'area.not-tried' };
    expect(verdicts(() => []).running.judged()[1]).toEqual({
      id,
      level,
      statement,
      source,
      verdict: 'notSelected',
      scenarios: [],
      attempts: { passed: 0, failed: 0, untested: 0 },
      findings: [],
      untested: [],
      notSelected: true,
      environment: false,
      waits: [],
    });
  });
});

describe('the measurements of a load run', () => {
  const sent = (sentAt: number, dueAt?: number): Invitation =>
    ({
      record: dueAt === undefined ? {} : { dueAt },
      exchange: { request: { sentAt } },
      outcome: 'noAnswer',
      endings: [],
    }) as unknown as Invitation;

  test('contain the rate from the first to the last request, and the times in the queue', () => {
    const measured = new LoadMeasurements({ count: 2, rate: 10 });
    for (const [at, due] of [
      [1500, 1400],
      [1000, undefined],
      [2000, 2000],
    ] as const)
      measured.add(sent(at, due));
    expect(measured.result()).toMatchObject({
      count: 3,
      sent: 3,
      answers: { noAnswer: 3 },
      rate: { offered: 10, achieved: 2 },
      queued: { count: 2, maxMs: 100 },
    });
    expect(measured.result()).not.toHaveProperty('response');
  });

  test('have a rate of zero for one request, for none, and for simultaneous ones', () => {
    const rate = (...at: number[]): unknown => {
      const measured = new LoadMeasurements({ count: 5, rate: 10 });
      for (const one of at) measured.add(sent(one));
      return measured.result();
    };
    expect(rate()).toMatchObject({ count: 5, sent: 0, rate: { achieved: 0 } });
    expect(rate(1000)).toMatchObject({ rate: { achieved: 0 } });
    expect(rate(1000, 1000)).toMatchObject({ rate: { achieved: 0 } });
  });

  test.each([
    [1, 0, true],
    [2, 0, false],
    [2, 94, false],
    [2, 95, true],
  ])('%i sent at a rate of %i instead of 100: kept up %p', (count, achieved, kept) => {
    expect(keptUp({ sent: count, rate: { offered: 100, achieved } })).toBe(kept);
  });
});

describe('remarks on a load run', () => {
  const remarks = (
    tell: (run: RunStory) => RunStory,
    events = (all: HistoryEvent[]): HistoryEvent[] => all,
  ): string[] => {
    const { header, events: told } = tell(aRun(['request.route'], { load: { count: 2, rate: 1 } })).history();
    const history: History = { header, events: events(told) };
    const { result } = loadResultOf(history, { gate: 'linked', allowUntested: false, waivers: [], now: 0 });
    return result.remarks.flatMap((one) => ('text' in one ? [one.text] : []));
  };

  test('are absent if nothing unusual happened', () => {
    expect(remarks((run) => run.invite().joins())).toEqual([]);
  });

  test('report deliveries to no call, and invitations that were still running', () => {
    expect(remarks((run) => run.invite().joins().running(undefined, { to: null, raw: '{' }))).toEqual([
      '1 deliveries arrived at paths that belong to no call of this run',
    ]);
    expect(remarks((run) => run.invite().joins().invite().answer().cutOff())).toEqual([
      '1 invitations were still running when the run ended; they are not judged',
    ]);
  });

  test('report deliveries after the end of their call, with a few examples', () => {
    const late = (count: number): string[] =>
      remarks(
        (run) => {
          run.invite().joins();
          for (let i = 0; i < count; i += 1) run.running();
          return run;
        },
        (all) => {
          const ends = all.filter(({ kind }) => kind === 'attemptEnd');
          const first = all.findIndex(({ kind }) => kind === 'delivery') + 2;
          const others = all.filter(({ kind }) => kind !== 'attemptEnd');
          return [...others.slice(0, first), ...ends, ...others.slice(first)];
        },
      );
    const [one] = late(1);
    expect(one).toMatch(/^1 deliveries arrived after their call had ended: [^;…]+$/);
    const [many] = late(20);
    expect(many).toMatch(/^20 deliveries arrived after their call had ended: .+; .+, …$/);
  });
});
