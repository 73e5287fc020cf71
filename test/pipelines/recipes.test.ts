import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { bench, readResult } from '../cli/command';
import { actIn } from './act';
import { freePort } from '../support/free-port';
import { faultsOf, type File } from './github';

const ROOT = resolve(__dirname, '../..');
const kit = bench();
// Each test runs one or several whole gates, which takes long on a busy machine.
jest.setTimeout(180_000);
/** The first line of the console report for a conforming example service: nothing failed or was untested. */
const PASSED =
  /^PASS {2}66 of 66 behaviours, 15 of 15 contracts; 15 not applicable \(declared absent: replace, pstn\) {3}\(gate: /m;
const recipe = (name: string): string => readFileSync(join(ROOT, 'docs/ci', name), 'utf8');

/** The secrets of the CI system, by the names in the README, with the tokens of the service. */
const SECRETS: Record<string, string> = {
  INVITE_TOKEN: 'bot-that-may-invite',
  INVITE_TOKEN_WITHOUT_PERMISSION: 'bot-that-may-not',
  INVITE_TOKEN_DELEGATED: 'somebody',
};

/** A project for a recipe: a service, the config that `init` writes for it, and the installed suite. */
async function project(port: number): Promise<string> {
  const folder = kit.folder();
  for (const file of ['service.js', 'package.json']) {
    cpSync(join(ROOT, 'examples/jest-project', file), join(folder, file));
  }
  const origin = `http://127.0.0.1:${port}`;
  const written = await kit.inProcess(
    `init --target ${origin}/v1.0 --states ${origin}/states --without replace`.split(' '),
  );
  expect(written.code).toBe(0);
  const bin = join(folder, 'node_modules/.bin/invite-conformance');
  mkdirSync(join(bin, '..'), { recursive: true });
  writeFileSync(bin, `#!/usr/bin/env node\nrequire(${JSON.stringify(join(kit.dist, 'cli/main.js'))});\n`);
  chmodSync(bin, 0o755);
  return folder;
}

/**
 * Runs a recipe's commands in one shell, with the port of this service.
 * @param given the variables that the recipe sets
 * @returns the exit code and the output
 */
async function performed(
  { commands, env: given }: Recipe,
  edit = (service: string): string => service,
): Promise<[number | null, string]> {
  const port = await freePort();
  const cwd = await project(port);
  const service = join(cwd, 'service.js');
  writeFileSync(service, edit(readFileSync(service, 'utf8')));
  const env = {
    ...process.env,
    ...given,
    PORT: String(port),
    GITHUB_STEP_SUMMARY: join(cwd, 'step-summary'),
    npm_config_offline: 'true',
  };
  const script = commands.replaceAll('8080', String(port));
  const child = spawn('bash', ['-e', '-c', script], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((done) => {
    child.once('exit', done);
  });
  // The recipe has stopped the service that it started.
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  return [code, said];
}

/** A recipe's commands without its installations, and the variables that it sets. */
interface Recipe {
  commands: string;
  env: Record<string, string>;
}

interface Step {
  id?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}

const stepsOf = (name: string): Step[] =>
  (parse(recipe(name)) as { jobs: { gate: { steps: Step[] } } }).jobs.gate.steps;

/** Variables or inputs, with their secrets filled in as by GitHub. */
function withSecrets(values: Record<string, string> = {}): Record<string, string> {
  const filled = (text: string): string =>
    text.replaceAll(/\$\{\{ secrets\.(\w+) \}\}/g, (_, name: string) => SECRETS[name] ?? '');
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(value)]));
}

function githubRecipe(): Recipe {
  const steps = stepsOf('gate.github.yml').filter(({ run }) => run !== undefined && run !== 'npm ci');
  const env = Object.assign({}, ...steps.map((step) => withSecrets(step.env))) as Record<string, string>;
  return { commands: steps.map(({ run }) => run).join('\n'), env };
}

/** The project's masked variables are in the environment of every job; the recipe's first lines name them. */
function gitlabRecipe(): Recipe {
  const { conformance } = parse(recipe('gate.gitlab-ci.yml')) as { conformance: { script: string[] } };
  const [told = ''] = recipe('gate.gitlab-ci.yml').split('conformance:');
  const env = Object.fromEntries(Object.entries(SECRETS).filter(([name]) => new RegExp(`\\b${name}\\b`).test(told)));
  return {
    commands: conformance.script
      .filter((line) => !line.startsWith('npm ci'))
      .join('\n')
      .trim(),
    env,
  };
}

function jenkinsRecipe(): Recipe {
  const bound = [...recipe('Jenkinsfile').matchAll(/^ *(\w+) = credentials\('([\w-]+)'\)$/gm)];
  // A credential is named like its variable, in Jenkins's usual spelling.
  const secret = (id = ''): string => SECRETS[id.toUpperCase().replaceAll('-', '_')] ?? '';
  const env = Object.fromEntries(bound.map(([, name = '', id]) => [name, secret(id)]));
  return { commands: (/sh '''([^]*?)'''/.exec(recipe('Jenkinsfile'))?.[1] ?? '').trim(), env };
}

test.each<[string, () => Recipe]>([
  ['GitHub', githubRecipe],
  ['GitLab', gitlabRecipe],
])('the recipe for %s starts the service, passes its gate, and leaves the reports that it keeps', async (_, read) => {
  expect(read().commands).toContain('npm start');
  const [code, said] = await performed(read());
  expect(said).toMatch(PASSED);
  expect(code).toBe(0);
  const { summary } = readResult(join(kit.folder(), 'reports'));
  expect({ failed: summary.failed, untested: summary.untested }).toEqual({ failed: 0, untested: 0 });
  expect(readFileSync(join(kit.folder(), 'reports/junit.xml'), 'utf8')).toContain(
    '<testsuites name="invite-conformance"',
  );
  expect(readFileSync(join(kit.folder(), 'reports/report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  expect(readFileSync(join(kit.folder(), 'reports/candidate.log'), 'utf8')).toContain('listening on');
});

test('the recipe for Jenkins runs the same commands as the recipe for GitLab', () => {
  expect(jenkinsRecipe()).toEqual(gitlabRecipe());
});

test('the recipe with the action starts the service, and passes its gate with the given inputs', async () => {
  const port = await freePort();
  const steps = stepsOf('action.github.yml');
  const given = withSecrets(steps.find(({ id }) => id === 'gate')?.with);
  expect(given['arguments']).toContain('npm start');
  const inputs = Object.entries(given).map(([name, value]) => [name, value.replaceAll('8080', `${port}`)]);
  await project(port);
  // The example's service has another path for its states.
  const states = { states: `http://127.0.0.1:${port}/states` };
  const ran = await actIn(
    kit,
    { ...(Object.fromEntries(inputs) as Record<string, string>), ...states },
    { PORT: `${port}` },
  );
  expect(ran.log).toMatch(PASSED);
  expect(ran.outputs).toMatchObject({ verdict: 'passed', failed: '0', untested: '0' });
  expect(readFileSync(join(kit.folder(), 'reports/candidate.log'), 'utf8')).toContain('listening on');
});

test('without the two other tokens, behaviours that need them are untested and the recipe ends with exit 3', async () => {
  const commands = `${jenkinsRecipe().commands} --no-contracts --scenario authorization`;
  const env = { INVITE_TOKEN: SECRETS['INVITE_TOKEN'] ?? '' };
  // An unset secret becomes an empty variable.
  const empty = { INVITE_TOKEN_WITHOUT_PERMISSION: '', INVITE_TOKEN_DELEGATED: '' };
  const [code, said] = await performed({ commands, env: { ...env, ...empty } });
  expect({ code, told: said.includes('authorization.delegated') }).toEqual({ code: 3, told: true });
});

test('a recipe fails if the service is defective', async () => {
  const [code, said] = await performed(jenkinsRecipe(), (service) => service.replace(', { Location: location }', ''));
  expect(said).toMatch(/^FAIL {2}1 cause: 1 behaviour and 2 contracts failed, 1 not checked because of it; /m);
  expect(said).toContain("\n1  The response's Location header is missing.\n");
  expect(said).toMatch(
    /^ {3}failed {7}response\.location; contracts: .+\n {3}not checked {2}response\.location-operation$/m,
  );
  expect(code).toBe(1);
  expect(readResult(join(kit.folder(), 'reports')).summary.failed).toBe(1);
});

test("GitHub's parser reports no error in the workflows", () => {
  const files = ['gate.github.yml', 'action.github.yml', 'drift.github.yml'].map((name): File => {
    return { kind: 'workflow', content: recipe(name) };
  });
  const wrong = files.map((file): File => ({ ...file, content: file.content.replace('runs-on:', 'run-on:') }));
  const faults = faultsOf([...files, ...wrong]);
  expect(faults.slice(0, files.length)).toEqual(files.map(() => []));
  expect(faults.slice(files.length).filter((found) => found.length === 0)).toEqual([]);
  expect(faults).toHaveLength(files.length + wrong.length);
});

test('the workflow with the action uses existing inputs and outputs', () => {
  type Part = Record<string, object>;
  const { inputs, outputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: Part; outputs: Part };
  const { jobs } = parse(recipe('action.github.yml')) as { jobs: { gate: { steps: { id?: string; with?: Part }[] } } };
  const gate = jobs.gate.steps.find(({ id }) => id === 'gate');
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(gate?.with ?? {})));
  const read = [...recipe('action.github.yml').matchAll(/steps\.gate\.outputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(read.length).toBeGreaterThan(0);
  expect(Object.keys(outputs)).toEqual(expect.arrayContaining(read));
});

test('the comparison of the weekly workflow ends the job if the fetched file is not the page', async () => {
  const { jobs } = parse(recipe('drift.github.yml')) as { jobs: { drift: { steps: Step[] } } };
  const script = jobs.drift.steps.find(({ id }) => id === 'compare')?.run ?? '';
  const cwd = kit.folder();
  symlinkSync(kit.dist, join(cwd, 'dist'));
  writeFileSync(join(cwd, 'page.md'), '# Another page\n');
  const [output, summary] = [join(cwd, 'output'), join(cwd, 'summary')];
  const env = { ...process.env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
  const child = spawn('bash', ['-e', '-c', script], { cwd, env, stdio: 'ignore' });
  const ended = await new Promise<number | null>((done) => {
    child.once('exit', done);
  });
  expect({ ended, told: readFileSync(output, 'utf8') }).toEqual({ ended: 2, told: 'code=2\n' });
  expect(readFileSync(summary, 'utf8')).toBe(readFileSync(join(cwd, 'drift.md'), 'utf8'));
});
