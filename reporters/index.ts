import type { History } from '../history/events';
import type { Result } from '../verdicts/result';
import { badgeReport } from './badge';
import { consoleReport } from './console';
import { ctrfReport } from './ctrf';
import { githubReport } from './github';
import { htmlReport } from './html';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import { sarifReport } from './sarif';
import type { Format, ReportWish } from './wishes';
import { jsonText } from '../common/printable';
import { writeReport } from './write';

export { FORMAT_NAMES, outputIsForMachines, readWishes, type ReportWish } from './wishes';
export { writeReport } from './write';

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
const FORMATS: Readonly<Record<Format, Render>> = {
  console: ({ result, colour }) => consoleReport(result, colour),
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
    const render = FORMATS[format];
    if (file === undefined) {
      const text = render({ result, history, colour: format === 'console' && write.colour });
      (format === 'console' ? write.people : write.machine)(text);
    } else {
      writeReport(file, render({ result, history, colour: false }));
    }
  }
}
