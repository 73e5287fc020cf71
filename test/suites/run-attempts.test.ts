import { embeddedMock } from '../../api/embedded-mock';
import type { History } from '../../history/events';
import { DEFAULTS } from '../../schemas/options';
import { scheduledAttempts, type AttemptOptions } from '../../suites/attempt-selection';
import { recordRun, type RunContext } from '../../suites/record-run';
import type { Attempt, Scenario } from '../../suites/scenario';
import { ACCEPTED_BEHAVIORS } from '../../suites/behavior-lists';
import { NotProvided } from '../../target/errors';

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
  const said: string[] = [];
  // No request: one that takes longer than 200 ms lets the next begin.
  const told = (name: string, alone: boolean): Attempt => ({
    ...plain(name, alone),
    act: async () => {
      said.push(`${name} begins`);
      await new Promise(setImmediate);
      said.push(`${name} ends`);
    },
  });
  const scenarios = scenarioOf(told('alone-1', true), told('one', false), told('two', false), told('alone-2', true));
  const history = await conducted({ scenarios });
  expect(said.slice(0, 4).toSorted()).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  expect(said.slice(4)).toEqual(['alone-1 begins', 'alone-1 ends', 'alone-2 begins', 'alone-2 ends']);
  expect(history.header.plan.map(({ alone }) => alone)).toEqual([true, undefined, undefined, true]);
});

test('attempts begin before their variations, and long ones first', async () => {
  const began: string[] = [];
  const told = (name: string, more: Pick<Attempt, 'variation' | 'long'> = {}): Attempt => ({
    ...plain(name, false),
    ...more,
    act: () => {
      began.push(name);
      return Promise.resolve();
    },
  });
  const scenarios = scenarioOf(
    told('variation', { variation: true }),
    told('long variation', { variation: true, long: true }),
    told('one'),
    told('long', { long: true }),
    told('other'),
  );
  await conducted({ scenarios });
  expect(began).toEqual(['long', 'one', 'other', 'long variation', 'variation']);
});

test('an attempt that runs alone and takes long lets the next begin', async () => {
  const said: string[] = [];
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const told = (name: string, act: () => void | Promise<void>): Attempt => ({
    ...plain(name, true),
    act: async () => {
      said.push(name);
      await act();
    },
  });
  await conducted({
    scenarios: scenarioOf(
      told('long', () => ended),
      told('next', () => end()),
    ),
  });
  expect(said).toEqual(['long', 'next']);
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

describe('an attempt that runs alone while this process reads late', () => {
  /** An attempt in which each turn of the event loop takes 6 ms. */
  const stalled = (acts: () => number): Attempt => {
    const once = plain('alone', true);
    return {
      ...once,
      act: async (context) => {
        if (acts() > 3) throw new Error('it was repeated too often');
        const turns = setInterval(() => {
          for (const until = performance.now() + 6; performance.now() < until;);
        }, 1);
        await once.act(context).finally(() => clearInterval(turns));
      },
    };
  };
  const repeated = async (fault: string): Promise<{ acts: number; history: History }> => {
    let acts = 0;
    const attempt = stalled(() => (acts += 1));
    const history = await conducted({ scenarios: scenarioOf(attempt), faults: [fault] });
    return { acts, history };
  };

  test('is repeated twice if the target does not wait for acknowledgements', async () => {
    const { acts, history } = await repeated('ordering.completion-before-roster/roster-15-ms-not-waiting');
    expect(acts).toBe(3);
    const keys = history.events.flatMap((event) => (event.kind === 'invitation' ? [event.key] : []));
    expect(keys).toEqual(['made/alone/1', 'made/alone/1, round 2', 'made/alone/1, round 3']);
  });

  test('is not repeated if the target waits for them', async () => {
    const { acts } = await repeated('ordering.completion-before-roster/roster-15-ms-waiting');
    expect(acts).toBe(1);
  });

  test('is complete if there are no calls to repeat it', async () => {
    let acts = 0;
    const whole = stalled(() => (acts += 1));
    const scarce: Attempt = {
      ...whole,
      act: async (context) => {
        if (acts === 1) throw new NotProvided('unsupported', 'no more calls', 'Prepare more.');
        await whole.act(context);
      },
    };
    const history = await conducted({
      scenarios: scenarioOf(scarce),
      faults: ['ordering.completion-before-roster/roster-15-ms-not-waiting'],
    });
    expect(acts).toBe(1);
    expect(history.events.filter(({ kind }) => kind === 'missing')).toEqual([]);
  });
});

test('prepared calls are reserved for the other attempts', () => {
  const plan = (provisioning: AttemptOptions['provisioning']) => scheduledAttempts({ ...OPTIONS, provisioning });
  const alone = plan({ states: 'http://127.0.0.1' }).filter(({ attempt }) => attempt.alone === true);
  expect(alone).not.toHaveLength(0);
  expect(plan({ static: {} }).filter(({ attempt }) => attempt.alone === true)).toEqual([]);
});
