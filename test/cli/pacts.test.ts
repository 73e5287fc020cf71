import { ownInteractions } from '../../contracts';
import { BEHAVIORS } from '../../behaviors/catalog';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { servers } from '../target/servers';
import { bench, readResult, showsStack, type Ended } from './command';

jest.setTimeout(180_000);

const { command, inProcess, folder, everythingWritten } = bench();
const { http } = servers();

const nowhere = { method: 'GET', path: '/communications/nowhere' };
const http4 = { type: 'Synchronous/HTTP' };
const passing = { ...http4, description: 'nothing is there', request: nowhere, response: { status: 404 } };
const failing = { ...http4, description: 'a teapot is there', request: nowhere, response: { status: 418 } };
const pact = (interactions: unknown[], provider = 'participant-invite'): object => ({
  consumer: { name: 'bot' },
  provider: { name: provider },
  interactions,
  metadata: { pactSpecification: { version: '4.0' } },
});

function written(content: unknown, name = 'bot.json'): string {
  writeFileSync(join(folder(), name), JSON.stringify(content));
  return name;
}

/** The outcome of a command: exit code, message and stack trace. */
const told = ({ code, stderr }: Ended): unknown[] => [code, stderr, showsStack(stderr)];

test('a pending pact is shown, and fails neither the contracts gate nor the gate of a run', async () => {
  const file = written(pact([passing, { ...failing, pending: true }]));
  const alone = await inProcess(['contracts', '--pact', file]);
  const line = 'failed         bot: a teapot is there (pending, not counted)';
  expect([alone.code, alone.stdout]).toEqual([0, expect.stringContaining(line)]);
  expect(alone.stdout).toContain('expected 418 but was 404');
  expect(alone.stdout).toContain('1 passed, 1 failed');
  const reports = ['console', 'junit=junit.xml', 'html=report.html', 'sarif=s.sarif', 'github=g.txt', 'ctrf=ctrf.json'];
  const beside = await inProcess([
    'run',
    '--scenario',
    'single',
    '--pact',
    file,
    ...reports.flatMap((report) => ['--report', report]),
  ]);
  expect([beside.code, beside.stdout]).toEqual([
    0,
    expect.stringMatching(/^PASS [^]*^ {3}failed {7}contracts: bot: a teapot is there \(pending, not counted\)$/m),
  ]);
  expect(readResult(join(folder(), '.invite-conformance')).contracts.at(-1)).toMatchObject({
    result: 'failed',
    pending: true,
    counted: false,
  });
  expect(beside.stdout).toContain('1 pending contract is not counted');
  const kept = ['junit.xml', 'g.txt'].map((name) => readFileSync(join(folder(), name), 'utf8')).join('\n');
  expect(kept).toContain('a teapot is there');
  expect(kept).not.toMatch(/<failure|::error/);
  // Judging the recorded run gives the same result.
  expect((await inProcess(['judge', '.invite-conformance'])).code).toBe(0);
});

test('a pact for another provider is refused by name, unless a flag, the environment or the config names it', async () => {
  const file = written(pact([passing], 'Graph'));
  const named = 'bot.json is a pact with the provider "Graph", not with "participant-invite"';
  const refused = [2, expect.stringContaining(named), false];
  expect(told(await inProcess(['contracts', '--pact', file]))).toEqual(refused);
  expect(told(await inProcess(['run', '--pact', file]))).toEqual(refused);
  expect((await inProcess(['contracts', '--pact', file, '--pact-provider', 'Graph'])).code).toBe(0);
  expect((await inProcess(['contracts', '--pact', file], { env: { INVITE_PACT_PROVIDER: 'Graph' } })).code).toBe(0);
  written({ pactProvider: 'Graph' }, 'invite-conformance.config.json');
  expect((await inProcess(['contracts', '--pact', file])).code).toBe(0);
  // A flag takes precedence over the config.
  expect((await inProcess(['contracts', '--pact', file, '--pact-provider', 'Other'])).code).toBe(2);
});

test('an unreadable pact is reported before anything is run', async () => {
  execFileSync('mkfifo', [join(folder(), 'pipe')]);
  for (const path of ['pipe', '/dev/zero', 'nowhere.json', '.']) {
    const ended = await inProcess(['run', '--pact', path]);
    expect(told(ended)).toEqual([2, expect.stringContaining(path), false]);
    expect(ended.stdout).toBe('');
  }
});

describe('a folder for temporary files that cannot be written to', () => {
  const MAKERS: [string, () => string][] = [
    ['is missing', () => join(folder(), 'missing')],
    ['is a file', () => join(folder(), written({}))],
  ];
  // root may write everywhere.
  if (process.getuid?.() !== 0) {
    MAKERS.push([
      'is read-only',
      () => {
        mkdirSync(join(folder(), 'tmp'));
        chmodSync(join(folder(), 'tmp'), 0o500);
        return join(folder(), 'tmp');
      },
    ]);
  }

  test.each(MAKERS)('%s: contracts end with exit 4, and a run keeps its verdicts', async (_name, make) => {
    const env = { TMPDIR: make() };
    const says = `can't write to the temporary folder ${env.TMPDIR}`;
    expect(told(await command(['contracts'], { env }))).toEqual([4, expect.stringContaining(says), false]);
    const { code, stdout, stderr } = await command(['run'], { env });
    expect([code, showsStack(stderr)]).toEqual([4, false]);
    expect(stdout).toContain(says);
    const { summary, contracts } = readResult(join(folder(), '.invite-conformance'));
    expect(summary).toMatchObject({ passed: BEHAVIORS.length });
    expect(contracts.map(({ result, environment }) => [result, environment])).toEqual(
      contracts.map(() => ['untested', true]),
    );
    expect(contracts).toHaveLength(ownInteractions().length);
    expect((await inProcess(['judge', '.invite-conformance'])).code).toBe(4);
  });
});

test('the credentials of a broker are never shown, even if it repeats them', async () => {
  const token = 'canary-of-the-broker';
  const url = await http((req, res) => {
    const said = req.headers.authorization?.slice('Bearer '.length) ?? '';
    const body =
      req.url === '/refused' ? pact([passing], said) : pact([{ ...failing, description: `it says ${said}` }]);
    res.end(JSON.stringify({ ...body, _links: { self: { href: `/${said}` } } }));
  });
  const env = { PACT_BROKER_TOKEN: token };
  expect((await inProcess(['contracts', '--pact', `${url}/refused`], { env })).code).toBe(2);
  const { code, stdout } = await inProcess(
    ['run', '--scenario', 'single', '--pact', `${url}/pact`, '--report', 'console'],
    { env },
  );
  expect([code, stdout]).toEqual([1, expect.stringContaining('bot: it says [redacted]')]);
  const basic = { PACT_BROKER_USERNAME: 'somebody', PACT_BROKER_PASSWORD: 'canary-of-a-password' };
  expect((await inProcess(['contracts', '--pact', `http://somebody:canary-of-a-password@127.0.0.1:9/`])).code).toBe(2);
  expect((await inProcess(['contracts', '--pact', 'http://127.0.0.1:9/'], { env: basic })).code).toBe(4);
  expect(everythingWritten()).not.toMatch(/canary|Y2FuYXJ5/);
});
