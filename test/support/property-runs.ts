const TIMES = Number(process.env['PROPERTY_RUNS'] ?? 1);

/**
 * Number of runs of a property. `PROPERTY_RUNS=10 npx jest property` runs each ten times as often.
 * @param least the number of runs by default
 */
export function propertyRuns(least: number): number {
  return Math.round(least * TIMES);
}
