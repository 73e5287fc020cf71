import { randomUUID } from 'node:crypto';
import { embeddedMock } from '../../api/embedded-mock';
import { contractAttempts, ownInteractions } from '../../contracts';
import type { History } from '../../history/events';
import { recordRun } from '../../suites/record-run';
import { DEFAULTS, type StaticCalls } from '../../schemas/options';
import { resultOf } from '../../verdicts/result';
import { freePort } from '../support/free-port';

jest.setTimeout(120_000);

/** A whole run against the mock, with prepared calls and users. */
async function preparedRun(
  users: number,
  peers: number,
  faults: string[] = [],
  withContracts = false,
): Promise<History> {
  const mock = await embeddedMock({ faults });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/invite`;
  const { provisioning, ...access } = mock.access;
  const states = 'states' in provisioning ? provisioning.states : '';
  async function state(name: string, params: Record<string, unknown>): Promise<Record<string, string>> {
    const body = JSON.stringify({ action: 'setup', state: name, params });
    const response = await fetch(states, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    return (await response.json()) as Record<string, string>;
  }
  async function idOf(params: Record<string, unknown>): Promise<string> {
    return (await state('a group call', { callbackUri: url, ...params }))['callId'] ?? '';
  }
  try {
    const peerToPeerCall: { callId: string; userId: string }[] = [];
    for (let i = 0; i < peers; i += 1) {
      const { callId = '', userId = '' } = await state('a peer-to-peer call', { callbackUri: url });
      peerToPeerCall.push({ callId, userId });
    }
    const calls: StaticCalls = {
      groupCall: await idOf({}),
      groupCallWithoutChatInfo: await idOf({ chatInfo: false }),
      groupCallWithoutPstnNumber: await idOf({ pstnNumber: false }),
      peerToPeerCall,
    };
    const { userId: unreachableUser = '' } = await state('a user who cannot be reached', {});
    // All notifications wait in the queue of one call, which takes long on a busy machine.
    const timeoutMs = 60_000;
    const options = {
      ...DEFAULTS,
      ...access,
      provisioning: { static: calls },
      callback: { host: '127.0.0.1', port, url },
      invitees: { ...access.invitees, users: Array.from({ length: users }, () => randomUUID()), unreachableUser },
      timeoutMs,
      quietMs: 100,
    };
    const contracts = withContracts ? contractAttempts(ownInteractions(), options) : undefined;
    return await recordRun(options, { contracts, disposable: true });
  } finally {
    await mock.close();
  }
}

const judged = (history: History): ReturnType<typeof resultOf> =>
  resultOf(history, { gate: 'linked', allowUntested: false, waivers: [], now: Date.now() });

const missingIn = ({ events }: History): string[] =>
  events.flatMap((one) => (one.kind === 'missing' ? [`${one.scenario}/${one.attempt}`] : []));

test('140 users and twelve peer-to-peer calls are enough for all attempts', async () => {
  const history = await preparedRun(140, 12);
  expect(missingIn(history)).toEqual([]);
  const { behaviors, exitCode } = judged(history);
  expect(
    behaviors.flatMap(({ id, verdict, findings }) =>
      verdict === 'passed' ? [] : [{ id, verdict, finding: findings[0] }],
    ),
  ).toEqual([]);
  expect(exitCode).toBe(0);
});

test('with fewer, only repeated variations are left out, and every behaviour is judged', async () => {
  const history = await preparedRun(110, 4);
  const { behaviors, exitCode } = judged(history);
  expect(behaviors.filter(({ verdict }) => verdict !== 'passed').map(({ id }) => id)).toEqual([]);
  expect(exitCode).toBe(0);
  expect(missingIn(history)).toContain('replace/rest-twice');
});

test('an invitee that the service wrongly accepts affects no other invitation of the same user', async () => {
  const history = await preparedRun(110, 4, ['request.malformed-json/trailing-commas']);
  const failed = judged(history).behaviors.filter(({ verdict }) => verdict === 'failed');
  expect(failed.map(({ id }) => id)).toEqual(['request.malformed-json']);
});

test('contracts run after the scenarios, with the remaining users, and are not affected by them', async () => {
  const history = await preparedRun(164, 15, [], true);
  const { behaviors, contracts } = judged(history);
  expect(behaviors.filter(({ verdict }) => verdict !== 'passed').map(({ id }) => id)).toEqual([]);
  const open = contracts.filter(({ result }) => result !== 'passed');
  expect(open.map(({ interaction, reason }) => [interaction.split(':')[0], reason])).toEqual([
    // The phone cannot be invited twice to the only call.
    [
      'pstn',
      expect.objectContaining({
        missing: expect.stringContaining('has already invited the phone to the prepared call'),
      }),
    ],
  ]);
  const own = history.events.find((event) => event.kind === 'invitation' && event.scenario === 'contracts');
  const ends = history.events.flatMap((event) =>
    event.kind === 'attemptEnd' && event.scenario !== 'contracts' ? [event.n] : [],
  );
  expect(own?.n).toBeGreaterThan(Math.max(...ends));
});
