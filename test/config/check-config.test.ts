import { checkConfig } from '../../config/check-config';
import { UsageError } from '../../target/errors';

/** The lines of the message with which a config is refused. */
function problems(content: unknown): string[] {
  try {
    checkConfig(content, 'my.json');
  } catch (error) {
    if (error instanceof UsageError) return error.message.split('\n');
    throw error;
  }
  throw new Error('it was taken');
}

test('a config with every option is accepted as it is', () => {
  const everything = {
    $schema: './config.schema.json',
    target: 'http://localhost:8080/v1.0',
    tokens: { valid: 'x', withoutPermission: { env: 'T' }, delegated: { command: ['print', 'it'] } },
    provisioning: { static: { groupCall: 'g', peerToPeerCall: { callId: 'p', userId: 'u' } } },
    callback: { host: '0.0.0.0', port: 8081, url: 'https://public.example' },
    invitees: { users: ['a'], phone: '+12345678901', unreachableUser: 'b' },
    capabilities: { pstn: false, replace: true, multiple: true, failure: true },
    scenarios: ['single'],
    gate: 'stated',
    allowUntested: true,
    allowPstn: true,
    waivers: 'waivers.yaml',
    reports: ['console', 'json=x.json'],
    out: 'out',
    timeoutMs: 1,
    quietMs: 0,
    concurrency: 1,
  };
  expect(checkConfig(everything, 'my.json')).toBe(everything);
  expect(checkConfig({}, 'my.json')).toEqual({});
});

test.each([
  [{ tarjet: 'http://x' }, 'unknown key tarjet; did you mean target?'],
  [{ Target: 'http://x' }, 'unknown key Target; did you mean target?'],
  [{ tokens: { vaild: 'x' } }, 'unknown key tokens.vaild; did you mean tokens.valid?'],
  [{ callback: { hots: 'x' } }, 'unknown key callback.hots; did you mean callback.host?'],
  [{ capabilities: { PSTN: false } }, 'unknown key capabilities.PSTN; did you mean capabilities.pstn?'],
  [
    { provisioning: { static: { groupCalls: 'g' } } },
    'unknown key provisioning.static.groupCalls; did you mean provisioning.static.groupCall?',
  ],
  [{ timeoutms: 5 }, 'unknown key timeoutms; did you mean timeoutMs?'],
])('an unknown key is refused with the nearest known one: %j', (content, said) => {
  const [first, ...more] = problems(content);
  expect(first?.startsWith(`my.json: ${said} Known: `)).toBe(true);
  expect(more).toEqual([]);
});

test.each([
  [{ target: 5 }, 'target must be string; it is 5'],
  [{ timeoutMs: '5' }, 'timeoutMs must be integer; it is "5"'],
  [{ timeoutMs: 0 }, 'timeoutMs must be >= 1; it is 0'],
  [{ concurrency: 1.5 }, 'concurrency must be integer; it is 1.5'],
  [{ callback: { port: 65_536 } }, 'callback.port must be <= 65535; it is 65536'],
  [{ capabilities: { pstn: 'no' } }, 'capabilities.pstn must be boolean; it is "no"'],
  [{ gate: 'all' }, 'gate must be one of stated, shown, linked; it is "all"'],
  [{ reports: 'json' }, 'reports must be array; it is "json"'],
  [{ invitees: { phone: '12345' } }, 'invitees.phone must be such as +12345678901; it is "12345"'],
  [{ provisioning: {} }, 'provisioning must have exactly one of states, calls, static; it is {}'],
  [
    { provisioning: { states: 'x', calls: {} } },
    'provisioning must have exactly one of states, calls, static; it is {"states"',
  ],
  [{ tls: {} }, 'tls must have at least one of cert, key, ca, serverName'],
  [{ provisioning: { static: { peerToPeerCall: { callId: 'p' } } } }, "must have required property 'userId'"],
])('a wrong type or value is refused with its key: %j', (content, said) => {
  const [first, ...more] = problems(content);
  expect(first).toMatch(/^my\.json: /);
  expect(first).toContain(said);
  expect(more).toEqual([]);
});

test('all errors are reported at once', () => {
  expect(problems({ tarjet: 1, timeoutMs: 'x', gate: 7 })).toHaveLength(3);
});

const CANARY = 'canary-secret-0123456789';

test.each([
  [CANARY],
  [[CANARY]],
  [{ tokens: CANARY }],
  [{ tokens: [CANARY] }],
  [{ tokens: { valid: [CANARY] } }],
  [{ tokens: { valid: { value: CANARY } } }],
  [{ tokens: { valid: { file: 7, env: CANARY } } }],
  [{ tokens: { valid: { command: CANARY } } }],
])('a token in a wrong place is not shown: %j', (content) => {
  const said = problems(content);
  expect(said).toHaveLength(1);
  expect(said.join()).not.toContain(CANARY);
});

test.each([[null], ['text'], [7], [[]], [true]])('a config that is not an object is refused: %j', (content) => {
  const said = /^my\.json: a config is an object with keys such as target; this one is (a \w+|null)$/;
  expect(problems(content)).toEqual([expect.stringMatching(said)]);
});
