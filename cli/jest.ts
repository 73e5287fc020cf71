import { loadConfig } from '../config/load';
import { runOptions } from '../config/settings';
import { conformance, type Provider } from '../suites/jest';
import { SCENARIOS } from '../suites/scenarios';
import { embedded } from './embedded';

export { conformance, type ConformanceOptions, type Provider } from '../suites/jest';

/** The target that environment and config file name, as `run` takes it; without one the embedded mock. */
const configured: Provider = async () => {
  const { access, settings, gate, allowUntested, waivers } = runOptions(
    await loadConfig(process.env['INVITE_CONFIG'], process.cwd()),
    {},
    process.env,
    SCENARIOS,
  );
  const mock = access ? undefined : await embedded();
  const to = access ?? mock?.access;
  if (!to) throw new Error('neither a target nor the mock');
  const { selected, scenarios: _all, ...rest } = settings;
  const options = { ...rest, ...to, gate, allowUntested, waivers, ...(selected ? { scenarios: selected } : {}) };
  return mock ? { options, close: () => mock.close() } : { options };
};

/**
 * Puts scenarios into a Jest file, against what environment and config file name or the embedded mock.
 * @param scenarios their names; default all
 */
export function configuredConformance(scenarios?: readonly string[]): void {
  conformance(configured, scenarios);
}
