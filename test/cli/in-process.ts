import type { Ended } from './command';

/** Environment variables that change the behaviour or the colours of the command. */
export const STEERS = /^(INVITE_|FORCE_COLOR|NODE_OPTIONS|GITHUB_)/;

/** Gives this process another environment and working folder, and no terminal. @returns a function that restores them */
function asProcess(folder: string, env: Record<string, string>): () => void {
  const before = { cwd: process.cwd(), env: { ...process.env } };
  const streams = [process.stdin, process.stdout, process.stderr];
  const terminals = streams.map(({ isTTY }) => isTTY);
  const set = (wanted: NodeJS.ProcessEnv): void => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, wanted);
  };
  const own = Object.entries(before.env).filter(([name]) => !STEERS.test(name));
  set({ ...Object.fromEntries(own), ...env });
  process.chdir(folder);
  for (const stream of streams) stream.isTTY = false;
  return () => {
    for (const [i, stream] of streams.entries()) stream.isTTY = terminals[i] ?? false;
    process.chdir(before.cwd);
    set(before.env);
  };
}

/**
 * Runs the command in this process, for tests that do not concern the process itself.
 * @param folder its working folder
 * @param env variables to add to its environment
 */
export async function inProcess(
  args: readonly string[],
  folder: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  const { exitCodeOf } = await import('../../cli/program.js');
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  const streams = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
      ended[name] += String(chunk);
      return true;
    }),
  );
  const over = asProcess(folder, env);
  try {
    ended.code = await exitCodeOf(args);
  } finally {
    over();
    for (const stream of streams) stream.mockRestore();
  }
  return ended;
}
