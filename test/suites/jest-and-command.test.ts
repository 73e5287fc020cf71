import { BEHAVIORS } from '../../behaviors/catalog';
import { embeddedMock } from '../../api/embedded-mock';
import { createMock } from '../../mock';
import { DEFAULTS } from '../../schemas/options';
import { recordRun } from '../../suites/record-run';
import { runWithHistory } from '../../api/run';
import type { Options } from '../../api/options';
import type { History } from '../../history/events';
import { resultOf } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';

/** The history of a run of the scenarios only, as in a test file. */
async function conductFor(options: Options): Promise<History> {
  return (await runWithHistory({ contracts: false, ...options })).history;
}

const TIMES = { timeoutMs: 20_000, quietMs: 100 };
const PHONE = '+12345678901';

function verdictsOf(history: History): Record<string, Verdict> {
  const { behaviors } = resultOf(history, { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() });
  return Object.fromEntries(behaviors.map(({ id, verdict }) => [id, verdict]));
}

/** Judges the embedded mock as `run` does. */
async function byCommand(faults: readonly string[]): Promise<Record<string, Verdict>> {
  const { access, close } = await embeddedMock({ faults });
  const history = await recordRun({ ...DEFAULTS, ...TIMES, ...access }, { disposable: true });
  await close();
  return verdictsOf(history);
}

/** Judges an application in its own process as a Jest file does. */
async function byJest(faults: readonly string[]): Promise<Record<string, Verdict>> {
  const mock = createMock({ faults });
  const history = await conductFor({
    ...TIMES,
    target: mock.app,
    provisioning: { states: '/_states' },
    tokens: mock.tokens,
    invitees: { phone: PHONE },
    allowPstn: true,
  });
  mock.close();
  return verdictsOf(history);
}

// Faults that show without waiting.
const CHOSEN = ['response.location/missing', 'authorization.required/not-asked-for', 'refusal.error-body/html'];

test('a Jest file passes every behaviour on the conforming mock', async () => {
  const verdicts = await byJest([]);
  expect(verdicts).toEqual(Object.fromEntries(BEHAVIORS.map(({ id }) => [id, 'passed'])));
}, 60_000);

test('Jest and the command give the same verdicts on a mock with faults', async () => {
  const [command, face] = await Promise.all([byCommand(CHOSEN), byJest(CHOSEN)]);
  expect(face).toEqual(command);
  const broken = CHOSEN.map((id) => id.split('/')[0] ?? '');
  expect(broken.map((id) => command[id])).toEqual(broken.map(() => 'failed'));
}, 60_000);

/** Runs against the mock as an application in this process. */
async function conductApplication(selected: Pick<Options, 'capabilities' | 'scenarios'>): Promise<History> {
  const mock = createMock();
  const { app: target, tokens } = mock;
  try {
    return await conductFor({ ...TIMES, target, provisioning: { states: '/_states' }, tokens, ...selected });
  } finally {
    mock.close();
  }
}

test('an application in the process is served on a port of its own, which is free again afterwards', async () => {
  const history = await conductApplication({ scenarios: ['single'] });
  expect(verdictsOf(history)).toMatchObject({ 'request.route': 'passed', 'pstn.accepted': 'notSelected' });
  await expect(fetch(history.header.target)).rejects.toThrow('fetch failed');
});

test('capabilities that the options declare absent are not applicable', async () => {
  const history = await conductApplication({
    capabilities: { pstn: false, replace: false },
    scenarios: ['single', 'pstn', 'replace'],
  });
  expect(verdictsOf(history)).toMatchObject({
    'completion.announced': 'passed',
    'pstn.accepted': 'notApplicable',
    'replace.accepted': 'notApplicable',
  });
});
