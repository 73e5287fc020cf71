import { JUDGED_WHEN_CONCURRENT } from '../behaviors/catalog';

/** Lists of behaviours that scenarios try, by id. */

/** The behaviours of every response to an accepted invitation. */
export const RESPONSE_BEHAVIORS: readonly string[] = [
  'response.status-200',
  'response.location',
  'response.location-operation',
  'response.json',
  'response.operation',
  'response.odata-type',
  'response.operation-id',
  'response.operation-id-unique',
  'response.status-running',
  'response.status-in-progress',
  'response.client-context',
  'response.result-info',
  'response.participants',
];

/** The behaviours of a completion. */
export const COMPLETION_BEHAVIORS: readonly string[] = [
  'completion.announced',
  'completion.change-type',
  'completion.resource-url',
  'completion.operation',
  'completion.status',
  'completion.operation-id',
  'completion.client-context',
  'completion.participants',
  'completion.once',
];

const ROSTER_BEHAVIORS = [
  'roster.announced',
  'roster.change-type',
  'roster.resource-url',
  'roster.collection',
  'roster.invitees',
  'roster.participant',
  'roster.media-streams',
  'roster.joined',
];

const ORDER_BEHAVIORS = ['ordering.response-first', 'ordering.completion-before-roster'];

/** The shape of every notification; judged for all deliveries of a run. */
export const NOTIFICATION_BEHAVIORS = [
  'notification.post',
  'notification.json',
  'notification.envelope',
  'notification.change-type',
  'notification.resource-url',
];

/** The behaviours of every accepted invitation. */
export const ACCEPTED_BEHAVIORS: readonly string[] = [
  ...RESPONSE_BEHAVIORS,
  ...COMPLETION_BEHAVIORS,
  ...ROSTER_BEHAVIORS,
  ...ORDER_BEHAVIORS,
  ...NOTIFICATION_BEHAVIORS,
];

/** The behaviours of the end of a replaced call. */
export const REPLACED_CALL_BEHAVIORS: readonly string[] = [
  'replace.peer-call-terminated',
  'replace.peer-call-deleted',
  'ordering.replaced-call-ends-after-completion',
  'ordering.terminated-before-deleted',
  'response.replaces-call-id',
];

/** The behaviours about the listed participants; scenarios with their own behaviours for that leave these out. */
export const PARTICIPANT_BEHAVIORS: readonly string[] = [
  'response.participants',
  'completion.participants',
  'roster.invitees',
];

/** The behaviours of every refusal. */
export const REFUSAL_BEHAVIORS: readonly string[] = ['refusal.client-error', 'refusal.error-body', 'refusal.no-effect'];

/** The behaviours of an invitation that may be refused, or accepted and reported as failed. */
export const REFUSAL_OR_FAILURE_BEHAVIORS: readonly string[] = [...REFUSAL_BEHAVIORS, 'failure.announced'];

/** A list without some of its behaviours. */
export function without(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((id) => !some.includes(id));
}

/** The behaviours of an accepted concurrent invitation, except those that the concurrency behaviour covers. */
export const CONCURRENT_BEHAVIORS: readonly string[] = without(ACCEPTED_BEHAVIORS, JUDGED_WHEN_CONCURRENT);

/** The behaviours of an accepted invitation without a roster update. */
export const WITHOUT_ROSTER_BEHAVIORS: readonly string[] = [
  ...RESPONSE_BEHAVIORS,
  ...COMPLETION_BEHAVIORS,
  ...NOTIFICATION_BEHAVIORS,
  'ordering.response-first',
];

/** The behaviours of a plain invitation after another one, which must not prevent it from being accepted and listed. */
export const FOLLOW_UP_BEHAVIORS: readonly string[] = ['request.route', 'roster.announced', 'roster.invitees'];

/** The behaviours of an invitation of a hidden participant. */
export const HIDDEN_BEHAVIORS: readonly string[] = [
  'request.hidden-accepted',
  'roster.hidden-absent',
  ...WITHOUT_ROSTER_BEHAVIORS,
];

/** The behaviours of a move of one meeting participant. */
export const MOVE_BEHAVIORS: readonly string[] = [
  'move.accepted',
  'move.response-participant-id',
  'move.roster',
  'move.source-call-stays',
  'response.replaces-call-id',
  ...without(ACCEPTED_BEHAVIORS, ['roster.invitees']),
];

/** The behaviours of a move of several participants, of whom the service moves the first. */
export const FIRST_ONLY_MOVE_BEHAVIORS: readonly string[] = [
  'move.first-only-accepted',
  'move.first-only-response',
  'move.first-only-completion',
  'move.first-only-roster',
];
