import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { UsageError } from '../common/errors';
import { readText, MAX_TEXT_BYTES } from '../common/read-file';
import type { ConfigFile } from '../schemas/options';
import { importConfig } from './config-module';
import { checkPlain, parseYaml } from './yaml';

const NAMES = ['json', 'yaml', 'yml', 'mjs'].map((ending) => `invite-conformance.config.${ending}`);

/** Endings of files that are neither YAML, which includes JSON, nor modules that every supported Node can load. */
const OTHERS = ['.ts', '.mts', '.cts', '.toml', '.ini', '.env'];

/** The content of a config, and its text if it is not a module. */
async function contentOf(file: string, signal: AbortSignal | undefined): Promise<{ content: unknown; text?: string }> {
  if (OTHERS.includes(extname(file))) {
    throw new UsageError(`config ${file}: a config is a .json, .yaml, .yml or .mjs file, not ${extname(file)}`);
  }
  // Reads a module as text first: the import would block on a named pipe, and report a missing file with a stack trace.
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

/** Names that look like those of a config. */
const SIMILAR = /^\.?invite-?conformance(rc|\.config\.\w+|\.(json5?|ya?ml|toml))$/i;

/**
 * Files in the folder that look like a config, and are not read because no name was given.
 * @param path the config that is read, if any
 * @returns a sentence for each
 */
export function unreadConfigs(path: string | undefined, folder: string): string[] {
  const read = path === undefined ? undefined : basename(path);
  return namesIn(folder)
    .filter((name) => SIMILAR.test(name) && name !== read)
    .map((name) => {
      if (read !== undefined)
        return `the suite does not read ${name}, because it reads ${read}; --config names another`;
      return `the suite does not read ${name}: a config is named ${NAMES.join(' or ')}, or given by --config`;
    });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Reads a config, and checks it against the schema.
 * @throws UsageError if it can't be read or is invalid
 * @throws Interrupted if the signal is aborted first
 */
export async function readConfig(file: string, signal?: AbortSignal): Promise<ConfigFile> {
  const { content, text } = await contentOf(file, signal);
  // import() does not work in Jest's CommonJS.
  const { checkConfig } = require('./check-config') as typeof import('./check-config');
  // A file may be empty, or contain only comments; a module that exports nothing is a mistake.
  return checkConfig(text === undefined ? content : (content ?? {}), file, text);
}
