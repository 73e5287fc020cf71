import type { Exchange } from '../../history/events';
import { TargetHealth } from '../../target/health';
import type { Client, TargetRequest } from '../../target/client';
import { KeptConnection } from '../../target/kept-connection';
import { inviteProbe } from '../../target/invite-probe';
import { aRecorder, sending } from './recording';
import { deserted, servers } from './servers';

const { http } = servers();

type Answer = { status: number } | { cause: 'refused' | 'broken' | 'late' | 'exhausted' };

/** A client with a list of responses, the last of which repeats. */
function saying(...answers: Answer[]): {
  client: Client;
  sent: TargetRequest[];
  recorder: ReturnType<typeof aRecorder>;
} {
  const recorder = aRecorder();
  const sent: TargetRequest[] = [];
  const client: Client = {
    inFlight: () => 0,
    timeoutMs: 1000,
    clean: recorder.clean,
    connection: () => new KeptConnection(),
    close: () => undefined,
    send: (one) => {
      const next = answers.length > 1 ? answers.shift() : answers[0];
      sent.push(one);
      const at = recorder.now();
      const body = { encoding: 'utf8' as const, content: '', bytes: 0, truncated: false };
      const request = { method: one.method, url: one.url, headers: [], body, sentAt: at };
      const outcome =
        next && 'status' in next
          ? { response: { status: next.status, headers: [], body, headersAt: at, endAt: at } }
          : { failure: { reason: 'it failed', at, cause: next?.cause ?? ('late' as const) } };
      const event = { kind: 'exchange' as const, purpose: one.purpose, scenario: '', request, ...outcome };
      return Promise.resolve({ ...event, n: recorder.add(event).n } as Exchange);
    },
  };
  return { client, sent, recorder };
}

const invitation = (origin: string): TargetRequest =>
  sending(`${origin}/communications/calls/c/participants/invite`, {
    method: 'POST',
    purpose: 'invite',
    expectsAcceptance: true,
    headers: { Authorization: 'Bearer t' },
  });

const opened: TargetHealth[] = [];
afterEach(() => {
  for (const health of opened.splice(0)) health.close();
});

/** A target whose preflight invitation is answered with `status`, after 400 at first. */
async function known(origin: string, status: number, recorder: ReturnType<typeof aRecorder>): Promise<TargetHealth> {
  const health = new TargetHealth(origin, 't', recorder);
  opened.push(health);
  const first = saying({ status: 400 });
  health.setBaseline(
    inviteProbe(saying({ status }).client, origin, 't', 'c'),
    await first.client.send(invitation(origin)),
  );
  return health;
}

test('a refused connection is tried again, and counted if it is then accepted', async () => {
  const origin = await http((_req, res) => res.end());
  const { client, sent, recorder } = saying({ cause: 'refused' }, { status: 200 });
  const health = await known(origin, 400, recorder);
  const { response } = await health.watchClient(client).send(invitation(origin));
  expect(response?.status).toBe(200);
  expect(sent).toHaveLength(2);
  expect(health.stop).toBeUndefined();
  expect(health.remarks()).toEqual([
    'the target refused the connection 1 times, and accepted it when the suite tried again',
  ]);
});

test('a broken connection is not tried again, because the target may have read the request', async () => {
  const origin = await http((_req, res) => res.end());
  const { client, sent, recorder } = saying({ cause: 'broken' });
  const health = await known(origin, 400, recorder);
  expect((await health.watchClient(client).send(invitation(origin))).failure?.cause).toBe('broken');
  expect(sent).toHaveLength(1);
  expect(health.stop).toBeUndefined();
});

test('a connection that is refused again ends the run, with the requests in flight', async () => {
  const origin = await deserted();
  const { client, recorder } = saying({ cause: 'refused' });
  const health = await known(origin, 400, recorder);
  await health.watchClient(client).send({ ...invitation(origin), invitation: 'single/one/1' });
  expect(health.stop).toMatchObject({ cause: 'unreachable', exchange: 1, inFlight: ['single/one/1'] });
  expect(health.stop?.seen).toContain('ECONNREFUSED');
  expect(health.signal.aborted).toBe(true);
});

test('a request that failed for lack of files or ports is repeated and counted', async () => {
  const origin = await http((_req, res) => res.end());
  const { client, sent, recorder } = saying({ cause: 'exhausted' }, { status: 200 });
  const health = await known(origin, 400, recorder);
  const { response } = await health.watchClient(client).send(invitation(origin));
  expect(response?.status).toBe(200);
  expect(sent).toHaveLength(2);
  expect(health.stop).toBeUndefined();
  expect(health.remarks()).toEqual([
    'this machine ran out of files or ports 1 times; the suite sent those requests again',
  ]);
});

test.each<Partial<TargetRequest>>([{}, { purpose: 'provision', url: 'http://127.0.0.1:9/_states' }])(
  'a continued lack of files or ports ends the run, and is not attributed to the target: %j',
  async (of) => {
    const origin = await http((_req, res) => res.end());
    const { client, recorder } = saying({ cause: 'exhausted' });
    const health = await known(origin, 400, recorder);
    await health.watchClient(client).send({ ...invitation(origin), ...of });
    expect(health.stop).toMatchObject({ cause: 'exhausted', seen: 'it failed' });
    expect(health.signal.aborted).toBe(true);
  },
);

test.each<[Answer, number, string | undefined]>([
  [{ status: 401 }, 401, 'tokenRefused'],
  [{ status: 403 }, 403, 'tokenRefused'],
  [{ status: 403 }, 400, undefined],
  [{ status: 404 }, 404, 'restarted'],
  [{ status: 404 }, 400, undefined],
  [{ cause: 'broken' }, 404, 'restarted'],
  [{ cause: 'broken' }, 401, undefined],
  [{ cause: 'late' }, 404, undefined],
  [{ status: 500 }, 404, undefined],
])('after %j, status %i for the preflight invitation: %s', async (answer, status, cause) => {
  const origin = await http((_req, res) => res.end());
  const { client, recorder } = saying(answer);
  const health = await known(origin, status, recorder);
  await health.watchClient(client).send(invitation(origin));
  expect(health.stop?.cause).toBe(cause);
});

test.each<[Answer, string | undefined]>([
  [{ cause: 'late' }, 'unreachable'],
  [{ status: 400 }, undefined],
])('after a timeout, the preflight invitation decides: %j', async (answer, cause) => {
  const origin = await http((_req, res) => res.end());
  const { client, recorder } = saying({ cause: 'late' });
  const health = new TargetHealth(origin, 't', recorder);
  opened.push(health);
  const before = await saying({ status: 400 }).client.send(invitation(origin));
  health.setBaseline(inviteProbe(saying(answer).client, origin, 't', 'c'), before);
  await health.watchClient(client).send(invitation(origin));
  expect(health.stop?.cause).toBe(cause);
});

test('requests to another host, and releases, never end a run', async () => {
  const origin = await deserted();
  const { client, recorder } = saying({ cause: 'refused' });
  const health = await known(origin, 400, recorder);
  await health.watchClient(client).send(invitation('http://127.0.0.1:9'));
  await health.watchClient(client).send({ ...invitation(origin), purpose: 'release' });
  expect(health.stop).toBeUndefined();
});
