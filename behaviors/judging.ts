import { header } from '../history/body';
import { member, show, shown } from '../history/values';
import type { Invitation, Run } from '../history/view';
import { sourceText, type Behavior, type Finding, type Outcome } from './behavior';

/** What a judge says of one attempt; the rest of the outcome follows from the attempt and the behaviour. */
export type Said =
  | { verdict: 'passed'; remark?: string }
  | { verdict: 'failed'; expected?: string; seen: string; hint: string; events?: number[] }
  | { verdict: 'untested'; missing: string; hint?: string; events?: number[]; waitsFor?: readonly string[] };

export function passed(remark?: string): Said {
  return remark === undefined ? { verdict: 'passed' } : { verdict: 'passed', remark };
}

/**
 * @param seen what came, with the JSON path or header and the value
 * @param hint what to try
 * @param expected where the statement of the behaviour is not plain enough for this attempt
 */
export function failed(seen: string, hint: string, events: number[] = [], expected?: string): Said {
  const said: Said = { verdict: 'failed', seen, hint, events };
  return expected === undefined ? said : { ...said, expected };
}

/**
 * @param missing what was missing
 * @param waitsFor the ids of the behaviours that bring it: those of them that failed in the run are the reason
 */
export function untested(
  missing: string,
  hint?: string,
  events: number[] = [],
  waitsFor: readonly string[] = [],
): Said {
  const said: Said = { verdict: 'untested', missing, events, waitsFor };
  return hint === undefined ? said : { ...said, hint };
}

/**
 * What stands where what a behaviour is about did not come, as another one is to bring it.
 * @param missing what did not come
 * @param waitsFor the ids of the behaviours that bring it: those of them that failed in the run are the reason
 */
export function waiting(missing: string, ...waitsFor: string[]): Said {
  return untested(missing, undefined, [], waitsFor);
}

/** The behaviours that an invitation's acceptance rests on. */
export function acceptanceOf({ record }: Invitation): string[] {
  const own = record.tries.filter((id) => id.endsWith('accepted') || id === 'request.parameter-names-any-case');
  return [...new Set([...own, record.control, 'request.route'])].filter((id) => id !== '');
}

/** Where an invitation stands in the run, for a finding. */
export function whereOf(invitation: Invitation): string {
  const { record, callId, exchange } = invitation;
  return `${record.key} (${record.says}), call ${callId}, exchange ${exchange.n}`;
}

/** An outcome out of what a judge said. @param events the history's events that every finding of the attempt points at */
export function outcome(behavior: Behavior, said: Said, scenario: string, where: string, events: number[]): Outcome {
  if (said.verdict === 'passed') {
    return {
      verdict: 'passed',
      scenario,
      ...(said.remark === undefined ? {} : { remark: `${where}: ${said.remark}` }),
    };
  }
  const expected = (said.verdict === 'failed' ? said.expected : undefined) ?? behavior.statement;
  const finding: Finding = {
    expected: `${expected} (${sourceText(behavior.source)})`,
    seen: said.verdict === 'failed' ? said.seen : said.missing,
    where,
    hint: said.hint ?? 'Mend the behaviour that this one rests on first, then run again.',
    events: [...new Set([...events, ...(said.events ?? [])])].toSorted((a, b) => a - b),
  };
  const { waitsFor } = said.verdict === 'untested' ? said : {};
  return { verdict: said.verdict, scenario, finding, ...(waitsFor ? { waitsFor } : {}) };
}

/** The invitations that try a behaviour. */
export function trying(run: Run, id: string): Invitation[] {
  return run.invitations.filter((invitation) => invitation.record.tries.includes(id));
}

/** A judge that looks at each invitation which tries the behaviour; undefined: this one says nothing about it. */
export function perInvitation(
  say: (invitation: Invitation, run: Run) => Said | undefined,
): (run: Run, behavior: Behavior) => Outcome[] {
  return (run, behavior) =>
    trying(run, behavior.id).flatMap((invitation) => {
      const said = say(invitation, run);
      if (!said) return [];
      return [outcome(behavior, said, invitation.record.scenario, whereOf(invitation), [invitation.exchange.n])];
    });
}

/** How the target answered, in words. */
export function answerOf(invitation: Invitation): string {
  const { response, failure } = invitation.exchange;
  if (response) {
    const error = invitation.json.ok ? member(invitation.json.value, 'error') : undefined;
    const said = error === undefined ? '' : ` (${shown(error, 'code')}: ${shown(error, 'message')})`;
    const location = header(response.headers, 'location');
    const redirects = response.status >= 300 && response.status < 400;
    const to = redirects && location !== undefined ? ` to ${show(location)}, and redirects are not followed` : '';
    return `the answer was ${response.status}${to}${said}`;
  }
  return `there was no answer: ${failure?.reason ?? 'the exchange was cut off'}`;
}

/** Only for accepted invitations: otherwise untested, for want of an acceptance. */
export function whenAccepted(
  say: (invitation: Invitation, run: Run) => Said | undefined,
): (invitation: Invitation, run: Run) => Said | undefined {
  return (invitation, run) =>
    invitation.outcome === 'accepted'
      ? say(invitation, run)
      : waiting(`no accepted invitation: ${answerOf(invitation)}`, ...acceptanceOf(invitation));
}

/** The sole, plain invitations of a run that a check finds at fault: used to tell a particular fault from a general one. */
export function showsInGeneral(run: Run, id: string, atFault: (invitation: Invitation, run: Run) => boolean): boolean {
  return trying(run, id).some((invitation) => invitation.outcome === 'accepted' && atFault(invitation, run));
}

/** What stands where a particular behaviour can't be told from a general fault. */
export function hiddenBehind(id: string): Said {
  return untested(
    `this can't be told apart from ${id}, which fails for plain invitations too`,
    `Mend ${id} first, then run again.`,
    [],
    [id],
  );
}

/** What stands where the target asked to come back later and, as long as it was asked again, still did. */
export function throttled({ exchange }: Pick<Invitation, 'exchange'>): Said {
  return untested(
    `the target throttles (${exchange.response?.status}) and still did when asked again`,
    'Run with a lower --concurrency, or later.',
  );
}

/**
 * Whether an invitation that must be refused was answered 503 each time that it was sent: no refusal then, however the
 * answer asks to come back.
 */
export function isUnavailableEachTime({ outcome: how, exchange, times }: Invitation): boolean {
  return how === 'throttled' && exchange.response?.status !== 429 && times > 1;
}

/**
 * The behaviour that must hold before the answer to this invitation means anything, where it does not: a target that
 * refuses everything proves nothing by a refusal, and one that takes no plain invitation is not at fault here again.
 */
export function brokenControl(invitation: Invitation, run: Run): string | undefined {
  const { control } = invitation.record;
  const controls = trying(run, control).filter((other) => other !== invitation);
  const proof = controls.length > 0 ? controls : run.invitations.filter(({ record }) => record.expect === 'accepted');
  return proof.some(({ outcome: how }) => how === 'accepted') ? undefined : control;
}
