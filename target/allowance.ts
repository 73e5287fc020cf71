/** What is kept of the deliveries in all, and of those to one call or to paths of no call. */
interface Most {
  deliveries: number;
  /** An estimate of the memory that they take, bytes. */
  weight: number;
}

const MEBIBYTE = 1024 * 1024;
/** How many deliveries are kept in all. */
const MOST_DELIVERIES = 10_000;
const WEIGHT = 32 * MEBIBYTE;
const OF_ONE: Most = { deliveries: 2000, weight: 8 * MEBIBYTE };
/** What one value of a JSON text takes once it is read, bytes. */
export const VALUE_WEIGHT = 64;

/**
 * Bounds what is kept of deliveries, so that no flood fills the memory, and a flood to one callback path displaces nothing
 * that comes to another.
 */
export class Allowance {
  private readonly most: Most;
  private readonly share: Most;
  private readonly all: Most = { deliveries: 0, weight: 0 };
  private readonly each = new Map<string, Most>();

  /**
   * @param deliveries how many are kept in all, where not as many as usual: of a load run, which keeps them in its file and
   *   not in memory, and whose calls may be other machines', so that none has a share
   */
  constructor(deliveries?: number) {
    const usual = deliveries === undefined;
    this.most = usual ? { deliveries: MOST_DELIVERIES, weight: WEIGHT } : { deliveries, weight: Infinity };
    this.share = usual ? OF_ONE : this.most;
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

  private of(key: string): Most {
    const known = this.each.get(key) ?? { deliveries: 0, weight: 0 };
    this.each.set(key, known);
    return known;
  }

  private take(key: string, more: Most): boolean {
    const one = this.of(key);
    const fits = (held: Most, most: Most): boolean =>
      held.deliveries + more.deliveries <= most.deliveries && held.weight + more.weight <= most.weight;
    if (!fits(one, this.share) || !fits(this.all, this.most)) return false;
    for (const held of [one, this.all]) {
      held.deliveries += more.deliveries;
      held.weight += more.weight;
    }
    return true;
  }
}
