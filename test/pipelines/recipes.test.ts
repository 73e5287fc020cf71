import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { bench, readResult } from '../cli/command';
import { freePort } from './free-port';
import { faultsOf } from './github';

const ROOT = resolve(__dirname, '../..');
const kit = bench();
// Each runs a whole gate, or several; a busy machine may take its time.
jest.setTimeout(180_000);
const recipe = (name: string): string => readFileSync(join(ROOT, 'docs/ci', name), 'utf8');

let shell: ChildProcess | undefined;
afterEach(() => {
  // The service that a recipe has started is left running by it, as its job would be over now.
  if (shell?.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
  shell = undefined;
});

/** A project with a service, its config, and the suite among its modules: what a recipe finds once it has installed. */
function project(port: number): string {
  const folder = kit.folder();
  for (const file of ['service.js', 'package.json', 'invite-conformance.config.yaml']) {
    cpSync(join(ROOT, 'examples/jest-project', file), join(folder, file));
  }
  const config = join(folder, 'invite-conformance.config.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll('8080', String(port)));
  const bin = join(folder, 'node_modules/.bin/invite-conformance');
  mkdirSync(join(bin, '..'), { recursive: true });
  writeFileSync(bin, `#!/usr/bin/env node\nrequire(${JSON.stringify(join(kit.dist, 'cli/main.js'))});\n`);
  chmodSync(bin, 0o755);
  return folder;
}

/** Runs a recipe's commands in one shell, with the service's port in place of theirs. @returns the exit code, and what was said */
async function performed(
  commands: string,
  edit = (service: string): string => service,
): Promise<[number | null, string]> {
  const port = await freePort();
  const cwd = project(port);
  const service = join(cwd, 'service.js');
  writeFileSync(service, edit(readFileSync(service, 'utf8')));
  const env = {
    ...process.env,
    PORT: String(port),
    GITHUB_STEP_SUMMARY: join(cwd, 'step-summary'),
    npm_config_offline: 'true',
  };
  const script = commands.replaceAll('8080', String(port));
  const child = spawn('bash', ['-e', '-c', script], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  shell = child;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((done) => {
    child.once('exit', done);
  });
  return [code, said];
}

/** What a workflow's steps run, but what is installed from elsewhere. */
function githubCommands(name: string): string {
  const { jobs } = parse(recipe(name)) as { jobs: { gate: { steps: { run?: string }[] } } };
  return jobs.gate.steps.flatMap(({ run }) => (run === undefined || run === 'npm ci' ? [] : [run])).join('\n');
}

function gitlabCommands(): string {
  const { conformance } = parse(recipe('gate.gitlab-ci.yml')) as { conformance: { script: string[] } };
  return conformance.script.filter((line) => !line.startsWith('npm ci')).join('\n');
}

function jenkinsCommands(): string {
  return /sh '''([^]*?)'''/.exec(recipe('Jenkinsfile'))?.[1] ?? '';
}

test.each<[string, () => string]>([
  ['GitHub', () => githubCommands('gate.github.yml')],
  ['GitLab', gitlabCommands],
  ['Jenkins', jenkinsCommands],
])(
  'the recipe for %s starts the service, passes its gate, and leaves the reports that it keeps',
  async (_, commands) => {
    expect(commands()).toContain('npm start');
    const [code, said] = await performed(commands());
    expect(said).toMatch(/^PASS {2}.*\(exit 0\)$/m);
    expect(code).toBe(0);
    expect(readFileSync(join(kit.folder(), 'reports/junit.xml'), 'utf8')).toContain(
      '<testsuites name="invite-conformance"',
    );
    expect(readFileSync(join(kit.folder(), 'reports/report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect(readFileSync(join(kit.folder(), 'candidate.log'), 'utf8')).toContain('listening on');
  },
);

test('a recipe ends red where the service is at fault', async () => {
  const [code, said] = await performed(jenkinsCommands(), (service) => service.replace(', { Location: location }', ''));
  expect(said).toContain('FAILED   response.location [stated]');
  expect(code).toBe(1);
  expect(readResult(join(kit.folder(), '.invite-conformance')).summary.failed).toBe(1);
});

test.each(['gate.github.yml', 'action.github.yml', 'drift.github.yml'])(
  "GitHub's own reader finds no fault with %s",
  (name) => {
    expect(faultsOf('workflow', recipe(name))).toEqual([]);
    expect(faultsOf('workflow', recipe(name).replace('runs-on:', 'run-on:'))).not.toEqual([]);
  },
);

test('the workflow with the action gives it inputs that it has, and reads outputs that it has', () => {
  type Part = Record<string, object>;
  const { inputs, outputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: Part; outputs: Part };
  const { jobs } = parse(recipe('action.github.yml')) as { jobs: { gate: { steps: { id?: string; with?: Part }[] } } };
  const gate = jobs.gate.steps.find(({ id }) => id === 'gate');
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(gate?.with ?? {})));
  const read = [...recipe('action.github.yml').matchAll(/steps\.gate\.outputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(read.length).toBeGreaterThan(0);
  expect(Object.keys(outputs)).toEqual(expect.arrayContaining(read));
});
