import type { RecordedSource } from '../recording';

/** Tools whose HAR files differ from HAR 1.2, recognized by the name in `log.creator`. */

const TOOLS = [
  ['devProxy', /^dev ?proxy/i],
  ['fiddler', /fiddler/i],
  ['firefox', /^firefox/i],
  ['insomnia', /^insomnia/i],
  ['mitmproxy', /^mitmproxy/i],
  ['playwright', /^playwright/i],
] as const;

/** A tool whose files need special treatment, or whose users need special advice. */
export type HarTool = (typeof TOOLS)[number][0];

/** The creator is searched in the beginning of a file, in bytes; it usually precedes the entries. */
const HEAD = 64 * 1024;
const CREATOR = /"creator"\s*:\s*\{[^{}]{0,400}?"name"\s*:\s*"([^"\\]{1,80})"/;

/** The tool that wrote a file. @param beginning the first chunk of the file */
export function toolOf(kind: RecordedSource['kind'], beginning: Buffer): HarTool | undefined {
  if (kind !== 'har') return undefined;
  const name = CREATOR.exec(beginning.toString('utf8', 0, HEAD))?.[1] ?? '';
  return TOOLS.find(([, pattern]) => pattern.test(name))?.[0];
}

/** The start times are those of the export, not of the requests. */
export const TIMED_AT_EXPORT: ReadonlySet<HarTool | undefined> = new Set<HarTool>(['insomnia']);

/** `wait` begins when the request was sent, and therefore includes the connection time, which is repeated in `connect`. */
export const CONNECTS_WHILE_WAITING: ReadonlySet<HarTool | undefined> = new Set<HarTool>(['mitmproxy']);

/** `send` ends when the request was sent and begins with the exchange, so it includes `blocked`, `dns` and `connect`. */
export const SENDS_FROM_THE_START: ReadonlySet<HarTool | undefined> = new Set<HarTool>(['playwright']);
