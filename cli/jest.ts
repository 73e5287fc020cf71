import { join } from 'node:path';
import { chosenOptions } from '../config/options';
import { writeReport } from '../reporters';
import { conformance, type Provider } from './jest-suite';
import type { Result } from '../verdicts/result';
import { jsonText } from '../common/printable';
import { embedded } from './embedded';

export { conformance, type Provider } from './jest-suite';
export type { ConformanceOptions } from '../suites/jest';

/** The target that environment and config file name, as `run` takes it; without one the embedded mock. */
async function configured(name: string): ReturnType<Provider> {
  const chosen = await chosenOptions({}, process.env, process.cwd());
  const { access, settings, gate, allowUntested, waivers } = chosen.options;
  const mock = access ? undefined : await embedded({ edition: settings.edition });
  const to = access ?? mock?.access;
  if (!to) throw new Error('neither a target nor the mock');
  const { selected, scenarios: _all, ...rest } = settings;
  const options = { ...rest, ...to, gate, allowUntested, waivers, ...(selected ? { scenarios: selected } : {}) };
  const folder = process.env['INVITE_RESULTS'] ?? '';
  const keep = (result: Result): void => writeReport(join(folder, `${name}.json`), `${jsonText(result, 2)}\n`);
  return { options, ...(folder === '' ? {} : { keep }), ...(mock ? { close: () => mock.close() } : {}) };
}

/**
 * Puts scenarios into a Jest file, against what environment and config file name or the embedded mock. Where
 * `INVITE_RESULTS` names a folder, the file's result is kept there, for `merge`.
 * @param scenarios their names; default all
 */
export function configuredConformance(scenarios?: readonly string[]): void {
  conformance(() => configured(scenarios?.join('-') ?? 'all'), scenarios);
}
