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
    // A sender may send more on its connection before the first is acknowledged: each of them waits for its end.
    socket.setMaxListeners(0);
    socket.prependListener('end', this.#onSenderEnd);
    response.once('close', () => socket.off('end', this.#onSenderEnd));
  }

  /** Allows the acknowledgement: the delivery's body was read. */
  due(): void {
    this.#isDue = true;
  }

  /** Sends the acknowledgement; Node confirms a little later that the bytes have left. */
  send(): void {
    if (this.#response.writableEnded) return;
    this.#sentAt = this.#now();
    this.#response.writeHead(202, { 'Content-Length': '0' }).end();
  }

  /** When the acknowledgement was sent, ms; undefined if the sender had left, or may have left, before that. */
  get takenAt(): number | undefined {
    return this.#response.writableFinished && !this.#hasSenderLeft ? this.#sentAt : undefined;
  }

  /**
   * A sender that half-closes the connection may be gone, or may wait for the acknowledgement. It gets one at once,
   * before Node closes this side too; whether the sender received it stays unknown.
   */
  readonly #onSenderEnd = (): void => {
    this.#hasSenderLeft = true;
    if (this.#isDue) this.send();
  };
}
