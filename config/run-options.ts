import { catalogOf, type BehaviorId } from '../behaviors/catalog';
import { EDITION, type Edition } from '../behaviors/edition';
import { UsageError } from '../common/errors';
import { didYouMean } from '../common/nearest-name';
import { urlWithQuery } from '../common/urls';
import type { ConfigFile } from '../schemas/options';
import type { LoadOptions, OptionsWithoutTarget, RunOptions } from '../schemas/run-options';
import { scenariosOf } from '../suites/scenarios';
import { accessOf } from './target-access';
import { LOAD_RATE, type Flags } from './flags';
import { oneOf, resolver, type Resolver } from './resolve-option';
import { startOf } from './start-options';
import { loadWaivers } from './waivers-file';

export type { Flags } from './flags';

/** The resolved options of a run; without a target, it uses the embedded mock. */
export type ResolvedOptions = RunOptions | OptionsWithoutTarget;

function loadOf(
  { load: count, rate, scenario, behavior, bail }: Flags,
  access: Pick<RunOptions, 'provisioning'> | undefined,
): LoadOptions | undefined {
  if (count === undefined) {
    if (rate !== undefined) throw new UsageError('--rate without --load: give the number of invitations with --load');
    return undefined;
  }
  if (scenario) throw new UsageError('--load and --scenario: a load run uses its own scenario; leave one out');
  if (behavior) throw new UsageError('--load and --behavior: a load run uses its own scenario; leave one out');
  if (bail) throw new UsageError('--load and --bail: a load run is judged only after its end; leave one out');
  if (access && 'static' in access.provisioning) {
    throw new UsageError(
      '--load creates its own calls: use provisioning.states or provisioning.calls, not provisioning.static',
    );
  }
  return { count, rate: rate ?? LOAD_RATE };
}

/** Addresses that bind a listener to all interfaces, and that no client can connect to. */
const ALL_ADDRESSES = /^(\[?[0:]*:[0:]*\]?|0+(\.0+){0,3}|\*|\[?::ffff:0+(\.0+){3}\]?)$/i;

function knownBehavior(id: string, edition: Edition): BehaviorId {
  const { has, behaviors } = catalogOf(edition);
  if (has(id)) return id;
  const near = didYouMean(
    id,
    behaviors.map((one) => one.id),
  );
  throw new UsageError(`--behavior: no ${JSON.stringify(id)}${near} \`invite-conformance list\` prints all ids`);
}

function callbackOf(option: Resolver): RunOptions['callback'] {
  const url = option('callback.url');
  const { value: host, origin } = option('callback.host');
  if (url === undefined && ALL_ADDRESSES.test(host)) {
    throw new UsageError(
      `${origin.name} ${host} means every address of this machine; a target can't send to it. Also give the URL under which the target reaches the callback listener, such as --callback-host ${host} --callback-port 8081 --callback-url http://ADDRESS-OF-THIS-MACHINE:8081`,
    );
  }
  return {
    host,
    port: option('callback.port').value,
    ...(url === undefined ? {} : { url: urlWithQuery(url.value, url.origin.name) }),
    ...(option('callback.unchecked').value ? { unchecked: true } : {}),
  };
}

function capabilitiesOf(option: Resolver): RunOptions['capabilities'] {
  return {
    pstn: option('capabilities.pstn').value,
    replace: option('capabilities.replace').value,
    multiple: option('capabilities.multiple').value,
    failure: option('capabilities.failure').value,
    move: option('capabilities.move').value,
  };
}

function providerOf(option: Resolver): string | undefined {
  const provider = option('pactProvider');
  if (provider?.value.trim() === '')
    throw new UsageError(`${provider.origin.name} must be the name of a provider; it is empty`);
  return provider?.value;
}

/** In a load run, responses may take a quarter of a second at the given rate. */
function concurrencyOf(option: Resolver, load: LoadOptions | undefined): number {
  const { value, origin } = option('concurrency');
  if (load === undefined || origin.from !== 'default') return value;
  return Math.min(1000, Math.max(value, Math.ceil(load.rate / 4)));
}

/** Later editions dial once more than the first: into a peer-to-peer call. */
function dialsOf(option: Resolver, edition: Edition): number {
  const { value, origin } = option('maxDials');
  return origin.from === 'default' && edition !== EDITION ? value + 1 : value;
}

/** @throws UsageError if the edition does not describe such rosters */
function deltasOf(option: Resolver, edition: Edition): boolean {
  const { value, origin } = option('deltaParticipants');
  if (!value || edition !== EDITION) return value;
  throw new UsageError(
    `${origin.name}: the edition ${edition} does not describe such rosters; use --edition 2025-07-23`,
  );
}

/** @throws UsageError for an empty name, such as that of an unset variable of a shell */
function outOf(option: Resolver): string {
  const { value, origin } = option('out');
  if (value === '') throw new UsageError(`${origin.name} must be the name of a folder; it is empty`);
  return value;
}

/** Whether a run verifies contracts: by default, unless scenarios or behaviours are selected and no pact is given. */
function verifiesContracts({ contracts, pact = [], load, behavior }: Flags, scenarios: unknown): boolean {
  if (load !== undefined || contracts === false) return false;
  return contracts === true || pact.length > 0 || (scenarios === undefined && behavior === undefined);
}

/**
 * Combines flags, environment and config file, in this order of precedence.
 * @param signal ends slow steps: fetching a token, reading a file
 * @param sources the environment for the file's `{env: NAME}`, if it differs
 * @throws UsageError that names the flag, the variable or the config key
 * @throws Interrupted if the signal is aborted first
 */
export async function runOptions(
  file: ConfigFile,
  flags: Flags,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
  sources: NodeJS.ProcessEnv = env,
): Promise<ResolvedOptions> {
  const option = resolver({ flags, env, file });
  const edition = option('edition').value;
  const names = scenariosOf(edition).map(({ name }) => name);
  const chosen = option('scenarios');
  const scenarios = chosen?.value.map((name) => oneOf(name, names, chosen.origin.name));
  const gate = option('gate').value;
  const callback = callbackOf(option);
  const access = await accessOf(option, file, sources, signal);
  const provider = providerOf(option);
  const load = loadOf(flags, access);
  const start = startOf(option, access !== undefined);
  const others: OptionsWithoutTarget = {
    ...(start ? { start } : {}),
    callback,
    capabilities: capabilitiesOf(option),
    timeoutMs: option('timeoutMs').value,
    quietMs: option('quietMs').value,
    concurrency: concurrencyOf(option, load),
    maxDials: dialsOf(option, edition),
    edition,
    deltaParticipants: deltasOf(option, edition),
    ...(scenarios && !load ? { scenarios } : {}),
    ...(flags.behavior ? { behaviors: flags.behavior.map((id) => knownBehavior(id, edition)) } : {}),
    ...(load ? { load } : {}),
    contracts: verifiesContracts(flags, scenarios),
    pacts: flags.pact ?? [],
    ...(provider === undefined ? {} : { pactProvider: provider }),
    bail: flags.bail === true,
    gate,
    allowUntested: option('allowUntested').value,
    waivers: await loadWaivers(option('waivers')?.value, signal),
    reports: [...option('reports').value],
    out: outOf(option),
  };
  return access ? { ...others, ...access } : others;
}
