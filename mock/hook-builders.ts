import type { Attempt, Planned, ResultInfo } from './model';
import { refusal } from './errors';
import { composeHooks, type Answer, type Finding, type HookMaker, type Occasion, type RuleName } from './hooks';
import { isObject, type Json, type JsonObject } from './json';

/** The building blocks of faults and variants: each makes hooks that change one kind of thing. */

export type Accepted = Extract<Occasion, { kind: 'accepted' }>;
export type Refused = Extract<Occasion, { kind: 'refused' }>;

/** The value if it is an object; otherwise an object nobody sees. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects in a list; none if it is no list. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The changes a notification tells of. */
export function changesOf(planned: Planned): JsonObject[] {
  return objectsIn(objectOf(planned.envelope)['value']);
}

/** A copy that can be changed by itself. */
export function copyOf(planned: Planned): Planned {
  return { ...planned, headers: { ...planned.headers }, envelope: structuredClone(planned.envelope) };
}

/** Sends another notification behind all others, on its own, so many milliseconds after the last one. */
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

/** Changes every answer, of whatever request. */
export function everyAnswer(change: (answer: Answer, occasion: Occasion) => void): HookMaker {
  return () => ({
    answer(answer, occasion) {
      change(answer, occasion);
      return answer;
    },
  });
}

/** Changes the answer to accepted invitations. */
export function onAnswer(change: (answer: Answer, occasion: Accepted) => void): HookMaker {
  return everyAnswer((answer, occasion) => {
    if (occasion.kind === 'accepted') change(answer, occasion);
  });
}

/** Changes the operation in the answer to accepted invitations. */
export function onResponse(change: (operation: JsonObject, occasion: Accepted) => void): HookMaker {
  return onAnswer((answer, occasion) => change(objectOf(answer.body), occasion));
}

/** Changes the answer to refused invitations. */
export function onRefusal(change: (answer: Answer, occasion: Refused) => void): HookMaker {
  return everyAnswer((answer, occasion) => {
    if (occasion.kind === 'refused') change(answer, occasion);
  });
}

/** Makes another plan of what is notified of an accepted invitation. */
export function replan(change: (planned: Planned[], occasion: Accepted) => Planned[]): HookMaker {
  return () => ({ plan: (planned, occasion) => (occasion.kind === 'accepted' ? change(planned, occasion) : planned) });
}

/** Notifies something of refused invitations. */
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

/** Tells whether a notification is the end of an operation that was carried out. */
export function isCompletion(planned: Planned, occasion: Occasion): boolean {
  return planned.kind === 'operation' && occasion.kind === 'accepted' && !occasion.invitation.failure;
}

/** Changes the end of operations that were carried out: the change, and the operation in it. */
export function onCompletion(edit: (operation: JsonObject, change: JsonObject, occasion: Accepted) => void): HookMaker {
  return everyNotification((planned, occasion) => {
    if (!isCompletion(planned, occasion) || occasion.kind !== 'accepted') return;
    for (const change of changesOf(planned)) edit(objectOf(change['resourceData']), change, occasion);
  });
}

/** Changes the end of operations that failed. */
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

/** Lets through what rules refuse. @param when for which attempts; default all */
export function lifts(rules: readonly RuleName[], when: (attempt: Attempt) => boolean = () => true): HookMaker {
  return () => ({
    check: (rule, finding, attempt) => (rules.includes(rule) && when(attempt) ? undefined : finding),
  });
}

/** Refuses what a rule lets through. @param when for which attempts */
export function refuses(rule: RuleName, status: number, when: (attempt: Attempt) => boolean): HookMaker {
  return onFinding(rule, (finding, attempt) => {
    if (finding || !when(attempt)) return finding;
    return { refusal: refusal(status, 'BadRequest', 'The invitation is not valid.') };
  });
}

/** Refuses with another status what a rule refuses. */
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

/** Accepts what rules refuse, and lets it fail later. */
export function failsLater(...rules: RuleName[]): HookMaker {
  return () => ({
    check: (rule, finding) =>
      rules.includes(rule) && finding && 'refusal' in finding ? { failure: { ...LATER } } : finding,
  });
}

/** Accepts an invitation, and lets its operation fail. */
export function failsWhen(when: (attempt: Attempt) => boolean): HookMaker {
  return onFinding('reachable', (finding, attempt) =>
    when(attempt) ? { failure: { code: 500, subcode: 0, message: 'addParticipants failed.' } } : finding,
  );
}

/** Changes what one rule found. */
export function onFinding(rule: RuleName, change: (finding: Finding, attempt: Attempt) => Finding): HookMaker {
  return () => ({ check: (name, finding, attempt) => (name === rule ? change(finding, attempt) : finding) });
}

/** Joins hooks. */
export function together(...makers: HookMaker[]): HookMaker {
  return () => composeHooks(makers.map((make) => make()));
}

/** The string with every letter of the other case. */
export function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

/** Changes a string property, and nothing if it is no string. */
export function editText(of: JsonObject, name: string, edit: (text: string) => Json): void {
  const value = of[name];
  if (typeof value === 'string') of[name] = edit(value);
}
