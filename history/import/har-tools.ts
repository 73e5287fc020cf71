import type { RecordedSource } from '../recording';

/** What tools are known to write into HAR files otherwise than HAR 1.2 describes it, told by the name in `log.creator`. */

const TOOLS = [
  ['devProxy', /^dev ?proxy/i],
  ['fiddler', /fiddler/i],
  ['firefox', /^firefox/i],
  ['insomnia', /^insomnia/i],
  ['mitmproxy', /^mitmproxy/i],
  ['playwright', /^playwright/i],
] as const;

/** A tool whose files need to be read, or to be recorded, in a way of their own. */
export type HarTool = (typeof TOOLS)[number][0];

/** So much of a file is looked at for its creator, which mostly stands before the entries; in bytes. */
const HEAD = 64 * 1024;
const CREATOR = /"creator"\s*:\s*\{[^{}]{0,400}?"name"\s*:\s*"([^"\\]{1,80})"/;

/** The tool that wrote a file. @param beginning the first piece of the file */
export function toolOf(kind: RecordedSource['kind'], beginning: Buffer): HarTool | undefined {
  if (kind !== 'har') return undefined;
  const name = CREATOR.exec(beginning.toString('utf8', 0, HEAD))?.[1] ?? '';
  return TOOLS.find(([, pattern]) => pattern.test(name))?.[0];
}

/** The start times are those of the export, not of the requests. */
export const TIMED_AT_EXPORT: ReadonlySet<HarTool | undefined> = new Set<HarTool>(['insomnia']);

/** `wait` begins where the request was sent, and so holds the time in which a connection was made, which is told once more as `connect`. */
export const CONNECTS_WHILE_WAITING: ReadonlySet<HarTool | undefined> = new Set<HarTool>(['mitmproxy']);
