import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Interval at which a test file checks whether another one has finished, ms, and the maximum wait. */
const LOOK = 50;
const MOST = 120_000;

/**
 * Makes something once for all test files of a Jest run: the first that needs it makes it, the others wait. The result
 * must not be changed.
 * @param name the name of its folder
 * @param make fills the folder
 * @returns the folder
 */
export async function madeOnce(name: string, make: (folder: string) => Promise<void> | void): Promise<string> {
  const shared = process.env['SHARED_BY_TESTS'];
  if (shared === undefined) throw new Error("the tests' global set-up names no folder for what is shared");
  const folder = join(shared, name);
  const [done, failed] = [join(folder, '.done'), join(folder, '.failed')];
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    const until = Date.now() + MOST;
    while (!existsSync(done)) {
      if (existsSync(failed)) throw new Error(`${name} could not be made in another test file`);
      if (Date.now() > until) throw new Error(`no other test file has made ${name} within ${MOST} ms`);
      await sleep(LOOK);
    }
    return folder;
  }
  try {
    await make(folder);
  } catch (error) {
    writeFileSync(failed, '');
    throw error;
  }
  writeFileSync(done, '');
  return folder;
}
