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

/** A report that was asked for and could not be made or written. */
export interface ReportFault {
  message: string;
  /** Whether what draws it threw: an internal error. */
  internal: boolean;
}

/** What a report is drawn from. */
interface Subject {
  result: Result;
  /** The recorded run, where it is at hand: it shows what came over the wire. */
  history?: History | undefined;
  /** Whether the report goes to a terminal that shows colours. */
  colour: boolean;
  /** What is written beside it. */
  beside: ReportFiles;
}

type Render = (subject: Subject) => string;

/** The formats by their names. */
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
 * Writes the reports. One that can't be made or written keeps no other from it.
 * @param write takes what goes to standard output, and what people read
 * @param history the recorded run that the result was drawn from; without it no report shows the wire
 * @param folder the folder that keeps the run, where there is one
 * @returns what went wrong
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
