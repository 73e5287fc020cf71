import { join } from 'node:path';
import { chooseOptions } from '../config/chosen-options';
import { writeReport } from '../reporters/write';
import { jsonText } from '../common/printable';
import type { Result } from '../verdicts/result';
import type { Provided } from './timed-run';

/**
 * The target in the environment and config file, like `run`; by default the embedded mock. If `INVITE_RESULTS` names a
 * folder, the result is written there, for `merge`. Shards of a suite have separate files, because each has other
 * scenarios.
 * @param scenarios the scenarios in the file's name; by default all
 */
export async function configuredTarget(scenarios: readonly string[] = ['all']): Promise<Provided> {
  const { options } = await chooseOptions({}, process.env, process.cwd());
  // Reports and folder belong to the command; the test file chooses what is verified and judged.
  const { reports: _reports, out: _out, contracts: _contracts, behaviors: _behaviors, ...given } = options;
  const folder = process.env['INVITE_RESULTS'] ?? '';
  const keep = (result: Result): void =>
    writeReport(join(folder, `${scenarios.join('-')}.json`), `${jsonText(result, 2)}\n`);
  return {
    options: given,
    ...(folder === '' ? {} : { keep }),
  };
}
