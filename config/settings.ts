import { BEHAVIORS } from '../behaviors/catalog';
import { LEVELS, type Level } from '../behaviors/behavior';
import type { LoadWish } from '../history/events';
import type { Provisioning, RunSettings } from '../suites/conduct';
import type { Scenario } from '../suites/scenario';
import { UsageError } from '../target/errors';
import { MOST_DIALS } from '../target/phone';
import { tokenFrom, type Tokens, type TokenSource } from '../target/tokens';
import { nearest } from '../verdicts/nearest';
import { readWaivers, type Waiver } from '../verdicts/waivers';
import type { ConfigFile } from './config';
import { readYaml } from './load';

/** What the flags of a command say; undefined where they say nothing. */
export interface Flags {
  target?: string;
  config?: string;
  tokenFile?: string;
  states?: string;
  callbackHost?: string;
  callbackPort?: string;
  callbackUrl?: string;
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
  load?: string;
  rate?: string;
}

/** Where a target is, and how to get in. */
export interface Access {
  target: string;
  tokens: Tokens;
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
}

/** A whole number out of a flag or a variable. @throws UsageError that names it */
export function whole(value: string | undefined, name: string, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}; it is ${JSON.stringify(value)}`);
}

type Environment = NodeJS.ProcessEnv;

/** A value as it may be shown: what stands before an @ may be a password. */
function shown(value: string): string {
  return value.includes('@') ? 'not shown, as it may hold a password' : JSON.stringify(value);
}

/** A URL as it is used, without a slash at its end. @throws UsageError that names the flag, the variable or the key */
export function urlOf(value: string, name: string): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new UsageError(`${name} must be a URL such as http://localhost:8080/v1.0; it is ${shown(value)}`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${name} must be an http or https URL; it is ${shown(value)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(`${name} must not carry a name or a password: secrets come by environment or file`);
  }
  return value.replace(/\/+$/, '');
}

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
  throw new UsageError(
    `${name}: no ${JSON.stringify(value)}; did you mean ${nearest(value, known)}? Known: ${known.join(', ')}`,
  );
}

const TOKEN_VARIABLES = {
  valid: 'INVITE_TOKEN',
  withoutPermission: 'INVITE_TOKEN_WITHOUT_PERMISSION',
  delegated: 'INVITE_TOKEN_DELEGATED',
} as const;

function tokensOf(file: ConfigFile, flags: Flags, env: Environment): Tokens {
  const pick = (name: keyof Tokens): string | undefined => {
    if (name === 'valid' && flags.tokenFile !== undefined)
      return tokenFrom({ file: flags.tokenFile }, '--token-file', env);
    const variable = TOKEN_VARIABLES[name];
    const value = env[variable];
    if (value !== undefined && value !== '') return tokenFrom(value, variable, env);
    const source: TokenSource | undefined = file.tokens?.[name];
    return source === undefined ? undefined : tokenFrom(source, `tokens.${name}`, env);
  };
  const tokens: Tokens = {};
  for (const name of ['valid', 'withoutPermission', 'delegated'] as const) {
    const token = pick(name);
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
  if (states) return { states: urlOf(states.value, states.name) };
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
  return statesOf(file, flags, env)?.name ?? (file.provisioning ? 'provisioning' : undefined);
}

function accessOf(file: ConfigFile, flags: Flags, env: Environment): Access | undefined {
  const target = given(named(flags.target, '--target'), env, 'INVITE_TARGET', named(file.target, 'target'));
  if (target === undefined) {
    const orphan = orphanOf(file, flags, env);
    if (orphan !== undefined)
      throw new UsageError(`${orphan} without a target: name it with --target URL or INVITE_TARGET`);
    return undefined;
  }
  return {
    target: urlOf(target.value, target.name),
    tokens: tokensOf(file, flags, env),
    provisioning: provisioningOf(file, flags, env),
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

/** Loads and checks a waivers file. @throws UsageError that names each fault */
export function loadWaivers(file: string | undefined): Waiver[] {
  if (file === undefined) return [];
  const { waivers, problems } = readWaivers(
    readYaml(file, 'waivers file'),
    BEHAVIORS.map(({ id }) => id),
  );
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${file}${problem}`).join('\n'));
  return waivers;
}

/**
 * Puts flags, environment and config file together, in this order of precedence.
 * @throws UsageError that names the flag, variable, or the file's key at fault
 */
export function runOptions(
  file: ConfigFile,
  flags: Flags,
  env: Environment,
  scenarios: readonly Scenario[],
): RunOptions {
  const names = scenarios.map(({ name }) => name);
  const chosen = flags.scenario ?? file.scenarios;
  const selected = chosen?.map((name) => oneOf(name, names, flags.scenario ? '--scenario' : 'scenarios'));
  const url = given(
    named(flags.callbackUrl, '--callback-url'),
    env,
    'INVITE_CALLBACK_URL',
    named(file.callback?.url, 'callback.url'),
  );
  const gate = given(named(flags.gate, '--gate'), env, 'INVITE_GATE', named(file.gate, 'gate'));
  const access = accessOf(file, flags, env);
  const load = loadOf(flags, flags.scenario !== undefined, access);
  // Where a rate is asked for, answers may take a quarter of a second at that rate.
  const concurrency = load ? Math.min(1000, Math.max(32, Math.ceil(load.rate / 4))) : 32;
  const host = flags.callbackHost ?? file.callback?.host ?? '127.0.0.1';
  const port = whole(flags.callbackPort, '--callback-port', 0, 65_535) ?? file.callback?.port ?? 0;
  return {
    ...(access ? { access } : {}),
    settings: {
      callback: url === undefined ? { host, port } : { host, port, url: urlOf(url.value, url.name) },
      capabilities: { pstn: true, replace: true, multiple: true, failure: true, ...file.capabilities },
      timeoutMs: whole(flags.timeoutMs, '--timeout-ms', 1, 600_000) ?? file.timeoutMs ?? 10_000,
      quietMs: whole(flags.quietMs, '--quiet-ms', 0, 60_000) ?? file.quietMs ?? 500,
      concurrency: whole(flags.concurrency, '--concurrency', 1, 1000) ?? file.concurrency ?? concurrency,
      maxDials: file.maxDials ?? MOST_DIALS,
      scenarios,
      ...(selected && !load ? { selected } : {}),
    },
    ...(load ? { load } : {}),
    gate: gate === undefined ? 'shown' : oneOf(gate.value, LEVELS, gate.name),
    allowUntested: flags.allowUntested ?? file.allowUntested ?? false,
    waivers: loadWaivers(flags.waivers ?? file.waivers),
    reports: flags.report ?? file.reports ?? ['console'],
    out: flags.out ?? file.out ?? '.invite-conformance',
  };
}
