import { lower } from './secrets';

/** Where a secret stands in a text: from the first character to behind the last. */
export type Place = [from: number, until: number];

/** One character written as an escape: of JSON, of a URL, of HTML; escaped again, maybe, as JSON within JSON is. */
const ESCAPE = /\\+u([0-9a-f]{4})|\\+([/"\\])|%(?:25)*([0-9a-f]{2})|&#x0*([0-9a-f]{1,4});|&#0*([0-9]{1,5});/gi;
/** What every escape begins with. */
const MAY_ESCAPE = /[\\%&]/;
/** The beginning of an escape that was cut off. */
const BROKEN_ESCAPE = /(?:\\+(?:u[0-9a-f]{0,3})?|%(?:25)*[0-9a-f]?|&#?x?[0-9a-f]{0,5})$/i;
/** At a cut, so many characters of a secret's beginning tell nothing yet. */
const MIN_CUT_CHARACTERS = 3;

/** A text with its escapes read, and where in the text each of its characters begins; nothing where it has none, unless asked for always. */
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
    flat += plain ?? String.fromCharCode(code);
    starts.push(found.index);
    end = found.index + whole.length;
  }
  if (end === 0 && !always) return undefined;
  take(end, text.length);
  starts.push(text.length);
  return { flat, starts };
}

/** Where the forms stand in a text in lower case; with a cut, also where the text ends within one. */
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

/** The forms in which secrets are looked for, in lower case. */
export class SecretForms {
  readonly #forms: readonly string[];
  /** Those that hold no other: a text in which none of them stands holds none at all. */
  readonly #least: readonly string[];
  readonly #shortest: number;

  constructor(forms: readonly string[]) {
    this.#forms = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
    this.#least = this.#forms.filter((form) => !this.#forms.some((other) => other !== form && form.includes(other)));
    this.#shortest = this.#forms.at(-1)?.length ?? Infinity;
  }

  /** Those that do not stand in a text. @param text in lower case */
  without(text: string): SecretForms {
    if (!this.#mayStandIn(text)) return this;
    return new SecretForms(this.#forms.filter((form) => !text.includes(form)));
  }

  /**
   * Where secrets stand in a text, from first to last; what overlaps is one place. Letters are compared without case, and
   * characters that are written as escapes count as what they stand for.
   * @param cut whether the text was cut off at its end, where the beginning of a secret may stand then
   */
  placesIn(text: string, cut: boolean): Place[] {
    if (this.#forms.length === 0 || text === '') return [];
    // Most names and values of headers are shorter than any secret, which escapes do not make longer.
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

/** A text with something else in place of each of the places. */
export function replacePlaces(text: string, places: readonly Place[], by: string): string {
  let result = '';
  let done = 0;
  for (const [from, until] of places) {
    result += text.slice(done, from) + by;
    done = until;
  }
  return result + text.slice(done);
}
