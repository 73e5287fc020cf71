import { ownInteractions } from '../../contracts';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMock, type MockApp } from '../../mock';
import { startStandInBroker, type StandInBroker } from '../contracts/stand-in-broker';
import { deserted, servers, vouchedFor } from '../target/servers';
import { bench, readResult, showsStack } from './command';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '../..');
const { command, inProcess, folder, mock, everythingWritten } = bench();
const { https, selfSigned, tcp } = servers();

/** The environment variables that name a target. */
const named = (url: string, states = `${url}/_states`): Record<string, string> => ({
  INVITE_TARGET: `${url}/v1.0`,
  INVITE_STATES: states,
  INVITE_TOKEN: 'canary-of-the-valid-token',
});

describe('contracts explains its error if', () => {
  /** A target, the flags of the command, and its message. */
  const TARGETS: [string, () => Promise<string>, string[], string][] = [
    ['the target is down', () => deserted(), [], 'invite-conformance, connect:'],
    ['the target is silent', () => tcp(() => undefined), ['--timeout-ms', '400'], 'no complete response within 400 ms'],
    [
      'its certificate is self-signed',
      () => selfSigned((_req, res) => res.end()),
      [],
      'its certificate is self-signed (issuer not trusted); set NODE_EXTRA_CA_CERTS',
    ],
  ];

  test.each(TARGETS)('%s: exit 4', async (_name, serve, flags, said) => {
    const { code, stdout, stderr } = await inProcess(['contracts', ...flags], { env: named(await serve()) });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain(said);
    expect(showsStack(stderr)).toBe(false);
    expect(everythingWritten()).not.toContain('canary');
  });

  test('the base path is wrong', async () => {
    const { url, states, tokens } = await mock();
    const env = { ...named(url.replace('/v1.0', '/elsewhere'), states), INVITE_TOKEN: tokens.valid };
    const { code, stdout, stderr } = await inProcess(['contracts'], { env });
    expect(code).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toContain(`invite-conformance, route: 404 at ${url.replace('/v1.0', '/elsewhere')}/v1.0/comm`);
    expect(stderr).toContain(`did you mean --target ${url}?`);
  });
});

describe('a target with a certificate of a private authority', () => {
  let certificates: string;
  beforeAll(() => {
    certificates = mkdtempSync(join(tmpdir(), 'invite-certificates-'));
  });
  afterAll(() => rmSync(certificates, { recursive: true }));

  /** A mock application behind a TLS server with that certificate. */
  async function secured(): Promise<{ env: Record<string, string>; ca: string; app: MockApp }> {
    const made = vouchedFor(certificates);
    const app = createMock();
    const url = await https(made, app.app);
    const { valid, withoutPermission, delegated } = app.tokens;
    const tokens = {
      INVITE_TOKEN: valid,
      INVITE_TOKEN_WITHOUT_PERMISSION: withoutPermission,
      INVITE_TOKEN_DELEGATED: delegated,
    };
    return { env: { ...named(url), ...tokens }, ca: made.ca, app };
  }

  test.each(['contracts', 'doctor', 'run'])(
    '%s ends with exit 4 and advice if its issuer is not trusted',
    async (name) => {
      const { env, app } = await secured();
      const { code, stdout, stderr } = await inProcess([name], { env });
      app.close();
      expect(code).toBe(4);
      expect(stdout + stderr).toContain(
        'issuer not trusted: no trusted authority signed its certificate; set NODE_EXTRA_CA_CERTS to a file',
      );
    },
  );

  test.each([
    [['contracts', '--allow-untested'], '18 passed, 1 untested'],
    [['run', '--allow-untested', '--scenario', 'single'], 'PASS  what was selected: '],
    [['doctor'], '✓'],
  ])('%s works with NODE_EXTRA_CA_CERTS, below a base path and with tokens', async (args, said) => {
    const { env, ca, app } = await secured();
    const { code, stdout, stderr } = await command(args, { env: { ...env, NODE_EXTRA_CA_CERTS: ca } });
    app.close();
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('invite-conformance')]);
    expect(stdout).toContain(said);
  });
});

describe("the recipes for a Pact Broker, with a stand-in broker and Pact's own tools", () => {
  const TOKEN = 'canary-of-the-broker';
  let broker: StandInBroker;
  beforeEach(async () => {
    broker = await startStandInBroker(TOKEN);
  });
  afterEach(() => broker.close());

  const environment = (): Record<string, string> => ({
    PACT_BROKER_BASE_URL: broker.url,
    PACT_BROKER_TOKEN: TOKEN,
    PACT_DO_NOT_TRACK: 'true',
  });

  /** @returns the exit code and the output of a pact-cli command */
  function pactBroker(...args: string[]): Promise<{ code: number; said: string }> {
    const env = { ...process.env, ...environment() };
    return new Promise((resolve) => {
      execFile(join(ROOT, 'node_modules/.bin/pact-broker'), args, { cwd: ROOT, env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, said: stdout + stderr });
      });
    });
  }

  const publishes = (): Promise<{ code: number; said: string }> =>
    pactBroker(
      'publish',
      'contracts/pacts/inviting-bot-participant-invite.json',
      '--consumer-app-version',
      '1.2.3',
      '--branch',
      'main',
    );
  const mayDeploy = (): Promise<{ code: number; said: string }> =>
    pactBroker('can-i-deploy', '--pacticipant', 'inviting-bot', '--version', '1.2.3', '--to-environment', 'production');
  const LATEST = '/pacts/provider/participant-invite/latest';

  test('a bot publishes its pact, the service publishes its verification, and only then may the bot be deployed', async () => {
    expect(await publishes()).toMatchObject({ code: 0 });
    expect(await mayDeploy()).toMatchObject({ code: 1 });
    const verification = ['contracts', '--pact', `${broker.url}${LATEST}`, '--publish-as', 'service-7'];
    const { code, stdout, stderr } = await command(verification, { env: environment() });
    expect(code).toBe(0);
    expect(stdout).toContain('passed         inviting-bot: single: one user is invited to a group call');
    expect(stderr).toContain('Published as verified by service-7');
    expect(await mayDeploy()).toMatchObject({ code: 0 });
    expect(everythingWritten()).not.toContain(TOKEN);
    expect(broker.asked.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
  });

  test('a service that breaks the contract fails its gate, and the bot may not be deployed', async () => {
    await publishes();
    const { url, states, tokens } = await mock(['--fault', 'response.status-200/created']);
    const env = { ...environment(), INVITE_TARGET: url, INVITE_STATES: states, INVITE_TOKEN: tokens.valid };
    const config = { tokens: { withoutPermission: tokens.withoutPermission, delegated: tokens.delegated } };
    const whole = { ...config, invitees: { phone: '+12345678901' }, allowPstn: true };
    writeFileSync(join(folder(), 'invite-conformance.config.json'), JSON.stringify(whole));
    const { code, stderr } = await inProcess(['contracts', '--pact', broker.url, '--publish-as', 'v1'], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('Published as failed by v1');
    expect(await mayDeploy()).toMatchObject({ code: 1 });
  });

  test('an incomplete verification is not published', async () => {
    await publishes();
    const { url, states, tokens } = await mock();
    const env = { ...environment(), INVITE_TARGET: url, INVITE_STATES: states, INVITE_TOKEN: tokens.valid };
    const { code, stderr } = await inProcess(['contracts', '--pact', broker.url, '--publish-as', 'v1'], { env });
    expect(code).toBe(3);
    expect(stderr).toContain('Not published, because not every interaction could be verified');
    expect(broker.asked.some(({ method, path }) => method === 'POST' && path.endsWith('verification-results'))).toBe(
      false,
    );
  });

  test("a run verifies another bot's pact in addition to the suite's own contract", async () => {
    await publishes();
    const verified = 2 * ownInteractions().length;
    const { code, stdout } = await inProcess(['run', '--scenario', 'single', '--pact', `${broker.url}${LATEST}`], {
      env: environment(),
    });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`^PASS .* ${verified} of ${verified} contracts; [^]* contracts ${verified}/${verified}$`, 'm'),
      ),
    ]);
    const { contracts } = readResult(join(folder(), '.invite-conformance'));
    expect(contracts.filter(({ consumer }) => consumer === 'inviting-bot')).toHaveLength(ownInteractions().length);
  });

  test.each([
    ['an unknown token', { PACT_BROKER_TOKEN: 'canary-of-another' }, 'answered 401; set PACT_BROKER_TOKEN'],
    ['no pact for the service', {}, 'has no pact with the provider participant-invite'],
  ])('%s ends the command with exit 2', async (_name, env, said) => {
    const { code, stderr } = await inProcess(['contracts', '--pact', broker.url], {
      env: { ...environment(), ...env },
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    expect(everythingWritten()).not.toContain('canary');
  });

  test("--publish-as without a broker's pact ends the command with exit 2", async () => {
    const { code, stderr } = await inProcess(['contracts', '--publish-as', 'v1']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--publish-as needs --pact')]);
  });
});
