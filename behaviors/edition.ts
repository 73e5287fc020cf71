import { DEFAULTS } from '../schemas/options';

/** The known editions of the page, by the dates of their last change, oldest first. */
export const EDITIONS = ['2021-02-16', '2025-07-23'] as const;

/** An edition of the page. */
export type Edition = (typeof EDITIONS)[number];

/** The default edition; also the edition of a history that names none. */
export const EDITION: Edition = DEFAULTS.edition;

/** An edition after the first one. */
export type LaterEdition = Exclude<Edition, (typeof EDITIONS)[0]>;

/** Whether a text names an edition. */
export function isEdition(text: unknown): text is Edition {
  return EDITIONS.some((edition) => edition === text);
}
