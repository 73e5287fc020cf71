import type { IncomingMessage } from 'node:http';
import type { Hook, FlagOverrides } from './world';
import { notesOf, invites, PATIENT, world, type Ended } from './world';

const { instead, judged } = world();

/** What was set up and torn down. */
interface Seen {
  setUp: string[];
  tornDown: string[];
  invitations: number;
  callbacks: string[];
}

interface Phase {
  name: string;
  flags: FlagOverrides;
  /** Whether the interrupt comes with this request. */
  comesWith: (req: IncomingMessage, body: Buffer, seen: Seen) => boolean;
  /** Whether a result is kept: false if nothing could be judged before the interrupt. */
  kept: boolean;
  hook?: Hook;
}

const state = (body: Buffer): { action?: string; state?: string; params?: Record<string, unknown> } => {
  try {
    // A body may be JSON but not an object: one scenario sends `null`.
    return (JSON.parse(body.toString()) as ReturnType<typeof state> | null) ?? {};
  } catch {
    return {};
  }
};

/** Whether an invitation is the preflight's check of the token. */
const checksToken = (body: Buffer): boolean => body.toString() === '{}';

/** Runs until the interrupt, and returns the requests before and after it. */
async function interrupted({ flags, comesWith, hook }: Phase): Promise<{ ended: Ended; seen: Seen; late: number }> {
  const abort = new AbortController();
  const seen: Seen = { setUp: [], tornDown: [], invitations: 0, callbacks: [] };
  let late = 0;
  const origin = await instead((req, res, body) => {
    const { action, params } = state(body);
    const what = JSON.stringify([state(body).state, params]);
    if (action === 'setup') {
      seen.setUp.push(what);
      if (typeof params?.['callbackUri'] === 'string') seen.callbacks.push(params['callbackUri']);
    }
    if (action === 'teardown') seen.tornDown.push(what);
    if (invites(req)) seen.invitations += 1;
    // Requests that were already sent may still arrive: at most as many as the concurrency.
    if (abort.signal.aborted && (action === 'setup' || invites(req))) late += 1;
    if (comesWith(req, body, seen)) abort.abort();
    return hook?.(req, res, body) ?? false;
  });
  const both: FlagOverrides = {
    target: `${origin}/v1.0`,
    states: `${origin}/_states`,
    concurrency: '16',
    scenario: undefined,
    contracts: false,
  };
  return { ended: await judged({ ...both, ...flags }, abort.signal), seen, late };
}

test.each<Phase>([
  {
    name: 'during the preflight',
    flags: {},
    comesWith: (req) => req.headers.authorization === undefined && req.url?.includes('/invite') === true,
    kept: false,
  },
  {
    name: 'while the first call is being set up',
    flags: {},
    comesWith: (_req, body) => state(body).action === 'setup',
    kept: false,
  },
  {
    name: 'while calls are being set up',
    flags: {},
    comesWith: (_req, _body, seen) => seen.setUp.length === 30,
    kept: true,
  },
  {
    name: 'while invitations are running',
    flags: {},
    comesWith: (_req, _body, seen) => seen.invitations === 10,
    kept: true,
  },
  {
    name: 'while every invitation hangs',
    flags: { timeoutMs: PATIENT },
    comesWith: (_req, _body, seen) => seen.invitations === 4,
    hook: (req, _res, body) => invites(req) && !checksToken(body),
    kept: true,
  },
  {
    name: 'while the check of the token hangs',
    flags: { timeoutMs: PATIENT },
    comesWith: (req, body) => invites(req) && checksToken(body),
    hook: (req) => invites(req),
    kept: false,
  },
  {
    name: 'while contracts are verified concurrently',
    flags: { contracts: undefined },
    comesWith: (_req, _body, seen) => seen.invitations === 20,
    kept: true,
  },
])(
  'an interrupt $name ends the run with exit 130; everything is torn down, and nothing more is sent',
  async (phase) => {
    const { ended, seen, late } = await interrupted(phase);
    expect(ended.code).toBe(130);
    expect(ended.result?.exitCode).toBe(phase.kept ? 130 : undefined);
    expect(seen.tornDown.toSorted()).toEqual(seen.setUp.toSorted());
    expect(late).toBeLessThanOrEqual(32);
    for (const callback of seen.callbacks.slice(0, 1)) await expect(fetch(callback)).rejects.toThrow('fetch failed');
  },
);

test('an interrupt while the last contract is verified ends the run with exit 130; other verdicts remain', async () => {
  let looks = 0;
  const { ended } = await interrupted({
    name: 'contracts',
    flags: { contracts: undefined, scenario: undefined, timeoutMs: PATIENT },
    // The preflight checks the target once, and the end of the scenarios once more.
    comesWith: (req, body) => {
      if (invites(req) && req.headers.authorization !== undefined && checksToken(body)) looks += 1;
      return looks === 2;
    },
    hook: (_req, _res, body) => body.includes('Invitation-to-follow'),
    kept: true,
  });
  expect(ended.code).toBe(130);
  const { summary, behaviors = [], contracts = [] } = ended.result ?? {};
  expect(summary).toMatchObject({ failed: 0 });
  const cut = behaviors.filter(({ reasons = [] }) => reasons.some(({ reason }) => reason.why === 'interrupted'));
  expect(cut).toEqual([]);
  const open = contracts.filter(({ reason }) => reason?.why === 'interrupted');
  expect(open.map(({ interaction }) => interaction.split(':')[0])).toContain('completion');
  expect(contracts.filter(({ result }) => result === 'failed')).toEqual([]);
});

test('a hanging teardown delays an interrupted run by a few seconds at most', async () => {
  const { ended } = await interrupted({
    name: 'hanging',
    flags: { concurrency: '1' },
    comesWith: (_req, _body, seen) => seen.invitations === 3,
    hook: (_req, _res, body) => state(body).action === 'teardown',
    kept: true,
  });
  expect(ended.code).toBe(130);
  expect(notesOf(ended).join('\n')).toMatch(/could not release/);
});
