import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { History } from '../history/events';
import { UsageError } from '../target/errors';
import { nearest } from '../verdicts/nearest';
import type { Result } from '../verdicts/result';
import { badgeReport } from './badge';
import { consoleReport } from './console';
import { ctrfReport } from './ctrf';
import { githubReport } from './github';
import { htmlReport } from './html';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import { sarifReport } from './sarif';

/** What a report is drawn from. */
interface Subject {
  result: Result;
  /** The recorded run, where it is at hand: it shows what came over the wire. */
  history?: History | undefined;
  /** Whether the report goes to a terminal that shows colours. */
  colour: boolean;
}

type Render = (subject: Subject) => string;

/** The formats by their names. */
const FORMATS: ReadonlyMap<string, Render> = new Map<string, Render>([
  ['console', ({ result, colour }) => consoleReport(result, colour)],
  ['json', ({ result }) => `${JSON.stringify(result, null, 2)}\n`],
  ['html', ({ result, history }) => htmlReport(result, history)],
  ['junit', ({ result }) => junitReport(result)],
  ['markdown', ({ result }) => markdownReport(result)],
  ['github', ({ result }) => githubReport(result)],
  ['sarif', ({ result }) => sarifReport(result)],
  ['ctrf', ({ result }) => ctrfReport(result)],
  ['badge', ({ result }) => badgeReport(result)],
]);

/** The names of the formats. */
export const FORMAT_NAMES: readonly string[] = [...FORMATS.keys()];

/** A report that was asked for: a format, and the file that it goes to; none: standard output. */
export interface ReportWish {
  format: string;
  file?: string;
}

/**
 * Reads `FORMAT` or `FORMAT=FILE`.
 * @throws UsageError for a format that is none, and for two reports in one file or two machine formats on standard output
 */
export function readWishes(texts: readonly string[]): ReportWish[] {
  const wishes = texts.map((text): ReportWish => {
    const at = text.indexOf('=');
    const format = at === -1 ? text : text.slice(0, at);
    if (!FORMATS.has(format)) {
      throw new UsageError(
        `--report: no format ${JSON.stringify(format)}; did you mean ${nearest(format, FORMAT_NAMES)}? Known: ${FORMAT_NAMES.join(', ')}`,
      );
    }
    if (at === -1) return { format };
    const file = text.slice(at + 1);
    if (file === '') throw new UsageError(`--report ${text}: names no file`);
    return { format, file };
  });
  const twice = wishes.find(
    ({ file }, i) =>
      file !== undefined && wishes.slice(0, i).some((other) => other.file && resolve(other.file) === resolve(file)),
  );
  if (twice) throw new UsageError(`--report: two reports would both go to ${twice.file}`);
  const toOutput = wishes.filter(({ format, file }) => file === undefined && format !== 'console');
  if (toOutput.length > 1) {
    throw new UsageError(
      `--report: ${toOutput.map(({ format }) => format).join(' and ')} would both go to standard output; give one a file: FORMAT=FILE`,
    );
  }
  return wishes;
}

/** Whether standard output belongs to a machine, so that what people read goes to standard error. */
export function outputIsForMachines(wishes: readonly ReportWish[]): boolean {
  return wishes.some(({ format, file }) => file === undefined && format !== 'console');
}

/**
 * Writes the reports.
 * @param write takes what goes to standard output, and what people read
 * @param history the recorded run that the result was drawn from; without it no report shows the wire
 * @throws UsageError where a file can't be written
 */
export function report(
  result: Result,
  wishes: readonly ReportWish[],
  write: { machine: (text: string) => void; people: (text: string) => void; colour: boolean },
  history?: History,
): void {
  for (const { format, file } of wishes) {
    const render = FORMATS.get(format);
    if (!render) continue;
    if (file === undefined) {
      const text = render({ result, history, colour: format === 'console' && write.colour });
      (format === 'console' ? write.people : write.machine)(text);
    } else {
      writeReport(file, render({ result, history, colour: false }));
    }
  }
}

/** Writes a file and the folders above it. @throws UsageError where that can't be done */
export function writeReport(file: string, content: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`can't write ${file}: ${(error as { code?: string }).code ?? String(error)}`);
  }
}
