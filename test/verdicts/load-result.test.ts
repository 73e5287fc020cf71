import type { History } from '../../history/events';
import { ACCEPTED_BEHAVIORS } from '../../suites/behavior-lists';
import { loadResultOf } from '../../verdicts/load-result';
import type { BehaviorResult, Result } from '../../verdicts/result';
import { put } from '../support/edits';
import { aRun, type RunStory } from '../support/histories';

const judging = { gate: 'linked', allowUntested: false, waivers: [], now: 0 } as const;

/** A made-up load run. */
function aLoad(count: number): RunStory {
  return aRun(['request.route', ...ACCEPTED_BEHAVIORS], { load: { count, rate: 100 } });
}

function judged(history: History): { result: Result; evidence: History; of: (id: string) => BehaviorResult } {
  const { result, evidence } = loadResultOf(history, judging);
  const of = (id: string): BehaviorResult => {
    const found = result.behaviors.find((one) => one.id === id);
    if (!found) throw new Error(`no behaviour ${id}`);
    return found;
  };
  return { result, evidence, of };
}

/** Adds `count` conforming invitations, each to a call of its own. */
function joining(run: RunStory, count: number): RunStory {
  for (let i = 0; i < count; i += 1) run.invite().joins();
  return run;
}

test('a load run counts only the behaviours that it tries', () => {
  const { result, of } = judged(joining(aLoad(12), 12).history());
  expect(of('completion.announced')).toMatchObject({
    verdict: 'passed',
    counted: true,
    attempts: { passed: 12, failed: 0, untested: 0 },
  });
  expect(of('authorization.required')).toMatchObject({ verdict: 'notSelected', counted: false, findings: [] });
  expect(result.exitCode).toBe(0);
});

test('a repeated id is found although the earlier call has been forgotten', () => {
  const run = joining(aLoad(9), 4).invite({ operationId: 'operation-2' }).joins();
  const { of } = judged(joining(run, 4).history());
  const { attempts, findings } = of('response.operation-id-unique');
  // The first one was alone when it was judged.
  expect(attempts).toEqual({ passed: 7, failed: 1, untested: 1 });
  expect(findings).toMatchObject([
    {
      fact: 'response.operation-id-unique',
      observed: { is: 'json', value: 'operation-2' },
      belongsTo: 'story/attempt-2/2',
      attempt: { invitation: 'story/attempt-5/5' },
    },
  ]);
});

test('the first findings are kept with their events; the others are counted', () => {
  const run = joining(aLoad(20), 3);
  for (let i = 0; i < 8; i += 1) run.invite().answer().completion(put('/changeType', 'updated')).roster();
  const { result, of, evidence } = judged(joining(run, 9).history());
  const { attempts, findings } = of('completion.change-type');
  expect(attempts).toEqual({ passed: 12, failed: 8, untested: 0 });
  expect(findings).toHaveLength(5);
  const kept = new Set(evidence.events.map(({ n }) => n));
  expect(findings.flatMap(({ at }) => at).every(({ event }) => kept.has(event))).toBe(true);
  expect(evidence.events).toHaveLength(5 * 5);
  expect(result.exitCode).toBe(1);
});

test('waivers apply to a load run as to any run', () => {
  const history = joining(aLoad(2), 1).invite().answer().completion(put('/changeType', 'updated')).roster().history();
  const waiver = { behavior: 'completion.change-type', reason: 'r', owner: 'o', expires: '2999-12-31' };
  const { result } = loadResultOf(history, { ...judging, waivers: [waiver] });
  expect(result.exitCode).toBe(0);
});

test('unsent invitations are not covered by the sent ones', () => {
  const missing = { tries: ['request.route'], missing: '5 of 8 invitations were not sent', hint: 'h' };
  const gone = judged(
    joining(aLoad(8), 3)
      .missing({ ...missing, cause: 'environment' })
      .history(),
  );
  expect(gone.of('request.route')).toMatchObject({ verdict: 'untested', attempts: { passed: 3 } });
  expect(gone.of('request.route').reasons).toMatchObject([
    { reason: { why: 'notProvided', cause: 'environment', missing: '5 of 8 invitations were not sent' } },
  ]);
  expect(gone.result.exitCode).toBe(4);
  const slow = judged(
    joining(aLoad(8), 3)
      .missing({ ...missing, cause: 'prerequisite' })
      .history(),
  );
  expect(slow.result.exitCode).toBe(3);
});

test('a load run with nothing judged does not pass', () => {
  expect(judged(aLoad(8).history()).result.exitCode).toBe(3);
});

test('reports the measurements: responses, rates and durations', () => {
  const run = joining(aLoad(4), 2).invite().refuse(429);
  const { load, remarks } = judged(run.invite().noAnswer().history()).result;
  expect(load).toMatchObject({
    count: 4,
    sent: 4,
    answers: { accepted: 2, refused: 0, throttled: 1, otherAnswer: 0, noAnswer: 1 },
    response: { count: 3, maxMs: 11 },
    completion: { count: 2, maxMs: 21 },
  });
  // Sent at 10, 50, 90 and 110 ms of the test's clock, at an offered rate of a hundred per second.
  expect(load?.rate.offered).toBe(100);
  expect(remarks).toContainEqual({
    code: 'recorded',
    text: expect.stringContaining('invitations a second were sent instead of 100') as string,
  });
  expect(remarks).toContainEqual({
    code: 'recorded',
    text: expect.stringContaining('1 invitations were throttled') as string,
  });
});
