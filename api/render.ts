import { UsageError } from '../common/errors';
import { didYouMean } from '../common/nearest-name';
import type { History } from '../history/events';
import { FORMATS } from '../reporters';
import { FORMAT_NAMES, type Format } from '../reporters/report-options';
import type { Result } from '../verdicts/result';

export type { Format } from '../reporters/report-options';

/** What a report is drawn from beside the result. */
export interface RenderOptions {
  /** The recorded run: without it no report shows what came over the wire. */
  history?: History;
  /** Whether the console report has a terminal's colours. */
  colour?: boolean;
  /** The folder that keeps the run, where the report is to name it. */
  folder?: string;
}

/**
 * Draws a report.
 * @returns its text, harmless to a terminal and to CI systems
 * @throws UsageError for an unknown format
 */
export function render(result: Result, format: Format, options: RenderOptions = {}): string {
  if (!FORMAT_NAMES.includes(format)) {
    throw new UsageError(
      `render: no format ${JSON.stringify(format)}${didYouMean(format, FORMAT_NAMES)} Known: ${FORMAT_NAMES.join(', ')}`,
    );
  }
  const { history, colour = false, folder } = options;
  return FORMATS[format]({
    result,
    history,
    colour,
    beside: { files: [], ...(folder === undefined ? {} : { folder }) },
  });
}
