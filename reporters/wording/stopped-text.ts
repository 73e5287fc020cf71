import { SHORTAGE_ADVICE } from '../../common/errors';
import type { Stopped } from '../../verdicts/stopped';
import { countText } from './count-text';

/** The number of named invitations in flight. */
const MOST_NAMED = 3;

const ADVICE: Record<Stopped['cause'], string> = {
  unreachable: "Look in the target's log for why it stopped, start it again, and run again.",
  restarted: "Look in the target's log for why it restarted, and run again.",
  exhausted: SHORTAGE_ADVICE,
  tokenRefused:
    'Set tokens.valid to a token that stays valid and keeps its permission for the whole run, and run again.',
};

/** What to do about a stopped run. */
export function stoppedAdvice({ cause }: Pick<Stopped, 'cause'>): string {
  return ADVICE[cause];
}

/** Says why a run stopped. */
export function stoppedText({ cause, exchange, inFlight, seen }: Stopped): string {
  const at = exchange === undefined ? 'after the last exchange' : `at exchange ${exchange}`;
  const named = inFlight.slice(0, MOST_NAMED).join(', ');
  const more = inFlight.length > MOST_NAMED ? ` and ${inFlight.length - MOST_NAMED} more` : '';
  const flying = named === '' ? '' : `; in flight: ${named}${more}`;
  if (cause === 'unreachable') return `the target stopped answering ${at}: ${seen}${flying}`;
  if (cause === 'exhausted')
    return `${seen}${exchange === undefined ? '' : `, ${at}`}; this is not a failure of the target${flying}`;
  if (cause === 'restarted')
    return `the target restarted ${at}: it answers ${seen} for a call that it had created${flying}`;
  return `tokens.valid: the target rejected it from exchange ${exchange ?? 1} on: ${seen}${flying}`;
}

/** `40 behaviours were judged before that; the others were not` */
export function judgedBeforeText(judged: number): string {
  return `${countText(judged, 'behaviour')} ${judged === 1 ? 'was' : 'were'} judged before that; the others were not`;
}
