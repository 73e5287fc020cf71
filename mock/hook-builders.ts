import type { Attempt, Call, Planned, ResultInfo } from './model';
import { refusal } from './errors';
import { composeHooks, type Answer, type Finding, type HookMaker, type Occasion, type RuleName } from './hooks';
import { isObject, type Json, type JsonObject } from './json';

/** The building blocks of faults and variants: each makes hooks that change one kind of thing. */

export type Accepted = Extract<Occasion, { kind: 'accepted' }>;
export type Refused = Extract<Occasion, { kind: 'refused' }>;

/** The value if it is an object; otherwise an empty, detached object. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects in an array; none if it is not an array. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The items of a notification's envelope. */
export function changesOf(planned: Planned): JsonObject[] {
  return objectsIn(objectOf(planned.envelope)['value']);
}

/** A copy whose headers and body can be changed independently. */
export function copyOf(planned: Planned): Planned {
  return { ...planned, headers: { ...planned.headers }, envelope: structuredClone(planned.envelope) };
}

/** A copy of a notification that is sent `delayMs` milliseconds after its turn, without delaying others. */
export function later(planned: Planned, delayMs: number): Planned {
  return { ...copyOf(planned), delayMs, detached: true };
}

/** Sets a header whatever its case; `undefined` removes it. */
export function setHeader(headers: Record<string, string>, name: string, value: string | undefined): void {
  for (const key of Object.keys(headers)) {
    if (key.toLowerCase() === name.toLowerCase()) delete headers[key];
  }
  if (value !== undefined) headers[name] = value;
}

/** Changes every response, to any request. */
export function everyAnswer(change: (answer: Answer, occasion: Occasion) => void): HookMaker {
  return () => ({
    answer(answer, occasion) {
      change(answer, occasion);
      return answer;
    },
  });
}

/** Changes the response to accepted invitations. */
export function onAnswer(change: (answer: Answer, occasion: Accepted) => void): HookMaker {
  return everyAnswer((answer, occasion) => {
    if (occasion.kind === 'accepted') change(answer, occasion);
  });
}

/** Changes the operation in the response to accepted invitations. */
export function onResponse(change: (operation: JsonObject, occasion: Accepted) => void): HookMaker {
  return onAnswer((answer, occasion) => change(objectOf(answer.body), occasion));
}

/** Changes the response to refused invitations. */
export function onRefusal(change: (answer: Answer, occasion: Refused) => void): HookMaker {
  return everyAnswer((answer, occasion) => {
    if (occasion.kind === 'refused') change(answer, occasion);
  });
}

/** Replaces the notifications of an accepted invitation. */
export function replan(change: (planned: Planned[], occasion: Accepted) => Planned[]): HookMaker {
  return () => ({ plan: (planned, occasion) => (occasion.kind === 'accepted' ? change(planned, occasion) : planned) });
}

/** Adds notifications to refused invitations. */
export function planRefused(make: (occasion: Refused) => Planned[]): HookMaker {
  return () => ({
    plan: (planned, occasion) => (occasion.kind === 'refused' ? [...planned, ...make(occasion)] : planned),
  });
}

/** Changes every notification. */
export function everyNotification(change: (planned: Planned, occasion: Occasion) => void): HookMaker {
  return () => ({
    plan(planned, occasion) {
      for (const one of planned) change(one, occasion);
      return planned;
    },
  });
}

/** Whether a notification is a completion: the end of an operation that did not fail. */
export function isCompletion(planned: Planned, occasion: Occasion): boolean {
  return planned.kind === 'operation' && occasion.kind === 'accepted' && !occasion.invitation.failure;
}

/** Changes completions: the operation, and the item that contains it. */
export function onCompletion(edit: (operation: JsonObject, change: JsonObject, occasion: Accepted) => void): HookMaker {
  return everyNotification((planned, occasion) => {
    if (!isCompletion(planned, occasion) || occasion.kind !== 'accepted') return;
    for (const change of changesOf(planned)) edit(objectOf(change['resourceData']), change, occasion);
  });
}

/** Changes the notifications of failed operations. */
export function onFailure(edit: (operation: JsonObject, change: JsonObject, planned: Planned) => void): HookMaker {
  return everyNotification((planned, occasion) => {
    if (planned.kind !== 'operation' || occasion.kind !== 'accepted' || !occasion.invitation.failure) return;
    for (const change of changesOf(planned)) edit(objectOf(change['resourceData']), change, planned);
  });
}

/** Changes roster updates. */
export function onRoster(edit: (change: JsonObject, occasion: Accepted) => void): HookMaker {
  return everyNotification((planned, occasion) => {
    if (planned.kind !== 'roster' || occasion.kind !== 'accepted') return;
    for (const change of changesOf(planned)) edit(change, occasion);
  });
}

/** Changes each entry of roster updates. */
export function onEntry(edit: (entry: JsonObject, occasion: Accepted) => void): HookMaker {
  return onRoster((change, occasion) => {
    for (const entry of objectsIn(change['resourceData'])) edit(entry, occasion);
  });
}

/** Changes the notifications about the end of a replaced call. */
export function onReplacedCall(
  edit: (resource: JsonObject, change: JsonObject, occasion: Accepted) => void,
): HookMaker {
  return everyNotification((planned, occasion) => {
    if (planned.kind !== 'call' || occasion.kind !== 'accepted') return;
    for (const change of changesOf(planned)) edit(objectOf(change['resourceData']), change, occasion);
  });
}

/** Suppresses what rules find. @param when the attempts it applies to; default: all */
export function lifts(rules: readonly RuleName[], when: (attempt: Attempt) => boolean = () => true): HookMaker {
  return () => ({
    check: (rule, finding, attempt) => (rules.includes(rule) && when(attempt) ? undefined : finding),
  });
}

/** Suppresses what rules find in invitations to a call that has accepted one. */
export function liftsAfterTheFirst(rules: readonly RuleName[]): HookMaker {
  return () => {
    const invited = new WeakSet<Call>();
    return {
      check: (rule, finding, { call }) => (rules.includes(rule) && call && invited.has(call) ? undefined : finding),
      plan(planned, occasion) {
        if (occasion.kind === 'accepted') invited.add(occasion.invitation.call);
        return planned;
      },
    };
  };
}

/** Refuses what a rule accepts. @param when the attempts it applies to */
export function refuses(rule: RuleName, status: number, when: (attempt: Attempt) => boolean): HookMaker {
  return onFinding(rule, (finding, attempt) => {
    if (finding || !when(attempt)) return finding;
    return { refusal: refusal(status, 'BadRequest', 'The invitation is not valid.') };
  });
}

/** Changes the status with which rules refuse. */
export function answersWith(
  rules: readonly RuleName[],
  status: number,
  when: (attempt: Attempt) => boolean = () => true,
): HookMaker {
  return () => ({
    check(rule, finding, attempt) {
      if (!rules.includes(rule) || !finding || !('refusal' in finding) || !when(attempt)) return finding;
      return { refusal: { ...finding.refusal, status } };
    },
  });
}

const LATER: ResultInfo = { code: 412, subcode: 9999, message: 'addParticipants failed.' };

/** Accepts what rules refuse, and announces a failed operation. */
export function failsLater(...rules: RuleName[]): HookMaker {
  return () => ({
    check: (rule, finding) =>
      rules.includes(rule) && finding && 'refusal' in finding ? { failure: { ...LATER } } : finding,
  });
}

/** Accepts an invitation, and announces a failed operation. */
export function failsWhen(when: (attempt: Attempt) => boolean): HookMaker {
  return onFinding('reachable', (finding, attempt) =>
    when(attempt) ? { failure: { code: 500, subcode: 0, message: 'addParticipants failed.' } } : finding,
  );
}

/** Changes what one rule finds. */
export function onFinding(rule: RuleName, change: (finding: Finding, attempt: Attempt) => Finding): HookMaker {
  return () => ({ check: (name, finding, attempt) => (name === rule ? change(finding, attempt) : finding) });
}

/** Joins hooks. */
export function together(...makers: HookMaker[]): HookMaker {
  return () => composeHooks(makers.map((make) => make()));
}

/** The string in upper case, or in lower case if it is all upper case. */
export function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

/** Changes a property that is a string. */
export function editText(of: JsonObject, name: string, edit: (text: string) => Json): void {
  const value = of[name];
  if (typeof value === 'string') of[name] = edit(value);
}
