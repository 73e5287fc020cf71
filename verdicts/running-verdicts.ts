import type { Behavior, Finding } from '../behaviors/behavior';
import { catalogOf, type Catalog } from '../behaviors/catalog';
import type { Body, HistoryEvent, MissingRecord } from '../history/events';
import type { CallPart } from '../history/call-parts';
import { beginning } from '../history/values';
import { nothingSent, notProvided, untestedAmong, type Untested } from './untested-reason';
import type { Counts, JudgedBehavior } from './judged-behavior';
import { MAX_FINDINGS, outcomesOf, recordOf } from './verdict';
import { resolveWaitsFor } from './waits-for';

interface Row {
  behavior: Behavior;
  judge: Behavior['judge'];
  counts: Counts;
  /** The first findings; the rest are only counted. */
  findings: Finding[];
  /** The first of each reason; the rest are only counted. */
  untested: Map<string, Untested>;
}

/** How much of the events' bodies to keep as evidence, in characters; beyond that, only the beginning of each body. */
const MAX_EVIDENCE_CHARACTERS = 8 * 1024 * 1024;
const BEGINNING = 4 * 1024;

function bodyOf(event: HistoryEvent): Body | undefined {
  if (event.kind === 'delivery') return event.body;
  return event.kind === 'exchange' ? event.response?.body : undefined;
}

/** An event whose long body is cut to its beginning. */
function shortened(event: HistoryEvent): HistoryEvent {
  const whole = bodyOf(event);
  if (!whole || whole.content.length <= BEGINNING) return event;
  const body = { ...whole, content: beginning(whole.content, BEGINNING), truncated: true };
  if (event.kind === 'delivery') return { ...event, body };
  return event.kind === 'exchange' && event.response ? { ...event, response: { ...event.response, body } } : event;
}

/**
 * Judges a run in consecutive parts with the behaviours' own judges. Of each part it keeps only counts, the first
 * findings of each behaviour, and their events.
 */
export class RunningVerdicts {
  readonly #rows: Row[];
  readonly #missing: MissingRecord[] = [];
  readonly #evidence = new Map<number, HistoryEvent>();
  readonly #catalog: Catalog;
  #kept = 0;

  /** @param tries the ids of the behaviours that the run tries */
  constructor(tries: readonly string[], catalog: Catalog = catalogOf()) {
    this.#catalog = catalog;
    this.#rows = catalog.behaviors
      .filter(({ id }) => tries.includes(id))
      .map((behavior) => ({
        behavior,
        judge: behavior.judgeParts?.() ?? behavior.judge,
        counts: { passed: 0, failed: 0, untested: 0 },
        findings: [],
        untested: new Map(),
      }));
  }

  /** The events of the parts with the kept findings. */
  get evidence(): HistoryEvent[] {
    return [...this.#evidence.values()].toSorted((a, b) => a.n - b.n);
  }

  addPart({ run, events }: CallPart): void {
    let shows = false;
    for (const row of this.#rows) shows = this.#judge(row, run) || shows;
    if (!shows) return;
    for (const event of events) {
      if (this.#evidence.has(event.n)) continue;
      const kept = this.#kept > MAX_EVIDENCE_CHARACTERS ? shortened(event) : event;
      this.#kept += bodyOf(kept)?.content.length ?? 0;
      this.#evidence.set(event.n, kept);
    }
  }

  /** Adds an attempt that could not be made: its behaviours are untested. */
  addMissing(missing: MissingRecord): void {
    this.#missing.push(missing);
  }

  /** @returns whether a finding was kept */
  #judge(row: Row, run: CallPart['run']): boolean {
    const { outcomes, internal } = outcomesOf(row.judge, run);
    const untested = [...(internal ? [internal] : []), ...untestedAmong(outcomes)];
    for (const one of untested) row.untested.set(keyOf(one), row.untested.get(keyOf(one)) ?? one);
    row.counts.untested += untested.length;
    let kept = false;
    for (const outcome of outcomes) {
      if (outcome.verdict === 'untested') continue;
      row.counts[outcome.verdict] += 1;
      if (outcome.verdict !== 'failed' || row.findings.length >= MAX_FINDINGS) continue;
      row.findings.push(outcome.finding);
      kept = true;
    }
    return kept;
  }

  /** The verdict on each behaviour of the catalogue; behaviours that the run does not try do not count. */
  judged(): JudgedBehavior[] {
    const rows = new Map(this.#rows.map((row) => [row.behavior.id, row]));
    const all = this.#catalog.behaviors.map((behavior) => {
      const row = rows.get(behavior.id);
      return row ? this.#judgedRow(row) : notTried(behavior);
    });
    return resolveWaitsFor(all, this.#catalog);
  }

  #judgedRow({ behavior, counts, findings, untested }: Row): JudgedBehavior {
    const { id } = behavior;
    const missing = this.#missing.filter(({ tries }) => tries.includes(id));
    const reasons = [...missing.map(notProvided), ...untested.values()];
    // All invitations must be judged: if some were not sent, the others are not enough.
    const verdict = counts.failed > 0 ? 'failed' : missing.length > 0 || counts.passed === 0 ? 'untested' : 'passed';
    if (verdict === 'untested' && reasons.length === 0) reasons.push(nothingSent(behavior.restsOn));
    const internal = reasons.some(({ reason }) => reason.why === 'internal');
    return {
      ...recordOf(behavior),
      verdict,
      scenarios: ['load'],
      attempts: counts,
      findings,
      untested: reasons,
      notSelected: false,
      environment: verdict === 'untested' && missing.some(({ cause }) => cause === 'environment'),
      waits: reasons.map(({ restsOn }) => [...restsOn]),
      ...(internal ? { internal: true } : {}),
    };
  }
}

/** A key that is equal for reasons that differ only in the attempt. */
function keyOf({ reason, restsOn }: Untested): string {
  return JSON.stringify([reason, restsOn]);
}

function notTried(behavior: Behavior): JudgedBehavior {
  return {
    ...recordOf(behavior),
    verdict: 'notSelected',
    scenarios: [],
    attempts: { passed: 0, failed: 0, untested: 0 },
    findings: [],
    untested: [],
    notSelected: true,
    environment: false,
    waits: [],
  };
}
