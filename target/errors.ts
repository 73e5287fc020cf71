import { bounded } from '../common/printable';
import type { MissingRecord } from '../history/events';

export { Interrupted, UsageError } from '../common/errors';

/** The layers that must hold before anything can be judged, from the bottom up. */
export type Layer = 'resolve' | 'connect' | 'answer' | 'provision' | 'callback' | 'broker' | 'contracts';

/** The surroundings, not the behaviours, are at fault: exit code 4. */
export class EnvironmentError extends Error {
  readonly layer: Layer;
  /** What to do about it. */
  readonly advice: string;

  constructor(layer: Layer, message: string, advice: string) {
    super(bounded(message));
    this.layer = layer;
    this.advice = advice;
  }
}

/** Something that an attempt needs could not be had; the attempt is untested. */
export class NotProvided extends Error {
  readonly reason: MissingRecord['cause'];
  readonly advice: string;

  constructor(reason: MissingRecord['cause'], message: string, advice: string) {
    super(bounded(message));
    this.reason = reason;
    this.advice = advice;
  }
}
