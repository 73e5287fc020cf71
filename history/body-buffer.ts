const FIRST_CAPACITY = 1024;

/**
 * The bytes of a body as they arrive, copied into one buffer: chunks of one byte each would take two hundred times as
 * much memory, and each may keep the whole read buffer alive.
 */
export class BodyBuffer {
  #bytes = Buffer.alloc(0);
  #length = 0;
  readonly #most: number;

  /** @param most upper limit of the total size, in bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** @returns the growth in memory, in bytes */
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

  /** Allocated memory, in bytes. */
  get capacity(): number {
    return this.#bytes.length;
  }

  /** All bytes so far. */
  toBuffer(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Frees the memory. */
  clear(): void {
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
  }
}
