/**
 * Begins what tests ask for one after the other a few ahead of them, where most of its time is waiting.
 * @param items in the order in which the tests ask for them
 * @param act what is done with each, once
 * @param count how many are under way at once
 * @returns what tests ask for an item by
 */
export function ahead<I, T>(items: readonly I[], act: (item: I) => Promise<T>, count: number): (item: I) => Promise<T> {
  const begun = new Map<I, Promise<T>>();
  return (item) => {
    const place = items.indexOf(item);
    for (const next of items.slice(place, place + count)) {
      if (begun.has(next)) continue;
      const made = act(next);
      // Its own test tells of it.
      made.catch(() => undefined);
      begun.set(next, made);
    }
    return begun.get(item) ?? act(item);
  };
}
