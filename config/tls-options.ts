import { readText, MAX_TEXT_BYTES } from '../common/read-file';
import { UsageError } from '../target/errors';
import { secureOptions, TLS_NAMES, type TlsSettings } from '../target/tls';
import type { PemSource } from '../schemas/options';
import type { Resolver } from './resolve-option';

/** PEM text from a variable, in which some CI systems write line ends as \n. */
function pemOf(value: string): string {
  return value.includes('\n') ? value : value.replaceAll('\\n', '\n');
}

async function pemFrom(
  source: PemSource,
  key: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<string> {
  if ('file' in source) return readText(source.file, key, { cap: MAX_TEXT_BYTES, signal });
  const value = env[source.env] ?? '';
  if (value === '') throw new UsageError(`${key}: the environment variable ${source.env} is not set`);
  return pemOf(value);
}

/**
 * Reads and checks the TLS settings for the target, from the environment and then the config.
 * @param urls the URLs of connections
 * @param signal ends the reading of a file
 * @returns undefined if there are none
 * @throws UsageError that names the variable or the key, and shows nothing of a private key
 * @throws Interrupted if the signal is aborted first
 */
export async function tlsOf(
  option: Resolver,
  env: NodeJS.ProcessEnv,
  urls: readonly string[],
  signal?: AbortSignal,
): Promise<TlsSettings | undefined> {
  const tls: TlsSettings = {};
  const names = { ...TLS_NAMES };
  for (const name of ['cert', 'key', 'ca'] as const) {
    const given = option(`tls.${name}`);
    if (given === undefined) continue;
    names[name] = given.origin.name;
    tls[name] = await pemFrom(given.value, given.origin.name, env, signal);
  }
  const serverName = option('tls.serverName');
  if (serverName) {
    names.serverName = serverName.origin.name;
    tls.serverName = serverName.value;
  }
  const given = Object.keys(tls) as (keyof TlsSettings)[];
  const [first] = given;
  if (first === undefined) return undefined;
  secureOptions(tls, names);
  if (!urls.some((url) => url.startsWith('https:')))
    throw new UsageError(`${names[first]} needs an https target; the target's URL begins with http:`);
  return tls;
}
