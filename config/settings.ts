import { BEHAVIORS } from '../behaviors/catalog';
import { LEVELS, type Level } from '../behaviors/behavior';
import type { LoadWish } from '../history/events';
import type { Provisioning, RunSettings } from '../suites/conduct';
import type { Scenario } from '../suites/scenario';
import { UsageError } from '../common/errors';
import { baseUrl, urlWithQuery } from '../common/urls';
import { MOST_DIALS } from '../target/phone';
import type { TlsSettings } from '../target/tls';
import { tokenFrom, type Tokens, type TokenSource } from '../target/tokens';
import { didYouMean } from '../common/nearest';
import { readWaivers, type Waiver } from '../verdicts/waivers';
import type { ConfigFile } from './config';
import { readYaml } from './load';
import { tlsOf } from './tls';

/** What the flags of a command say; undefined where they say nothing. */
export interface Flags {
  target?: string;
  config?: string;
  tokenFile?: string;
  states?: string;
  callbackHost?: string;
  callbackPort?: string;
  callbackUrl?: string;
  callbackUnchecked?: boolean;
  scenario?: string[];
  gate?: string;
  allowUntested?: boolean;
  waivers?: string;
  report?: string[];
  out?: string;
  timeoutMs?: string;
  quietMs?: string;
  concurrency?: string;
  allowPstn?: boolean;
  dryRun?: boolean;
  /** False with --no-contracts. */
  contracts?: boolean;
  /** Other people's pact files. */
  pact?: string[];
  /** The provider that this service is in them. */
  pactProvider?: string;
  load?: string;
  rate?: string;
}

/** Where a target is, and how to get in. */
export interface Access {
  target: string;
  tokens: Tokens;
  tls?: TlsSettings;
  provisioning: Provisioning;
  invitees: RunSettings['invitees'];
  allowPstn: boolean;
  /** Whether the target ends with the run. */
  disposable?: boolean;
}

/** All that a run's command needs beside the access to its target. */
export interface RunOptions {
  /** Absent: the embedded mock is the target. */
  access?: Access;
  settings: Omit<RunSettings, keyof Access>;
  gate: Level;
  allowUntested: boolean;
  waivers: Waiver[];
  reports: string[];
  out: string;
  /** How many invitations to send, and how many a second, in place of the scenarios. */
  load?: LoadWish;
  /** The name of the provider that this service is in other people's pacts, where it is not the own contract's. */
  pactProvider?: string;
}

/** A whole number out of a flag or a variable. @throws UsageError that names it */
export function whole(value: string | undefined, name: string, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}; it is ${JSON.stringify(value)}`);
}

type Environment = NodeJS.ProcessEnv;

/** A value with the name of the flag, the variable or the key that gave it. */
interface Given {
  value: string;
  name: string;
}

/** The value that comes first in precedence; a variable that is set to nothing is not set. */
function given(flag: Given | undefined, env: Environment, variable: string, key: Given | undefined): Given | undefined {
  const value = env[variable];
  return flag ?? (value === undefined || value === '' ? undefined : { value, name: variable }) ?? key;
}

function named(value: string | undefined, name: string): Given | undefined {
  return value === undefined ? undefined : { value, name };
}

function oneOf<T extends string>(value: string, known: readonly T[], name: string): T {
  const found = known.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new UsageError(`${name}: no ${JSON.stringify(value)}${didYouMean(value, known)} Known: ${known.join(', ')}`);
}

const TOKEN_VARIABLES = {
  valid: 'INVITE_TOKEN',
  withoutPermission: 'INVITE_TOKEN_WITHOUT_PERMISSION',
  delegated: 'INVITE_TOKEN_DELEGATED',
} as const;

async function tokensOf(
  file: ConfigFile,
  flags: Flags,
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<Tokens> {
  const pick = async (name: keyof Tokens): Promise<string | undefined> => {
    if (name === 'valid' && flags.tokenFile !== undefined)
      return tokenFrom({ file: flags.tokenFile }, '--token-file', env, signal);
    const variable = TOKEN_VARIABLES[name];
    const value = env[variable];
    if (value !== undefined && value !== '') return tokenFrom(value, variable, env, signal);
    const source: TokenSource | undefined = file.tokens?.[name];
    return source === undefined ? undefined : tokenFrom(source, `tokens.${name}`, env, signal);
  };
  const tokens: Tokens = {};
  for (const name of ['valid', 'withoutPermission', 'delegated'] as const) {
    const token = await pick(name);
    if (token !== undefined) tokens[name] = token;
  }
  return tokens;
}

function statesOf(file: ConfigFile, flags: Flags, env: Environment): Given | undefined {
  const key = named(file.provisioning?.states, 'provisioning.states');
  return given(named(flags.states, '--states'), env, 'INVITE_STATES', key);
}

function provisioningOf(file: ConfigFile, flags: Flags, env: Environment): Provisioning {
  const states = statesOf(file, flags, env);
  if (states) return { states: urlWithQuery(states.value, states.name) };
  const { provisioning } = file;
  if (provisioning?.calls) return { calls: provisioning.calls };
  if (provisioning?.static) return { static: provisioning.static };
  throw new UsageError(
    'a target needs a way to get calls: --states URL (or INVITE_STATES), or provisioning.states, provisioning.calls or provisioning.static in the config',
  );
}

/** What makes sense with a target alone: to judge the mock instead would tell of something nobody asked for. */
function orphanOf(file: ConfigFile, flags: Flags, env: Environment): string | undefined {
  if (flags.tokenFile !== undefined) return '--token-file';
  return statesOf(file, flags, env)?.name ?? (file.provisioning ? 'provisioning' : file.tls ? 'tls' : undefined);
}

async function accessOf(
  file: ConfigFile,
  flags: Flags,
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<Access | undefined> {
  const target = given(named(flags.target, '--target'), env, 'INVITE_TARGET', named(file.target, 'target'));
  if (target === undefined) {
    const orphan = orphanOf(file, flags, env);
    if (orphan !== undefined)
      throw new UsageError(`${orphan} without a target: name it with --target URL or INVITE_TARGET`);
    return undefined;
  }
  // Before a token is fetched, which may take long.
  const base = baseUrl(target.value, target.name);
  const provisioning = provisioningOf(file, flags, env);
  const urls = [base, 'states' in provisioning ? provisioning.states : ''];
  const tls = await tlsOf(file, env, urls, signal);
  return {
    target: base,
    ...(tls ? { tls } : {}),
    tokens: await tokensOf(file, flags, env, signal),
    provisioning,
    invitees: { ...file.invitees, ...(env['INVITE_PHONE'] ? { phone: env['INVITE_PHONE'] } : {}) },
    allowPstn: flags.allowPstn ?? file.allowPstn ?? false,
  };
}

/** How many invitations a second a load run sends where nothing says so. */
const RATE = 100;

function loadOf(flags: Flags, selected: boolean, access: Access | undefined): LoadWish | undefined {
  const count = whole(flags.load, '--load', 1, 10_000_000);
  const rate = whole(flags.rate, '--rate', 1, 100_000);
  if (count === undefined) {
    if (rate !== undefined) throw new UsageError('--rate without --load: say how many invitations to send');
    return undefined;
  }
  if (selected) throw new UsageError('--load and --scenario: a load run has a scenario of its own; leave one out');
  if (access && 'static' in access.provisioning) {
    throw new UsageError('--load needs calls of its own: provisioning.states or provisioning.calls, not static');
  }
  return { count, rate: rate ?? RATE };
}

/** How many faults of a file are told. */
const MOST_TOLD = 20;

/**
 * Loads and checks a waivers file.
 * @throws UsageError that names each fault
 * @throws Interrupted where the signal comes first
 */
export async function loadWaivers(file: string | undefined, signal?: AbortSignal): Promise<Waiver[]> {
  if (file === undefined) return [];
  const { waivers, problems } = readWaivers(
    await readYaml(file, 'waivers file', signal),
    BEHAVIORS.map(({ id }) => id),
  );
  if (problems.length === 0) return waivers;
  const more = problems.length - MOST_TOLD;
  const told = problems.slice(0, MOST_TOLD).map((problem) => `${file}${problem}`);
  throw new UsageError([...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}

/** Addresses by which a listener is bound to all that a machine has, and by which nobody can reach it. */
const ALL_ADDRESSES = /^(\[?[0:]*:[0:]*\]?|0+(\.0+){0,3}|\*|\[?::ffff:0+(\.0+){3}\]?)$/i;

function callbackOf(file: ConfigFile, flags: Flags, env: Environment): RunSettings['callback'] {
  const key = named(file.callback?.url, 'callback.url');
  const url = given(named(flags.callbackUrl, '--callback-url'), env, 'INVITE_CALLBACK_URL', key);
  const host = flags.callbackHost ?? file.callback?.host ?? '127.0.0.1';
  const port = whole(flags.callbackPort, '--callback-port', 0, 65_535) ?? file.callback?.port ?? 0;
  const unchecked = flags.callbackUnchecked ?? file.callback?.unchecked ?? false;
  if (url === undefined && ALL_ADDRESSES.test(host)) {
    const name = flags.callbackHost === undefined ? 'callback.host' : '--callback-host';
    throw new UsageError(
      `${name} ${host} listens on every address of this machine, and is none that a target can reach: give the URL by which the target reaches the listener, such as --callback-host ${host} --callback-port 8081 --callback-url http://ADDRESS-OF-THIS-MACHINE:8081`,
    );
  }
  return {
    host,
    port,
    ...(url === undefined ? {} : { url: urlWithQuery(url.value, url.name) }),
    ...(unchecked ? { unchecked } : {}),
  };
}

/**
 * Puts flags, environment and config file together, in this order of precedence.
 * @param signal ends what takes long: fetching a token, reading a file
 * @throws UsageError that names the flag, variable, or the file's key at fault
 * @throws Interrupted where the signal comes first
 */
export async function runOptions(
  file: ConfigFile,
  flags: Flags,
  env: Environment,
  scenarios: readonly Scenario[],
  signal?: AbortSignal,
): Promise<RunOptions> {
  const names = scenarios.map(({ name }) => name);
  const chosen = flags.scenario ?? file.scenarios;
  const selected = chosen?.map((name) => oneOf(name, names, flags.scenario ? '--scenario' : 'scenarios'));
  const gate = given(named(flags.gate, '--gate'), env, 'INVITE_GATE', named(file.gate, 'gate'));
  const callback = callbackOf(file, flags, env);
  const access = await accessOf(file, flags, env, signal);
  const providerKey = named(file.pactProvider, 'pactProvider');
  const provider = given(named(flags.pactProvider, '--pact-provider'), env, 'INVITE_PACT_PROVIDER', providerKey);
  if (provider?.value.trim() === '')
    throw new UsageError(`${provider.name} must be the name of a provider; it is empty`);
  const load = loadOf(flags, flags.scenario !== undefined, access);
  // Where a rate is asked for, answers may take a quarter of a second at that rate.
  const concurrency = load ? Math.min(1000, Math.max(32, Math.ceil(load.rate / 4))) : 32;
  return {
    ...(access ? { access } : {}),
    settings: {
      callback,
      capabilities: { pstn: true, replace: true, multiple: true, failure: true, ...file.capabilities },
      timeoutMs: whole(flags.timeoutMs, '--timeout-ms', 1, 600_000) ?? file.timeoutMs ?? 10_000,
      quietMs: whole(flags.quietMs, '--quiet-ms', 0, 60_000) ?? file.quietMs ?? 500,
      concurrency: whole(flags.concurrency, '--concurrency', 1, 1000) ?? file.concurrency ?? concurrency,
      maxDials: file.maxDials ?? MOST_DIALS,
      scenarios,
      ...(selected && !load ? { selected } : {}),
    },
    ...(load ? { load } : {}),
    ...(provider ? { pactProvider: provider.value } : {}),
    gate: gate === undefined ? 'shown' : oneOf(gate.value, LEVELS, gate.name),
    allowUntested: flags.allowUntested ?? file.allowUntested ?? false,
    waivers: await loadWaivers(flags.waivers ?? file.waivers, signal),
    reports: flags.report ?? file.reports ?? ['console'],
    out: flags.out ?? file.out ?? '.invite-conformance',
  };
}
