import { saysTerminated, type Notification } from '../../history/notifications';
import { reaches } from '../../history/run-view';
import type { Deviation, Moment, Place, Value } from '../finding';
import { memberOf } from '../finding-values';
import {
  aboutCall,
  arrivals,
  completionOf,
  earlyRoster,
  inNotification,
  isDeleted,
  momentOf,
  replacedCallDeleted,
  replacedCallEnds,
  replacedCallOf,
  replacedCallTerminated,
} from './evidence';
import { fact } from './fact';
import { overtakes, precedesResponse } from './proved-order';

/** Facts about order, and about the end of a replaced call. Only a proved wrong order deviates. */

function at(...notifications: Notification[]): Place[] {
  return notifications.map(({ delivery, path }) => ({ event: delivery.n, part: 'time', path }));
}

/** The deviation that one notification was over before another one began. */
function tooEarly(early: Notification, what: Moment['what'], before: Notification, that: Moment['what']): Deviation {
  const [first, then] = [momentOf(early, what), momentOf(before, that)];
  const ms = before.delivery.headersAt - early.delivery.bodyAt;
  return {
    expected: { is: 'order', first: then, then: first },
    observed: { is: 'order', first, then, ms },
    at: at(early, before),
  };
}

const responseFirst = fact(['accepted', 'operationNotification'], (invitation, run) => {
  const early = invitation.operations.find((it) => precedesResponse(it, invitation, run));
  const { response, n } = { ...invitation.exchange };
  if (!early || !response) return undefined;
  const [first, then]: Moment[] = [momentOf(early, 'operation'), { event: n, what: 'response' }];
  if (!first || !then) return undefined;
  const ms = response.headersAt - early.delivery.bodyAt;
  return {
    expected: { is: 'order', first: then, then: first },
    observed: { is: 'order', first, then, ms },
    at: [...at(early), { event: n, part: 'time' }],
  };
});

const completionBeforeRoster = fact(['ended'], (invitation, run) => {
  const early = earlyRoster(invitation, run);
  const ending = completionOf(invitation);
  return early && ending && tooEarly(early, 'roster', ending, 'completion');
});

const replacedCallEndsAfter = fact(['ended', 'replacedCallEnds'], (invitation, run) => {
  const ending = completionOf(invitation);
  const early = ending && replacedCallEnds(invitation, run).find((it) => overtakes(it, ending, invitation, run));
  return early && tooEarly(early, 'callEnd', ending, 'completion');
});

const terminatedBeforeDeleted = fact(
  ['accepted', 'replacedCallDeleted', 'replacedCallTerminated'],
  (invitation, run) => {
    const deleted = replacedCallDeleted(invitation, run);
    const late = replacedCallTerminated(invitation, run).find(
      (it) => deleted && !isDeleted(it) && overtakes(deleted, it, invitation, run),
    );
    return deleted && late && tooEarly(deleted, 'deleted', late, 'terminated');
  },
);

/** One of the two announcements of a call's end. */
type End = { isIt: (notification: Notification) => boolean; expected: Value };

/** The page promises the end of the replaced call only after a completed operation. */
function announces({ isIt, expected }: End) {
  return fact(['completed', 'replacedCall'], (invitation, run) => {
    // A deletion that also contains the last state is checked by the fact about deletion.
    const wrong = aboutCall(invitation.callId, run).find(
      (it) => it.about === 'call' && isIt(it) && (isIt === isDeleted || !isDeleted(it)),
    );
    if (wrong) {
      const path = `/communications/calls/${replacedCallOf(invitation, run)?.callId}`;
      const observed = memberOf(wrong.item, 'resourceUrl');
      return { expected: { is: 'resource', path }, observed, at: [inNotification(wrong, '.resourceUrl')] };
    }
    const replaced = replacedCallOf(invitation, run);
    if (!replaced || aboutCall(replaced.callId, run).some(isIt)) return undefined;
    const came = run.notifications.filter((it) => reaches(replaced, it) || it.resource?.callId === replaced.callId);
    const since: Place = { event: invitation.exchange.n, part: 'time' };
    const observed = arrivals(run, { ...invitation, call: replaced }, came);
    return { expected, observed, at: [...came.map((it) => inNotification(it)), since] };
  });
}

export const orderFacts = {
  'ordering.response-first': responseFirst,
  'ordering.completion-before-roster': completionBeforeRoster,
  'ordering.replaced-call-ends-after-completion': replacedCallEndsAfter,
  'ordering.terminated-before-deleted': terminatedBeforeDeleted,
  'replace.peer-call-terminated': announces({
    isIt: saysTerminated,
    expected: { is: 'allowed', allowed: 'a notification about the replaced call with state terminating or terminated' },
  }),
  'replace.peer-call-deleted': announces({
    isIt: isDeleted,
    expected: { is: 'allowed', allowed: 'a notification about the replaced call with changeType deleted' },
  }),
};
