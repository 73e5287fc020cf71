import type { Readable } from 'node:stream';

/** The bytes of a message, at once when the last ones have arrived; node's own `buffer` takes some more turns. */
export async function bytesOf(message: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
