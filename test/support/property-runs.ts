const TIMES = Number(process.env['PROPERTY_RUNS'] ?? 1);

/**
 * How often a property is tried. `PROPERTY_RUNS=10 npx jest property` tries each ten times as often.
 * @param least how often it is tried where nothing else is asked for
 */
export function propertyRuns(least: number): number {
  return Math.round(least * TIMES);
}
