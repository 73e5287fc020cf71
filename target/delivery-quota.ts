/** What is kept of the deliveries in all, and of those to one call or to paths of no call. */
interface QuotaLimits {
  deliveries: number;
  /** An estimate of the memory that they take, bytes. */
  memory: number;
}

const MEBIBYTE = 1024 * 1024;
/** How many deliveries are kept in all. */
const MAX_DELIVERIES = 10_000;
/** What is kept is read twice, by who waits for it and by the judges, and takes several times as much while it is taken in. */
const MAX_MEMORY = 16 * MEBIBYTE;
const ONE_CALL_SHARE: QuotaLimits = { deliveries: 2000, memory: 4 * MEBIBYTE };
/** Where calls share a callback, all that comes to them comes to the path of none. */
const NO_CALL_SHARE: QuotaLimits = { deliveries: 2000, memory: 8 * MEBIBYTE };

/** The paths of no call. */
const NO_CALL = '';

/**
 * Bounds what is kept of deliveries, so that no flood fills the memory, and a flood to one callback path displaces nothing
 * that comes to another.
 */
export class DeliveryQuota {
  private readonly limits: QuotaLimits;
  private readonly share: QuotaLimits;
  private readonly shareOfNone: QuotaLimits;
  private readonly mayTake: boolean;
  private readonly all: QuotaLimits = { deliveries: 0, memory: 0 };
  private readonly each = new Map<string, QuotaLimits>();
  private readonly recorded = new Map<string, number>();
  private readonly dropped = new Set<string>();

  /**
   * @param deliveries how many are kept in all, where not as many as usual: of a load run, which keeps in memory only those
   *   to calls that are not over, and whose calls may be other machines', so that deliveries to no call have all the room
   */
  constructor(deliveries?: number) {
    this.mayTake = deliveries !== undefined;
    this.limits = { deliveries: deliveries ?? MAX_DELIVERIES, memory: MAX_MEMORY };
    this.share = deliveries === undefined ? ONE_CALL_SHARE : { deliveries, memory: ONE_CALL_SHARE.memory };
    this.shareOfNone = this.mayTake ? this.limits : NO_CALL_SHARE;
  }

  /** Reserves a place for one delivery. @returns false if none is left */
  admit(key: string): boolean {
    return this.take(key, { deliveries: 1, memory: 0 });
  }

  /** Takes room. @param memory bytes @returns false where there is not as much left; then nothing is taken */
  grow(key: string, memory: number): boolean {
    return this.take(key, { deliveries: 0, memory });
  }

  /** Gives room back. @param memory bytes */
  shrink(key: string, memory: number): void {
    this.of(key).memory -= memory;
    this.all.memory -= memory;
  }

  /** A delivery is recorded: its room is given back where nobody keeps it. @param memory the room it has taken, bytes */
  record(key: string, memory: number): void {
    if (!this.mayTake) return;
    if (key === NO_CALL || this.dropped.has(key)) this.shrink(key, memory);
    else this.recorded.set(key, (this.recorded.get(key) ?? 0) + memory);
  }

  /** A call of a load run is over: what came to it is kept no more. */
  endCall(key: string): void {
    if (!this.mayTake || this.dropped.has(key)) return;
    this.dropped.add(key);
    this.shrink(key, this.recorded.get(key) ?? 0);
    this.recorded.delete(key);
  }

  private of(key: string): QuotaLimits {
    const known = this.each.get(key) ?? { deliveries: 0, memory: 0 };
    this.each.set(key, known);
    return known;
  }

  private take(key: string, more: QuotaLimits): boolean {
    const one = this.of(key);
    const fits = (held: QuotaLimits, most: QuotaLimits): boolean =>
      held.deliveries + more.deliveries <= most.deliveries && held.memory + more.memory <= most.memory;
    const share = key === NO_CALL ? this.shareOfNone : this.share;
    if (!fits(one, share) || !fits(this.all, this.limits)) return false;
    for (const held of [one, this.all]) {
      held.deliveries += more.deliveries;
      held.memory += more.memory;
    }
    return true;
  }
}

/** The room that one delivery takes of the quota. */
export class DeliveryRoom {
  readonly #quota: DeliveryQuota;
  readonly #key: string;
  #taken = 0;
  #isExceeded = false;

  /** @param key of the call that it came to; empty where it came to none */
  constructor(quota: DeliveryQuota, key: string) {
    this.#quota = quota;
    this.#key = key;
  }

  /** Whether there was no room for it: it takes none from then on. */
  get isExceeded(): boolean {
    return this.#isExceeded;
  }

  /** Takes room. @param memory bytes @returns false where there is not as much left; then all that it had is given back */
  take(memory: number): boolean {
    if (this.#quota.grow(this.#key, memory)) {
      this.#taken += memory;
      return true;
    }
    this.#isExceeded = true;
    this.#quota.shrink(this.#key, this.#taken);
    return false;
  }

  /** The delivery is recorded. */
  record(): void {
    this.#quota.record(this.#key, this.#taken);
  }
}
