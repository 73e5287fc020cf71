import { bearsSameFacts } from './wording-facts';
import { commonOf, equalsOf, keepingOrder, type IndexPair } from './common-subsequence';
import { unitsOf, type Chunk, type Inventory, type Section, type Unit } from './units';
import { containedIn, hashOf, likenessOf } from './words';

/** A matched unit: the same text in the same place, the same text elsewhere, a rewording, or different content. */
export interface Match {
  now: Unit;
  how: 'stands' | 'moved' | 'reworded' | 'changed';
}

/** The comparison of two states of a page. */
export interface Alignment {
  /** By the old unit. */
  matches: Map<Unit, Match>;
  /** Old units that no longer exist. */
  gone: Unit[];
  /** New units. */
  added: Unit[];
}

/** From this likeness on, two texts of one section are versions of the same text. */
const REWORDED = 0.5;
/** So many words more or less are still a rewording, */
const CLAUSE = 3;
/** or this share of the words, if that is more. */
const LONGER = 0.2;
/** From this likeness on, two texts match in any section. */
const REWORDED_ANYWHERE = 0.75;
/** A sentence of at least so many words is part of a longer one that has this share of them. */
const PART_WORDS = 6;
const PART = 0.9;
/** From this share of equal units on, two sections with different headings match. */
const SAME_SECTION = 0.5;

/** Aligns two states of a page: first sections, then their units, then the remaining units. */
export function align(old: Inventory, now: Inventory): Alignment {
  return new Aligner(old, now).align();
}

class Aligner {
  private readonly matches = new Map<Unit, Match>();
  private readonly taken = new Set<Unit>();
  /** New units with an equal old one. */
  private readonly unchanged = new Set<Unit>();

  constructor(
    private readonly old: Inventory,
    private readonly now: Inventory,
  ) {}

  align(): Alignment {
    const pairs = sectionPairs(this.old.sections, this.now.sections);
    const inPlace = keepingOrder(pairs, ([i]) => sizeOf(this.old.sections[i]));
    for (const pair of pairs) {
      const [before, after] = [this.old.sections[pair[0]], this.now.sections[pair[1]]];
      if (before && after) this.section(before, after, inPlace.has(pair) ? 'stands' : 'moved');
    }
    this.pairEquals(unitsOf(this.old), unitsOf(this.now), 'moved');
    this.pairReworded(this.left(unitsOf(this.old)), this.free(unitsOf(this.now)), REWORDED_ANYWHERE);
    return { matches: this.matches, gone: this.left(unitsOf(this.old)), added: this.free(unitsOf(this.now)) };
  }

  private section(before: Section, after: Section, how: 'stands' | 'moved'): void {
    const [old, now] = [before.chunks, after.chunks];
    const common = commonOf(old.map(digest), now.map(digest));
    const inPlace = new Set(common.map(([i]) => i));
    for (const [i, j] of common) this.pairEquals(old[i]?.units ?? [], now[j]?.units ?? [], how);
    const rest = old.filter((_, i) => !inPlace.has(i));
    const taken = new Set(common.map(([, j]) => j));
    const free = now.filter((_, j) => !taken.has(j));
    for (const [i, j] of equalsOf(rest.map(digest), free.map(digest))) {
      this.pairEquals(rest[i]?.units ?? [], free[j]?.units ?? [], 'moved');
    }
    this.changedSection(before, after, how);
  }

  private changedSection(before: Section, after: Section, how: 'stands' | 'moved'): void {
    const old = this.left(unitsIn(before));
    const now = this.free(unitsIn(after));
    const equal = equalsOf(old.map(hash), now.map(hash));
    // The order of an object's members does not matter; the order of text does.
    const text = equal.filter(([i]) => old[i]?.traces !== '');
    const inOrder = keepingOrder(text, () => 1);
    for (const pair of equal) {
      const [unit, other] = [old[pair[0]], now[pair[1]]];
      if (unit && other) this.match(unit, other, text.includes(pair) && !inOrder.has(pair) ? 'moved' : how);
    }
    const keyed = (unit: Unit): boolean => unit.key !== '';
    for (const unit of this.left(old).filter(keyed)) {
      const other = this.free(now).find(({ kind, key }) => kind === unit.kind && key === unit.key);
      if (other) this.match(unit, other, 'changed');
    }
    this.pairReworded(this.left(old), this.free(now), REWORDED);
    this.pairParts(this.left(old), unitsIn(after));
    for (const kind of ['heading', 'signature'] as const) {
      const [unit, another] = this.left(old).filter((one) => one.kind === kind);
      const [other, third] = this.free(now).filter((one) => one.kind === kind);
      if (unit && other && !another && !third) this.match(unit, other, 'changed');
    }
  }

  private pairEquals(old: readonly Unit[], now: readonly Unit[], how: 'stands' | 'moved'): void {
    const [left, free] = [this.left(old), this.free(now)];
    for (const [i, j] of equalsOf(left.map(hash), free.map(hash))) {
      const [unit, other] = [left[i], free[j]];
      if (unit && other) this.match(unit, other, how);
    }
  }

  /** Pairs reworded texts of one kind, most similar first. */
  private pairReworded(old: readonly Unit[], now: readonly Unit[], least: number): void {
    const candidates: { unit: Unit; other: Unit; likeness: number }[] = [];
    for (const unit of old) {
      for (const other of now) {
        const [a, b] = [unit.traces.length, other.traces.length];
        // Texts of such different lengths cannot reach the likeness.
        if (other.kind !== unit.kind || 2 * Math.min(a, b) < least * (a + b)) continue;
        const likeness = likenessOf(unit.traces, other.traces);
        if (likeness >= least) candidates.push({ unit, other, likeness });
      }
    }
    for (const { unit, other } of candidates.toSorted((a, b) => b.likeness - a.likeness)) {
      if (!this.matches.has(unit) && !this.taken.has(other)) this.match(unit, other, 'changed');
    }
  }

  /** Pairs sentences with the longer sentence that they became part of. */
  private pairParts(old: readonly Unit[], now: readonly Unit[]): void {
    const changed = now.filter((unit) => unit.kind === 'sentence' && !this.unchanged.has(unit));
    for (const unit of old) {
      if (unit.kind !== 'sentence' || unit.traces.length < 2 * PART_WORDS) continue;
      const whole = changed.find(({ traces }) => containedIn(unit.traces, traces) >= PART);
      if (whole) this.match(unit, whole, 'changed');
    }
  }

  private match(unit: Unit, now: Unit, how: Match['how']): void {
    this.matches.set(unit, { now, how: how === 'changed' && isReworded(unit, now) ? 'reworded' : how });
    this.taken.add(now);
    if (how === 'stands' || how === 'moved') this.unchanged.add(now);
  }

  private left(old: readonly Unit[]): Unit[] {
    return old.filter((unit) => !this.matches.has(unit));
  }

  private free(now: readonly Unit[]): Unit[] {
    return now.filter((unit) => !this.taken.has(unit));
  }
}

/** Whether a text is a rewording: most of its words are the same, and so are all its facts (see `factsOf`). */
function isReworded({ facts, traces }: Unit, { traces: others, wording }: Unit): boolean {
  if (facts === undefined || wording === undefined || likenessOf(traces, others) < REWORDED) return false;
  const [before, after] = [traces.length / 2, others.length / 2];
  // A larger difference in length is a gained or lost clause.
  if (Math.abs(before - after) > Math.max(CLAUSE, Math.min(before, after) * LONGER)) return false;
  return bearsSameFacts(facts, traces, wording);
}

function hash(unit: Unit): string {
  return unit.hash;
}

/** The hash of a chunk; for a message it ignores the order of members. */
function digest({ units }: Chunk): string {
  const hashes = units.map(hash);
  return hashOf(...(units.some(({ traces }) => traces !== '') ? hashes : hashes.toSorted()));
}

function unitsIn(section: Section): Unit[] {
  return section.chunks.flatMap(({ units }) => units);
}

function sizeOf(section: Section | undefined): number {
  return section ? unitsIn(section).length : 0;
}

function headingOf(section: Section): string {
  return section.chunks[0]?.units[0]?.hash ?? '';
}

/** Pairs the sections of two pages: by equal content, else by heading, else by most of their content. */
function sectionPairs(old: readonly Section[], now: readonly Section[]): IndexPair[] {
  const pairs: IndexPair[] = [];
  const pairBy = (of: (section: Section) => string): void => {
    const rest = old.flatMap((_, i) => (pairs.some(([other]) => other === i) ? [] : [i]));
    const free = now.flatMap((_, j) => (pairs.some(([, other]) => other === j) ? [] : [j]));
    const hashes = (all: readonly Section[], indexes: number[]): string[] =>
      indexes.map((index) => of(all[index] ?? { chunks: [] }));
    for (const [i, j] of equalsOf(hashes(old, rest), hashes(now, free))) pairs.push([rest[i] ?? 0, free[j] ?? 0]);
  };
  pairBy((section) => hashOf(...section.chunks.map(digest)));
  pairBy(headingOf);
  old.forEach((section, i) => {
    if (pairs.some(([other]) => other === i)) return;
    const hashes = unitsIn(section).map(hash);
    let best: { j: number; share: number } | undefined;
    now.forEach((candidate, j) => {
      if (pairs.some(([, other]) => other === j)) return;
      const others = unitsIn(candidate).map(hash);
      const share = (2 * equalsOf(hashes, others).length) / (hashes.length + others.length || 1);
      if (share >= SAME_SECTION && share > (best?.share ?? 0)) best = { j, share };
    });
    if (best) pairs.push([i, best.j]);
  });
  return pairs;
}
