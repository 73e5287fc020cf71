import type { History } from '../history/events';
import type { Result } from '../verdicts/result';
import { badgeReport } from './badge';
import { consoleReport, type ReportFiles } from './console';
import { ctrfReport } from './ctrf';
import { githubReport } from './github';
import { htmlReport } from './html';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import { sarifReport } from './sarif';
import type { Format, ReportOption } from './report-options';
import { isOutOfFiles, reasonOf } from '../common/errors';
import { jsonText } from '../common/printable';
import { WriteError, writeReport } from './write';

export { FORMAT_NAMES, isOutputForMachines, readReportOptions, type ReportOption } from './report-options';
export { checkWritable, writeReport } from './write';

/** A report that could not be rendered or written. */
export interface ReportFault {
  message: string;
  /** Whether rendering threw: an internal error. */
  internal: boolean;
}

/** The inputs of a report. */
interface Subject {
  result: Result;
  /** The recorded run, if available: its requests and deliveries are shown. */
  history?: History | undefined;
  /** Whether the report goes to a terminal that shows colours. */
  colour: boolean;
  /** The other files that are written. */
  beside: ReportFiles;
}

type Render = (subject: Subject) => string;

/** The formats by name. */
export const FORMATS: Readonly<Record<Format, Render>> = {
  console: ({ result, colour, beside }) => consoleReport(result, colour, beside),
  json: ({ result }) => `${jsonText(result, 2)}\n`,
  html: ({ result, history }) => htmlReport(result, history),
  junit: ({ result }) => junitReport(result),
  markdown: ({ result }) => markdownReport(result),
  github: ({ result }) => githubReport(result),
  sarif: ({ result }) => sarifReport(result),
  ctrf: ({ result }) => ctrfReport(result),
  badge: ({ result }) => badgeReport(result),
};

/**
 * Writes the reports. An error in one does not prevent the others.
 * @param write receives standard output, and messages for people
 * @param history the recorded run of the result; without it no report shows requests and deliveries
 * @param folder the folder of the run, if it has one
 * @returns the errors
 */
export function report(
  result: Result,
  reports: readonly ReportOption[],
  write: { machine: (text: string) => void; people: (text: string) => void; colour: boolean },
  history?: History,
  folder?: string,
  formats: Readonly<Record<Format, Render>> = FORMATS,
): ReportFault[] {
  return reports.flatMap(({ format, file }): ReportFault[] => {
    try {
      const files = reports.flatMap((other) => (other.file === file ? [] : (other.file ?? [])));
      const beside = { files, ...(folder === undefined ? {} : { folder }) };
      const colour = file === undefined && format === 'console' && write.colour;
      const text = formats[format]({ result, history, colour, beside });
      if (file !== undefined) writeReport(file, text);
      else (format === 'console' ? write.people : write.machine)(text);
      return [];
    } catch (error) {
      if (error instanceof WriteError) return [{ message: error.message, internal: false }];
      if (isOutOfFiles(error))
        return [{ message: `the ${format} report could not be rendered: ${reasonOf(error)}`, internal: false }];
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return [{ message: `the ${format} report could not be rendered: ${why}`, internal: true }];
    }
  });
}
