/** The limits for all deliveries, and for those to one call or to paths of no call. */
interface QuotaLimits {
  deliveries: number;
  /** Estimated memory, bytes. */
  memory: number;
}

const MEBIBYTE = 1024 * 1024;
/** The limit for all deliveries. */
const MAX_DELIVERIES = 10_000;
/** Both the watch and the judges parse the kept deliveries, and parsing takes several times this memory. */
const MAX_MEMORY = 16 * MEBIBYTE;
const ONE_CALL_SHARE: QuotaLimits = { deliveries: 2000, memory: 4 * MEBIBYTE };
/** If calls share a callback, all deliveries arrive at a path of no call. */
const NO_CALL_SHARE: QuotaLimits = { deliveries: 2000, memory: 8 * MEBIBYTE };

/** The key of paths of no call. */
const NO_CALL = '';

/**
 * Limits the kept deliveries, so that a flood neither fills the memory nor displaces deliveries to other callback
 * paths.
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
   * @param deliveries overrides the limit for all deliveries, in a load run. A load run keeps only deliveries to calls
   * that are not over; its calls may belong to other machines, so deliveries to no call may use the whole quota.
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

  /** Takes memory. @param memory bytes @returns false, and takes nothing, if not enough is left */
  grow(key: string, memory: number): boolean {
    return this.take(key, { deliveries: 0, memory });
  }

  /** Returns memory. @param memory bytes */
  shrink(key: string, memory: number): void {
    this.of(key).memory -= memory;
    this.all.memory -= memory;
  }

  /** Marks a delivery as recorded, and returns its memory if nothing keeps it. @param memory the delivery's, bytes */
  record(key: string, memory: number): void {
    if (!this.mayTake) return;
    if (key === NO_CALL || this.dropped.has(key)) this.shrink(key, memory);
    else this.recorded.set(key, (this.recorded.get(key) ?? 0) + memory);
  }

  /** Ends a call of a load run: its deliveries are no longer kept. */
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

/** The part of the quota that one delivery uses. */
export class DeliveryRoom {
  readonly #quota: DeliveryQuota;
  readonly #key: string;
  #taken = 0;
  #isExceeded = false;

  /** @param key the key of the call that it arrived at; empty for no call */
  constructor(quota: DeliveryQuota, key: string) {
    this.#quota = quota;
    this.#key = key;
  }

  /** Whether the quota had no room; after that, the delivery takes none. */
  get isExceeded(): boolean {
    return this.#isExceeded;
  }

  /** Takes memory. @param memory bytes @returns false, and returns all memory of the delivery, if not enough is left */
  take(memory: number): boolean {
    if (this.#quota.grow(this.#key, memory)) {
      this.#taken += memory;
      return true;
    }
    this.#isExceeded = true;
    this.#quota.shrink(this.#key, this.#taken);
    return false;
  }

  /** Marks the delivery as recorded. */
  record(): void {
    this.#quota.record(this.#key, this.#taken);
  }
}
