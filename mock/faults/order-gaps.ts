import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import { fault, type Fault } from '../fault-records';
import { onAnswer, replan, together, type Accepted } from '../hook-builders';

/** Wrong orders by the gap between the two events, each with and without waiting for acknowledgements. */

/** The gaps of each wrong order, ms. */
export const GAPS = [15, 30, 60, 150] as const;

const CONCURRENT = 'ordering.concurrent-invitations';
const ENDS = 'ordering.replaced-call-ends-after-completion';

export type Form = 'waiting' | 'not-waiting';

/** Delays a notification by `ms`, counted from queueing; in the form not-waiting, independently of the others. */
function at(planned: Planned, ms: number, form: Form): Planned {
  return { ...planned, delayMs: planned.delayMs + ms, detached: form === 'not-waiting' };
}

/** Sends some notifications first and the others after a gap, all in the queue of the call that was invited to. */
function inTwoParts(
  form: Form,
  gapMs: number,
  comesFirst: (one: Planned, all: readonly Planned[]) => boolean,
): HookMaker {
  return replan((planned) => {
    const call = planned[0]?.call;
    const split = (first: boolean): Planned[] => planned.filter((one) => comesFirst(one, planned) === first);
    const [early, late] = [split(true), split(false)];
    if (!call || early.length === 0) return planned;
    return [...early.map((one) => at(one, 0, form)), ...late.map((one) => at(one, gapMs, form))].map((one) => ({
      ...one,
      call,
    }));
  });
}

function completionBeforeAnswer(form: Form, gapMs: number): HookMaker {
  return together(
    replan((planned) =>
      planned.map((one) => {
        const sent = at(one, 0, form);
        if (one.kind !== 'operation') return sent;
        return { ...sent, phase: form === 'waiting' ? 'before-answer' : 'with-answer' };
      }),
    ),
    onAnswer((answer) => {
      answer.delayMs += gapMs;
    }),
  );
}

/** Applies the hooks only while another invitation to the same call is under way. */
function whereOthersAre(hooks: HookMaker): HookMaker {
  return () => {
    const made = hooks();
    return {
      plan: (planned, occasion) => (isAmongOthers(occasion) && made.plan ? made.plan(planned, occasion) : planned),
    };
  };
}

function isAmongOthers(occasion: { kind: string } | Accepted): boolean {
  return 'invitation' in occasion && occasion.invitation.call.operations.size > 1;
}

const words = (form: Form): string => (form === 'waiting' ? '' : ', and does not wait for acknowledgements');

/**
 * The wrong orders of one form and gap.
 * @param gapMs how much earlier the later event comes, ms
 */
export function wrongOrders(form: Form, gapMs: number): Fault[] {
  const name = `${gapMs}-ms-${form}`;
  const rosterFirst = inTwoParts(form, gapMs, ({ kind }) => kind === 'roster');
  return [
    fault(
      `ordering.response-first/completion-${name}`,
      `sends the completion ${gapMs} ms before the response${words(form)}`,
      completionBeforeAnswer(form, gapMs),
      [CONCURRENT],
    ),
    fault(
      `ordering.completion-before-roster/roster-${name}`,
      `sends the roster ${gapMs} ms before the completion${words(form)}`,
      rosterFirst,
      [CONCURRENT],
    ),
    fault(
      `${ENDS}/ends-${name}`,
      `ends the replaced call ${gapMs} ms before the completion${words(form)}`,
      inTwoParts(form, gapMs, ({ kind }) => kind === 'call'),
    ),
    fault(
      `ordering.terminated-before-deleted/deleted-${name}`,
      `notifies that the replaced call is deleted ${gapMs} ms before terminating${words(form)}`,
      replan((planned) => {
        const [terminating, ...rest] = planned.filter(({ kind }) => kind === 'call');
        const others = [...planned.filter(({ kind }) => kind !== 'call'), ...rest].map((one) => at(one, 0, form));
        return terminating ? [...others, at(terminating, gapMs, form)] : others;
      }),
    ),
    fault(
      `${CONCURRENT}/roster-${name}`,
      `sends the roster of a concurrent invitation ${gapMs} ms before its completion${words(form)}`,
      whereOthersAre(rosterFirst),
    ),
  ];
}

export const orderGapFaults: readonly Fault[] = GAPS.flatMap((gapMs) =>
  (['waiting', 'not-waiting'] as const).flatMap((form) => wrongOrders(form, gapMs)),
);
