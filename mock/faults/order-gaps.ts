import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import { fault, type Fault } from '../fault-records';
import { onAnswer, replan, together, type Accepted } from '../hook-builders';

/** Wrong orders by how far apart the two things are, each of a service that waits for acknowledgements and of one that does not. */

/** What there is of each wrong order, ms. */
export const GAPS = [15, 30, 60, 150] as const;

const CONCURRENT = 'ordering.concurrent-invitations';
const ENDS = 'ordering.replaced-call-ends-after-completion';

export type Form = 'waiting' | 'not-waiting';

/** Sends so much later, counted from when all are queued; without waiting, each on its own. */
function at(planned: Planned, ms: number, form: Form): Planned {
  return { ...planned, delayMs: planned.delayMs + ms, detached: form === 'not-waiting' };
}

/** Sends some notifications first and the others after a gap, all in the order of the call that was invited to. */
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

/** The same only where another invitation to the same call is under way. */
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

const words = (form: Form): string => (form === 'waiting' ? '' : ', without waiting');

/**
 * The wrong orders of one form and gap.
 * @param gapMs how much earlier that comes which should follow, ms
 */
export function wrongOrders(form: Form, gapMs: number): Fault[] {
  const name = `${gapMs}-ms-${form}`;
  const tells = `${gapMs} ms too early${words(form)}`;
  const rosterFirst = inTwoParts(form, gapMs, ({ kind }) => kind === 'roster');
  return [
    fault(
      `ordering.response-first/completion-${name}`,
      `announces the completion ${tells}`,
      completionBeforeAnswer(form, gapMs),
      [CONCURRENT],
    ),
    fault(`ordering.completion-before-roster/roster-${name}`, `sends the roster ${tells}`, rosterFirst, [CONCURRENT]),
    fault(
      `${ENDS}/ends-${name}`,
      `ends the replaced call ${tells}`,
      inTwoParts(form, gapMs, ({ kind }) => kind === 'call'),
    ),
    fault(
      `ordering.terminated-before-deleted/deleted-${name}`,
      `says that the replaced call is deleted ${tells}`,
      replan((planned) => {
        const [terminating, ...rest] = planned.filter(({ kind }) => kind === 'call');
        const others = [...planned.filter(({ kind }) => kind !== 'call'), ...rest].map((one) => at(one, 0, form));
        return terminating ? [...others, at(terminating, gapMs, form)] : others;
      }),
    ),
    fault(
      `${CONCURRENT}/roster-${name}`,
      `sends the roster ${tells}, while another invitation is under way`,
      whereOthersAre(rosterFirst),
    ),
  ];
}

export const orderGapFaults: readonly Fault[] = GAPS.flatMap((gapMs) =>
  (['waiting', 'not-waiting'] as const).flatMap((form) => wrongOrders(form, gapMs)),
);
