/** Faults that a run finds and a recording can't show: which behaviours are then untested, and for which reasons. */

export interface NotShown {
  /** As docs/recorded-traffic.md names it. */
  what: string;
  behaviors: RegExp;
  /** One of these is given. */
  reasons: readonly string[];
}

export const NOT_SHOWN: readonly NotShown[] = [
  {
    what: 'what a token stands for',
    behaviors: /^authorization\.(application-permission|delegated|status-403|unknown-token)$/,
    reasons: ['nothingSent'],
  },
  {
    what: 'of which kind a call is, whether it exists, who is in it',
    behaviors:
      /^(request\.(group-calls-only|unknown-call|duplicate-invitee)|multiple\.chat-info-required|pstn\.number-required)$/,
    reasons: ['nothingSent'],
  },
  {
    what: 'why an ordinary invitation was refused, or its operation failed',
    behaviors: /^(request|multiple|pstn|replace)\.|^(completion\.status|refusal\.client-error)$/,
    reasons: ['circumstances', 'completed', 'ended'],
  },
  {
    what: 'why one of several invitations at once was refused',
    behaviors: /^ordering\.concurrent-invitations$/,
    reasons: ['nothingSent', 'accepted'],
  },
  {
    what: 'who came into a call by themselves',
    behaviors:
      /^(refusal\.no-effect|failure\.no-roster|(replace|multiple|move)\.first-only-roster|roster\.hidden-absent)$/,
    reasons: ['membership'],
  },
  {
    what: 'whether what is missing once was sent',
    behaviors: /^(completion\.announced|roster\.|pstn\.|multiple\.|replace\.|request\.|ordering\.)/,
    reasons: ['gap', 'ended', 'roster', 'showing'],
  },
  {
    what: 'an order that is wrong by a little',
    behaviors: /^(ordering\.|completion\.once)/,
    reasons: ['order', 'acknowledgement'],
  },
  {
    what: 'to which invitation a notification belongs that names no operation of a response',
    behaviors: /^(notification|completion|refusal|response|ordering)\./,
    reasons: ['unmatched', 'notifications', 'completed', 'ended', 'operationNotification'],
  },
];

/**
 * What is wrong with a behaviour that failed in a run, as a recording of it is judged.
 * @param verdict its verdict from the recording, and the reasons, as `untested gap`
 */
export function unexplained(behavior: string, verdict: string): string[] {
  const [is, ...reasons] = verdict.split(' ');
  if (is === 'failed') return [];
  const known = NOT_SHOWN.some(
    (one) => one.behaviors.test(behavior) && one.reasons.some((reason) => reasons.includes(reason)),
  );
  return is === 'untested' && known ? [] : [`${behavior}: failed, recorded ${verdict}`];
}
