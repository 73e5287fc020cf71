import { check } from '../schemas';
import { spellingsOf } from '../history/location';
import { reaches, type Invitation, type Run } from '../history/view';
import { cameAfter, statusOf, type Notification } from '../history/notifications';
import { member, show, shown } from '../history/values';
import type { Behavior } from './behavior';
import { isContextOf, leakedContext } from './client-contexts';
import { bodyOf, completionOf, participantsFault, placeOf } from './evidence';
import { failed, passed, perInvitation, whenAccepted, type Said, waiting } from './judging';
import { overtakes } from './order-evidence';

export const OPERATION_TYPE = '#microsoft.graph.inviteParticipantsOperation';

/** Only where the end of an accepted invitation's operation was announced. */
function whenEnded(say: (ending: Notification, invitation: Invitation, run: Run) => Said | undefined) {
  return whenAccepted((invitation, run) => {
    const ending = completionOf(invitation);
    return ending
      ? say(ending, invitation, run)
      : waiting('no notification ended the operation', 'completion.announced');
  });
}

/** A judge of one member of the notification that ends the operation. */
function ended(say: (ending: Notification, invitation: Invitation, run: Run) => Said | undefined) {
  return perInvitation((invitation, run) => {
    const ending = completionOf(invitation);
    const said = whenEnded(say)(invitation, run);
    if (!said || said.verdict === 'passed' || !ending) return said;
    return { ...said, events: [...(said.events ?? []), ending.delivery.n] };
  });
}

/** Statuses that say the operation is still under way. */
const GOES_ON = new Set(['notstarted', 'running']);

function announced(invitation: Invitation, run: Run): Said {
  const { endings, operations, exchange, call } = invitation;
  const here = endings.filter((ending) => reaches(call, ending));
  const [first] = here;
  const hint = `Post the end of the operation to ${call.callbackUri}, the callbackUri of the call.`;
  if (first) {
    const said = statusOf(first) ?? '';
    if (GOES_ON.has(said)) {
      return failed(
        `${placeOf(first)} says ${first.changeType}, but with status ${shown(first.data, 'status')}, which ends nothing`,
        hint,
      );
    }
    const after = cameAfter(first.delivery, exchange.response?.endAt ?? 0);
    if (after <= run.header.timeoutMs) return passed();
    return failed(
      `it came ${Math.round(after)} ms after the response`,
      `Raise --timeout-ms above ${run.header.timeoutMs} if that is as it should be.`,
      [first.delivery.n],
    );
  }
  const [elsewhere] = endings;
  if (elsewhere)
    return failed(`it came to the callback of another call: ${placeOf(elsewhere)}`, hint, [elsewhere.delivery.n]);
  if (operations.length > 0) {
    const states = operations.map(
      (notification) => `${notification.changeType} with status ${shown(notification.data, 'status')}`,
    );
    return failed(
      `notifications about the operation came, none with a terminal status: ${states.join(', ')}`,
      hint,
      operations.map((n) => n.delivery.n),
    );
  }
  const unread = run.deliveries.filter(({ delivery, json }) => delivery.call === call.key && !json.ok).length;
  const astray = run.deliveries.filter(({ delivery }) => delivery.call === undefined).length;
  const others = [
    unread > 0 ? `${unread} deliveries to this call's callback could not be read as JSON` : '',
    astray > 0 ? `${astray} deliveries came to paths that belong to no call` : '',
    run.deliveries.length === 0 ? 'nothing at all reached the callback in this run' : '',
  ].filter((part) => part !== '');
  return failed(['no notification about the operation came', ...others].join('; '), hint);
}

function status(ending: Notification, invitation: Invitation): Said {
  const found = statusOf(ending);
  if (found === 'completed') return passed();
  // Where another behaviour asks for the acceptance, a failed operation is that one's finding.
  if (found === 'failed' && !invitation.record.tries.includes('request.route')) {
    return waiting('the operation was announced as failed', 'completion.status');
  }
  const why = member(ending.data, 'resultInfo');
  return failed(
    `${ending.path}.resourceData.status is ${shown(ending.data, 'status')}${why === undefined ? '' : `, resultInfo ${show(why)}`}`,
    'End an operation that was carried out with status completed.',
  );
}

function resourceUrl(ending: Notification, invitation: Invitation): Said {
  const { resource } = ending;
  const id = invitation.operationId;
  const right = resource?.documented === true && resource.part === 'operation' && resource.callId === invitation.callId;
  if (right && (id === undefined || resource.id === id)) return passed();
  const spelling = resource && spellingsOf(resource, invitation.callId, id);
  return failed(
    `${ending.path}.resourceUrl is ${shown(ending.item, 'resourceUrl')}${spelling === undefined ? '' : `, with ${spelling}`}`,
    'Name the operation by its call and its id, each to the letter.',
    [],
    `resourceUrl is /communications/calls/${invitation.callId}/operations/${id ?? '{operation id}'}`,
  );
}

function operation(ending: Notification): Said {
  const type = member(ending.data, '@odata.type');
  const wrongType =
    type === OPERATION_TYPE
      ? []
      : [`${ending.path}.resourceData['@odata.type'] is ${shown(ending.data, '@odata.type')}`];
  const violations = check('invite-participants-operation', ending.data ?? null);
  const wrong = violations.map(
    ({ path, found, expected }) => `${ending.path}.resourceData${path.slice(1)} is ${found}, not ${expected}`,
  );
  const seen = [...wrongType, ...wrong].slice(0, 4);
  return seen.length === 0
    ? passed()
    : failed(seen.join('; '), `Put the operation in resourceData, with @odata.type ${OPERATION_TYPE}.`);
}

function operationId(ending: Notification, invitation: Invitation): Said {
  const id = invitation.operationId;
  if (id === undefined) return waiting('the response gave the operation no id', 'response.operation-id');
  const found = member(ending.data, 'id');
  if (found === id) return passed();
  return failed(
    `${ending.path}.resourceData.id is ${shown(ending.data, 'id')}; the response's $.id is ${show(id)}`,
    'Send the id of the response again.',
  );
}

function clientContext(ending: Notification, invitation: Invitation, run: Run): Said {
  const sent = invitation.record.clientContext;
  const found = member(ending.data, 'clientContext');
  const at = `${ending.path}.resourceData.clientContext`;
  if (sent === undefined) {
    // One that came with the response too is that one's finding.
    if (found === member(bodyOf(invitation), 'clientContext')) return passed();
    const leak = leakedContext(invitation, found, run);
    return leak ? failed(`none was sent; ${at} is ${leak.seen}`, leak.hint, leak.events) : passed();
  }
  if (isContextOf(invitation, found)) return passed();
  return failed(
    `${at} is ${shown(ending.data, 'clientContext')}`,
    'Send the clientContext of this invitation, to the letter.',
    [],
    `clientContext is exactly what was sent: ${show(sent)}`,
  );
}

function participants(ending: Notification, invitation: Invitation): Said {
  const fault = participantsFault(invitation, ending.data);
  return fault === undefined
    ? passed()
    : failed(`${ending.path}.resourceData.${fault}`, 'Name just those whom the invitation names.');
}

/** What a notification about an operation says, in short. */
function inWords(notification: Notification): string {
  const { data, changeType, delivery } = notification;
  const astray =
    delivery.call === undefined ? ', to a path that belongs to no call' : `, to the callback of ${delivery.call}`;
  return `${placeOf(notification)}: ${changeType}, status ${shown(data, 'status')}, id ${shown(data, 'id')}${astray}`;
}

/** What else came about an operation beside the one notification that ends it; undefined where nothing did. */
export function tooMuch(invitation: Invitation, run: Run): { seen: string; events: number[] } | undefined {
  const { operations } = invitation;
  // A sender that missed our acknowledgement may deliver again.
  const taken = invitation.endings.filter(({ delivery }) => delivery.acknowledgedAt !== undefined);
  const endings = taken.length > 0 ? taken : invitation.endings;
  const [first, second] = endings;
  if (!first) return undefined;
  if (second) {
    const places = endings.map(inWords);
    return {
      seen: `${endings.length} notifications end the operation: ${places.join('; ')}`,
      events: endings.map((n) => n.delivery.n),
    };
  }
  const later = operations.find((other) => overtakes(first, other, invitation, run));
  if (!later) return undefined;
  return {
    seen: `after it came another notification about the operation: ${placeOf(later)}, status ${shown(later.data, 'status')}`,
    events: [later.delivery.n],
  };
}

function once(_ending: Notification, invitation: Invitation, run: Run): Said {
  const more = tooMuch(invitation, run);
  return more
    ? failed(more.seen, 'Announce the end of an operation once, to the callback of its call alone.', more.events)
    : passed();
}

export const completion: Behavior[] = [
  {
    id: 'completion.announced',
    level: 'shown',
    statement: 'a notification about the operation of an accepted invitation arrives with a terminal status',
    source: { lines: [150] },
    judge: perInvitation(whenAccepted(announced)),
  },
  {
    id: 'completion.change-type',
    level: 'shown',
    statement: 'changeType of the notification that ends the operation is deleted',
    source: { lines: [167] },
    judge: ended((ending) =>
      ending.changeType === 'deleted'
        ? passed()
        : failed(
            `${ending.path}.changeType is ${shown(ending.item, 'changeType')}`,
            'Send deleted: the operation is gone once it has ended.',
          ),
    ),
  },
  {
    id: 'completion.resource-url',
    level: 'shown',
    statement:
      'resourceUrl of it is /communications/calls/{call id}/operations/{operation id}; an /app prefix or an absolute URL also counts',
    source: { lines: [169] },
    judge: ended(resourceUrl),
  },
  {
    id: 'completion.operation',
    level: 'shown',
    statement: 'resourceData of it is an inviteParticipantsOperation: its @odata.type and its schema',
    source: { lines: [171] },
    judge: ended(operation),
  },
  {
    id: 'completion.status',
    level: 'shown',
    statement: 'status of it is completed, in any case',
    source: { lines: [185] },
    judge: ended(status),
  },
  {
    id: 'completion.operation-id',
    level: 'shown',
    statement: "id in it is the response's id",
    source: { lines: [187] },
    judge: ended(operationId),
  },
  {
    id: 'completion.client-context',
    level: 'shown',
    statement: 'clientContext in it is exactly what was sent; an empty one may be null',
    source: { lines: [186] },
    judge: ended(clientContext),
  },
  {
    id: 'completion.participants',
    level: 'shown',
    statement: 'participants in it names the invited identities, all and no others',
    source: { lines: [172] },
    judge: ended(participants),
  },
  {
    id: 'completion.once',
    level: 'shown',
    statement: 'one notification ends the operation, and nothing about the operation comes after it',
    source: { lines: [150] },
    judge: ended(once),
  },
];
