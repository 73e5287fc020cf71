/** Algorithms that find common elements of two sequences. */

/** A pair of indexes into two sequences. */
export type IndexPair = [old: number, now: number];

/** The longest common subsequence of two sequences of hashes. */
export function commonOf(old: readonly string[], now: readonly string[]): IndexPair[] {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        old[i] === now[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: IndexPair[] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length;) {
    if (old[i] === now[j]) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Pairs equal elements of two sequences, in order of occurrence, at any position. */
export function equalsOf(old: readonly string[], now: readonly string[]): IndexPair[] {
  const places = new Map<string, { indexes: number[]; next: number }>();
  now.forEach((hash, j) => {
    const known = places.get(hash);
    if (known) known.indexes.push(j);
    else places.set(hash, { indexes: [j], next: 0 });
  });
  return old.flatMap((hash, i): IndexPair[] => {
    const place = places.get(hash);
    const j = place?.indexes[place.next++];
    return j === undefined ? [] : [[i, j]];
  });
}

/** The subset of the pairs with the largest total weight that keeps the order; the other pairs have moved. */
export function keepingOrder(pairs: readonly IndexPair[], weigh: (pair: IndexPair) => number): Set<IndexPair> {
  const sorted = pairs.toSorted((a, b) => a[0] - b[0]);
  const best: { weight: number; before: number }[] = [];
  sorted.forEach((pair, i) => {
    let weight = 0;
    let before = -1;
    for (let k = 0; k < i; k += 1) {
      const chain = best[k];
      if (!chain || (sorted[k]?.[1] ?? 0) >= pair[1] || chain.weight <= weight) continue;
      ({ weight } = chain);
      before = k;
    }
    best.push({ weight: weight + weigh(pair), before });
  });
  const kept = new Set<IndexPair>();
  let at = best.reduce((most, { weight }, i) => (weight > (best[most]?.weight ?? -1) ? i : most), 0);
  while (at !== -1) {
    const pair = sorted[at];
    if (!pair) break;
    kept.add(pair);
    at = best[at]?.before ?? -1;
  }
  return kept;
}
