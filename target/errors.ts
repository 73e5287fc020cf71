import { SHORTAGE_ADVICE, shortageOf } from '../common/errors';
import { bounded } from '../common/printable';
import type { MissingRecord } from '../history/events';

export { Interrupted, UsageError } from '../common/errors';

/** The layers that must hold before anything can be judged, from the bottom up. */
export type Layer =
  | 'machine'
  | 'start'
  | 'resolve'
  | 'connect'
  | 'answer'
  | 'provision'
  | 'callback'
  | 'broker'
  | 'contracts'
  | 'tokens.valid'
  | 'route'
  | 'redirect';

/** The environment, not the behaviours, is at fault: exit code 4. */
export class EnvironmentError extends Error {
  readonly layer: Layer;
  /** What to do about it. */
  readonly advice: string;
  /** What else there is to show, line by line: what a candidate wrote last. */
  readonly details: readonly string[];

  constructor(layer: Layer, message: string, advice: string, details: readonly string[] = []) {
    super(bounded(message));
    this.layer = layer;
    this.advice = advice;
    this.details = details;
  }
}

/**
 * That this machine has run out of files or ports, where that is why a call failed.
 * @param code of the call, such as EMFILE
 */
export function machineShortage(code: string | undefined): EnvironmentError | undefined {
  const lacks = shortageOf(code);
  return lacks === undefined ? undefined : new EnvironmentError('machine', lacks, SHORTAGE_ADVICE);
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

/** That there is no valid token to try something with. @param why what needs it */
export function missingToken(why: string): NotProvided {
  return new NotProvided(
    'unsupported',
    `tokens.valid is not configured; ${why}`,
    "Give an application's token with the call permission, by INVITE_TOKEN, --token-file, or tokens.valid in the config.",
  );
}

/** What to do where the service does not take the valid token. */
export const TOKEN_ADVICE =
  "Check that tokens.valid (INVITE_TOKEN) is an application's token with the call permission, for this service, and has not expired.";

/** Something could not be had as the service refused the valid token. */
export class TokenRefused extends NotProvided {
  /** @param message what the service answered, and to what */
  constructor(message: string) {
    super('environment', message, TOKEN_ADVICE);
  }
}
