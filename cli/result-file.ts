import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readText } from '../config/load';
import { UsageError } from '../target/errors';
import { RESULT_SCHEMA, type Result } from '../verdicts/result';

/** Reads a result. @throws UsageError where the file can't be read or holds none */
export function readResult(file: string): Result {
  let content: unknown;
  try {
    content = JSON.parse(readText(file, 'result')) as unknown;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`result ${file} is not JSON`);
  }
  const ajv = new Ajv2020();
  addFormats(ajv);
  const validate = ajv.compile(RESULT_SCHEMA);
  if (validate(content)) return content as Result;
  const [error] = validate.errors ?? [];
  throw new UsageError(`${file} is no result of a run: ${error?.instancePath} ${error?.message}`);
}
