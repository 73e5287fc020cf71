import type { Lines } from './page';

/** A contradiction in the page's examples or tables. */
export interface PageFinding {
  /** The behaviour that an example fails, `schema NAME`, or the name of a rule about the whole page. */
  rule: string;
  /** The example's heading; absent if several are concerned. */
  example?: string;
  lines: Lines;
  /** What differs, in one sentence, if a judge found it. */
  says?: string;
  /** The value that the page, or a page that it links to, requires. */
  expected: string;
  /** The value on the page. */
  seen: string;
  /** The contradiction of the catalogue that explains it; absent if there is none. */
  contradiction?: string;
}

/** A single line as the place of a finding. */
export function onLine(line: number): Lines {
  return { first: line, last: line };
}
