import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { History } from '../../history/events';
import { parseHistory } from '../../history/history-file';
import { loadResultOf } from '../../verdicts/load-result';
import { resultOf, type Judging, type Result } from '../../verdicts/result';
import type { Verdict } from '../../verdicts/judged-behavior';

/** Recorded runs against the mock, each with at most one fault or variant, and their verdicts. */

const FOLDER = join(__dirname, '..', 'fixtures', 'histories');
const SUFFIX = '.ndjson.gz';

/** The verdicts on a recorded run; behaviours that are not named passed. */
export interface Golden {
  failed: string[];
  untested: string[];
  notSelected?: string[];
  notApplicable?: string[];
  /** The verdicts of version 0.1, if they were different. */
  in01?: Record<string, Verdict>;
}

/** The stored verdicts, by the name of the recorded run. */
export const GOLDEN = JSON.parse(readFileSync(join(FOLDER, 'verdicts.json'), 'utf8')) as Record<string, Golden>;

/** The names of the recorded runs. */
export function recordedRuns(): string[] {
  return readdirSync(FOLDER).flatMap((file) => (file.endsWith(SUFFIX) ? [file.slice(0, -SUFFIX.length)] : []));
}

const JUDGING: Judging = { gate: 'linked', allowUntested: false, waivers: [], now: 0 };

/** Reads a recorded run. */
export function goldenHistory(name: string): History {
  return parseHistory(gunzipSync(readFileSync(join(FOLDER, `${name}${SUFFIX}`))).toString(), name);
}

/** Judges a recorded run with every behaviour counted. */
export function judgeGolden(name: string): { history: History; result: Result } {
  const history = goldenHistory(name);
  return { history, result: history.header.load ? loadResultOf(history, JUDGING).result : resultOf(history, JUDGING) };
}
