import { statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../common/errors';
import { readText, MAX_RESULT_BYTES } from '../common/read-file';
import { placesIn } from '../common/text-positions';
import { isObject } from '../history/values';
import { faultIn } from '../schemas/own-files';
import type { Result } from '../verdicts/result';

const FORMAT = 2;

/** The format of a result; 1 for results of version 0.1, which have no formatVersion. */
function formatOf(content: unknown): unknown {
  if (!isObject(content)) return undefined;
  return Object.hasOwn(content, 'formatVersion')
    ? content['formatVersion']
    : isObject(content['suite'])
      ? 1
      : undefined;
}

/** Says why a result of another format can't be read, and what to do; undefined for this version's format. */
function otherFormat(file: string, content: unknown): string | undefined {
  const format = formatOf(content);
  if (format === 1) {
    return `${file} was written by version 0.1 (formatVersion 1), whose findings are text. Judge its history again with this version: invite-conformance judge RUN_DIR --report json=result.json`;
  }
  return typeof format === 'number' && format > FORMAT
    ? `${file} was written by a later version (formatVersion ${format}); this one reads formatVersion ${FORMAT}`
    : undefined;
}

/** @throws UsageError that names the file */
function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`result ${file} is not JSON; it is damaged or cut off`);
  }
}

/** The path of a result; for a run's folder, its result.json. */
function resultIn(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'result.json') : path;
}

/** Reads a result from a file or a run's folder. @throws UsageError if it can't be read or is not a result */
export async function readResult(file: string): Promise<Result> {
  const text = await readText(resultIn(file), 'result', { cap: MAX_RESULT_BYTES });
  const content = parsed(text, resultIn(file));
  const other = otherFormat(file, content);
  if (other !== undefined) throw new UsageError(other);
  const fault = faultIn('result', content);
  if (fault === undefined) return content as Result;
  const position = placesIn(text)(fault.steps);
  const where = position ? ` (line ${position.line}, column ${position.column})` : '';
  throw new UsageError(`${file} is not the result of a run: ${fault.text}${where}`);
}
