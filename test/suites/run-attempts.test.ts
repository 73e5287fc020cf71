import { embeddedMock } from '../../api/embedded-mock';
import type { History } from '../../history/events';
import { DEFAULTS } from '../../schemas/options';
import { recordRun, scheduledAttempts, type AttemptOptions, type RunContext } from '../../suites/record-run';
import type { Attempt, Scenario } from '../../suites/scenario';
import { ACCEPTED_BEHAVIORS } from '../../suites/behavior-lists';
import { resultOf } from '../../verdicts/result';

const OPTIONS = { ...DEFAULTS, quietMs: 100 };

async function conducted(
  options: { faults?: string[]; timeoutMs?: number; scenarios: readonly Scenario[] },
  context: RunContext = {},
): Promise<History> {
  const { faults = [], timeoutMs = 20_000, scenarios } = options;
  const { access, close } = await embeddedMock({ faults });
  try {
    return await recordRun({ ...OPTIONS, ...access, timeoutMs }, { ...context, scenarios, disposable: true });
  } finally {
    await close();
  }
}

const failedIn = (history: History): string[] =>
  resultOf(history, { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() })
    .behaviors.filter(({ verdict }) => verdict === 'failed')
    .map(({ id }) => id);

const plain = (name: string, alone: boolean): Attempt => ({
  name,
  ...(alone ? { alone } : {}),
  tries: ACCEPTED_BEHAVIORS,
  act: async (context) => {
    const [call, invitees] = await Promise.all([context.groupCall(), context.users(1)]);
    await context.inviteAndWait(call, { invitees });
  },
});

const scenarioOf = (...attempts: Attempt[]): readonly Scenario[] => [{ name: 'made', attempts }];

/** When the invitations of an attempt were sent, and when the attempt ended. */
function timesOf({ events }: History, name: string): { sentAt: number; endedAt: number } {
  const sent = events.flatMap((one) =>
    one.kind === 'exchange' && one.invitation?.startsWith(`made/${name}/`) === true ? [one.request.sentAt] : [],
  );
  const ended = events.flatMap((one) => (one.kind === 'attemptEnd' && one.attempt === name ? [one.at] : []));
  return { sentAt: Math.min(...sent), endedAt: Math.max(...ended) };
}

test('attempts that run alone begin after all others, one after the other', async () => {
  const scenarios = scenarioOf(
    plain('alone-1', true),
    plain('one', false),
    plain('two', false),
    plain('alone-2', true),
  );
  const history = await conducted({ scenarios });
  const others = Math.max(timesOf(history, 'one').endedAt, timesOf(history, 'two').endedAt);
  expect(timesOf(history, 'alone-1').sentAt).toBeGreaterThanOrEqual(others);
  expect(timesOf(history, 'alone-2').sentAt).toBeGreaterThanOrEqual(timesOf(history, 'alone-1').endedAt);
  expect(history.header.plan.map(({ alone }) => alone)).toEqual([true, undefined, undefined, true]);
  expect(failedIn(history)).toEqual([]);
});

test('attempts that run alone do not wait for the timeouts of others', async () => {
  const scenarios = scenarioOf(plain('one', false), plain('alone', true));
  const history = await conducted({ scenarios, faults: ['completion.announced/never'], timeoutMs: 3000 });
  expect(timesOf(history, 'alone').sentAt).toBeLessThan(timesOf(history, 'one').endedAt);
});

test('an exception in an attempt that runs alone ends the run', async () => {
  const broken: Attempt = { ...plain('broken', true), act: () => Promise.reject(new Error('broken on purpose')) };
  await expect(conducted({ scenarios: scenarioOf(plain('one', false), broken, plain('alone', true)) })).rejects.toThrow(
    'broken on purpose',
  );
});

test('prepared calls are reserved for the other attempts', () => {
  const plan = (provisioning: AttemptOptions['provisioning']) => scheduledAttempts({ ...OPTIONS, provisioning });
  const alone = plan({ states: 'http://127.0.0.1' }).filter(({ attempt }) => attempt.alone === true);
  expect(alone).not.toHaveLength(0);
  expect(plan({ static: {} }).filter(({ attempt }) => attempt.alone === true)).toEqual([]);
});
