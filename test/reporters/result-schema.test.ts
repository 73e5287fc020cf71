import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { recordRun } from '../../suites/record-run';
import { DEFAULTS } from '../../schemas/options';
import { embeddedMock } from '../../api/embedded-mock';
import { readReportOptions, report } from '../../reporters';
import RESULT_SCHEMA from '../../schemas/result.schema.json';
import { resultOf, type Result } from '../../verdicts/result';
import { findingOf, resultWith } from './results';

const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));
const valid = ajv.compile(RESULT_SCHEMA);

/** The violations of the schema in the JSON report of a result. */
function faults(result: Result): unknown {
  let text = '';
  const machine = (more: string): void => {
    text += more;
  };
  report(result, readReportOptions(['json']), { machine, people: () => undefined, colour: false });
  valid(JSON.parse(text));
  return valid.errors ?? [];
}

test('the JSON report of a run on the mock, with failures, untested behaviours and waivers, satisfies its schema', async () => {
  const { access, close } = await embeddedMock();
  const { withoutPermission: _gone, ...tokens } = access.tokens;
  const options = {
    ...DEFAULTS,
    ...access,
    tokens,
    allowPstn: false,
    capabilities: { ...DEFAULTS.capabilities, replace: false },
    timeoutMs: 20_000,
    quietMs: 0,
    scenarios: ['single', 'authorization', 'pstn', 'replace'],
  };
  const history = await recordRun(options, { disposable: true });
  await close();
  const waivers = [{ behavior: 'response.location', reason: 'r', owner: 'o', expires: '2020-01-01' }];
  const result = resultOf(history, { gate: 'linked', allowUntested: false, waivers, now: Date.now() });
  expect(result.summary.passed).toBeGreaterThan(20);
  expect(result.summary.untested).toBeGreaterThan(0);
  expect(result.summary.notApplicable).toBeGreaterThan(0);
  expect(result.exitCode).toBe(1);
  expect(faults(result)).toEqual([]);
});

test('the schema refuses a wrong result', () => {
  const result = resultWith({ 'roster.joined': { verdict: 'failed', findings: [findingOf('x')] } }, { exitCode: 1 });
  expect(faults(result)).toEqual([]);
  expect(faults({ ...result, startedAt: 'yesterday' })).not.toEqual([]);
  expect(faults({ ...result, durationMs: -1 })).not.toEqual([]);
  const { summary: _summary, ...incomplete } = result;
  valid(incomplete);
  expect(valid.errors).toMatchObject([{ params: { missingProperty: 'summary' } }]);
});
