import type { HarEntry } from './gateway';

/** Parts of a HAR file that all dialects share. */

type Entry = Record<string, unknown>;

export interface Dialect {
  /** The bytes of a file of these entries. */
  write: (entries: readonly HarEntry[]) => Buffer;
  /** True if it records only the bot's own requests. */
  outgoing?: true;
}

function isIncoming({ request }: HarEntry): boolean {
  return request.postData?.text.includes('resourceUrl') === true;
}

export function file(creator: { name: string; version: string }, entries: readonly Entry[], over: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ log: { version: '1.2', creator, ...over, entries } }, undefined, 2));
}

/** Only the bot's own requests. */
export const outgoing = (entries: readonly HarEntry[]): HarEntry[] => entries.filter((one) => !isIncoming(one));
