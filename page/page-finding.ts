import type { Lines } from './page';

/** Something that the page's own examples or tables break. */
export interface PageFinding {
  /** The behaviour that an example breaks, `schema NAME`, or the name of a rule about the page as a whole. */
  rule: string;
  /** The example's heading; none with what concerns several. */
  example?: string;
  lines: Lines;
  /** What differs, in one sentence, where the judges found it. */
  says?: string;
  /** What the page, or what it links to, lets one expect. */
  expected: string;
  /** What it shows. */
  seen: string;
  /** The contradiction of the catalogue that this shows; none where it is not in there. */
  contradiction?: string;
}

/** A line as a finding has it. */
export function onLine(line: number): Lines {
  return { first: line, last: line };
}
