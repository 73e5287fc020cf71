import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Bench } from '../cli/command';

const ROOT = resolve(__dirname, '../..');
/** The action's file. */
export const SOURCE = readFileSync(join(ROOT, 'action.yml'), 'utf8');

interface Step {
  run: string;
  env?: Record<string, string>;
  'working-directory': string;
}
interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}
export const action = parse(SOURCE) as Action;

export interface Ran {
  code: number | null;
  log: string;
  summary: string;
  outputs: Record<string, string>;
}

/** Fills in an expression as GitHub does, as far as the action needs it. */
function filledIn(text: string, inputs: Record<string, string>, env: Record<string, string>, path: string): string {
  return text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const values = expression.split(' || ').map((one) => {
      const [context = '', name = ''] = one.split(/\.(.*)/);
      if (one === 'github.action_path') return path;
      const known = context === 'inputs' ? inputs : context === 'env' ? env : undefined;
      if (!known) throw new Error(`nothing is known of ${one}`);
      return known[name] ?? '';
    });
    return values.find((value) => value !== '') ?? '';
  });
}

/** Runs a step's script as `shell: bash` does. */
function shell(
  file: string,
  script: string,
  cwd: string,
  env: Record<string, string>,
): Promise<{ code: number | null; log: string }> {
  writeFileSync(file, script);
  const { PATH = '' } = process.env;
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], { cwd, env: { PATH, ...env } });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  return new Promise((done) => {
    child.once('close', (code) => done({ code, log }));
  });
}

/** Runs the action in the test's folder, with the built suite next to it. */
export async function actIn(kit: Bench, given: Record<string, string>, env: Record<string, string> = {}): Promise<Ran> {
  const path = join(kit.folder(), 'the action');
  mkdirSync(path, { recursive: true });
  if (!existsSync(join(path, 'dist'))) symlinkSync(kit.dist, join(path, 'dist'));
  if (!existsSync(join(path, 'scripts'))) symlinkSync(join(ROOT, 'scripts'), join(path, 'scripts'));
  const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, one]) => [name, one.default]));
  const files = { GITHUB_OUTPUT: join(kit.folder(), 'output'), GITHUB_STEP_SUMMARY: join(kit.folder(), 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const all = { ...inputs, ...given };
  let ended: { code: number | null; log: string } = { code: 0, log: '' };
  for (const step of action.runs.steps) {
    if (ended.code !== 0) break;
    const filled = (text: string): string => filledIn(text, all, env, path);
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]));
    const cwd = resolve(kit.folder(), filled(step['working-directory']));
    ended = await shell(join(kit.folder(), 'step.sh'), filled(step.run), cwd, { ...files, ...env, ...own });
  }
  const lines = readFileSync(files.GITHUB_OUTPUT, 'utf8').trimEnd().split('\n');
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
  return { ...ended, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') };
}
