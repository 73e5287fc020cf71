/**
 * Starts work for upcoming tests in advance, because most of its time is waiting.
 * @param items in the order in which the tests request them
 * @param act the work for an item, done once
 * @param count number of items in progress at once
 * @returns a function with which a test requests the result for an item
 */
export function ahead<I, T>(items: readonly I[], act: (item: I) => Promise<T>, count: number): (item: I) => Promise<T> {
  const begun = new Map<I, Promise<T>>();
  return (item) => {
    const place = items.indexOf(item);
    for (const next of items.slice(place, place + count)) {
      if (begun.has(next)) continue;
      const made = act(next);
      // The item's own test reports the error.
      made.catch(() => undefined);
      begun.set(next, made);
    }
    return begun.get(item) ?? act(item);
  };
}
