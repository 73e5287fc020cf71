import type { Run } from '../history/run-view';
import type { DeliveryFactId, FactId } from './facts';
import type { AttemptRef, Deviation } from './finding';
import type { Need } from './needs';
import type { Level, Source } from './record';
import type { Unrecorded } from './recorded-traffic/limits';

export { LEVELS, type Level, type Source } from './record';

/** The id of a fact: of an invitation, of a delivery, or of a run's operations together. */
export type AnyFactId = FactId | DeliveryFactId | 'response.operation-id-unique';

/** What somebody with a red pipeline needs to know, as data: what differs, where, and in which attempt. */
export interface Finding extends Deviation {
  fact: AnyFactId;
  attempt: AttemptRef;
  /** Of a merged result: the name of the result that it comes from; the numbers of events are those of its history. */
  of?: string;
}

/** Why one attempt does not test a behaviour. */
export interface Unjudged {
  /** What was not shown; `general`: the fact deviates for plain invitations too, which is another behaviour's finding. */
  lacks: Need | 'general' | 'otherOperation' | 'delivery' | Unrecorded;
  /** True where what was seen speaks against the behaviour although it proves nothing: others do not make it pass then. */
  against?: true;
  /** The behaviours that would explain it, the likeliest first. */
  restsOn: readonly string[];
  attempt: AttemptRef;
  /** Numbers of the events that show it. */
  events: number[];
}

/** What one attempt at a behaviour came to. */
export type Outcome =
  | { verdict: 'passed'; attempt: AttemptRef }
  | { verdict: 'failed'; finding: Finding }
  | { verdict: 'untested'; unjudged: Unjudged };

/** A judge is pure: a run's view in, what each attempt came to out. */
export type Judge = (run: Run) => Outcome[];

/** One documented behaviour, with the judge that its record makes. */
export interface Behavior<Id extends string = string> {
  id: Id;
  level: Level;
  /** What must hold, in our words. */
  statement: string;
  source: Source;
  facts: readonly AnyFactId[];
  /** Behaviours without which it cannot be judged: what fails of them is why it is untested. */
  restsOn: readonly Id[];
  judge: Judge;
  /** For what a run shows as a whole alone: makes a judge that takes a run in parts, one after the other. */
  judgeParts?: () => Judge;
}
