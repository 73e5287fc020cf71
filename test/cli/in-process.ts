import { exitCodeOf } from '../../cli/program';
import type { Ended } from './command';

/** Runs the command in this process, where the process itself is not what is tested. @param folder where it runs */
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
