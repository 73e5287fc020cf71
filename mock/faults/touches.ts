/** Groups of behaviours that the same defect breaks. */

/** Behaviours that hold only if an invitation is accepted. */
export const ACCEPTANCES: readonly string[] = [
  'request.route',
  'request.content-type',
  'request.client-context-optional',
  'request.client-context-at-limit',
  'request.parameter-names-any-case',
  'multiple.accepted',
  'multiple.five-accepted',
  'replace.accepted',
  'replace.first-only-accepted',
  'pstn.accepted',
  'ordering.concurrent-invitations',
];

/** Behaviours that require a refusal. */
export const REFUSALS: readonly string[] = [
  'request.content-type',
  'request.malformed-json',
  'request.participants-required',
  'request.participant-identity',
  'request.client-context-over-limit',
  'request.group-calls-only',
  'request.unknown-call',
  'request.duplicate-invitee',
  'authorization.required',
  'authorization.bearer',
  'authorization.unknown-token',
  'authorization.status-401',
  'authorization.application-permission',
  'authorization.delegated',
  'authorization.status-403',
  'multiple.six-refused',
  'multiple.chat-info-required',
  'pstn.number-required',
];

/** Behaviours that judge the participants of the response. */
export const RESPONSE_PARTICIPANTS: readonly string[] = [
  'response.participants',
  'response.replaces-call-id',
  'multiple.five-accepted',
  'replace.first-only-response',
  'pstn.phone-response',
];

/** Behaviours that judge the participants of the completion. */
export const COMPLETION_PARTICIPANTS: readonly string[] = [
  'completion.participants',
  'multiple.five-accepted',
  'replace.first-only-completion',
  'pstn.phone-completion',
  'ordering.concurrent-invitations',
];

/** Behaviours that judge the participants of the roster. */
export const ROSTER_INVITEES: readonly string[] = ['roster.invitees', 'multiple.five-accepted', 'pstn.phone-roster'];

/** Behaviours that fail if there is no completion. */
export const COMPLETIONS: readonly string[] = [
  ...COMPLETION_PARTICIPANTS,
  'ordering.completion-before-roster',
  'ordering.replaced-call-ends-after-completion',
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
];

/** Behaviours that judge a returned clientContext. */
export const CLIENT_CONTEXTS: readonly string[] = [
  'response.client-context',
  'completion.client-context',
  'request.client-context-at-limit',
  'request.parameter-names-any-case',
  'ordering.concurrent-invitations',
];

/** A group without some of its members. */
export function except(group: readonly string[], ...members: string[]): string[] {
  return group.filter((member) => !members.includes(member));
}
