import { UsageError } from '../target/errors';
import type { Alignment } from './align';
import type { Page } from './page';
import { unitsOf, type Inventory } from './units';

/** Front-matter keys of a page's language. */
const LOCALE = /^(?:ms\.)?(?:content)?-?_?(?:locale|lang|language)$/i;
/** Fewer sentences than this are not enough to recognize another language. */
const FEW = 5;
/** At least this share of the sentences is known on any version of a page; */
const KNOWN = 0.15;
/** and at least this one if the titles differ. */
const KNOWN_OF_ANOTHER_TITLE = 0.5;

/**
 * Refuses a page in another language, where every sentence would be gone.
 *
 * @throws UsageError if the front matter names another language
 */
export function refuseLanguage({ frontMatter }: Page): void {
  for (const [name, value] of Object.entries(frontMatter)) {
    if (!LOCALE.test(name) || typeof value !== 'string' || /^en(?:[-_].*)?$|^english\b/i.test(value.trim())) continue;
    const says = `${name}: ${value.slice(0, 40)}`;
    throw new UsageError(`this page is in another language (its front matter says ${says}); compare the English page`);
  }
}

/**
 * Refuses a page that has hardly any sentence of the fingerprinted page.
 *
 * @throws UsageError if it is in another language, or another page
 */
export function refuseAnother(page: Page, old: Inventory, now: Inventory, { matches }: Alignment): void {
  const sentences = unitsOf(old).filter(({ kind }) => kind === 'sentence');
  const known = sentences.filter((unit) => matches.has(unit)).length;
  const samePage = old.title === now.title;
  const values = unitsOf(old).filter(({ kind }) => kind === 'example value');
  const sameValues = values.filter((unit) => matches.get(unit)?.now.hash === unit.hash).length;
  const share = `${known} of the ${sentences.length} sentences of the page that was fingerprinted are on it`;
  if (sentences.length >= FEW && known < KNOWN * sentences.length) {
    const isTranslation = samePage || sameValues > values.length / 2;
    if (isTranslation) {
      throw new UsageError(`this page is in another language, or is another page: ${share}`);
    }
  }
  const least = (samePage ? KNOWN : KNOWN_OF_ANOTHER_TITLE) * sentences.length;
  if (!samePage && (known < least || sentences.length < FEW)) {
    throw new UsageError(`${JSON.stringify(page.title)} is another page than the one that was fingerprinted: ${share}`);
  }
}
