import { BEHAVIORS } from '../behaviors/catalog';
import { sourceText, type Behavior, type Outcome } from '../behaviors/behavior';
import type { Body, HistoryEvent, MissingRecord } from '../history/events';
import type { Part } from '../history/parts';
import { beginning } from '../history/values';
import { distinct, settleWaits, waitsOf } from './waits';
import { MOST_FINDINGS, outcomesOf, untestedOutcome, verdictOf, type Judged } from './verdict';

/** How many attempts at a behaviour came to what. */
export interface Counts {
  passed: number;
  failed: number;
  untested: number;
}

interface Row {
  behavior: Behavior;
  judge: Behavior['judge'];
  counts: Counts;
  /** The first outcomes of each kind; the rest are counted. */
  kept: Outcome[];
  /** What its untested outcomes wait for, also those that are not kept; each list once. */
  waits: Map<string, string[]>;
  /** Remarks without the place where they were made, with the first such outcome and how many there are. */
  remarks: Map<string, { first: string; count: number }>;
}

/** How much of the events' bodies is kept as evidence, in characters; of further ones no more than their beginning. */
const MOST_EVIDENCE = 8 * 1024 * 1024;
const BEGINNING = 4 * 1024;
/** How many different remarks of a behaviour are kept. */
const MOST_REMARKS = 5;

function bodyOf(event: HistoryEvent): Body | undefined {
  if (event.kind === 'delivery') return event.body;
  return event.kind === 'exchange' ? event.response?.body : undefined;
}

/** An event with no more than the beginning of a long body. */
function shortened(event: HistoryEvent): HistoryEvent {
  const whole = bodyOf(event);
  if (!whole || whole.content.length <= BEGINNING) return event;
  const body = { ...whole, content: beginning(whole.content, BEGINNING), truncated: true };
  if (event.kind === 'delivery') return { ...event, body };
  return event.kind === 'exchange' && event.response ? { ...event, response: { ...event.response, body } } : event;
}

/**
 * Judges a run that is told in parts, one after the other, with the behaviours' own judges, and keeps of each part no
 * more than its counts: the first few findings of a behaviour stay, with the events that show them.
 */
export class Tally {
  readonly #rows: Row[];
  readonly #missing: MissingRecord[] = [];
  readonly #evidence = new Map<number, HistoryEvent>();
  readonly #all: readonly Behavior[];
  #kept = 0;

  /** @param tries the ids of the behaviours that the run tries */
  constructor(tries: readonly string[], all: readonly Behavior[] = BEHAVIORS) {
    this.#all = all;
    this.#rows = all
      .filter(({ id }) => tries.includes(id))
      .map((behavior) => ({
        behavior,
        judge: behavior.overParts?.() ?? behavior.judge,
        counts: { passed: 0, failed: 0, untested: 0 },
        kept: [],
        waits: new Map(),
        remarks: new Map(),
      }));
  }

  /** The events of the parts that the findings kept are about. */
  get evidence(): HistoryEvent[] {
    return [...this.#evidence.values()].toSorted((a, b) => a.n - b.n);
  }

  take({ run, events }: Part): void {
    let shows = false;
    for (const row of this.#rows) {
      for (const outcome of outcomesOf({ ...row.behavior, judge: row.judge }, run))
        shows = this.#put(row, outcome) || shows;
    }
    if (!shows) return;
    for (const event of events) {
      if (this.#evidence.has(event.n)) continue;
      const kept = this.#kept > MOST_EVIDENCE ? shortened(event) : event;
      this.#kept += bodyOf(kept)?.content.length ?? 0;
      this.#evidence.set(event.n, kept);
    }
  }

  /** Takes note of what could not be tried: it leaves the behaviours that it would have tried untested. */
  lacks(missing: MissingRecord): void {
    this.#missing.push(missing);
  }

  /** @returns whether it is kept as a failure */
  #put(row: Row, outcome: Outcome): boolean {
    const { verdict, remark, waitsFor = [] } = outcome;
    row.counts[verdict] += 1;
    if (remark !== undefined) noted(row.remarks, remark);
    if (verdict === 'untested') row.waits.set(waitsFor.join(), [...waitsFor]);
    if (verdict === 'passed' || row.counts[verdict] > MOST_FINDINGS) return false;
    row.kept.push(outcome);
    return verdict === 'failed';
  }

  /** What the run says of each behaviour of the catalogue; those that it does not try are not counted. */
  judged(): Judged[] {
    const rows = new Map(this.#rows.map((row) => [row.behavior.id, row]));
    const all = this.#all.map((behavior) => {
      const row = rows.get(behavior.id);
      return row ? this.#judgedRow(row) : notTried(behavior);
    });
    return settleWaits(all);
  }

  #judgedRow({ behavior, counts, kept, waits, remarks }: Row): Judged {
    const { id } = behavior;
    const missing = this.#missing.filter(({ tries }) => tries.includes(id));
    const lacking = missing.map((one) =>
      untestedOutcome(id, one.scenario, one.attempt, one.missing, one.hint, [one.n]),
    );
    const outcomes = [...lacking, ...kept];
    // Every one is judged: where some were not sent, the rest does not stand for them.
    const threw = kept.some((outcome) => outcome.internal === true);
    const verdict =
      counts.failed > 0 ? 'failed' : threw || lacking.length > 0 || counts.passed === 0 ? 'untested' : 'passed';
    if (verdictOf(outcomes) === undefined && verdict === 'untested') outcomes.push(nothingCame(behavior));
    return {
      ...about(behavior),
      verdict,
      scenarios: ['load'],
      outcomes: [...outcomes, ...[...remarks.values()].map(remarkOutcome)],
      notSelected: false,
      environment: verdict === 'untested' && missing.some(({ cause }) => cause === 'environment'),
      waits: distinct([...waits.values(), ...waitsOf(outcomes)]),
      counts,
      ...(threw ? { internal: true } : {}),
    };
  }
}

function about({ id, level, statement, source }: Behavior): Pick<Judged, 'id' | 'level' | 'statement' | 'source'> {
  return { id, level, statement, source: sourceText(source) };
}

function notTried(behavior: Behavior): Judged {
  return {
    ...about(behavior),
    verdict: 'notSelected',
    scenarios: [],
    outcomes: [],
    notSelected: true,
    environment: false,
    waits: [],
  };
}

function nothingCame(behavior: Behavior): Outcome {
  const hint = 'Look at what else failed in the same run.';
  return untestedOutcome(behavior.id, 'load', 'calls', 'nothing in this run showed it', hint, []);
}

/** Puts remarks together that differ in nothing but where they were made. */
function noted(remarks: Row['remarks'], remark: string): void {
  const said = remark.slice(remark.lastIndexOf(': ') + 2);
  const known = remarks.get(said);
  if (known) known.count += 1;
  else if (remarks.size < MOST_REMARKS) remarks.set(said, { first: remark, count: 1 });
}

function remarkOutcome({ first, count }: { first: string; count: number }): Outcome {
  const remark = count > 1 ? `${first} (and ${count - 1} more like it)` : first;
  return { verdict: 'passed', scenario: 'load', remark };
}
