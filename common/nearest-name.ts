/**
 * The number of single edits between two words; swapping two neighbours is one edit.
 * @param most returns Infinity beyond this number
 */
function edits(a: string, b: string, most: number): number {
  // The difference in length is a lower bound; a word may be as long as a file.
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const turned = j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap, turned));
    }
    if (Math.min(...next) > most && Math.min(...row) > most) return Infinity;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** One edit is allowed per so many characters of the known word. */
const CHARACTERS_AN_EDIT = 3;

/**
 * The known word nearest to an unknown one, without regard to case.
 * @returns undefined if more than a third of the characters differ from every known word
 */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  const near = known.flatMap((candidate) => {
    // Users often remember only the last part of an id.
    if (candidate.toLowerCase().endsWith(`.${word.toLowerCase()}`)) return [{ candidate, away: 1 }];
    const most = Math.max(1, Math.floor(candidate.length / CHARACTERS_AN_EDIT));
    const away = edits(word.toLowerCase(), candidate.toLowerCase(), most);
    return away > most ? [] : [{ candidate, away }];
  });
  return near.toSorted((a, b) => a.away - b.away)[0]?.candidate;
}

/**
 * A suggestion for a message about an unknown word.
 * @param as formats the known word
 * @returns `; did you mean response.location?`, or a full stop if no known word is near
 */
export function didYouMean(word: string, known: readonly string[], as = (found: string): string => found): string {
  const found = nearestName(word, known);
  return found === undefined ? '.' : `; did you mean ${as(found)}?`;
}
