import { isUtf8 } from 'node:buffer';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_PACT_BYTES, readText } from '../../common/read-file';
import { isObject, member, previewText, stringMember } from '../../history/values';
import { UsageError } from '../../target/errors';
import { interactionsToVerify, PROVIDER, type NamedPact } from './pact-file';

/** The maximum total size of all pacts of a verification, in bytes. */
export const PACTS_CAP = 16 * 1024 * 1024;
/** The maximum number of pacts in one folder or URL. */
export const MOST_PACTS = 100;
/** The maximum number of values in a pact: dense JSON takes many times its size in memory. */
const MOST_VALUES = 500_000;

/** The remaining bytes for pacts, over all sources of a verification. */
export class Budget {
  private left = PACTS_CAP;

  /** @throws UsageError if the budget is exceeded */
  take(bytes: number, where: string): void {
    this.left -= bytes;
    if (this.left < 0) throw new UsageError(`${where}: all pacts together are longer than ${PACTS_CAP} bytes`);
  }
}

/** An upper bound for the number of values in JSON text: counts separators and openings, including those in strings. */
function valuesIn(json: string): number {
  let count = 0;
  for (let i = 0; i < json.length; i += 1) {
    const code = json.charCodeAt(i);
    if (code === 0x2c || code === 0x3a || code === 0x5b || code === 0x7b) count += 1;
  }
  return count;
}

/**
 * Parses JSON text.
 * @param where its origin, for messages
 * @throws UsageError if it is not JSON, or contains too many values
 */
function pactJson(json: string, where: string): unknown {
  if (valuesIn(json) > MOST_VALUES) throw new UsageError(`${where} contains more than ${MOST_VALUES} values`);
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Parses a JSON response, and skips a byte order mark.
 * @param where its origin, for messages
 * @throws UsageError if it is not UTF-8, not JSON, or contains too many values
 */
export function jsonOf(bytes: Buffer, where: string): unknown {
  if (!isUtf8(bytes)) throw new UsageError(`${where} is not UTF-8`);
  return pactJson(bytes.toString('utf8').replace(/^\uFEFF/, ''), where);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A file without readable metadata can't be read either; reading reports the error.
    return false;
  }
}

/** The pacts of a folder: its .json files, sorted by name. @throws UsageError */
async function filesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  if (names.length === 0) throw new UsageError(`the folder ${folder} contains no pact: it has no .json file`);
  if (names.length > MOST_PACTS) throw new UsageError(`the folder ${folder} contains more than ${MOST_PACTS} pacts`);
  return names.map((name) => join(folder, name));
}

/**
 * Reads a pact file, or all pact files of a folder, one after the other.
 * @param signal ends it early
 * @throws UsageError that names an unreadable file
 */
export async function readPacts(path: string, budget = new Budget(), signal?: AbortSignal): Promise<NamedPact[]> {
  const pacts: NamedPact[] = [];
  for (const file of (await isFolder(path)) ? await filesOf(path) : [path]) {
    const json = await readText(file, 'the pact file', { cap: MAX_PACT_BYTES, signal });
    budget.take(Buffer.byteLength(json), file);
    pacts.push({ where: file, content: pactJson(json, file) });
  }
  return pacts;
}

/**
 * Checks pacts before anything is sent: each must be valid, with this service as its provider.
 * @param provider the name of this service in them
 * @throws UsageError that names the pact
 */
export function checkPacts(pacts: readonly NamedPact[], provider = PROVIDER): void {
  if (pacts.length === 0) return;
  interactionsToVerify(pacts, false);
  for (const { where, content } of pacts) {
    const named = isObject(content) ? stringMember(member(content, 'provider'), 'name') : undefined;
    if (named === provider) continue;
    const flag = `--pact-provider ${/^[\w.-]+$/.test(named ?? '') ? named : previewText(named)}`;
    throw new UsageError(
      `${where} is a pact with the provider ${previewText(named)}, not with ${previewText(provider)}: if that is this service, pass ${flag}`,
    );
  }
}
