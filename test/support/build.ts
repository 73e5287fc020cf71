import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { madeOnce } from './once';

const ROOT = resolve(__dirname, '../..');

/**
 * Builds the command once for all test files of a run of Jest. It lies inside the repository, where its dependencies are
 * found; what the compiler thinks of the sources is the build's own matter. Nobody may change what is in it.
 * @returns where a package of this build would have its dist
 */
export async function buildOnce(): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const folder = await madeOnce('built', (built) => {
    const dist = join(built, 'dist');
    try {
      execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', dist], {
        cwd: ROOT,
        stdio: 'ignore',
      });
    } catch (error) {
      if (!existsSync(join(dist, 'cli/main.js'))) throw error;
    }
  });
  return join(folder, 'dist');
}
