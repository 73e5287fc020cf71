import type { Run } from '../history/run-view';
import type { DeliveryFactId, FactId } from './facts';
import type { AttemptRef, Deviation } from './finding';
import type { Need } from './needs';
import type { Level, Source } from './record';
import type { Unrecorded } from './recorded-traffic/limits';

export { LEVELS, type Level, type Source } from './record';

/** The id of a fact: of an invitation, of a delivery, or of all operations of a run together. */
export type AnyFactId = FactId | DeliveryFactId | 'response.operation-id-unique';

/** A deviation with its fact and attempt, as data. */
export interface Finding extends Deviation {
  fact: AnyFactId;
  attempt: AttemptRef;
  /** In a merged result: the name of the result that it comes from; event numbers are those of its history. */
  of?: string;
}

/** Why one attempt could not check a behaviour. */
export interface Unjudged {
  /** The missing evidence; `general`: plain invitations deviate too, so it is another behaviour's finding. */
  lacks: Need | 'general' | 'otherOperation' | 'delivery' | 'orderProof' | Unrecorded;
  /** True if the evidence speaks against the behaviour without proving it: then other attempts cannot make it pass. */
  against?: true;
  /** Behaviours whose failure would explain it, most likely first. */
  restsOn: readonly string[];
  attempt: AttemptRef;
  /** Numbers of the events with the evidence. */
  events: number[];
}

/** The outcome of one attempt at a behaviour. */
export type Outcome =
  | { verdict: 'passed'; attempt: AttemptRef }
  | { verdict: 'failed'; finding: Finding }
  | { verdict: 'untested'; unjudged: Unjudged };

/** A pure function from a run to the outcome of each attempt. */
export type Judge = (run: Run) => Outcome[];

/** One documented behaviour, with the judge made from its record. */
export interface Behavior<Id extends string = string> {
  id: Id;
  level: Level;
  /** The requirement, in our words. */
  statement: string;
  source: Source;
  facts: readonly AnyFactId[];
  /** Behaviours that this one relies on: if they fail, it is untested because of them. */
  restsOn: readonly Id[];
  judge: Judge;
  /** For behaviours of a whole run: creates a judge that takes the run in consecutive parts. */
  judgeParts?: () => Judge;
}
