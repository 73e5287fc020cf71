/**
 * Reads the elements of one array in a long JSON document, each as its own text: memory does not grow beyond the
 * longest element.
 */

/** The length of an element, in bytes, that none of a real recording has. */
const LONGEST_ELEMENT = 16 * 1024 * 1024;
/** Deeper than any name on the path to the array. */
const DEEPEST_NAME = 8;
const LONGEST_NAME = 64;

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];

/** The text of an element, or that it was too long. */
export type JsonArrayElement = { text: string } | { tooLong: true };

/** The end of a document. */
export interface End {
  /** Whether the array was found. */
  found: boolean;
  /** Whether the document is incomplete. */
  cutOff: boolean;
}

/** Finds the elements of the array at a path of names while the document arrives in chunks. */
export class JsonArrayReader {
  readonly #path: readonly string[];
  readonly #longest: number;
  #depth = 0;
  /** The current names, by depth. */
  readonly #names: string[] = [];
  #inString = false;
  #escaped = false;
  /** The string being read outside of elements, up to the length of a name. */
  #string = '';
  /** The depth inside the array; undefined outside of it. */
  #array: number | undefined;
  #found = false;
  /** The chunks of the current element; undefined between elements. */
  #pieces: Buffer[] | undefined;
  #length = 0;

  /** @param longest the longest element that is read, in bytes; longer ones are skipped */
  constructor(path: readonly string[], longest = LONGEST_ELEMENT) {
    this.#path = path;
    this.#longest = longest;
  }

  /** Takes the next chunk of the document. */
  *take(piece: Buffer): Generator<JsonArrayElement> {
    let from = 0;
    for (let i = 0; i < piece.length; i += 1) {
      const code = piece[i] ?? 0;
      if (this.#inString) {
        i = this.#withinString(piece, i);
        continue;
      }
      if (code === QUOTE) {
        this.#inString = true;
        this.#string = '';
      } else if (code === BRACE || code === BRACKET) {
        if (this.#depth === this.#array && this.#pieces === undefined) {
          this.#pieces = [];
          this.#length = 0;
          from = i;
        }
        this.#depth += 1;
        if (code === BRACKET && this.#pieces === undefined && this.#isAtPath()) {
          this.#array = this.#depth;
          this.#found = true;
        }
      } else if (code === BRACE_END || code === BRACKET_END) {
        this.#depth -= 1;
        if (this.#pieces !== undefined && this.#depth === this.#array) yield this.#whole(piece.subarray(from, i + 1));
        else if (this.#array !== undefined && this.#depth < this.#array) this.#array = undefined;
      } else if (this.#pieces === undefined && code === COLON && this.#depth <= DEEPEST_NAME) {
        this.#names[this.#depth] = this.#string;
      } else if (this.#pieces === undefined && code === COMMA) this.#names[this.#depth] = '';
    }
    if (this.#pieces !== undefined) this.#keep(piece.subarray(from));
  }

  end(): End {
    return { found: this.#found, cutOff: this.#depth > 0 || this.#inString };
  }

  /** Reads on inside a string. @returns the index of the last byte read */
  #withinString(piece: Buffer, start: number): number {
    for (let i = start; i < piece.length; i += 1) {
      if (this.#escaped) {
        this.#escaped = false;
        continue;
      }
      const code = piece[i];
      if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) {
        this.#inString = false;
        return i;
      } else if (this.#pieces === undefined && this.#string.length < LONGEST_NAME)
        this.#string += String.fromCharCode(code ?? 0);
    }
    return piece.length;
  }

  #isAtPath(): boolean {
    return this.#depth === this.#path.length + 1 && this.#path.every((name, i) => this.#names[i + 1] === name);
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    if (this.#length <= this.#longest) this.#pieces?.push(Buffer.from(part));
    else this.#pieces = [];
  }

  #whole(last: Buffer): JsonArrayElement {
    this.#length += last.length;
    const pieces = this.#pieces ?? [];
    this.#pieces = undefined;
    if (this.#length > this.#longest) return { tooLong: true };
    return { text: (pieces.length === 0 ? last : Buffer.concat([...pieces, last])).toString('utf8') };
  }
}
