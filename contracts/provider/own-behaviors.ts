/** What every answer, every refusal or every notification shows, whatever it is about. */
const GENERAL = /^(response|refusal|notification)\.|^request\.route$/;

/**
 * Of the behaviours that an interaction covers, those that are its own: they are not tried where it could not be run,
 * while what every answer or notification shows is seen by the others.
 * @returns all of them where none is its own
 */
export function ownBehaviors(covers: readonly string[]): string[] {
  const own = covers.filter((id) => !GENERAL.test(id));
  return own.length > 0 ? own : [...covers];
}
