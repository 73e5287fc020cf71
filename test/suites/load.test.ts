import { createServer } from 'node:http';
import { STATES_PATH } from '../../mock/app';
import type { Planned } from '../../mock/model';
import { changesOf, copyOf, objectOf } from '../../mock/hook-builders';
import { readHistory } from '../../history/history-file';
import { judge } from '../../verdicts/verdict';
import { failures, failuresOf, loaded, mockWith, rarely, type Rarely } from '../support/load';
import { servers } from '../target/servers';

const { http } = servers();

const completions = (planned: readonly Planned[]): Planned[] => planned.filter(({ kind }) => kind === 'operation');

const lost: Rarely = { plan: (planned) => planned.filter(({ kind }) => kind !== 'operation') };
const doubled: Rarely = { plan: (planned) => [...planned, ...completions(planned).map(copyOf)] };
const unseen: Rarely = { plan: (planned) => planned.filter(({ kind }) => kind !== 'roster') };

/** Sends its completion to the callback of another call. */
const astray: Rarely = {
  plan: (planned, { invitation, calls }) => {
    const other = calls().find(({ id }) => id !== invitation.call.id);
    for (const one of completions(planned)) one.to = other?.callbackUri ?? one.to;
    return planned;
  },
};

/** Two completions with swapped clientContexts. */
function swapped(): Rarely {
  const held: Planned[] = [];
  return {
    plan: (planned) => {
      for (const one of completions(planned)) {
        one.delayMs += 1500;
        held.push(one);
      }
      const [a, b] = held.map((one) => objectOf(changesOf(one)[0]?.['resourceData']));
      if (a && b) {
        const { clientContext } = a;
        a['clientContext'] = b['clientContext'] ?? null;
        b['clientContext'] = clientContext ?? null;
      }
      return planned;
    },
  };
}

test('an interrupted run keeps its results, and reports the interruption', async () => {
  const mock = await mockWith({});
  const abort = new AbortController();
  const progress = (done: number): void => {
    if (done === 10) abort.abort();
  };
  const result = await loaded(mock.options, { count: 5000, rate: 200 }, { signal: abort.signal, progress });
  await mock.close();
  expect(result.exitCode).toBe(130);
  expect(result.load?.sent).toBeLessThan(5000);
});

test('a few faults among many invitations are found, each with its invitation, and nothing else', async () => {
  const swap = swapped();
  const mock = await mockWith(
    rarely({
      'load/call-2/2': lost,
      'load/call-3/5': doubled,
      'load/call-5/1': swap,
      'load/call-5/6': swap,
      'load/call-4/1': unseen,
      'load/call-6/4': astray,
    }),
  );
  // Long enough for a busy machine; the wait for the lost completion takes as long.
  const options = { ...mock.options, timeoutMs: 10_000 };
  let whole: Record<string, string[]> = {};
  const result = await loaded(options, { count: 48, rate: 24 }, {}, (folder) => {
    whole = failuresOf(judge(readHistory(folder)));
  });
  await mock.close();
  expect(failures(result)).toEqual({
    'completion.announced': ['load/call-2/2', 'load/call-6/4'],
    'completion.client-context': ['load/call-5/1', 'load/call-5/6'],
    'completion.once': ['load/call-3/5'],
    'roster.invitees': ['load/call-4/1'],
  });
  const announced = result.behaviors.find(({ id }) => id === 'completion.announced');
  expect(announced?.attempts).toEqual({ passed: 46, failed: 2, untested: 0 });
  const [, straying] = announced?.findings ?? [];
  expect(straying?.observed).toMatchObject({
    is: 'arrivals',
    arrivals: [{ about: 'operation', state: 'completed', call: expect.not.stringMatching('load/call-6') as string }],
  });
  // Judging the history in parts gives the same failures as judging it whole.
  expect(failures(result)).toEqual(whole);
  expect(result.exitCode).toBe(1);
  expect(result.load).toMatchObject({ count: 48, sent: 48, answers: { accepted: 48 } });
}, 60_000);

test('a load run keeps all deliveries of a flood to one call: more than a run of scenarios keeps of one', async () => {
  const mock = await mockWith({});
  const { origin } = new URL(mock.options.target);
  let calls = 0;
  let flooded = 0;
  const flood = async (callbackUri: string): Promise<void> => {
    const post = (): Promise<unknown> => fetch(callbackUri, { method: 'POST', body: '{}' });
    for (; flooded < 2100; flooded += 20) await Promise.all(Array.from({ length: 20 }, post));
  };
  const relay = await http((req, res) => {
    const forward = async (): Promise<void> => {
      let body = '';
      for await (const part of req.setEncoding('utf8')) body += part as string;
      const [, callbackUri] = /"action":"setup".*"callbackUri":"([^"]+)"/.exec(body) ?? [];
      // The first is the preflight's.
      if (callbackUri !== undefined && (calls += 1) === 2) await flood(callbackUri);
      const { authorization = '' } = req.headers;
      const headers = { 'Content-Type': 'application/json', authorization };
      const answer = await fetch(new URL(req.url ?? '', origin), { method: 'POST', headers, body });
      const location = answer.headers.get('location');
      if (location !== null) res.setHeader('Location', location);
      res.writeHead(answer.status, { 'Content-Type': 'application/json' });
      res.end(answer.status === 204 ? undefined : await answer.text());
    };
    forward().catch(() => res.destroy());
  });
  const [target, states] = [mock.options.target, `${origin}${STATES_PATH}`].map((url) => url.replace(origin, relay));
  const options = { ...mock.options, target: target ?? '', provisioning: { states: states ?? '' }, timeoutMs: 30_000 };
  const result = await loaded(options, { count: 8, rate: 100 });
  await mock.close();
  expect(flooded).toBe(2100);
  expect(result.load).toMatchObject({ sent: 8, answers: { accepted: 8 } });
  expect(JSON.stringify(result.remarks)).not.toContain('not recorded');
}, 60_000);

test('a target that refuses the first invitation receives no more', async () => {
  const mock = await mockWith({
    answer: (answer, { kind }) => (kind === 'accepted' ? { ...answer, status: 400 } : answer),
  });
  const result = await loaded(mock.options, { count: 100, rate: 1000 });
  await mock.close();
  expect(result.load).toMatchObject({ count: 100, sent: 1, answers: { refused: 1 } });
  expect(result.exitCode).toBe(1);
  const route = result.behaviors.find(({ id }) => id === 'request.route');
  expect(route).toMatchObject({ verdict: 'failed', attempts: { passed: 0, failed: 1, untested: 0 } });
});

test('a target that stops answering receives no more invitations, and the run ends', async () => {
  const mock = await mockWith({});
  let asked = 0;
  // Forwards ten invitations of the run and two of the preflight, then destroys connections; the states are the mock's
  // own.
  const { pathname } = new URL(mock.options.target);
  const silent = createServer((request, response) => {
    asked += request.url?.endsWith('/invite') === true ? 1 : 0;
    if (asked > 12) {
      request.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { authorization = '' } = request.headers;
      const headers = { 'Content-Type': 'application/json', authorization };
      void fetch(new URL(request.url ?? '', mock.options.target), { method: 'POST', headers, body }).then(
        async (answer) => {
          const location = answer.headers.get('location');
          const type = { 'Content-Type': 'application/json' };
          response.writeHead(answer.status, location === null ? type : { ...type, Location: location });
          response.end(await answer.text());
        },
      );
    });
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const target = `http://127.0.0.1:${port}${pathname}`;
  const result = await loaded({ ...mock.options, target, concurrency: 4 }, { count: 2000, rate: 1000 });
  await new Promise((resolve) => silent.close(resolve));
  await mock.close();
  // Twelve accepted, less the two of the preflight, and what was under way when the run ended.
  expect(result.load?.sent).toBeLessThanOrEqual(10);
  expect(result.load?.answers.accepted).toBe(result.load?.sent);
  expect(result).toMatchObject({ exitCode: 4, stopped: { cause: 'unreachable' } });
  expect(failures(result)).toEqual({});
});

test('without a token nothing is sent, and all is untested', async () => {
  const mock = await mockWith({});
  const result = await loaded({ ...mock.options, tokens: {} }, { count: 100, rate: 1000 });
  await mock.close();
  expect(result).toMatchObject({ exitCode: 3, load: { sent: 0 } });
  expect(failures(result)).toEqual({});
  const route = result.behaviors.find(({ id }) => id === 'request.route');
  expect(route?.reasons?.map(({ reason }) => reason)).toEqual([
    expect.objectContaining({
      why: 'notProvided',
      missing: expect.stringContaining('tokens.valid is not configured') as string,
    }),
  ]);
});

test('a refused token, and a base URL without the version, are reported before anything is sent', async () => {
  const mock = await mockWith({});
  const { options } = mock;
  const load = { count: 100, rate: 1000 };
  await expect(loaded({ ...options, tokens: { valid: 'a-token-that-nobody-issued' } }, load)).rejects.toMatchObject({
    layer: 'tokens.valid',
  });
  const { origin } = new URL(options.target);
  await expect(loaded({ ...options, target: origin }, load)).rejects.toMatchObject({ layer: 'route' });
  await mock.close();
});

test('a target that dies under load ends the run with exit 4; nothing fails, and earlier verdicts remain', async () => {
  const mock = await mockWith({});
  const progress = (done: number): void => {
    if (done === 24) void mock.close();
  };
  const load = { count: 5000, rate: 100 };
  const result = await loaded({ ...mock.options, timeoutMs: 10_000 }, load, { progress });
  expect(result).toMatchObject({ exitCode: 4, stopped: { cause: 'unreachable' } });
  expect(failures(result)).toEqual({});
  expect(result.behaviors.find(({ id }) => id === 'request.route')).toMatchObject({ verdict: 'passed' });
  expect(result.load?.sent).toBeLessThan(5000);
}, 60_000);
