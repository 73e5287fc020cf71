import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../target/errors';
import { nearest } from '../verdicts/nearest';
import type { Result } from '../verdicts/result';
import { consoleReport } from './console';

/** Renders a result. @param colour whether it goes to a terminal that shows colours */
type Render = (result: Result, colour: boolean) => string;

/** The formats by their names. */
const FORMATS: Record<string, Render> = {
  console: consoleReport,
  json: (result) => `${JSON.stringify(result, null, 2)}\n`,
};

/** A report that was asked for: a format, and the file that it goes to; none: standard output. */
export interface ReportWish {
  format: string;
  file?: string;
}

/**
 * Reads `FORMAT` or `FORMAT=FILE`.
 * @throws UsageError for a format that is none, and for two machine formats on standard output
 */
export function readWishes(texts: readonly string[]): ReportWish[] {
  const wishes = texts.map((text): ReportWish => {
    const at = text.indexOf('=');
    const format = at === -1 ? text : text.slice(0, at);
    if (!(format in FORMATS)) {
      const known = Object.keys(FORMATS);
      throw new UsageError(
        `--report: no format ${JSON.stringify(format)}; did you mean ${nearest(format, known)}? Known: ${known.join(', ')}`,
      );
    }
    if (at === -1) return { format };
    const file = text.slice(at + 1);
    if (file === '') throw new UsageError(`--report ${text}: names no file`);
    return { format, file };
  });
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
 * @throws UsageError where a file can't be written
 */
export function report(
  result: Result,
  wishes: readonly ReportWish[],
  write: { machine: (text: string) => void; people: (text: string) => void; colour: boolean },
): void {
  for (const { format, file } of wishes) {
    const render = FORMATS[format];
    if (!render) continue;
    if (file === undefined) {
      const text = render(result, format === 'console' && write.colour);
      (format === 'console' ? write.people : write.machine)(text);
    } else {
      writeReport(file, render(result, false));
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
