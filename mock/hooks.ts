import type { Attempt, Call, Invitation, Pieces, Planned, ResultInfo } from './model';
import type { Refusal } from './errors';
import type { Json } from './json';

/** The checks of an invitation, in the order they are made. */
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

/** What a check found: nothing, a refusal answered at once, or a failure that is announced after a 200. */
export type Finding = { refusal: Refusal } | { failure: ResultInfo } | undefined;

/** An HTTP answer that is about to be written. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** written as JSON; `undefined`: no body */
  body: Json | undefined;
  /** the body's bytes, instead of `body` in JSON */
  text?: string;
  pieces?: Pieces;
  /** milliseconds to wait before it is written */
  delayMs: number;
}

/** What an answer, or a plan of notifications, belongs to. */
export type Occasion =
  /** an invitation was accepted */
  | { kind: 'accepted'; attempt: Attempt; invitation: Invitation; calls: () => readonly Call[] }
  /** an invitation was refused at once; `would` makes the notifications an acceptance would have been followed by */
  | { kind: 'refused'; attempt: Attempt; rule: RuleName; refusal: Refusal; would: () => Planned[] }
  /** anything else: a call was made, read or ended */
  | { kind: 'other'; callId: string | undefined };

/**
 * The points at which the mock can be made to behave differently, wrongly (faults/) or otherwise conformingly
 * (variants/). Everything a hook gets may be changed in place.
 */
export interface Hooks {
  /** after each check of an invitation; what it returns is what was found */
  check(rule: RuleName, finding: Finding, attempt: Attempt): Finding;
  /** before an answer is written, of any request that bears a token */
  answer(answer: Answer, occasion: Occasion): Answer;
  /** before notifications are queued, of invitations and of calls; also for refused invitations, with none */
  plan(planned: Planned[], occasion: Occasion): Planned[];
}

/** Makes the hooks of one mock instance, with whatever they remember. */
export type HookMaker = () => Partial<Hooks>;

/**
 * Joins the hooks of faults and variants that were chosen side by side. One that finds something unlike what it expects,
 * since another has changed it, changes nothing more; one that is alone must not fail.
 */
export function combineHooks(parts: readonly Partial<Hooks>[]): Hooks {
  return composeHooks(parts.length < 2 ? parts : parts.map(tolerant));
}

/** The result, or what was given where hooks of others have left no room for it. */
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

/** Joins hooks: each gets what the one before returned. With none, nothing is changed. */
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
