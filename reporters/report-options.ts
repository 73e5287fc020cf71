import { resolve } from 'node:path';
import { UsageError } from '../target/errors';
import { didYouMean } from '../common/nearest-name';

/** Parses the requested reports. Separate from the renderers, which are loaded only when needed. */

/** The names of the formats. */
export const FORMAT_NAMES = [
  'console',
  'json',
  'html',
  'junit',
  'markdown',
  'github',
  'sarif',
  'ctrf',
  'badge',
] as const;

export type Format = (typeof FORMAT_NAMES)[number];

/** A requested report: a format, and a file; without a file, standard output. */
export interface ReportOption {
  format: Format;
  file?: string;
}

/**
 * Reads `FORMAT` or `FORMAT=FILE`.
 * @param name where they were given, for messages
 * @throws UsageError for an unknown format, and for two reports in one file or two machine formats on standard output
 */
export function readReportOptions(texts: readonly string[], name = '--report'): ReportOption[] {
  const reports = texts.map((text): ReportOption => {
    const at = text.indexOf('=');
    const given = at === -1 ? text : text.slice(0, at);
    const format = FORMAT_NAMES.find((known) => known === given);
    if (!format) {
      throw new UsageError(
        `${name}: no format ${JSON.stringify(given)}${didYouMean(given, FORMAT_NAMES)} Known: ${FORMAT_NAMES.join(', ')}`,
      );
    }
    if (at === -1) return { format };
    const file = text.slice(at + 1);
    if (file === '') throw new UsageError(`${name} ${text}: the file name is empty`);
    return { format, file };
  });
  const twice = reports.find(
    ({ file }, i) =>
      file !== undefined && reports.slice(0, i).some((other) => other.file && resolve(other.file) === resolve(file)),
  );
  if (twice) throw new UsageError(`${name}: two reports have the same file ${twice.file}`);
  const toOutput = reports.filter(({ format, file }) => file === undefined && format !== 'console');
  if (toOutput.length > 1) {
    throw new UsageError(
      `${name}: ${toOutput.map(({ format }) => format).join(' and ')} can't both go to standard output; give one a file: FORMAT=FILE`,
    );
  }
  return reports;
}

/** Whether standard output has a machine-readable report, so that messages for people go to standard error. */
export function isOutputForMachines(reports: readonly ReportOption[]): boolean {
  return reports.some(({ format, file }) => file === undefined && format !== 'console');
}
