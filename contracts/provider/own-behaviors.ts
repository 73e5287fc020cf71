/** The behaviours of every response, refusal or notification. */
const GENERAL = /^(response|refusal|notification)\.|^request\.route$/;

/**
 * The behaviours of an interaction that are specific to it: they are untested if it could not run, while other
 * interactions show the general ones.
 * @returns all of them if none is specific
 */
export function ownBehaviors(covers: readonly string[]): string[] {
  const own = covers.filter((id) => !GENERAL.test(id));
  return own.length > 0 ? own : [...covers];
}
