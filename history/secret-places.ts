import { lower } from './secrets';

/** A secret's place in a text, with an exclusive end. */
export type Place = [from: number, until: number];

/**
 * One escaped character of JSON, a URL or HTML; possibly escaped repeatedly, like JSON within JSON. Also a zero byte,
 * which stands between the ASCII characters of UTF-16 and UTF-32.
 */
const ESCAPE = /\\+u([0-9a-f]{4})|\\+([/"\\])|%(?:25)*([0-9a-f]{2})|&#x0*([0-9a-f]{1,4});|&#0*([0-9]{1,5});|\0/gi;
/** The first character of any escape. */
const MAY_ESCAPE = /[\\%&\0]/;
/** The beginning of a cut-off escape. */
const BROKEN_ESCAPE = /(?:(?<!\\)\\+(?:u[0-9a-f]{0,3})?|%(?:25)*[0-9a-f]?|&#?x?[0-9a-f]{0,5})$/i;
/** At a cut, up to so many characters of a secret's beginning are harmless. */
const MIN_CUT_CHARACTERS = 3;

/** A text without escapes and zero bytes, with the original place of each character; undefined if it has none, unless `always` is set. */
function withoutEscapes(text: string, always: boolean): { flat: string; starts: number[] } | undefined {
  if (!always && !MAY_ESCAPE.test(text)) return undefined;
  let flat = '';
  const starts: number[] = [];
  const take = (from: number, to: number): void => {
    flat += text.slice(from, to);
    for (let i = from; i < to; i += 1) starts.push(i);
  };
  let end = 0;
  for (const found of text.matchAll(ESCAPE)) {
    const [whole, json, plain, url, hex, decimal] = found;
    take(end, found.index);
    const code = Number.parseInt(json ?? url ?? hex ?? decimal ?? '', decimal === undefined ? 16 : 10);
    const one = plain ?? (code > 0 ? String.fromCharCode(code) : '');
    flat += one;
    if (one !== '') starts.push(found.index);
    end = found.index + whole.length;
  }
  if (end === 0 && !always) return undefined;
  take(end, text.length);
  starts.push(text.length);
  return { flat, starts };
}

/** The places of the forms in a lower-case text; at a cut, also of a form's beginning at the end of the text. */
function formPlaces(text: string, forms: readonly string[], cut: boolean): Place[] {
  const places: Place[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
      places.push([at, at + form.length]);
    }
    if (!cut) continue;
    for (let length = Math.min(form.length - 1, text.length); length > MIN_CUT_CHARACTERS; length -= 1) {
      if (!text.endsWith(form.slice(0, length))) continue;
      places.push([text.length - length, text.length]);
      break;
    }
  }
  return places;
}

/** The lower-case forms of secrets to search for. */
export class SecretForms {
  readonly #forms: readonly string[];
  /** Forms that contain no other form: a text without these contains no form. */
  readonly #least: readonly string[];
  readonly #shortest: number;

  constructor(forms: readonly string[]) {
    this.#forms = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
    this.#least = this.#forms.filter((form) => !this.#forms.some((other) => other !== form && form.includes(other)));
    this.#shortest = this.#forms.at(-1)?.length ?? Infinity;
  }

  /** Drops the forms that occur in a text. @param text lower case */
  without(text: string): SecretForms {
    if (!this.#mayStandIn(text)) return this;
    return new SecretForms(this.#forms.filter((form) => !text.includes(form)));
  }

  /**
   * The places of secrets in a text, in order; overlapping places are merged. The search ignores case and decodes
   * escapes.
   * @param cut whether the text was cut off, so that it may end with a secret's beginning
   */
  placesIn(text: string, cut: boolean): Place[] {
    if (this.#forms.length === 0 || text === '') return [];
    // Most header names and values are shorter than any secret, and escapes only make a secret longer.
    if (!cut && text.length < this.#shortest) return [];
    const all = this.#placesOf(lower(text), cut);
    const read = withoutEscapes(cut ? text.replace(BROKEN_ESCAPE, '') : text, cut);
    if (read) {
      const { flat, starts } = read;
      for (const [from, until] of this.#placesOf(lower(flat), cut)) {
        const end = cut && until === flat.length ? text.length : (starts[until] ?? text.length);
        all.push([starts[from] ?? text.length, end]);
      }
    }
    const places: Place[] = [];
    for (const [from, until] of all.toSorted((a, b) => a[0] - b[0])) {
      const last = places.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], until);
      else places.push([from, until]);
    }
    return places;
  }

  #mayStandIn(text: string): boolean {
    return text.length >= this.#shortest && this.#least.some((form) => text.includes(form));
  }

  #placesOf(text: string, cut: boolean): Place[] {
    return cut || this.#mayStandIn(text) ? formPlaces(text, this.#forms, cut) : [];
  }
}

/** Replaces the places in a text. */
export function replacePlaces(text: string, places: readonly Place[], by: string): string {
  let result = '';
  let done = 0;
  for (const [from, until] of places) {
    result += text.slice(done, from) + by;
    done = until;
  }
  return result + text.slice(done);
}
