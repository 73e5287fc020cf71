import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Result } from '../../verdicts/result';
import { buildOnce } from '../support/build';
import { childrenOf, leaksIn } from '../support/canaries';
import { inProcess, STEERS } from './in-process';

const ROOT = resolve(__dirname, '../..');
/** Maximum duration of a command, ms; a longer one is killed, and its exit code is null. */
const LIMIT = 100_000;

/** The outcome of a command. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

export interface CommandOptions {
  env?: Record<string, string>;
  /** Called when the process has been started. */
  started?: (child: Child) => void;
  /** Called with all of standard error each time it grows. */
  watch?: (stderr: string, child: Child) => void;
  /** Closes standard output without reading it. */
  deaf?: boolean;
}

/**
 * The built command, and the test's own folder in which it runs. After each test, everything that its commands wrote,
 * and the argv and environment of their child processes, is searched for the tokens that they received.
 */
export interface Bench {
  /** The package's dist folder in this build. */
  dist: string;
  /** A new folder for each test. */
  folder: () => string;
  command: (args: string[], options?: CommandOptions) => Promise<Ended>;
  /** Runs it in this process, for tests that concern neither the process nor what its children receive. */
  inProcess: (args: string[], options?: Pick<CommandOptions, 'env'>) => Promise<Ended>;
  /** Starts a mock in its own process until the test ends. */
  mock: (args?: string[]) => Promise<Mock>;
  /** Everything that the commands of this test wrote, to either stream and into files, except the output of `mock`. */
  everythingWritten: () => string;
}

export interface Mock {
  url: string;
  states: string;
  tokens: { valid: string; withoutPermission: string; delegated: string };
  stop: () => Promise<number | null>;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Interval at which the child processes of a command are read, ms. */
const LOOK = 50;

/** The environment without variables that change the behaviour or the colours of the command. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !STEERS.test(name)));
}

/** The command, built once for all test files of a run, and the folders of this test file. */
export function bench(): Bench {
  // Starting a process takes long on a busy machine.
  jest.setTimeout(LIMIT + 20_000);
  const base = join(ROOT, '.invite-conformance');
  let home = '';
  let dist = '';
  let said = '';
  let count = 0;
  const running = new Set<Child>();
  // The tokens of a test, the files that it created, the files that its commands left, and what their children
  // received.
  const secrets = new Set<string>();
  const brought = new Set<string>();
  const left = new Set<string>();
  let inherited = '';

  beforeAll(async () => {
    mkdirSync(base, { recursive: true });
    home = mkdtempSync(join(base, 'test-'));
    dist = await buildOnce();
  }, LIMIT);
  beforeEach(() => {
    count += 1;
    said = '';
    inherited = '';
    secrets.clear();
    brought.clear();
    left.clear();
    mkdirSync(folder());
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    const files = filesUnder(folder()).filter((file) => !brought.has(file));
    const all = [said, inherited, ...files.map((file) => readFileSync(file, 'utf8'))].join('\n');
    expect(leaksIn(all, [...secrets])).toEqual([]);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const folder = (): string => join(home, `work-${count}`);

  function note(env: Record<string, string>): void {
    // A shorter value could occur in ordinary text.
    const tokens = Object.entries(env).filter(([name, value]) => name.startsWith('INVITE_TOKEN') && value.length > 12);
    for (const [, value] of tokens) secrets.add(value);
  }

  function start(args: string[], env: Record<string, string> = {}): Child {
    note(env);
    const child = spawn(process.execPath, [join(dist, 'cli/main.js'), ...args], {
      cwd: folder(),
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const look = setInterval(() => {
      if (child.pid !== undefined) inherited += childrenOf(child.pid);
    }, LOOK);
    child.once('close', () => {
      clearInterval(look);
      running.delete(child);
    });
    return child;
  }

  /** Runs a command, and records what it wrote. */
  async function kept(work: () => Promise<Ended>): Promise<Ended> {
    // Files that appeared since the last command were created by the test.
    for (const file of filesUnder(folder())) if (!left.has(file)) brought.add(file);
    const ended = await work();
    said += ended.stdout + ended.stderr;
    for (const file of filesUnder(folder())) left.add(file);
    return ended;
  }

  async function ran(args: string[], { env, started, watch, deaf = false }: CommandOptions): Promise<Ended> {
    const child = start(args, env);
    started?.(child);
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    if (deaf) child.stdout.destroy();
    child.stdout.on('data', (chunk: Buffer) => {
      ended.stdout += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      ended.stderr += chunk.toString('utf8');
      watch?.(ended.stderr, child);
    });
    ended.code = await new Promise<number | null>((done) => {
      child.once('close', done);
    });
    clearTimeout(limit);
    return ended;
  }

  async function mock(args: string[] = []): Promise<Mock> {
    const child = start(['mock', ...args]);
    const closed = new Promise<number | null>((done) => {
      child.once('close', done);
    });
    const line = await new Promise<string>((done, fail) => {
      child.stdout.once('data', (chunk: Buffer) => done(chunk.toString('utf8')));
      child.once('close', (code) => fail(new Error(`the mock ended with ${code}`)));
    });
    const stop = async (): Promise<number | null> => {
      child.kill('SIGTERM');
      return closed;
    };
    const served = JSON.parse(line) as Omit<Mock, 'stop'>;
    for (const token of Object.values(served.tokens)) secrets.add(token);
    return { ...served, stop };
  }

  return {
    get dist() {
      return dist;
    },
    folder,
    command: (args, options = {}) => kept(() => ran(args, options)),
    inProcess: (args, { env = {} } = {}) => {
      note(env);
      return kept(() => inProcess(args, folder(), env));
    },
    mock,
    everythingWritten: () =>
      said +
      filesUnder(folder())
        .map((file) => readFileSync(file, 'utf8'))
        .join('\n'),
  };
}

/** The verdict of each behaviour in a result. */
export function verdictsOf(result: Result): Record<string, string> {
  return Object.fromEntries(result.behaviors.map(({ id, verdict }) => [id, verdict]));
}

export function readResult(folder: string): Result {
  return JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result;
}

/** Whether a text contains a stack trace. */
export function showsStack(text: string): boolean {
  return /^\s+at .+:\d+|node:internal|\.js:\d+/m.test(text);
}
