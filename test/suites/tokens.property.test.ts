import { request as ask } from 'node:http';
import * as fc from 'fast-check';
import { embeddedMock } from '../../api/embedded-mock';
import type { History, HistoryEvent } from '../../history/events';
import { redactor } from '../../history/redact';
import { historyLine, parseHistory } from '../../history/history-file';
import { schemas } from '../../schemas/resource-schemas';
import { DEFAULTS } from '../../schemas/options';
import { recordRun } from '../../suites/record-run';
import { SCENARIOS } from '../../suites/scenarios';
import type { Tokens } from '../../target/tokens';
import { resultOf } from '../../verdicts/result';
import { servers } from '../target/servers';
import { propertyRuns } from '../support/property-runs';

const { http } = servers();
const FAULTS = [
  'response.client-context/leaks-where-none-was-sent',
  'completion.status/succeeded',
  'roster.announced/to-another-call',
  'response.location/missing',
  'authorization.delegated/accepted',
];

/** The options of a run that do not depend on the target. */
const OPTIONS = { ...DEFAULTS, quietMs: 200 };
/** Timeout for the notifications that one of the faults never sends, ms. */
const FAULT_TIME = 5000;
/** Timeout without missing notifications, ms; only a busy machine needs so much. */
const OTHER_TIME = 30_000;
const IN_WHOLE_RUNS = 'authorization.delegated/accepted';

const judging = { gate: 'linked' as const, allowUntested: false, waivers: [], now: 0 };
const verdictsOf = (history: History): string[] =>
  resultOf(history, judging).behaviors.map(({ id, verdict }) => `${id}: ${verdict}`);
const fromFile = ({ header, events }: History): History =>
  parseHistory([header, ...events].map(historyLine).join(''), 'its history');

/** A service with these tokens, in front of a mock with its own. */
async function renamed(target: string, own: Tokens, tokens: Tokens): Promise<string> {
  const real = new Map(Object.entries(tokens).map(([name, token]) => [token, own[name as keyof Tokens]]));
  const origin = await http((req, res) => {
    const [, given = ''] = /^Bearer (.*)$/.exec(req.headers.authorization ?? '') ?? [];
    const token = real.get(given);
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const passed = ask(new URL(req.url ?? '/', target), {
      method: req.method,
      headers: { ...req.headers, host: new URL(target).host, ...authorization },
      agent: false,
    });
    passed.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(res);
    });
    passed.on('error', () => res.destroy());
    req.pipe(passed);
  });
  return `${origin}${new URL(target).pathname}`;
}

async function run(faults: string[], timeoutMs: number, tokens?: Tokens): Promise<History> {
  const mock = await embeddedMock({ faults });
  try {
    const { access } = mock;
    const target = tokens ? await renamed(access.target, access.tokens, tokens) : access.target;
    const options = { ...OPTIONS, ...access, timeoutMs, target, tokens: tokens ?? access.tokens };
    return await recordRun(options, { disposable: true });
  } finally {
    await mock.close();
  }
}

/** The history that the same run would have recorded with another token. */
function withToken({ header, events }: History, token: string): History {
  const redact = redactor([token]);
  const again = events.map((event): HistoryEvent => {
    if (event.kind === 'exchange') {
      const { origin, pathname } = new URL(event.request.url);
      redact.excludeOwnText(origin + pathname);
    }
    if (event.kind === 'call') redact.excludeOwnText(event.callId);
    if (event.kind === 'invitation')
      redact.excludeOwnText(
        [event.clientContext ?? '', ...[...event.invitees, ...event.ignored].map(({ id }) => id)].join('\n'),
      );
    return redact.event(event);
  });
  return { header, events: again };
}

const words = [
  ...new Set(JSON.stringify(schemas).match(/[#\w.-]+/g)),
  ...SCENARIOS.flatMap(({ name, attempts }) => [name, ...attempts.map((one) => one.name)]),
  'application/json',
  'application/json;charset=utf-8',
  '/communications/calls/',
  'communications/calls',
  '/participants/invite',
  '"status":"running"',
  '"clientContext":"',
  'without-permission',
  'second-without-identity',
  'Invitation',
];
/** Tokens that are words of the protocol, or resemble something else. */
const WORDS = [
  'invitationParticipantInfo',
  'communications/calls',
  'id',
  'correct-horse-battery-staple',
  'application/json',
  '12345678901234567',
];
const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const character = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/'.split(''));
const tokens = fc.oneof(
  fc.constantFrom(...words),
  fc.stringMatching(/^\d{1,24}$/),
  fc.uuid(),
  fc.string({ unit: printable, minLength: 1, maxLength: 40 }),
  fc.string({ unit: character, minLength: 20, maxLength: 60 }),
);

describe('no verdict depends on the text of a token', () => {
  let recorded: { history: History; verdicts: string[] }[];
  beforeAll(async () => {
    const histories = await Promise.all([run([], OTHER_TIME), run(FAULTS, FAULT_TIME)]);
    recorded = histories.map((history) => ({ history, verdicts: verdictsOf(history) }));
  }, 120_000);

  test('each of the faults fails its behaviour together with the others', () => {
    const failed = FAULTS.map((fault) => `${fault.split('/')[0]}: failed`);
    expect(recorded[1]?.verdicts).toEqual(expect.arrayContaining(failed));
    expect(recorded[0]?.verdicts.filter((verdict) => !verdict.endsWith(': passed'))).toEqual([]);
  });

  test('a conforming run and one with faults, recorded with any token', () => {
    const property = fc.property(tokens, fc.nat(1), (token, which) => {
      const { history, verdicts } = recorded[which] ?? { history: undefined, verdicts: [] };
      if (!history) throw new Error('not recorded');
      expect(verdictsOf(withToken(history, token))).toEqual(verdicts);
    });
    const examples = WORDS.map((token, i): [string, number] => [token, i % 2]);
    fc.assert(property, { numRuns: examples.length + propertyRuns(10), examples });
  }, 120_000);

  test('a token that equals an id of the target', () => {
    const { history, verdicts } = recorded[0] ?? { history: undefined, verdicts: [] };
    if (!history) throw new Error('not recorded');
    const ids = history.events.flatMap((event) => {
      const content = event.kind === 'exchange' ? (event.response?.body.content ?? '') : '';
      return /"id":"([\w-]{36})"/.exec(content)?.[1] ?? [];
    });
    expect(ids.length).toBeGreaterThan(10);
    for (const id of ids.slice(0, 3)) expect(verdictsOf(withToken(history, id))).toEqual(verdicts);
  }, 120_000);

  test.each([
    [{ valid: 'completed', withoutPermission: 'a', delegated: 'delegated' }],
    [{ valid: 'call', withoutPermission: 'user', delegated: '7' }],
  ])(
    'whole runs, judged live and from their files: %j',
    async (tokensOfRun) => {
      const history = await run([IN_WHOLE_RUNS], OTHER_TIME, tokensOfRun);
      const [failing = ''] = IN_WHOLE_RUNS.split('/');
      const proper = recorded[0]?.verdicts.map((told) => (told === `${failing}: passed` ? `${failing}: failed` : told));
      expect(verdictsOf(history)).toEqual(proper);
      expect(verdictsOf(fromFile(history))).toEqual(proper);
    },
    60_000,
  );
});
