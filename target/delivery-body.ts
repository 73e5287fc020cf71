import type { IncomingMessage } from 'node:http';
import { bodyOf, headerPairs } from '../history/body';
import { BodyBuffer } from '../history/body-buffer';
import type { Body, Headers } from '../history/events';
import { bodyMemory, headersMemory } from '../history/memory-estimate';
import type { DeliveryRoom } from './delivery-quota';

/** The longest delivery body that is kept, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Collects the headers and body of one delivery, within the room of the quota. */
export class DeliveryBody {
  readonly headers: Headers;
  readonly #buffer = new BodyBuffer(MAX_BODY_BYTES);
  readonly #room: DeliveryRoom;
  #total = 0;

  constructor(request: IncomingMessage, room: DeliveryRoom) {
    this.headers = headerPairs(request.rawHeaders);
    this.#room = room;
    // The path is a slice of the whole URL and keeps it in memory.
    this.#take(headersMemory(this.headers) + (request.url ?? '').length);
    request.on('data', (chunk: Buffer) => {
      const part = chunk.subarray(0, Math.max(MAX_BODY_BYTES - this.#total, 0));
      this.#total += chunk.length;
      if (!room.isExceeded && part.length > 0) this.#take(this.#buffer.add(part));
      if (this.#total > MAX_BODY_BYTES * 8) request.destroy();
    });
  }

  /** Returns the received body, and charges the memory of its event. @param cut whether the body ended early */
  toBody(cut: boolean): Body {
    const body = bodyOf(this.#buffer.toBuffer(), this.#total, cut);
    this.#take(bodyMemory(body, this.headers) - this.#buffer.capacity);
    return body;
  }

  /** If the room is exceeded, frees the whole body at once. */
  #take(memory: number): void {
    if (!this.#room.isExceeded && !this.#room.take(memory)) this.#buffer.clear();
  }
}
