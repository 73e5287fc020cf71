import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { readText, MAX_TEXT_BYTES } from '../common/read-file';
import type { ConfigFile } from '../schemas/options';
import { importConfig } from './config-module';
import { checkPlain, parseYaml } from './yaml';

const NAMES = ['json', 'yaml', 'yml', 'mjs'].map((ending) => `invite-conformance.config.${ending}`);

/**
 * Reads YAML (and JSON, which is a subset).
 * @throws UsageError that names the file and the place
 * @throws Interrupted where the signal comes first
 */
export async function readYaml(file: string, what: string, signal?: AbortSignal): Promise<unknown> {
  return parseYaml(await readText(file, what, { cap: MAX_TEXT_BYTES, signal }), `${what} ${file}`);
}

/** What a config holds, and its text where it is not a module. */
async function contentOf(file: string, signal: AbortSignal | undefined): Promise<{ content: unknown; text?: string }> {
  // A module is read first, too: a loader waits for the other end of a named pipe, and tells a missing file with a stack.
  const text = await readText(file, 'config', { cap: MAX_TEXT_BYTES, signal });
  if (!['.mjs', '.js', '.cjs'].includes(extname(file))) return { content: parseYaml(text, `config ${file}`), text };
  const content = await importConfig(file, signal);
  checkPlain(content, `config ${file}`);
  return { content };
}

/** The given config, or the one in the folder with a known name; undefined if there is none. */
export function findConfig(named: string | undefined, folder: string): string | undefined {
  return named ?? NAMES.map((name) => resolve(folder, name)).find((path) => existsSync(path));
}

/**
 * Reads a config, and holds it against its schema.
 * @throws UsageError where it can't be read or holds what is not allowed
 * @throws Interrupted where the signal comes first
 */
export async function readConfig(file: string, signal?: AbortSignal): Promise<ConfigFile> {
  const { content, text } = await contentOf(file, signal);
  // Not by import(): Jest runs none in CommonJS.
  const { checkConfig } = require('./check-config') as typeof import('./check-config');
  return checkConfig(content ?? {}, file, text);
}

/**
 * Loads the config: the file named, or the one that lies in the folder under one of the known names, or none.
 * @throws UsageError where it can't be read or holds what is not allowed
 * @throws Interrupted where the signal comes first
 */
export async function loadConfig(named: string | undefined, folder: string, signal?: AbortSignal): Promise<ConfigFile> {
  const file = findConfig(named, folder);
  return file === undefined ? {} : readConfig(file, signal);
}
