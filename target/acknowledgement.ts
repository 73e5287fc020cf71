import type { IncomingMessage, ServerResponse } from 'node:http';

/** The acknowledgement of one delivery: 202, sent once. */
export class Acknowledgement {
  readonly #response: ServerResponse;
  readonly #now: () => number;
  #isDue = false;
  #sentAt: number | undefined;
  #hasSenderLeft = false;

  constructor({ socket }: IncomingMessage, response: ServerResponse, now: () => number) {
    this.#response = response;
    this.#now = now;
    socket.prependListener('end', this.#onSenderEnd);
    response.once('close', () => socket.off('end', this.#onSenderEnd));
  }

  /** From now on it may be sent: the delivery's body was read. */
  due(): void {
    this.#isDue = true;
  }

  /** Its bytes leave now; that they have left is told a little later. */
  send(): void {
    if (this.#response.writableEnded) return;
    this.#sentAt = this.#now();
    this.#response.writeHead(202, { 'Content-Length': '0' }).end();
  }

  /** When it was sent; undefined where the sender was gone, or may have been, before it had left. */
  get takenAt(): number | undefined {
    return this.#response.writableFinished && !this.#hasSenderLeft ? this.#sentAt : undefined;
  }

  /**
   * A sender that ends its side may be gone, or may wait for the acknowledgement: it gets one at once, before node ends
   * this side too, and is not relied on to have taken it.
   */
  readonly #onSenderEnd = (): void => {
    this.#hasSenderLeft = true;
    if (this.#isDue) this.send();
  };
}
