import { checkConfig } from '../config/check-config';
import type { Flags } from '../config/flags';
import { runOptions, type ResolvedOptions } from '../config/run-options';
import type { ConfigFile } from '../schemas/options';
import { serve } from './app';
import type { Options } from './options';
import { readWaivers } from './waivers';

/** The name of the options in messages. */
const NAME = 'options';

/** Passes PEM text on like a variable, because it is not in a file. */
function withText(tls: NonNullable<Options['tls']>): { tls: NonNullable<ConfigFile['tls']>; texts: NodeJS.ProcessEnv } {
  const texts: NodeJS.ProcessEnv = {};
  const source = (name: 'cert' | 'key' | 'ca'): object => {
    const given = tls[name];
    if (typeof given !== 'string') return given === undefined ? {} : { [name]: given };
    const variable = `INVITE_TEXT_OF_${name}`;
    texts[variable] = given;
    return { [name]: { env: variable } };
  };
  const serverName = tls.serverName === undefined ? {} : { serverName: tls.serverName };
  return { tls: { ...source('cert'), ...source('key'), ...source('ca'), ...serverName }, texts };
}

/**
 * Checks and resolves the options of the library; serves an application.
 * @returns the options of the run, and a function that stops serving the application
 * @throws UsageError that names each invalid option, Interrupted
 */
export async function resolveOptions(
  given: Options,
): Promise<{ options: ResolvedOptions; close: () => Promise<void> }> {
  const { target, basePath = '/v1.0', tls, waivers, out, behaviors, contracts, pacts, bail, ...rest } = given;
  const { signal, onProgress: _progress, onHistory: _history, ...config } = rest;
  const app = target === undefined || typeof target === 'string' ? undefined : await serve(target);
  const close = async (): Promise<void> => app?.close();
  try {
    const base = app ? `${app.origin}${basePath}` : (target as string | undefined);
    const secured = tls ? withText(tls) : undefined;
    const states = app && config.provisioning?.states;
    const file = withoutUndefined({
      ...config,
      target: base,
      ...(secured ? { tls: secured.tls } : {}),
      ...(states === undefined ? {} : { provisioning: { states: absolute(states, `${base}/`) } }),
      ...(out === undefined ? {} : { out }),
    });
    const flags: Flags = {
      ...(behaviors ? { behavior: [...behaviors] } : {}),
      ...(contracts === undefined ? {} : { contracts }),
      ...(pacts ? { pact: [...pacts] } : {}),
      ...(bail === undefined ? {} : { bail }),
    };
    const checked = checkConfig(file, NAME);
    // Reads the variables that options name; no variable replaces an option.
    const sources = { ...process.env, ...secured?.texts };
    const options = await runOptions(checked, flags, {}, signal, sources);
    return { options: { ...options, waivers: await readWaivers(waivers ?? [], signal) }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function absolute(path: string, base: string): string {
  return URL.canParse(path, base) ? new URL(path, base).href : path;
}

/** Removes members that are undefined, which a file can't have. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutUndefined(member)]));
}
