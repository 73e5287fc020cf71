import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Result } from '../../verdicts/result';
import { findingOf, reasonsOf, resultWith } from '../reporters/results';
import { bench } from './command';

const { inProcess: command, folder } = bench();
const at = (name: string): string => join(folder(), name);
const CONFIG = 'invite-conformance.config.yaml';

describe('init', () => {
  test('writes the values of flags without a terminal, and does not overwrite a file', async () => {
    const target = 'https://calls.example.com/v1.0';
    const flags = ['--target', target, '--states', 'https://calls.example.com/states', '--token-variable', 'MY_TOKEN'];
    const one = await command(['init', ...flags]);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain('Next: ');
    expect(parse(readFileSync(at(CONFIG), 'utf8'))).toMatchObject({
      target,
      tokens: { valid: { env: 'MY_TOKEN' } },
      provisioning: { states: 'https://calls.example.com/states' },
    });
    const two = await command(['init']);
    expect(two.code).toBe(2);
    expect(two.stderr).toContain(`${CONFIG} exists; --force overwrites it`);
    expect((await command(['init', '--force', '--phone', '+12345678901'])).code).toBe(0);
    expect(parse(readFileSync(at(CONFIG), 'utf8'))).toMatchObject({ invitees: { phone: '+12345678901' } });
  });

  test.each([
    [['--target', 'calls.example.com'], '--target must be'],
    [['--states', 'ftp://calls.example.com'], '--states must be an http or https URL'],
    [['--phone', '12345'], '--phone must be'],
    [['--token-variable', 'MY TOKEN'], '--token-variable must be'],
  ])('does not write a config that a run would refuse: %j', async (flags, said) => {
    const { code, stderr } = await command(['init', ...flags]);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
    expect(existsSync(at(CONFIG))).toBe(false);
  });
});

describe('waivers check', () => {
  const check = async (entries: object[]): ReturnType<typeof command> => {
    writeFileSync(at('waivers.yaml'), JSON.stringify(entries));
    return command(['waivers', 'check', 'waivers.yaml']);
  };
  const waiver = { behavior: 'response.location', reason: 'r', owner: 'Ada', expires: '2999-12-31' };

  test('lists valid waivers, and ends with exit 1 if a waiver has expired', async () => {
    expect(await check([waiver])).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout } = await check([waiver, { ...waiver, behavior: 'roster.joined', expires: '2020-01-01' }]);
    expect(stdout).toMatch(/^live +response\.location +until 2999-12-31, Ada$/m);
    expect(stdout).toMatch(/^expired +roster\.joined +until 2020-01-01, Ada$/m);
    expect(code).toBe(1);
  });

  test('reports every error in a file with its place and the nearest id', async () => {
    const { code, stderr, stdout } = await check([
      waiver,
      { ...waiver },
      { ...waiver, behavior: 'roster.jioned' },
      { ...waiver, behavior: 'roster.announced', expires: '2026-02-30', ownr: 'x' },
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^ *(invite-conformance: )?waivers\.yaml:1:\d+: \[1\]\.behavior: response\.location has two waivers$/m,
    );
    expect(stderr).toContain('[2].behavior: no behaviour roster.jioned; did you mean roster.joined?');
    expect(stderr).toContain('[3].expires: 2026-02-30 is not a date (YYYY-MM-DD)');
    expect(stderr).toContain('[3].ownr: unknown key; did you mean owner?');
  });
});

describe('waivers add', () => {
  const failed = { verdict: 'failed' as const, findings: [findingOf('x')] };
  const run = (): void => {
    const result = resultWith(
      {
        'completion.client-context': failed,
        'response.client-context': failed,
        'refusal.error-body': { ...failed, counted: false },
        'ordering.concurrent-invitations': { verdict: 'untested', waitsFor: ['completion.client-context'] },
        'response.location-operation': { verdict: 'untested', inconclusive: true, reasons: reasonsOf('a Location') },
        'pstn.accepted': { verdict: 'untested', reasons: reasonsOf('a phone') },
      },
      { exitCode: 1 },
    );
    mkdirSync(at('run'));
    writeFileSync(at('run/result.json'), JSON.stringify(result));
  };

  test('adds a waiver for each failure that closes the gate, and keeps the content of the file verbatim', async () => {
    run();
    const before =
      '# ours\n- behavior: completion.client-context # keep\n  owner: Bob\n  reason: x\n  expires: 2020-01-01\n';
    writeFileSync(at('mine.yaml'), before);
    const added = await command(['waivers', 'add', '--from', 'run', '--file', 'mine.yaml', '--owner', 'Ada']);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toMatch(/^expired +completion\.client-context +until 2020-01-01; unchanged$/m);
    const text = readFileSync(at('mine.yaml'), 'utf8');
    expect(text.startsWith(before)).toBe(true);
    const waivers = parse(text) as { behavior: string; owner: string; reason: string }[];
    expect(waivers.slice(1)).toEqual([
      expect.objectContaining({ behavior: 'response.client-context', owner: 'Ada' }),
      expect.objectContaining({ behavior: 'response.location-operation', owner: 'Ada', reason: 'a Location' }),
    ]);
    // An existing waiver is not added again.
    await command(['waivers', 'add', '--from', 'run', '--file', 'mine.yaml']);
    expect(readFileSync(at('mine.yaml'), 'utf8')).toBe(text);
  });

  test('creates a file that a run accepts, with the values of the flags', async () => {
    run();
    const flags = ['--expires', '2999-12-31', '--reason', 'a: "b" # c'];
    expect(await command(['waivers', 'add', '--from', 'run', ...flags])).toMatchObject({ code: 0 });
    const { code, stdout } = await command(['waivers', 'check', 'waivers.yaml']);
    expect(code).toBe(0);
    expect(stdout).toContain('3 waiver(s), 0 expired');
    const waivers = parse(readFileSync(at('waivers.yaml'), 'utf8')) as object[];
    for (const one of waivers) expect(one).toMatchObject({ reason: 'a: "b" # c', expires: '2999-12-31' });
  });

  test.each([
    [['--from', 'run', '--expires', 'soon'], 'soon is not a date'],
    [['--from', 'run', '--expires', '2020-01-01'], '--expires: 2020-01-01 is in the past'],
    [['--from', 'none'], 'none'],
    [[], "required option '--from"],
  ])('refuses flags that make no valid waiver, and writes nothing: %j', async (flags, said) => {
    run();
    const { code, stderr } = await command(['waivers', 'add', ...flags]);
    expect({ code, said: stderr.includes(said) }).toEqual({ code: 2, said: true });
    expect(existsSync(at('waivers.yaml'))).toBe(false);
  });
});

describe('show', () => {
  test.each([
    [['show', 'x'], '"x" is not the number of an event'],
    [['show', '3', 'none'], 'none'],
  ])('refuses a number that is not an event of the run: %j', async (args, said) => {
    const { code, stderr } = await command(args);
    expect({ code, said: stderr.includes(said) }).toEqual({ code: 2, said: true });
  });
});

describe('compare', () => {
  const failed = { verdict: 'failed' as const };
  const write = (name: string, result: Result): string => {
    writeFileSync(at(name), JSON.stringify(result));
    return name;
  };
  const digest = (catalogDigest: string): Pick<Result, 'suite'> => ({
    suite: { name: 'invite-conformance', version: '0.1.0', catalogDigest: catalogDigest.repeat(16) },
  });

  test('lists the changed behaviours, and ends with exit 1 if one got worse', async () => {
    const [good, bad] = [
      write('a.json', resultWith({}, digest('a'))),
      write('b.json', resultWith({ 'roster.joined': failed }, digest('a'))),
    ];
    expect(await command(['compare', good, good])).toMatchObject({ code: 0, stdout: '0 changed, 0 got worse\n' });
    const worse = await command(['compare', good, bad]);
    expect(worse).toMatchObject({ code: 1, stderr: '' });
    expect(worse.stdout).toContain('worse  roster.joined: passed → failed');
    const better = await command(['compare', bad, good]);
    expect(better).toMatchObject({ code: 0 });
    expect(better.stdout).toContain('better roster.joined: failed → passed');
  });

  test('refuses results of different catalogues without a flag, and files that are not results', async () => {
    const [one, other] = [write('a.json', resultWith({}, digest('a'))), write('b.json', resultWith({}, digest('b')))];
    const refused = await command(['compare', one, other]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('judged by different versions of the behaviours');
    expect((await command(['compare', one, other, '--other-catalog'])).code).toBe(0);
    writeFileSync(at('c.json'), '{"behaviors": []}');
    expect((await command(['compare', one, 'c.json'])).stderr).toContain('c.json is not the result of a run');
    expect((await command(['compare', one, 'none.json'])).stderr).toContain('none.json: the file does not exist');
    expect((await command(['compare', 'none.json', 'c.json'])).stderr).toContain('none.json: the file does not exist');
  });
});
