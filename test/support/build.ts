import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { madeOnce } from './once';

const ROOT = resolve(__dirname, '../..');

/**
 * Builds the command once for all test files of a Jest run, inside the repository, where its dependencies are found; `npm test`
 * has built it before. Type errors are the build's own concern. The files must not be changed.
 * @returns the package's dist folder in this build
 */
export async function buildOnce(): Promise<string> {
  const built = process.env['BUILT_FOR_TESTS'];
  if (built !== undefined) return built;
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const folder = await madeOnce('built', (shared) => {
    const dist = join(shared, 'dist');
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
