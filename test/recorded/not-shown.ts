/** Faults that a run finds and a recording cannot show: the behaviours that are untested, and their reasons. */

export interface NotShown {
  /** The wording of docs/recorded-traffic.md. */
  what: string;
  behaviors: RegExp;
  /** One of these reasons must be given. */
  reasons: readonly string[];
}

export const NOT_SHOWN: readonly NotShown[] = [
  {
    what: 'the permissions of a token',
    behaviors: /^authorization\.(application-permission|delegated|status-403|unknown-token)$/,
    reasons: ['nothingSent'],
  },
  {
    what: 'the kind of a call, whether it exists, and who is in it',
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
    what: 'whether an operation had to fail',
    behaviors: /^(failure\.announced|replace\.(first-only-)?accepted)$/,
    reasons: ['nothingSent'],
  },
  {
    what: 'whether the service or a gateway answered with 500, 502, 503 or 504',
    behaviors: /^(refusal\.client-error|authorization\.status-401)$/,
    reasons: ['response'],
  },
  {
    what: 'why one of several concurrent invitations was refused',
    behaviors: /^ordering\.concurrent-invitations$/,
    reasons: ['nothingSent', 'accepted'],
  },
  {
    what: 'who joined a call without an invitation',
    behaviors:
      /^(refusal\.no-effect|failure\.no-roster|multiple\.six-refused|(replace|multiple|move)\.first-only-roster|roster\.hidden-absent)$/,
    reasons: ['membership'],
  },
  {
    what: 'whether a notification that is missing once was sent',
    behaviors: /^(completion\.announced|roster\.|pstn\.|multiple\.|replace\.|request\.|ordering\.)/,
    reasons: ['gap', 'ended', 'roster', 'showing'],
  },
  {
    what: 'which URL is the callback of a call',
    behaviors: /^(completion\.announced|roster\.|ordering\.concurrent-invitations$)/,
    reasons: ['callback'],
  },
  {
    what: 'whether an order is wrong by a short time',
    behaviors: /^(ordering\.|completion\.once)/,
    reasons: ['order', 'acknowledgement'],
  },
  {
    what: 'the invitation of a notification that names no recorded operation',
    behaviors: /^(notification|completion|refusal|response|ordering)\.|^(replace\.peer-call-|roster\.resource-url$)/,
    reasons: ['unmatched', 'notifications', 'completed', 'ended', 'operationNotification'],
  },
];

/**
 * Checks the verdict from a recording on a behaviour that failed in the run; returns what is wrong.
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
