import type { IncomingMessage } from 'node:http';
import { bodyOf, headerPairs } from '../history/body';
import { BodyBuffer } from '../history/body-buffer';
import type { Body, Headers } from '../history/events';
import { bodyMemory, headersMemory } from '../history/memory-estimate';
import type { DeliveryRoom } from './delivery-quota';

/** The longest notification that is kept, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The headers and the body of one delivery as they come, as far as there is room for them. */
export class DeliveryBody {
  readonly headers: Headers;
  readonly #buffer = new BodyBuffer(MAX_BODY_BYTES);
  readonly #room: DeliveryRoom;
  #total = 0;

  constructor(request: IncomingMessage, room: DeliveryRoom) {
    this.headers = headerPairs(request.rawHeaders);
    this.#room = room;
    // The path is cut out of the whole, and holds on to it.
    this.#take(headersMemory(this.headers) + (request.url ?? '').length);
    request.on('data', (chunk: Buffer) => {
      const part = chunk.subarray(0, Math.max(MAX_BODY_BYTES - this.#total, 0));
      this.#total += chunk.length;
      if (!room.isExceeded && part.length > 0) this.#take(this.#buffer.add(part));
      if (this.#total > MAX_BODY_BYTES * 8) request.destroy();
    });
  }

  /** What came of the body; what it takes as an event is taken of the room. @param cut whether it ended before it was whole */
  toBody(cut: boolean): Body {
    const body = bodyOf(this.#buffer.toBuffer(), this.#total, cut);
    this.#take(bodyMemory(body, this.headers) - this.#buffer.capacity);
    return body;
  }

  /** What there is no room for is let go at once, with all that came before it. */
  #take(memory: number): void {
    if (!this.#room.isExceeded && !this.#room.take(memory)) this.#buffer.clear();
  }
}
