import { readText, MAX_TEXT_BYTES } from '../common/read-file';
import { UsageError } from '../target/errors';
import { secureOptions, TLS_NAMES, type TlsSettings } from '../target/tls';
import type { PemSource } from '../schemas/options';
import type { Resolver } from './resolve-option';

/** PEM text as a variable holds it: some CI systems write the ends of its lines as \n. */
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
 * What the environment, then the config say of TLS to the target, checked.
 * @param urls the URLs that connections are made to
 * @param signal ends the reading of a file
 * @returns undefined where nothing is said
 * @throws UsageError that names the variable or the key at fault, and shows nothing of a private key
 * @throws Interrupted where the signal comes first
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
