import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { BEHAVIORS } from '../../behaviors/catalog';
import type { History } from '../../history/events';
import RESULT_SCHEMA from '../../schemas/result.schema.json';
import { resultOf, type Judging, type Result } from '../../verdicts/result';
import { consoleReport } from '../../reporters/console';
import { withContract } from '../support/contracts';
import { drop, put } from '../support/edits';
import { aRun } from '../support/histories';

const NOW = Date.parse('2030-06-10T12:00:00Z');
const LATER = { reason: 'known', owner: 'the calls team', expires: '2030-12-31' };
const plain: Judging = { gate: 'shown', allowUntested: true, waivers: [], now: NOW };

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(RESULT_SCHEMA);

/** The result of a history, which must satisfy its schema. */
function result(history: History, judging: Partial<Judging> = {}): Result {
  const found = resultOf(history, { ...plain, ...judging });
  // The result as it is written to the file.
  const written: unknown = JSON.parse(JSON.stringify(found));
  validate(written);
  expect(validate.errors).toBeNull();
  return found;
}

const resultFor = (found: Result, id: string) => found.behaviors.find((one) => one.id === id);

function verdictIn(of: Result, id: string): string | undefined {
  return of.behaviors.find((one) => one.id === id)?.verdict;
}

const good = aRun().control({ name: 'a' }).invite().joins().history();
const withoutLocation = aRun().invite().answer(undefined, { headers: [] }).completion().roster().history();

describe('a result', () => {
  test('contains every behaviour once, in the order of the catalogue', () => {
    expect(result(good).behaviors.map(({ id }) => id)).toEqual(BEHAVIORS.map(({ id }) => id));
  });

  test('has a summary that counts its content', () => {
    const { summary, behaviors } = result(withoutLocation);
    for (const [verdict, count] of Object.entries(summary)) {
      expect(behaviors.filter((one) => one.verdict === verdict)).toHaveLength(count);
    }
  });

  test('passes if nothing fails', () => {
    const { exitCode, summary, target, durationMs } = result(good);
    expect({ exitCode, failed: summary.failed, target }).toEqual({
      exitCode: 0,
      failed: 0,
      target: 'http://target.test/v1.0',
    });
    expect(durationMs).toBeGreaterThan(0);
  });

  test('is incomplete if something was not tried', () => {
    expect(result(good, { allowUntested: false }).exitCode).toBe(3);
  });

  test('fails if a counted behaviour fails', () => {
    const found = result(withoutLocation);
    expect(found.exitCode).toBe(1);
    expect(verdictIn(found, 'response.location')).toBe('failed');
    expect(found.behaviors.find(({ id }) => id === 'response.location')?.findings).toHaveLength(1);
  });

  test("passes if the failures are below the gate's level", () => {
    const history = aRun().invite({ operationId: 'o' }).joins().invite({ operationId: 'o' }).joins().history();
    expect(verdictIn(result(history), 'response.operation-id-unique')).toBe('failed');
    expect(result(history, { gate: 'stated' }).exitCode).toBe(0);
    expect(result(history, { gate: 'linked' }).exitCode).toBe(1);
  });

  test('keeps five findings of a behaviour and counts the others', () => {
    const run = aRun(['response.result-info']);
    for (let i = 0; i < 8; i += 1) run.invite().answer(put('/resultInfo', { code: 200 }));
    const found = result(run.history());
    const findings = resultFor(found, 'response.result-info')?.findings ?? [];
    expect(findings).toHaveLength(5);
    expect(resultFor(found, 'response.result-info')?.attempts).toEqual({ passed: 0, failed: 8, untested: 0 });
  });

  test('contains the contracts, and fails with them', () => {
    const contract = { interaction: 'i', behaviors: ['request.route'] };
    expect(result(withContract(good, contract)).exitCode).toBe(0);
    expect(result(withContract(good, contract, { result: 'failed' })).exitCode).toBe(1);
    const undone = result(withContract(good, contract, { result: 'untested' }), { allowUntested: false });
    expect(undone.exitCode).toBe(3);
  });

  test('contains the remarks of the run, each once', () => {
    const history = aRun()
      .control()
      .end({ remarks: ['so it was', 'so it was'] })
      .history();
    expect(result(history).remarks).toEqual([{ code: 'recorded', text: 'so it was' }]);
  });

  test('is the same each time', () => {
    expect(result(withoutLocation)).toEqual(result(withoutLocation));
  });
});

test("has as a behaviour's duration the time from the first request of its attempts to their last message", () => {
  const history = aRun(['request.route'])
    .invite({ name: 'a' })
    .answer()
    .invite({ name: 'b' })
    .answer()
    .completion()
    .history();
  const times = history.events.flatMap((event) =>
    event.kind === 'exchange'
      ? [event.request.sentAt, event.response?.endAt ?? 0]
      : event.kind === 'delivery'
        ? [event.headersAt, event.bodyAt]
        : [],
  );
  const found = result(history).behaviors.find(({ id }) => id === 'request.route');
  expect(found?.durationMs).toBe(Math.round(Math.max(...times) - Math.min(...times)));
  expect(found?.durationMs).toBeGreaterThan(0);
  expect(result(history).behaviors.find(({ id }) => id === 'pstn.accepted')).not.toHaveProperty('durationMs');
});

describe('a waiver in a result', () => {
  const waived = { behavior: 'response.location', ...LATER };
  const LOCATIONS = [waived, { ...waived, behavior: 'response.json' }];

  test('waives the failure while it is valid', () => {
    const found = result(withoutLocation, { waivers: LOCATIONS });
    expect(verdictIn(found, 'response.location')).toBe('waived');
    expect(found.exitCode).toBe(0);
    expect(found.behaviors.find(({ id }) => id === 'response.location')).toMatchObject({ waiver: waived });
    expect(found.behaviors.find(({ id }) => id === 'response.location')?.findings).toHaveLength(1);
    expect(found.remarks).toEqual([]);
  });

  const resting = 'response.location-operation';
  const remarkOf = (code: string, expires: string) => ({
    code,
    behavior: 'response.location',
    owner: LATER.owner,
    expires,
  });

  test('waives behaviours that wait for what it covers, and nothing else', () => {
    const open = result(withoutLocation, { allowUntested: false });
    expect(resultFor(open, resting)).toMatchObject({
      verdict: 'untested',
      inconclusive: true,
      waitsFor: ['response.location'],
    });
    const found = result(withoutLocation, { waivers: LOCATIONS });
    expect(resultFor(found, resting)).toMatchObject({
      verdict: 'waived',
      waivedBy: ['response.location'],
      waiver: waived,
    });
    // A behaviour that was not tried waits for nothing, so no waiver covers it.
    expect(resultFor(found, 'pstn.accepted')).toMatchObject({ verdict: 'untested' });
    expect(resultFor(found, 'pstn.accepted')).not.toHaveProperty('waitsFor');
    const expired = LOCATIONS.map((one) => ({ ...one, expires: '2030-06-09' }));
    expect(verdictIn(result(withoutLocation, { waivers: expired }), resting)).toBe('untested');
  });

  test('of one cause does not waive what also waits for another failure', () => {
    const history = aRun(['completion.operation-id', 'response.operation-id', 'completion.announced'])
      .invite({ name: 'a' })
      .answer(drop('/id'))
      .completion()
      .invite({ name: 'b' })
      .answer()
      .history();
    const both = result(history);
    expect(resultFor(both, 'completion.operation-id')?.waitsFor?.toSorted()).toEqual([
      'completion.announced',
      'response.operation-id',
    ]);
    const one = result(history, { waivers: [{ ...waived, behavior: 'response.operation-id' }] });
    expect(verdictIn(one, 'completion.operation-id')).toBe('untested');
    const all = ['response.operation-id', 'completion.announced'].map((behavior) => ({ ...waived, behavior }));
    expect(verdictIn(result(history, { waivers: all }), 'completion.operation-id')).toBe('waived');
  });

  test('of an untested behaviour is valid, and is stale if the behaviour passes', () => {
    const own = [{ ...waived, behavior: resting }];
    expect(resultFor(result(withoutLocation, { waivers: own }), resting)).toMatchObject({ verdict: 'waived' });
    expect(resultFor(result(withoutLocation, { waivers: own }), resting)).not.toHaveProperty('waivedBy');
    const fixed = result(good, { waivers: own });
    expect(fixed.remarks).toContainEqual({
      code: 'waiverStale',
      behavior: resting,
      owner: LATER.owner,
      expires: LATER.expires,
    });
  });

  test('waives contracts that fail for nothing else, which keep their result', () => {
    const weighed = (behaviors: string[], more: { consumer?: string } = {}) =>
      result(withContract(withoutLocation, { interaction: 'i', behaviors, ...more }, { result: 'failed' }), {
        waivers: LOCATIONS,
      });
    const covered = weighed(['response.location', resting]);
    expect(covered.contracts[0]).toMatchObject({ result: 'failed', waivedBy: ['response.location', resting] });
    expect(covered.exitCode).toBe(0);
    expect(consoleReport(covered, false)).not.toMatch(/FAILED +contract/);
    for (const open of [
      weighed(['response.location', 'request.route']),
      weighed([]),
      weighed(['response.location'], { consumer: 'another bot' }),
    ]) {
      expect(open.contracts[0]).not.toHaveProperty('waivedBy');
      expect(open.contracts[0]).toMatchObject({ counted: true });
      expect(open.exitCode).toBe(1);
    }
    expect(weighed(['failure.announced'])).toMatchObject({ exitCode: 0, contracts: [{ counted: false }] });
  });

  test('that ends within 14 days is a remark', () => {
    const found = result(withoutLocation, { waivers: LOCATIONS.map((one) => ({ ...one, expires: '2030-06-20' })) });
    expect(found.exitCode).toBe(0);
    expect(found.remarks).toContainEqual(remarkOf('waiverEnds', '2030-06-20'));
  });

  test('that has expired lets the failure count, and names its owner', () => {
    const found = result(withoutLocation, { waivers: LOCATIONS.map((one) => ({ ...one, expires: '2030-06-09' })) });
    expect(verdictIn(found, 'response.location')).toBe('failed');
    expect(found.exitCode).toBe(1);
    expect(found.remarks).toContainEqual(remarkOf('waiverExpired', '2030-06-09'));
  });

  test('is valid to the end of its day, UTC', () => {
    const waivers = LOCATIONS.map((one) => ({ ...one, expires: '2030-06-10' }));
    expect(result(withoutLocation, { waivers, now: Date.parse('2030-06-10T23:59:59.999Z') }).exitCode).toBe(0);
    expect(result(withoutLocation, { waivers, now: Date.parse('2030-06-11T00:00:00.000Z') }).exitCode).toBe(1);
  });

  test('is stale if the behaviour passes, and counts as a failure', () => {
    const found = result(good, { waivers: [waived] });
    expect(verdictIn(found, 'response.location')).toBe('passed');
    expect(found.exitCode).toBe(1);
    expect(found.remarks).toContainEqual(remarkOf('waiverStale', LATER.expires));
  });

  test('of an untried behaviour has no effect', () => {
    const found = result(good, { waivers: [{ ...waived, behavior: 'pstn.accepted' }] });
    expect(verdictIn(found, 'pstn.accepted')).toBe('untested');
    expect(found.exitCode).toBe(0);
  });
});
