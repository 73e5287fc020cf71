import { headerValue } from '../../history/body';
import { rosterEntryIdentities } from '../../history/identities';
import { rosterOf, statusOf, type Notification } from '../../history/notifications';
import { member, stringMember } from '../../history/values';
import type { Invitation, Run } from '../../history/run-view';
import { check } from '../../schemas';
import type { Deviation, Place, Value } from '../finding';
import { identitiesValue } from '../finding-values';
import {
  arrivals,
  atStatus,
  completionOf,
  entriesFor,
  failedLater,
  isUnavailableEachTime,
  inNotification,
  inResponse,
  rostersShowing,
  violates,
} from './evidence';
import { fact } from './fact';
import { letInBy, shutOutBy } from './remembered-credentials';
import { isLikeAnId, namesTheSameOperation } from './requests';

/** Facts about the response to an invitation, and about the consequences of a refusal. */

/** The target's response, as a value. */
export function answerOf({ exchange, json }: Invitation): Value {
  const { response, failure } = exchange;
  if (!response) return { is: 'noAnswer', reason: failure?.reason ?? 'the exchange was cut off' };
  const error = json.ok ? member(json.value, 'error') : undefined;
  const [code, message] = [stringMember(error, 'code'), stringMember(error, 'message')];
  const redirects = response.status >= 300 && response.status < 400;
  const location = redirects ? headerValue(response.headers, 'location') : undefined;
  return {
    is: 'answer',
    status: response.status,
    ...(location === undefined ? {} : { location: location.slice(0, 160) }),
    ...(code === undefined ? {} : { code: code.slice(0, 160) }),
    ...(message === undefined ? {} : { message: message.slice(0, 160) }),
  };
}

function answered(invitation: Invitation, expected: Value, more: Place[] = []): Deviation {
  return { expected, observed: answerOf(invitation), at: [atStatus(invitation), ...more] };
}

/** Whether the documentation says that the invitation is accepted. */
function mustBeAccepted({ record: { expect } }: Invitation): boolean {
  return expect === 'accepted' || expect === 'fails';
}

const accepted = fact(
  ['notThrottled'],
  (invitation, run) =>
    invitation.outcome === 'accepted'
      ? undefined
      : { ...answered(invitation, { is: 'status', status: '2xx' }), ...shutOutBy(invitation, run) },
  mustBeAccepted,
);

/** An accepted invitation whose operation fails was not carried out. */
const carriedOut = fact(
  ['accepted'],
  (invitation) => {
    if (!failedLater(invitation)) return undefined;
    const ending = completionOf(invitation);
    return {
      expected: { is: 'outcome', outcome: 'completed' },
      observed: { is: 'outcome', outcome: 'failed' },
      at: [ending ? inNotification(ending, '.resourceData.status') : inResponse(invitation, '.status')],
    };
  },
  mustBeAccepted,
);

/**
 * The first roster that shows an invitee, wherever it was delivered: a wrong callback does not excuse showing someone
 * who must not join.
 */
function shownAnywhere(invitation: Invitation): Notification | undefined {
  return invitation.record.alreadyInCall === true
    ? undefined
    : rostersShowing(invitation, invitation.rostersAnywhere)[0];
}

/** The deviation that a roster shows invitees of a refused or failed invitation. */
function joined(invitation: Invitation, run: Run, roster: Notification): Deviation {
  const entries = entriesFor(roster, invitation.record.invitees);
  const who = invitation.record.invitees.filter((identity) => entriesFor(roster, [identity]).length > 0);
  return {
    expected: { is: 'identities', identities: [] },
    observed: identitiesValue(who, invitation, run),
    at: [...entries.map(({ path }): Place => ({ event: roster.delivery.n, part: 'body', path })), atStatus(invitation)],
  };
}

/**
 * Refused means an immediate 4xx. If the reason is the call's preconditions or the invitees, a 200 followed by a failed
 * operation also counts.
 */
const refused = fact(
  ['notThrottled', 'controlled', 'endingsCome'],
  (invitation, run) => {
    const { outcome, record } = invitation;
    if (outcome === 'refused') return undefined;
    // The same request sent twice may be accepted once.
    if (record.alreadyInCall === true && namesTheSameOperation(invitation, run)) return undefined;
    const mayFail = record.expect === 'refusedOrFails';
    const expected: Value = { is: 'outcome', outcome: mayFail ? 'refusedOrFailed' : 'refused' };
    const ending = completionOf(invitation);
    if (outcome !== 'accepted' || !mayFail || (!ending && !failedLater(invitation)))
      return { ...answered(invitation, expected), ...letInBy(invitation, run) };
    const completed = invitation.endings.find((other) => statusOf(other) === 'completed');
    if (!failedLater(invitation)) {
      const at = ending ? [inNotification(ending, '.resourceData.status')] : [];
      return { expected, observed: { is: 'outcome', outcome: 'completed' }, at: [atStatus(invitation), ...at] };
    }
    if (!completed) return undefined;
    const at = [inNotification(completed, '.resourceData.status'), atStatus(invitation)];
    return { expected, observed: { is: 'outcome', outcome: 'both' }, at };
  },
  (invitation) => !mustBeAccepted(invitation),
);

/** No invitee of a refused or failed invitation is in a roster. */
const nobodyJoins = fact(
  ['notCompleted', 'invitedAlone'],
  (invitation, run) => {
    const roster = shownAnywhere(invitation);
    return roster && joined(invitation, run, roster);
  },
  ({ record }) => record.expect !== 'accepted',
);

/** An immediate refusal starts no operation. */
const noOperation = fact([], (invitation, run) => {
  const [about] = invitation.operations;
  if (!about) return undefined;
  const observed = arrivals(run, invitation, invitation.operations);
  return { expected: { is: 'absent' }, observed, at: [inNotification(about), atStatus(invitation)] };
});

/** Every refusal is a 4xx, never a 5xx. */
const clientError = fact(
  ['controlled'],
  (invitation) => answered(invitation, { is: 'status', status: '4xx' }),
  (invitation) => invitation.outcome === 'otherAnswer' || isUnavailableEachTime(invitation),
);

const errorBody = fact([], (invitation) => {
  const { json, exchange } = invitation;
  if (json.ok) return violates(check('odata-error', json.value), inResponse(invitation));
  const beginning = exchange.response?.body.content.slice(0, 160) ?? '';
  return {
    expected: { is: 'allowed', allowed: '{"error": {"code": …, "message": …}}' },
    observed: { is: 'unreadable', reason: json.reason, beginning },
    at: [inResponse(invitation)],
  };
});

/** Creates a fact that a refusal has a particular 4xx status. */
function status(expected: number) {
  return fact(['controlled', 'refusal'], (invitation) =>
    invitation.exchange.response?.status === expected
      ? undefined
      : answered(invitation, { is: 'status', status: expected }),
  );
}

/** An id that does not look like a call id may be refused for its form, with another 4xx. */
const status404 = fact(['controlled', 'refusal'], (invitation, run) =>
  invitation.exchange.response?.status === 404 || !isLikeAnId(invitation, run)
    ? undefined
    : answered(invitation, { is: 'status', status: 404 }),
);

/** If the first of several participants has a replacesCallId, no roster shows the others. */
const ignoredStayOut = fact(['accepted'], (invitation, run) => {
  const { ignored } = invitation.record;
  const roster = invitation.rostersAnywhere.find((one) => entriesFor(one, ignored).length > 0);
  if (!roster) return undefined;
  const listed = rosterOf(roster).flatMap(({ entry }) => rosterEntryIdentities(entry));
  return {
    expected: identitiesValue(invitation.record.invitees, invitation, run),
    observed: identitiesValue(listed, invitation, run),
    at: entriesFor(roster, ignored).map(({ path }) => ({ event: roster.delivery.n, part: 'body', path })),
  };
});

export const acceptanceFacts = {
  'invitation.accepted': accepted,
  'invitation.carried-out': carriedOut,
  'invitation.refused': refused,
  'invitation.nobody-joins': nobodyJoins,
  'invitation.ignored-stay-out': ignoredStayOut,
  'refusal.no-operation': noOperation,
  'refusal.client-error': clientError,
  'refusal.error-body': errorBody,
  'refusal.status-401': status(401),
  'refusal.status-403': status(403),
  'refusal.status-404': status404,
};
