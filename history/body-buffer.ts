const FIRST_CAPACITY = 1024;

/**
 * The bytes of a body as they come, copied together: pieces of one byte each would take two hundred times as much memory,
 * and each of them may hold on to all that was read with it.
 */
export class BodyBuffer {
  #bytes = Buffer.alloc(0);
  #length = 0;
  readonly #most: number;

  /** @param most how many bytes will come at most */
  constructor(most: number) {
    this.#most = most;
  }

  /** @returns by how many bytes it has grown in memory */
  add(piece: Buffer): number {
    const wanted = this.#length + piece.length;
    const before = this.#bytes.length;
    if (wanted > before) {
      const larger = Buffer.allocUnsafeSlow(
        Math.max(wanted, Math.min(this.#most, Math.max(FIRST_CAPACITY, before * 2))),
      );
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length = wanted;
    return this.#bytes.length - before;
  }

  /** How many bytes it takes in memory. */
  get capacity(): number {
    return this.#bytes.length;
  }

  /** All that came. */
  toBuffer(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Lets go of what came. */
  clear(): void {
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
  }
}
