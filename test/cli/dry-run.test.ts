import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from '../../history/history-file';
import { startMock, type Mock } from '../../mock';
import { servers } from '../target/servers';
import { bench } from './command';

const { inProcess: command, folder } = bench();
const { http } = servers();

test('a dry run lists what a run would do, and sends nothing', async () => {
  const sent: string[] = [];
  const origin = await http((req, res) => {
    sent.push(req.url ?? '');
    res.end();
  });
  const env = { INVITE_TOKEN: 'canary-token-0123456789', INVITE_PHONE: '+12345678901' };
  const flags = ['--target', origin, '--states', `${origin}/states`, '--allow-pstn'];
  const { code, stdout, stderr } = await command(['run', '--dry-run', ...flags], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(sent).toEqual([]);
  expect(existsSync(join(folder(), '.invite-conformance'))).toBe(false);
  expect(stdout).toContain(`A run would do this to ${origin}. Nothing was sent.`);
  expect(stdout).toMatch(/calls +\d+ group calls and \d+ peer-to-peer calls, set up and torn down by POST to /);
  expect(stdout).toContain('+12345678901 is invited 4 times; a run dials it at most 4 times (maxDials)');
  expect(stdout).toContain('valid, withoutPermission (not configured), delegated (not configured)');
  expect(stdout).toMatch(/authorization\/delegated +tokens\.delegated is not configured/);
  // Each option is listed with its source; the value of a token is not shown.
  expect(stdout).toMatch(new RegExp(`^  target +${origin} +\\(--target\\)$`, 'm'));
  expect(stdout).toMatch(/^ {2}tokens\.valid +set +\(INVITE_TOKEN\)$/m);
  expect(stdout).toMatch(/^ {2}tokens\.delegated +none +\(default\)$/m);
  expect(stdout).toMatch(/^ {2}timeoutMs +10000 +\(default\)$/m);
  expect(stdout).not.toContain('canary');
});

test('doctor and a dry run list the options of the file that the environment names, and report a misspelt variable', async () => {
  writeFileSync(join(folder(), 'mine.yaml'), 'quietMs: 7\ntimeoutMs: 2000\n');
  const env = { INVITE_CONFIG: 'mine.yaml', INVITE_TARGT: 'http://canary.example' };
  for (const args of [['run', '--dry-run'], ['doctor']]) {
    const { code, stdout, stderr } = await command([...args, '--timeout-ms', '3000'], { env });
    expect({ args, code }).toEqual({ args, code: 0 });
    expect(stdout).toMatch(/^ {2}timeoutMs +3000 +\(--timeout-ms\)$/m);
    expect(stdout).toMatch(/^ {2}target +started for this run +\(the embedded mock\)$/m);
    expect(stdout).toMatch(/^ {2}quietMs +7 +\(mine\.yaml\)$/m);
    expect(stderr).toContain(
      'the suite does not read the environment variable INVITE_TARGT; did you mean INVITE_TARGET?',
    );
    expect(stdout + stderr).not.toContain('canary');
  }
});

test('without permission no phone is dialled, and attempts that need one are listed as left out', async () => {
  const { stdout } = await command([
    'run',
    '--dry-run',
    '--target',
    'http://127.0.0.1:9',
    '--states',
    'http://127.0.0.1:9/s',
  ]);
  expect(stdout).toMatch(/phones +none$/m);
  expect(stdout).toMatch(/pstn\/phone +this run may not dial a phone/);
});

test('the numbers of a dry run match those of a run', async () => {
  const mock: Mock = await startMock();
  const seen = { calls: 0, peers: 0, invitations: 0 };
  const repeated = new Set<string>();
  const origin = await http((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks);
      const text = body.toString();
      if (text.includes('"setup"') && text.includes('"a group call"')) seen.calls += 1;
      if (text.includes('"setup"') && text.includes('"a peer-to-peer call"')) seen.peers += 1;
      if (/\/invite(\?|$)/.test(req.url ?? '')) seen.invitations += 1;
      const { method = 'POST', url = '', headers } = req;
      const { host: _, connection: __, 'content-length': ___, ...rest } = headers as Record<string, string>;
      void fetch(new URL(url, mock.url), { method, headers: rest, body }).then(async (answer) => {
        const { 'content-encoding': ____, ...kept } = Object.fromEntries(answer.headers);
        res.writeHead(answer.status, kept).end(await answer.text());
      });
    });
  });
  const flags = ['--target', `${origin}/v1.0`, '--states', `${origin}/_states`, '--allow-pstn', '--no-contracts'];
  const { valid, withoutPermission, delegated } = mock.tokens;
  const env = {
    INVITE_TOKEN: valid,
    INVITE_TOKEN_WITHOUT_PERMISSION: withoutPermission,
    INVITE_TOKEN_DELEGATED: delegated,
    INVITE_PHONE: '+12345678901',
  };
  const { stdout } = await command(['run', '--dry-run', ...flags], { env });
  await command(['run', ...flags, '--quiet-ms', '0', '--out', 'run'], { env });
  await mock.close();
  // Attempts that run alone may be repeated.
  for (const event of readHistory(join(folder(), 'run')).events) {
    if (event.kind !== 'invitation' || event.repeats === undefined) continue;
    seen.invitations -= 1;
    repeated.add(event.call);
    if (event.replaces !== undefined) seen.peers -= 1;
  }
  seen.calls -= repeated.size;
  expect(stdout).toContain(`${seen.calls} group calls and ${seen.peers} peer-to-peer calls`);
  // The run sends three further invitations before them, without participants.
  expect(stdout).toContain(`${seen.invitations - 3} invitations of scenarios`);
});
