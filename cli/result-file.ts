import { statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../common/errors';
import { readText, RESULT_CAP } from '../common/files';
import { counts } from '../verdicts/gate';
import { checkerOf } from '../schemas/records';
import { RESULT_SCHEMA, summaryOf, type Result } from '../verdicts/result';

const faultOf = checkerOf(RESULT_SCHEMA);

/** A result of a version that told what was not selected as untested and not counted, told as it is today. */
function current(result: Result): Result {
  const told = result.summary as Partial<Result['summary']>;
  if (told.notSelected !== undefined) return result;
  const behaviors = result.behaviors.map((one) => {
    const leftOut = one.verdict === 'untested' && !one.counted && counts(one.level, result.gate);
    return leftOut ? { ...one, verdict: 'notSelected' as const, findings: [] } : one;
  });
  return { ...result, behaviors, summary: summaryOf(behaviors) };
}

/** Reads JSON. @throws UsageError that names the file where it can't be read */
export async function readJson(file: string, what: string): Promise<unknown> {
  const text = await readText(file, what, { cap: RESULT_CAP });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${what} ${file} is not JSON; it is damaged or was cut off`);
  }
}

/** The file of a result: of a run's folder, the one that it holds. */
function resultIn(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'result.json') : path;
}

/** Reads a result, of a file or of a run's folder. @throws UsageError where it can't be read or is none */
export async function readResult(file: string): Promise<Result> {
  const content = await readJson(resultIn(file), 'result');
  const fault = faultOf(content);
  if (fault === undefined) return current(content as Result);
  throw new UsageError(`${file} is no result of a run: ${fault}`);
}
