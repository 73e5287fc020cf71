import type { Attempt, Call, Invitation, Pieces, Planned, ResultInfo } from './model';
import type { Refusal } from './errors';
import type { Json } from './json';

/** The checks of an invitation, in the order in which they are applied. */
export type RuleName =
  | 'authentication'
  | 'authorization'
  | 'call'
  | 'content-type'
  | 'json'
  | 'participants'
  | 'identity'
  | 'client-context'
  | 'group-call'
  | 'one-bot'
  | 'limit'
  | 'chat-info'
  | 'duplicate'
  | 'e164'
  | 'pstn-number'
  | 'capacity'
  | 'replaced-call'
  | 'reachable';

/** The result of a check: nothing, a refusal answered at once, or a failure that is announced after a 200. */
export type Finding = { refusal: Refusal } | { failure: ResultInfo } | undefined;

/** An HTTP response before it is written. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** written as JSON; `undefined`: no body */
  body: Json | undefined;
  /** the body's text, instead of `body` as JSON */
  text?: string;
  pieces?: Pieces;
  /** milliseconds to wait before it is written */
  delayMs: number;
}

/** The context of a response or of notifications. */
export type Occasion =
  /** an invitation was accepted */
  | { kind: 'accepted'; attempt: Attempt; invitation: Invitation; calls: () => readonly Call[] }
  /** an invitation was refused at once; `would` makes the notifications of an acceptance */
  | { kind: 'refused'; attempt: Attempt; rule: RuleName; refusal: Refusal; would: () => Planned[] }
  /** any other request: a call was made, read or ended */
  | { kind: 'other'; callId: string | undefined };

/**
 * The points at which the mock's behaviour can be changed, by a defect (faults/) or in a way that still conforms
 * (variants/). Hooks may change their arguments in place.
 */
export interface Hooks {
  /** after each check of an invitation; returns the new result of the check */
  check(rule: RuleName, finding: Finding, attempt: Attempt): Finding;
  /** before the response to any request that carries a token is written */
  answer(answer: Answer, occasion: Occasion): Answer;
  /** before the notifications of an invitation or a call are queued; for a refused invitation the list is empty */
  plan(planned: Planned[], occasion: Occasion): Planned[];
}

/** Makes the hooks of one mock instance, with their state. */
export type HookMaker = () => Partial<Hooks>;

/**
 * Joins the hooks of selected faults and variants. With several, a hook that throws because another one has changed its
 * input has no effect; a single one must not throw.
 */
export function combineHooks(parts: readonly Partial<Hooks>[]): Hooks {
  return composeHooks(parts.length < 2 ? parts : parts.map(tolerant));
}

/** The result of `change`, or `given` if it throws. */
function unlessThrown<T>(change: () => T, given: T): T {
  try {
    return change();
  } catch {
    return given;
  }
}

function tolerant({ check, answer, plan }: Partial<Hooks>): Partial<Hooks> {
  return {
    ...(check && { check: (rule, finding, attempt) => unlessThrown(() => check(rule, finding, attempt), finding) }),
    ...(answer && { answer: (given, occasion) => unlessThrown(() => answer(given, occasion), given) }),
    ...(plan && { plan: (planned, occasion) => unlessThrown(() => plan(planned, occasion), planned) }),
  };
}

/** Joins hooks: each receives the result of the one before. With none, nothing changes. */
export function composeHooks(parts: readonly Partial<Hooks>[]): Hooks {
  return {
    check: (rule, finding, attempt) =>
      parts.reduce((found, part) => (part.check ? part.check(rule, found, attempt) : found), finding),
    answer: (answer, occasion) =>
      parts.reduce((changed, part) => (part.answer ? part.answer(changed, occasion) : changed), answer),
    plan: (planned, occasion) =>
      parts.reduce((changed, part) => (part.plan ? part.plan(changed, occasion) : changed), planned),
  };
}
