/** The median of some numbers. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Formats median and spread for a table: `123 (110 to 140)`. */
export function shown(values, digits = 0) {
  const write = (value) => value.toFixed(digits);
  return `${write(median(values))} (${write(Math.min(...values))} to ${write(Math.max(...values))})`;
}

/**
 * Measures several things in turn, so that changes of the machine's load affect all equally.
 * @param measures functions by name, each returning a number
 * @param repetitions the number of rounds that count; one more precedes them
 * @returns the numbers of each, by the same names
 */
export async function inTurn(measures, repetitions) {
  const taken = Object.fromEntries(Object.keys(measures).map((name) => [name, []]));
  for (let round = 0; round <= repetitions; round += 1) {
    for (const [name, measure] of Object.entries(measures)) {
      const value = await measure();
      if (round > 0) taken[name].push(value);
    }
  }
  return taken;
}

/** The ratios of two series that were measured in turn, pair by pair. */
export function ratios(over, under) {
  return over.map((value, i) => value / under[i]);
}

/** Formats a Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
