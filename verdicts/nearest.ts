/** How many single edits lead from one word to another. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that is nearest to one that is not known, without regard to case. */
export function nearest(word: string, known: readonly string[]): string {
  const ranked = known.map((candidate) => ({ candidate, away: edits(word.toLowerCase(), candidate.toLowerCase()) }));
  return ranked.toSorted((a, b) => a.away - b.away)[0]?.candidate ?? '';
}
