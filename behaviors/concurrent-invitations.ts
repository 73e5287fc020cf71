import type { InvitedIdentity } from '../history/events';
import { difference, participantsOf } from '../history/identities';
import { statusOf, type Notification } from '../history/notifications';
import { show, shown, text } from '../history/values';
import { reaches, type Invitation, type Run } from '../history/view';
import { tooMuch } from './completion';
import { completionOf, earlyRoster, participantsFault, placeOf } from './evidence';
import { precedesResponse } from './order-evidence';
import { answerOf, brokenControl, failed, hiddenBehind, passed, showsInGeneral, throttled, type Said } from './judging';

/** One way in which an invitation among several can go wrong, and the behaviour that shows it for one alone. */
interface Fault {
  general: string;
  of: (invitation: Invitation, run: Run) => Found | undefined;
}

interface Found {
  seen: string;
  notification?: Notification;
  /** What came is another invitation's: that is a mix-up, and none of the faults that an invitation alone shows. */
  mixedUp?: boolean;
}

/** A finding with the name of the other invitation of the run whose value it is, where it is one's. */
function whose(
  run: Run,
  invitation: Invitation,
  notification: Notification,
  seen: string,
  is: (other: Invitation) => boolean,
): Found {
  const other = run.invitations.find((candidate) => candidate !== invitation && is(candidate));
  return other
    ? { seen: `${seen}, which is that of ${other.record.key}`, notification, mixedUp: true }
    : { seen, notification };
}

const FAULTS: Fault[] = [
  {
    general: 'completion.announced',
    of: (it) =>
      it.endings.some((ending) => reaches(it.call, ending)) ? undefined : { seen: 'no completion of its own came' },
  },
  {
    general: 'completion.operation-id',
    of: (it, run) => {
      const ending = completionOf(it);
      const id = text(ending?.data, 'id');
      if (!ending || it.operationId === undefined || id === it.operationId) return undefined;
      const seen = `the response gave id ${it.operationId}, and its completion has ${show(id)}`;
      return whose(run, it, ending, seen, ({ operationId }) => id !== undefined && operationId === id);
    },
  },
  {
    general: 'completion.client-context',
    of: (it, run) => {
      const ending = completionOf(it);
      const context = text(ending?.data, 'clientContext');
      const sent = it.record.clientContext;
      if (!ending || sent === undefined || context === sent) return undefined;
      const seen = `its completion has clientContext ${show(context)}`;
      return whose(run, it, ending, seen, ({ record }) => context !== undefined && record.clientContext === context);
    },
  },
  {
    general: 'completion.participants',
    of: (it, run) => {
      const ending = completionOf(it);
      const fault = ending ? participantsFault(it, ending.data) : undefined;
      if (!ending || fault === undefined) return undefined;
      const found = participantsOf(ending.data).flatMap(({ identities }) => identities);
      const are = (invitees: InvitedIdentity[]): boolean =>
        found.length > 0 && difference(invitees, found) === undefined;
      return whose(run, it, ending, `in its completion ${fault}`, ({ record }) => are(record.invitees));
    },
  },
  {
    general: 'completion.resource-url',
    of: (it) => {
      const ending = completionOf(it);
      if (!ending || (ending.resource?.callId === it.callId && (ending.resource.id ?? '') === (it.operationId ?? '')))
        return undefined;
      return { seen: `its completion's resourceUrl is ${shown(ending.item, 'resourceUrl')}`, notification: ending };
    },
  },
  {
    general: 'completion.status',
    of: (it) => {
      const ending = completionOf(it);
      if (!ending || statusOf(ending) === 'completed') return undefined;
      return { seen: `its completion has status ${shown(ending.data, 'status')}`, notification: ending };
    },
  },
  {
    general: 'completion.once',
    of: (it, run) => {
      const more = tooMuch(it, run);
      return more ? { seen: more.seen } : undefined;
    },
  },
  {
    general: 'ordering.response-first',
    of: (it, run) => {
      const early = it.operations.find((notification) => precedesResponse(notification, it, run));
      return early ? { seen: `${placeOf(early)} came before the response`, notification: early } : undefined;
    },
  },
  {
    general: 'ordering.completion-before-roster',
    of: (it, run) => {
      const early = earlyRoster(it, run);
      return early
        ? { seen: `the roster (${placeOf(early)}) came before its completion`, notification: early }
        : undefined;
    },
  },
];

/** The behaviours of an invitation alone that are judged here, where several are under way together. */
export const JUDGED_TOGETHER: readonly string[] = FAULTS.map(({ general }) => general);

/**
 * Judges one of several invitations that were under way together. A fault that an invitation alone shows as well does
 * not come of their being together, and is the finding of the behaviour that it belongs to; unless it is a mix-up, which
 * a run shows everywhere, since its scenarios are under way together too.
 */
export function concurrent(invitation: Invitation, run: Run): Said {
  const hint =
    'Keep what belongs to an operation with the operation, not with the call or the last request; serialise the notifications of a call.';
  if (invitation.outcome === 'throttled') return throttled(invitation);
  if (invitation.outcome !== 'accepted') {
    const broken = brokenControl(invitation, run);
    if (broken !== undefined) return hiddenBehind(broken);
    const alone = invitation.exchange.response ? ', though the same invitation alone is accepted' : '';
    return failed(`${answerOf(invitation)}${alone}`, hint);
  }
  let hidden: Said | undefined;
  for (const fault of FAULTS) {
    const found = fault.of(invitation, run);
    if (!found) continue;
    const isGeneral = showsInGeneral(run, fault.general, (alone) => fault.of(alone, run) !== undefined);
    if (found.mixedUp === true || !isGeneral) {
      return failed(found.seen, hint, found.notification ? [found.notification.delivery.n] : []);
    }
    hidden = hiddenBehind(fault.general);
  }
  return hidden ?? passed();
}
