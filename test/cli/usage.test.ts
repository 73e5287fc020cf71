import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEHAVIORS } from '../../behaviors/catalog';
import { bench, showsStack } from './command';

const { command, inProcess, folder } = bench();
const TARGET = ['--target', 'http://127.0.0.1:9/v1.0', '--states', 'http://127.0.0.1:9/states'];

/** Standard error of a command that must end with exit 2 and print nothing else. */
async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await inProcess(args, { env });
  // An explanation that is followed by a page of help is overlooked.
  expect(stderr.split('\n').length).toBeLessThan(8);
  expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
  expect(showsStack(stderr)).toBe(false);
  return stderr;
}

function written(name: string, content: string): string {
  writeFileSync(join(folder(), name), content);
  return name;
}

test.each<[string[], string]>([
  [['run', '--tarjet', 'x'], "unknown option '--tarjet'"],
  [['run', '--timeout-ms', 'soon'], '--timeout-ms must be a whole number'],
  [['run', '--target', 'localhost:8080'], '--target must be'],
  [['run', '--states', 'http://127.0.0.1:9/'], '--states without a target'],
  [['run', '--scenario', 'sinlge'], 'did you mean single?'],
  [['run', '--report', 'jsn'], 'did you mean json?'],
  [['run', '--gate', 'all'], '--gate: no "all"'],
  [['run', '--waivers', 'none.yaml'], 'none.yaml: the file does not exist'],
  [['run', '--config', 'none.yaml'], "can't read config none.yaml"],
  [['run', ...TARGET, '--token-file', 'none'], "--token-file: can't read the token file none"],
  [['judge'], 'give the folder of a run, or recorded traffic by --har, --ngrok or --wiremock'],
  [['judge', '.', '--gate', 'al'], '--gate'],
  [['explain', 'response.locatoin'], 'did you mean response.location?'],
  [['list', '--level', 'satted'], 'did you mean stated?'],
  [['mock', '--fault', 'response.location/mising'], 'did you mean "response.location/missing"?'],
  [['mock', '--port', '70000'], '--port must be a whole number'],
  [['rnu'], "unknown command 'rnu'"],
])('wrong usage ends with exit 2 and an explanation: %j', async (args, said) => {
  expect(await refusal(args)).toContain(said);
});

test('a config with an unknown key ends the run with exit 2, and names file and key', async () => {
  const file = written('my.yaml', 'tarjet: http://127.0.0.1:9\n');
  expect(await refusal(['run', '--config', file])).toContain('my.yaml:1:1: unknown key tarjet; did you mean target?');
  const module = written('my.mjs', 'export default { tokens: { vaild: "x" } };');
  expect(await refusal(['run', '--config', module])).toContain('my.mjs: unknown key tokens.vaild; did you mean');
  const throwing = written('throwing.mjs', 'throw new Error("not today");');
  expect(await refusal(['run', '--config', throwing])).toContain("throwing.mjs can't be loaded: not today");
  const damaged = written('damaged.mjs', 'export default {');
  expect(await refusal(['run', '--config', damaged])).toContain("damaged.mjs can't be loaded");
});

test('a wrong report is reported with the place where it was given', async () => {
  const file = written('reports.yaml', 'reports: [consol]\n');
  expect(await refusal(['run', '--config', file])).toContain(
    `${file}: reports: no format "consol"; did you mean console?`,
  );
  expect(await refusal(['run', '--config', file, '--report', 'junit='])).toContain('--report junit=: the file name is');
});

test('a folder that cannot be written ends the run with exit 2, and is named', async () => {
  written('plain', '');
  expect(await refusal(['run', '--out', 'plain/run'])).toMatch(/can't write plain\/run/);
  mkdirSync(join(folder(), 'run'));
  mkdirSync(join(folder(), 'run/history.ndjson'));
  expect(await refusal(['run', '--out', 'run'])).toContain('history.ndjson');
});

test('a token that cannot be sent ends the run with exit 2, and is named but not shown', async () => {
  const args = ['run', ...TARGET];
  const said = await refusal(args, { INVITE_TOKEN: 'canary token' });
  expect(said).toContain('INVITE_TOKEN: the token contains characters');
  expect(said).not.toContain('canary');
});

test('help and version end with exit 0', async () => {
  const help = await command(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const name of ['run', 'mock', 'judge', 'list', 'explain']) expect(help.stdout).toContain(`  ${name}`);
  expect(await command(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' });
});

test('list and explain end with exit 0', async () => {
  const listed = await inProcess(['list', '--json']);
  expect(listed.code).toBe(0);
  expect((JSON.parse(listed.stdout) as { id: string }[]).map(({ id }) => id)).toEqual(BEHAVIORS.map(({ id }) => id));
  const explained = await inProcess(['explain', 'response.location']);
  expect(explained).toMatchObject({ code: 0, stderr: '' });
  expect(explained.stdout).toContain('participant-invite, line 50');
});
