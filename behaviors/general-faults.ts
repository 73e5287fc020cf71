import { member } from '../history/values';
import type { Run } from '../history/view';
import { isContextOf } from './client-contexts';
import { absentFromRosters, bodyOf, completionOf, participantsFault } from './evidence';
import { showsInGeneral } from './judging';

/**
 * What plain invitations show as well. A particular behaviour leaves such a fault to the general one that it belongs to:
 * a fault is told where it belongs, once.
 */

/** Whether plain invitations are accepted and never announced as ended. */
export function completionsAreMissing(run: Run): boolean {
  return showsInGeneral(run, 'completion.announced', (invitation) => invitation.endings.length === 0);
}

/** Whether plain invitations do not get their clientContext back. */
export function contextIsLost(run: Run): boolean {
  return showsInGeneral(run, 'response.client-context', (invitation) => {
    const { clientContext } = invitation.record;
    return clientContext !== undefined && !isContextOf(invitation, member(bodyOf(invitation), 'clientContext'));
  });
}

/** Whether the completions of plain invitations do not carry their clientContext. */
export function completionsLoseContext(run: Run): boolean {
  return showsInGeneral(run, 'completion.client-context', (invitation) => {
    const ending = completionOf(invitation);
    const { clientContext } = invitation.record;
    if (ending === undefined || clientContext === undefined) return false;
    return !isContextOf(invitation, member(ending.data, 'clientContext'));
  });
}

/** Whether the responses to plain invitations do not name those invited. */
export function responsesNameOthers(run: Run): boolean {
  return showsInGeneral(run, 'response.participants', (it) => participantsFault(it, bodyOf(it)) !== undefined);
}

/** Whether the completions of plain invitations do not name those invited. */
export function completionsNameOthers(run: Run): boolean {
  return showsInGeneral(run, 'completion.participants', (invitation) => {
    const ending = completionOf(invitation);
    return ending !== undefined && participantsFault(invitation, ending.data) !== undefined;
  });
}

/** Whether the invitees of plain invitations show up in no roster. */
export function rostersLackInvitees(run: Run): boolean {
  return showsInGeneral(
    run,
    'roster.invitees',
    (invitation) => absentFromRosters(invitation, invitation.record.invitees).length > 0,
  );
}
