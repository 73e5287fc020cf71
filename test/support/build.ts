import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { madeOnce } from './once';

const ROOT = resolve(__dirname, '../..');

/**
 * Builds the command once for all test files of a Jest run, inside the repository, where its dependencies are found.
 * Type errors are the build's own concern. The files must not be changed.
 * @returns the package's dist folder in this build
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
