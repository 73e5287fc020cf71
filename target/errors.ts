import { SHORTAGE_ADVICE, shortageOf } from '../common/errors';
import { bounded } from '../common/printable';
import type { MissingRecord } from '../history/events';

export { Interrupted, UsageError } from '../common/errors';

/** The layers that must work before the suite can judge, from the bottom up. */
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

/** An error of the environment, not of a behaviour: exit code 4. */
export class EnvironmentError extends Error {
  readonly layer: Layer;
  /** What the user should do. */
  readonly advice: string;
  /** More lines for the report: the last output of a candidate. */
  readonly details: readonly string[];

  constructor(layer: Layer, message: string, advice: string, details: readonly string[] = []) {
    super(bounded(message));
    this.layer = layer;
    this.advice = advice;
    this.details = details;
  }
}

/**
 * An error for a lack of files or ports on this machine, if that explains a failed system call.
 * @param code the error code, such as EMFILE
 */
export function machineShortage(code: string | undefined): EnvironmentError | undefined {
  const lacks = shortageOf(code);
  return lacks === undefined ? undefined : new EnvironmentError('machine', lacks, SHORTAGE_ADVICE);
}

/** Something that an attempt needs could not be provided; the attempt is untested. */
export class NotProvided extends Error {
  readonly reason: MissingRecord['cause'];
  readonly advice: string;

  constructor(reason: MissingRecord['cause'], message: string, advice: string) {
    super(bounded(message));
    this.reason = reason;
    this.advice = advice;
  }
}

/** Handles the rejection of something that an attempt can do without. @throws every error that is not NotProvided */
export function ifNotProvided(error: unknown): undefined {
  if (!(error instanceof NotProvided)) throw error;
  return undefined;
}

/** The error for a missing valid token. @param why what needs it */
export function missingToken(why: string): NotProvided {
  return new NotProvided(
    'unsupported',
    `tokens.valid is not configured; ${why}`,
    "Give an application's token with the call permission, by INVITE_TOKEN, --token-file, or tokens.valid in the config.",
  );
}

/** The advice if the service rejects the valid token. */
export const TOKEN_ADVICE =
  "Check that tokens.valid (INVITE_TOKEN) is an application's token with the call permission, for this service, and has not expired.";

/** Something could not be provided because the service rejected the valid token. */
export class TokenRefused extends NotProvided {
  /** @param message the service's response, and the request */
  constructor(message: string) {
    super('environment', message, TOKEN_ADVICE);
  }
}
