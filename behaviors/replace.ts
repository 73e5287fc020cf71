import { namedAll } from '../history/identities';
import { saysTerminated, statusOf, type Notification } from '../history/notifications';
import { isObject, shown } from '../history/values';
import { reaches, type Invitation, type Run } from '../history/view';
import type { Behavior } from './behavior';
import { bodyOf, completionOf, entriesFor, participantsFault, placeOf, rostersShowing, SHOWN } from './evidence';
import { failed, hiddenBehind, passed, perInvitation, untested, whenAccepted, type Said, waiting } from './judging';
import { completionsNameOthers, responsesNameOthers } from './general-faults';
import { accepted } from './request';

/** Notifications that name the call which an invitation replaces as the resource that changed. */
export function aboutReplacedCall(invitation: Invitation, run: Run): Notification[] {
  const replaced = run.calls.find((call) => call.key === invitation.record.replaces);
  if (!replaced) return [];
  return aboutCall(replaced.callId, run);
}

/** Notifications that name a call as the resource that changed. */
function aboutCall(callId: string, run: Run): Notification[] {
  return run.notifications.filter(({ resource }) => resource?.part === 'call' && resource.callId === callId);
}

function isDeleted(notification: Notification): boolean {
  return notification.changeType === 'deleted';
}

/** Notifications that say the replaced call came to its end: by its state, terminating included, or by deletion. */
export function replacedCallEnds(invitation: Invitation, run: Run): Notification[] {
  return aboutReplacedCall(invitation, run).filter((it) => saysTerminated(it) || isDeleted(it));
}

/** That the replaced call ends is promised with a completed operation only. */
function afterCompleted(isIt: (notification: Notification) => boolean, what: string, hint: string) {
  return whenAccepted((invitation, run) => {
    const ending = completionOf(invitation);
    if (!ending || statusOf(ending) === 'failed')
      return waiting('the operation was not announced as completed', 'completion.announced', 'completion.status');
    const replaced = run.calls.find((call) => call.key === invitation.record.replaces);
    if (!replaced) return untested('no peer-to-peer call was replaced');
    // A deletion that gives the last state as well is the matter of the behaviour about deletion.
    const wrong = aboutCall(invitation.callId, run).find(
      (it) => it.about === 'call' && isIt(it) && (isIt === isDeleted || !isDeleted(it)),
    );
    if (wrong) {
      const seen = `${placeOf(wrong)} says so of the group call: resourceUrl is ${shown(wrong.item, 'resourceUrl')}`;
      return failed(seen, hint, [wrong.delivery.n]);
    }
    if (aboutReplacedCall(invitation, run).some(isIt)) return passed();
    const got = run.notifications.filter((it) => reaches(replaced, it) || it.resource?.callId === replaced.callId);
    const list = got.map(
      (it) => `${it.changeType} of ${shown(it.item, 'resourceUrl')}, state ${shown(it.data, 'state')}`,
    );
    return failed(
      `no notification ${what}; about the replaced call ${replaced.callId} came ${list.length === 0 ? 'nothing' : list.join('; ')}`,
      hint,
      got.map(({ delivery }) => delivery.n),
    );
  });
}

const FIRST_ONLY = 'With a replacesCallId read the first participant alone, and pass over the rest without an error.';

function firstOnlyResponse(invitation: Invitation, run: Run): Said {
  const body = bodyOf(invitation);
  if (!isObject(body)) return waiting("the response's body is no JSON object", 'response.json', 'response.operation');
  const fault = participantsFault(invitation, body);
  if (fault === undefined) return passed();
  return responsesNameOthers(run) ? hiddenBehind('response.participants') : failed(`$.${fault}`, FIRST_ONLY);
}

function firstOnlyCompletion(invitation: Invitation, run: Run): Said {
  const ending = completionOf(invitation);
  if (!ending) return waiting('no notification ended the operation', 'completion.announced');
  const fault = participantsFault(invitation, ending.data);
  if (fault === undefined) return passed();
  if (completionsNameOthers(run)) return hiddenBehind('completion.participants');
  return failed(`${placeOf(ending)}.resourceData.${fault}`, FIRST_ONLY, [ending.delivery.n]);
}

function firstOnlyRoster(invitation: Invitation): Said {
  const { ignored } = invitation.record;
  const wrong = invitation.rostersAnywhere.find((roster) => entriesFor(roster, ignored).length > 0);
  if (wrong) {
    const who = ignored.filter((identity) => entriesFor(wrong, [identity]).length > 0);
    return failed(`${placeOf(wrong)} shows ${namedAll(who)}`, FIRST_ONLY, [wrong.delivery.n]);
  }
  return rostersShowing(invitation).length > 0
    ? passed()
    : waiting('no roster update shows the first participant', ...SHOWN);
}

export const replace: Behavior[] = [
  {
    id: 'replace.accepted',
    level: 'stated',
    statement: 'one participant with the replacesCallId of a live peer-to-peer call is accepted',
    source: { lines: [504, 509] },
    judge: perInvitation(
      accepted('Accept a replacesCallId that names a live peer-to-peer call of the invited participant.'),
    ),
  },
  {
    id: 'replace.first-only-accepted',
    level: 'stated',
    statement:
      'several participants with a replacesCallId are accepted: the first is read, the rest are ignored, and that is no error',
    source: { lines: [504, 505, 506] },
    judge: perInvitation(accepted(FIRST_ONLY)),
  },
  {
    id: 'replace.first-only-response',
    level: 'stated',
    statement: 'of several participants with a replacesCallId the response names the first alone',
    source: { lines: [504, 505, 506] },
    judge: perInvitation(whenAccepted(firstOnlyResponse)),
  },
  {
    id: 'replace.first-only-completion',
    level: 'stated',
    statement: 'of several participants with a replacesCallId the completion names the first alone',
    source: { lines: [504, 505, 506] },
    judge: perInvitation(whenAccepted(firstOnlyCompletion)),
  },
  {
    id: 'replace.first-only-roster',
    level: 'stated',
    statement: 'of several participants with a replacesCallId no roster ever shows any but the first',
    source: { lines: [504, 505, 506] },
    judge: perInvitation(whenAccepted(firstOnlyRoster)),
  },
  {
    id: 'replace.peer-call-terminated',
    level: 'stated',
    statement: 'after completed, a notification says that the replaced call is terminating or terminated',
    source: { lines: [699] },
    judge: perInvitation(
      afterCompleted(
        saysTerminated,
        'says terminating or terminated',
        "Post the replaced call with state terminated to that call's callbackUri.",
      ),
    ),
  },
  {
    id: 'replace.peer-call-deleted',
    level: 'stated',
    statement:
      'after completed, a notification says that the replaced call was deleted: changeType deleted, its resourceUrl',
    source: { lines: [699] },
    judge: perInvitation(
      afterCompleted(
        isDeleted,
        'with changeType deleted names it',
        'Post changeType deleted with resourceUrl /communications/calls/{replaced call id}.',
      ),
    ),
  },
];
