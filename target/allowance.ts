/** What is kept of the deliveries in all, and of those to one call or to paths of no call. */
interface Most {
  deliveries: number;
  /** An estimate of the memory that they take, bytes. */
  weight: number;
}

const MEBIBYTE = 1024 * 1024;
/** How many deliveries are kept in all. */
const MOST_DELIVERIES = 10_000;
/** What is kept is read twice, by who waits for it and by the judges, and takes several times as much while it is taken in. */
const WEIGHT = 16 * MEBIBYTE;
const OF_ONE: Most = { deliveries: 2000, weight: 4 * MEBIBYTE };
/** Where calls share a callback, all that comes to them comes to the path of none. */
const OF_NONE: Most = { deliveries: 2000, weight: 8 * MEBIBYTE };

/** The paths of no call. */
const NO_CALL = '';

/**
 * Bounds what is kept of deliveries, so that no flood fills the memory, and a flood to one callback path displaces nothing
 * that comes to another.
 */
export class Allowance {
  private readonly most: Most;
  private readonly share: Most;
  private readonly shareOfNone: Most;
  private readonly leaves: boolean;
  private readonly all: Most = { deliveries: 0, weight: 0 };
  private readonly each = new Map<string, Most>();
  private readonly recorded = new Map<string, number>();
  private readonly over = new Set<string>();

  /**
   * @param deliveries how many are kept in all, where not as many as usual: of a load run, which keeps in memory only those
   *   to calls that are not over, and whose calls may be other machines', so that deliveries to no call have all the room
   */
  constructor(deliveries?: number) {
    this.leaves = deliveries !== undefined;
    this.most = { deliveries: deliveries ?? MOST_DELIVERIES, weight: WEIGHT };
    this.share = deliveries === undefined ? OF_ONE : { deliveries, weight: OF_ONE.weight };
    this.shareOfNone = this.leaves ? this.most : OF_NONE;
  }

  /** Takes the place of one delivery. @returns false where there is none left */
  admit(key: string): boolean {
    return this.take(key, { deliveries: 1, weight: 0 });
  }

  /** Takes room. @param weight bytes @returns false where there is not as much left; then nothing is taken */
  grow(key: string, weight: number): boolean {
    return this.take(key, { deliveries: 0, weight });
  }

  /** Gives room back. @param weight bytes */
  shrink(key: string, weight: number): void {
    this.of(key).weight -= weight;
    this.all.weight -= weight;
  }

  /** A delivery is recorded: its room is given back where nobody keeps it. @param weight the room it has taken, bytes */
  record(key: string, weight: number): void {
    if (!this.leaves) return;
    if (key === NO_CALL || this.over.has(key)) this.shrink(key, weight);
    else this.recorded.set(key, (this.recorded.get(key) ?? 0) + weight);
  }

  /** A call of a load run is over: what came to it is kept no more. */
  end(key: string): void {
    if (!this.leaves || this.over.has(key)) return;
    this.over.add(key);
    this.shrink(key, this.recorded.get(key) ?? 0);
    this.recorded.delete(key);
  }

  private of(key: string): Most {
    const known = this.each.get(key) ?? { deliveries: 0, weight: 0 };
    this.each.set(key, known);
    return known;
  }

  private take(key: string, more: Most): boolean {
    const one = this.of(key);
    const fits = (held: Most, most: Most): boolean =>
      held.deliveries + more.deliveries <= most.deliveries && held.weight + more.weight <= most.weight;
    const share = key === NO_CALL ? this.shareOfNone : this.share;
    if (!fits(one, share) || !fits(this.all, this.most)) return false;
    for (const held of [one, this.all]) {
      held.deliveries += more.deliveries;
      held.weight += more.weight;
    }
    return true;
  }
}
