import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(__dirname, '../..');
/** How often a file looks whether another one has built, ms, and how long at most. */
const LOOK = 50;
const MOST = 120_000;

/**
 * Builds the command once for all test files of a run of Jest: the first that needs it builds, the others wait. It lies
 * inside the repository, where its dependencies are found; what the compiler thinks of the sources is the build's own
 * matter. Nobody may change what is in it.
 * @returns where a package of this build would have its dist
 */
export async function buildOnce(): Promise<string> {
  const folder = process.env['SHARED_TEST_BUILD'];
  if (folder === undefined) throw new Error("the tests' global set-up names no folder for the build");
  const [dist, done, failed] = ['dist', 'done', 'failed'].map((name) => join(folder, name)) as [string, string, string];
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    const until = Date.now() + MOST;
    while (!existsSync(done)) {
      if (existsSync(failed)) throw new Error('the build failed in another test file');
      if (Date.now() > until) throw new Error(`no other test file has built within ${MOST} ms`);
      await sleep(LOOK);
    }
    return dist;
  }
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', dist], {
      cwd: ROOT,
      stdio: 'ignore',
    });
  } catch (error) {
    if (!existsSync(join(dist, 'cli/main.js'))) {
      writeFileSync(failed, '');
      throw error;
    }
  }
  writeFileSync(done, '');
  return dist;
}
