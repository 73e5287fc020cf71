import type { StoppedRecord } from '../history/events';

/** Why a run could not go on, as a result tells it. */
export type Stopped = Pick<StoppedRecord, 'cause' | 'exchange' | 'inFlight' | 'seen'>;

/** How many of the invitations in flight are named. */
const MOST_NAMED = 3;

const ADVICE: Record<Stopped['cause'], string> = {
  unreachable: 'See in the log of the target why it ended, start it again, and run again.',
  restarted: 'See in the log of the target why it started anew, and run again.',
  tokenRefused: 'Let tokens.valid be a token that outlasts the run and keeps its permission, and run again.',
};

/** What to do about it. */
export function stoppedAdvice({ cause }: Pick<Stopped, 'cause'>): string {
  return ADVICE[cause];
}

/** Why a run could not go on, in words. */
export function stoppedText({ cause, exchange, inFlight, seen }: Stopped): string {
  const at = exchange === undefined ? 'after the last exchange' : `at exchange ${exchange}`;
  const named = inFlight.slice(0, MOST_NAMED).join(', ');
  const more = inFlight.length > MOST_NAMED ? ` and ${inFlight.length - MOST_NAMED} more` : '';
  const flying = named === '' ? '' : `; in flight: ${named}${more}`;
  if (cause === 'unreachable') return `the target stopped answering ${at}: ${seen}${flying}`;
  if (cause === 'restarted')
    return `the target was restarted ${at}: it answers ${seen} for a call that it had set up${flying}`;
  return `tokens.valid: the service refused it from exchange ${exchange ?? 1} on: ${seen}${flying}`;
}
