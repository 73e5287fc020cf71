import { combineHooks, composeHooks, type Answer, type Hooks, type Occasion } from './hooks';
import type { Attempt, Planned } from './model';
import type { Fault, Variant } from './fault-records';

/** The scope of an injection. */
export interface Scope {
  /** the maximum number of requests that it changes; default: all */
  times?: number | undefined;
  /** id of the only call whose requests it changes; default: any */
  call?: string | undefined;
}

/** A fault or a variant that was injected at run time. */
export interface Injection {
  id: string;
  /** number of requests that it has changed so far */
  readonly used: number;
  /** Removes it; a second call does nothing. */
  remove(): void;
}

/** The visible content of a response. */
const seenOf = (answer: Answer): string => JSON.stringify(answer);

/** The visible content of notifications. */
function seenOfPlan(planned: readonly Planned[]): string {
  return JSON.stringify(planned.map(({ call, ...rest }) => ({ ...rest, call: call.id })));
}

/** Counts the requests that an injection has changed, and limits them to its scope. */
class InjectionUse {
  readonly #scope: Scope;
  readonly #changed = new WeakSet<object>();
  count = 0;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** @param request the attempt, or the occasion of another request */
  happensTo(request: object, callId: string | undefined): boolean {
    if (this.#scope.call !== undefined && this.#scope.call !== callId) return false;
    return this.#changed.has(request) || this.count < (this.#scope.times ?? Infinity);
  }

  changed(request: object): void {
    if (this.#changed.has(request)) return;
    this.#changed.add(request);
    this.count += 1;
  }
}

function requestOf(occasion: Occasion): { request: object; callId: string | undefined } {
  if (occasion.kind === 'other') return { request: occasion, callId: occasion.callId };
  return { request: occasion.attempt, callId: occasion.attempt.callId };
}

/** Limits hooks to a scope, and counts the requests that they change. */
function within(use: InjectionUse, { check, answer, plan }: Partial<Hooks>): Partial<Hooks> {
  const changing = <T>(given: T, occasion: Occasion, seen: (value: T) => string, change: (value: T) => T): T => {
    const { request, callId } = requestOf(occasion);
    if (!use.happensTo(request, callId)) return given;
    const before = seen(given);
    const changed = change(given);
    if (seen(changed) !== before) use.changed(request);
    return changed;
  };
  return {
    ...(check && {
      check(rule, finding, attempt: Attempt) {
        if (!use.happensTo(attempt, attempt.callId)) return finding;
        const found = check(rule, finding, attempt);
        if (found !== finding) use.changed(attempt);
        return found;
      },
    }),
    ...(answer && {
      answer: (given, occasion) => changing(given, occasion, seenOf, (value) => answer(value, occasion)),
    }),
    ...(plan && {
      plan: (planned, occasion) => changing(planned, occasion, seenOfPlan, (value) => plan(value, occasion)),
    }),
  };
}

/** The hooks of one mock: those of its start options, and those injected while it runs. */
export class HookSet implements Hooks {
  readonly #records: readonly (Fault | Variant)[];
  #started: readonly Partial<Hooks>[] = [];
  #injected: readonly Partial<Hooks>[] = [];
  #all: Hooks = composeHooks([]);

  /** @param records the faults and variants of the start options */
  constructor(records: readonly (Fault | Variant)[]) {
    this.#records = records;
    this.reset();
  }

  check: Hooks['check'] = (rule, finding, attempt) => this.#all.check(rule, finding, attempt);
  answer: Hooks['answer'] = (answer, occasion) => this.#all.answer(answer, occasion);
  plan: Hooks['plan'] = (planned, occasion) => this.#all.plan(planned, occasion);

  /** Adds a fault or a variant after the existing ones. */
  inject(record: Fault | Variant, scope: Scope): Injection {
    const use = new InjectionUse(scope);
    const hooks = within(use, record.hooks());
    this.#set([...this.#injected, hooks]);
    return {
      id: record.id,
      get used() {
        return use.count;
      },
      remove: () => this.#set(this.#injected.filter((one) => one !== hooks)),
    };
  }

  /** Removes all injections, and resets the state of the hooks of the start options. */
  reset(): void {
    this.#started = this.#records.map((record) => record.hooks());
    this.#set([]);
  }

  #set(injected: readonly Partial<Hooks>[]): void {
    this.#injected = injected;
    this.#all = combineHooks([...this.#started, ...injected]);
  }
}
