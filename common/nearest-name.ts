/**
 * How many single edits lead from one word to another; two neighbours that changed places are one.
 * @param most where there are more, it does not go on counting
 */
function edits(a: string, b: string, most: number): number {
  // Further apart in length than that they need no comparing: a word may be as long as a file.
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

/** Of how many characters one may be wrong in a word that is still taken for a known one. */
const CHARACTERS_AN_EDIT = 3;

/**
 * The known word that one which is not known was probably meant to be, without regard to case.
 * @returns undefined where none is near: at most a third of its characters may differ
 */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  const near = known.flatMap((candidate) => {
    // The last part of an id is often all that is remembered.
    if (candidate.toLowerCase().endsWith(`.${word.toLowerCase()}`)) return [{ candidate, away: 1 }];
    const most = Math.max(1, Math.floor(candidate.length / CHARACTERS_AN_EDIT));
    const away = edits(word.toLowerCase(), candidate.toLowerCase(), most);
    return away > most ? [] : [{ candidate, away }];
  });
  return near.toSorted((a, b) => a.away - b.away)[0]?.candidate;
}

/**
 * A suggestion for a message about a word that is not known.
 * @param as how the known word is written in the message
 * @returns `; did you mean response.location?`, or a full stop where no known word is near
 */
export function didYouMean(word: string, known: readonly string[], as = (found: string): string => found): string {
  const found = nearestName(word, known);
  return found === undefined ? '.' : `; did you mean ${as(found)}?`;
}
