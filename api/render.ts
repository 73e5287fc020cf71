import { UsageError } from '../common/errors';
import { didYouMean } from '../common/nearest-name';
import type { History } from '../history/events';
import { FORMATS } from '../reporters';
import { FORMAT_NAMES, type Format } from '../reporters/report-options';
import type { Result } from '../verdicts/result';

export type { Format } from '../reporters/report-options';

/** The inputs of a report other than the result. */
export interface RenderOptions {
  /** The recorded run; without it no report shows requests and deliveries. */
  history?: History;
  /** Whether the console report has terminal colours. */
  colour?: boolean;
  /** The folder of the run, if the report should name it. */
  folder?: string;
}

/**
 * Renders a report.
 * @returns its text, escaped for terminals and CI systems
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
