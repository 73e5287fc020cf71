import { existsSync, readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../target/errors';
import type { ConfigFile } from './config';

const NAMES = ['json', 'yaml', 'yml', 'mjs'].map((ending) => `invite-conformance.config.${ending}`);

/** What an error says in its first line; it may be of another realm, as within Jest, so its class says nothing. */
function why(error: unknown): string {
  const { message } = error as { message?: unknown };
  return (typeof message === 'string' ? message : String(error)).split('\n')[0] ?? '';
}

/** Reads a text file. @throws UsageError that names it */
export function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as { code?: string }).code;
    throw new UsageError(`can't read ${what} ${file}: ${code === 'ENOENT' ? 'there is no such file' : why(error)}`);
  }
}

/** Reads YAML, of which JSON is a part. @throws UsageError that names the file and the place */
export function readYaml(file: string, what: string): unknown {
  const content = readText(file, what);
  try {
    // Loaded here, as the check below: a run without a config needs neither.
    const { parse } = require('yaml') as typeof import('yaml');
    return parse(content) as unknown;
  } catch (error) {
    throw new UsageError(`${what} ${file} can't be read: ${why(error)}`);
  }
}

async function contentOf(file: string): Promise<unknown> {
  if (!['.mjs', '.js', '.cjs'].includes(extname(file))) return readYaml(file, 'config');
  if (!existsSync(file)) throw new UsageError(`can't read config ${file}: there is no such file`);
  try {
    // By a name of its own: inside the call the compiler loses the import that it comes from.
    const { href } = pathToFileURL(resolve(file));
    const module = (await import(href)) as { default?: unknown };
    return module.default;
  } catch (error) {
    throw new UsageError(`config ${file} can't be loaded: ${why(error)}`);
  }
}

/**
 * Loads the config: the file named, or the one that lies in the folder under one of the known names, or none.
 * @throws UsageError where it can't be read or holds what is not allowed
 */
export async function loadConfig(named: string | undefined, folder: string): Promise<ConfigFile> {
  const file = named ?? NAMES.map((name) => resolve(folder, name)).find((path) => existsSync(path));
  if (file === undefined) return {};
  const { checkConfig } = await import('./check.js');
  return checkConfig((await contentOf(file)) ?? {}, file);
}
