import { exitCodeOf } from '../../cli/program';
import type { Ended } from './command';

/**
 * Runs the command in this process, for tests that do not concern the process itself. @param folder its working folder
 */
export async function inProcess(args: readonly string[], folder: string): Promise<Ended> {
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  const streams = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
      ended[name] += String(chunk);
      return true;
    }),
  );
  const before = process.cwd();
  process.chdir(folder);
  try {
    ended.code = await exitCodeOf(args);
  } finally {
    process.chdir(before);
    for (const stream of streams) stream.mockRestore();
  }
  return ended;
}
