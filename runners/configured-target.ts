import { join } from 'node:path';
import { chooseOptions } from '../config/chosen-options';
import { writeReport } from '../reporters/write';
import { jsonText } from '../common/printable';
import type { Result } from '../verdicts/result';
import type { Provided } from './timed-run';

/**
 * The target that environment and config file name, as `run` takes it; without one the embedded mock. Where
 * `INVITE_RESULTS` names a folder, the result is kept there, for `merge`. Shards of a suite have files of their own, as each
 * has other scenarios.
 * @param scenarios by which the file is named; absent: all
 */
export async function configuredTarget(scenarios: readonly string[] = ['all']): Promise<Provided> {
  const { options } = await chooseOptions({}, process.env, process.cwd());
  // Reports and folder are the command's; what is verified and judged is for the test file to choose.
  const { reports: _reports, out: _out, contracts: _contracts, behaviors: _behaviors, ...given } = options;
  const folder = process.env['INVITE_RESULTS'] ?? '';
  const keep = (result: Result): void =>
    writeReport(join(folder, `${scenarios.join('-')}.json`), `${jsonText(result, 2)}\n`);
  return {
    options: given,
    ...(folder === '' ? {} : { keep }),
  };
}
