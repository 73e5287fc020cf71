import { check } from '../schemas';
import { header, isJsonType } from '../history/body';
import { leadsToOperation, otherSpelling, resolveLocation } from '../history/location';
import { isObject, list, member, show, text, shown } from '../history/values';
import type { Invitation, Run } from '../history/view';
import { identitiesOf, same } from '../history/identities';
import type { Behavior } from './behavior';
import { isContextOf, leakedContext } from './client-contexts';
import { OPERATION_TYPE } from './completion';
import { bodyOf, participantsFault } from './evidence';
import { failed, passed, perInvitation, untested, whenAccepted, type Said, waiting } from './judging';
import { uniqueIds } from './unique-ids';

/** Only where the response of an accepted invitation is a JSON object. */
function withBody(say: (body: unknown, invitation: Invitation) => Said | undefined) {
  return whenAccepted((invitation) => {
    const body = bodyOf(invitation);
    return isObject(body)
      ? say(body, invitation)
      : waiting("the response's body is no JSON object", 'response.json', 'response.operation');
  });
}

const SPELLING = 'Write an id the same way everywhere: clients compare ids to the letter.';

function locationOf(invitation: Invitation): string | undefined {
  return header(invitation.exchange.response?.headers ?? [], 'location');
}

function location(invitation: Invitation): Said {
  const found = locationOf(invitation);
  const hint =
    'Send a Location header with the URI of the operation; the prose asks for it although no example shows it.';
  if (found === undefined) return failed('the response has no Location header', hint);
  if (!resolveLocation(found, invitation.exchange.request.url))
    return failed(`Location is ${show(found)}, which is no URI`, hint);
  return passed();
}

function locationOperation(body: unknown, invitation: Invitation): Said {
  const found = locationOf(invitation);
  const uri = found === undefined ? undefined : resolveLocation(found, invitation.exchange.request.url);
  if (!uri) return waiting('the response has no Location that is a URI', 'response.location');
  const id = text(body, 'id');
  if (id === undefined || id === '') return waiting("the response's body has no id", 'response.operation-id');
  if (leadsToOperation(uri, invitation.callId, id)) return passed();
  const spelling = otherSpelling(uri, invitation.callId, id);
  return failed(
    `Location is ${show(found)}${spelling === undefined ? '' : `, with ${spelling}`}; the call is ${invitation.callId}, $.id of the body is ${show(id)}`,
    spelling === undefined ? 'Let Location end in /calls/{call id}/operations/{the id in the body}.' : SPELLING,
  );
}

function operation(invitation: Invitation): Said {
  if (!invitation.json.ok) return waiting("the response's body is not JSON", 'response.json');
  const violations = check('invite-participants-operation', invitation.json.value);
  if (violations.length === 0) return passed();
  const seen = violations.slice(0, 4).map(({ path, found, expected }) => `${path} is ${found}, not ${expected}`);
  return failed(seen.join('; '), 'Hold the body against the resource inviteParticipantsOperation.');
}

function clientContext(body: unknown, invitation: Invitation, run: Run): Said {
  const sent = invitation.record.clientContext;
  const found = member(body, 'clientContext');
  if (sent === undefined) {
    const leak = leakedContext(invitation, found, run);
    return leak ? failed(`none was sent, and $.clientContext is ${leak.seen}`, leak.hint, leak.events) : passed();
  }
  if (isContextOf(invitation, found)) return passed();
  return failed(
    `$.clientContext is ${shown(body, 'clientContext')}`,
    'Send the clientContext back to the letter: clients match answers and notifications by it.',
    [],
    `clientContext comes back exactly as sent: ${show(sent)}`,
  );
}

function replacesCallId(body: unknown, invitation: Invitation, run: Run): Said {
  const replaced = run.calls.find((call) => call.key === invitation.record.replaces)?.callId;
  const [invitee] = invitation.record.invitees;
  if (replaced === undefined || !invitee) return untested('no peer-to-peer call was replaced');
  const entries = list(body, 'participants') ?? [];
  const at = entries.findIndex((entry) =>
    identitiesOf(member(entry, 'identity')).some((other) => same(other, invitee)),
  );
  if (at === -1)
    return waiting('the response does not name the participant who was invited with it', 'response.participants');
  const found = member(entries[at], 'replacesCallId');
  if (found === replaced) return passed();
  return failed(
    `$.participants[${at}].replacesCallId is ${shown(entries[at], 'replacesCallId')}`,
    "Send the participant's replacesCallId back.",
    [],
    `the participant comes back with the replacesCallId of the invitation: ${replaced}`,
  );
}

const IN_PROGRESS = new Set(['notstarted', 'running']);

function statusInProgress(body: unknown, invitation: Invitation): Said {
  const found = member(body, 'status');
  if (invitation.operations.length === 0)
    return waiting('no notification about the operation followed', 'completion.announced');
  if (found === undefined || (typeof found === 'string' && IN_PROGRESS.has(found.toLowerCase()))) return passed();
  return failed(
    `$.status is ${shown(body, 'status')}, and ${invitation.operations.length} notification(s) about the operation followed`,
    'Answer notStarted or running while the outcome is still to be announced.',
    invitation.operations.map(({ delivery }) => delivery.n),
  );
}

export const response: Behavior[] = [
  {
    id: 'response.status-200',
    level: 'stated',
    statement: 'success is answered 200 OK',
    source: { lines: [50] },
    judge: perInvitation(
      whenAccepted(({ exchange }) =>
        exchange.response?.status === 200
          ? passed()
          : failed(
              `the status is ${exchange.response?.status}`,
              'Answer 200, also though the operation is still under way.',
            ),
      ),
    ),
  },
  {
    id: 'response.location',
    level: 'stated',
    statement: 'a Location header holds a URI, absolute or relative to that of the request',
    source: { lines: [50] },
    judge: perInvitation(whenAccepted(location)),
  },
  {
    id: 'response.location-operation',
    level: 'stated',
    statement: "the path of Location ends in /calls/{call id}/operations/{id in the response's body}",
    source: { lines: [50] },
    judge: perInvitation(withBody(locationOperation)),
  },
  {
    id: 'response.json',
    level: 'shown',
    statement: 'Content-Type is application/json, parameters allowed, and the body is JSON',
    source: { lines: [123] },
    judge: perInvitation(
      whenAccepted((invitation) => {
        const type = header(invitation.exchange.response?.headers ?? [], 'content-type');
        if (!isJsonType(type)) return failed(`Content-Type is ${show(type)}`, 'Send Content-Type: application/json.');
        if (invitation.json.ok) return passed();
        const body = show(invitation.exchange.response?.body.content);
        return failed(`the body is not JSON (${invitation.json.reason}): ${body}`, 'Send the operation as JSON.');
      }),
    ),
  },
  {
    id: 'response.operation',
    level: 'stated',
    statement: 'the body is an inviteParticipantsOperation: it satisfies the schema of that resource',
    source: { lines: [52], linked: 'inviteParticipantsOperation' },
    judge: perInvitation(whenAccepted(operation)),
  },
  {
    id: 'response.odata-type',
    level: 'shown',
    statement: `@odata.type is ${OPERATION_TYPE}`,
    source: { lines: [126] },
    judge: perInvitation(
      withBody((body) => {
        const found = member(body, '@odata.type');
        return found === OPERATION_TYPE
          ? passed()
          : failed(
              `$['@odata.type'] is ${shown(body, '@odata.type')}`,
              'Name the type of the operation, with its leading #.',
            );
      }),
    ),
  },
  {
    id: 'response.operation-id',
    level: 'shown',
    statement: 'id is a string that is not empty',
    source: { lines: [127] },
    judge: perInvitation(
      withBody((body) => {
        const found = member(body, 'id');
        return typeof found === 'string' && found !== ''
          ? passed()
          : failed(`$.id is ${shown(body, 'id')}`, 'Send the id of the operation.');
      }),
    ),
  },
  {
    id: 'response.operation-id-unique',
    level: 'linked',
    statement: 'no two invitations of a run share an operation id',
    source: { linked: 'metadata, entity: id is the key' },
    judge: (run, behavior) => uniqueIds()(run, behavior),
    overParts: uniqueIds,
  },
  {
    id: 'response.status-running',
    level: 'shown',
    statement: 'status is running, in any case',
    source: { lines: [128] },
    judge: perInvitation(
      withBody((body) => {
        const found = member(body, 'status');
        return typeof found === 'string' && found.toLowerCase() === 'running'
          ? passed()
          : failed(`$.status is ${shown(body, 'status')}`, 'Answer with status Running.');
      }),
    ),
  },
  {
    id: 'response.status-in-progress',
    level: 'linked',
    statement:
      'where notifications follow, status is null, notStarted or running (any case), never completed or failed',
    source: { linked: 'commsOperation' },
    judge: perInvitation(withBody(statusInProgress)),
  },
  {
    id: 'response.client-context',
    level: 'shown',
    statement: 'clientContext comes back exactly as sent; an empty one may come back null',
    source: { lines: [129] },
    judge: perInvitation((invitation, run) =>
      withBody((body) => clientContext(body, invitation, run))(invitation, run),
    ),
  },
  {
    id: 'response.result-info',
    level: 'shown',
    statement: 'resultInfo is null or absent',
    source: { lines: [130] },
    judge: perInvitation(
      withBody((body) => {
        const found = member(body, 'resultInfo');
        return found === undefined
          ? passed()
          : failed(`$.resultInfo is ${show(found)}`, 'Leave resultInfo null until the operation has ended.');
      }),
    ),
  },
  {
    id: 'response.participants',
    level: 'stated',
    statement: 'participants names the invited identities (same kind, same id), all and no others, in any order',
    source: { lines: [52], linked: 'inviteParticipantsOperation' },
    judge: perInvitation(
      withBody((body, invitation) => {
        const fault = participantsFault(invitation, body);
        return fault === undefined ? passed() : failed(`$.${fault}`, 'Name just those whom the invitation names.');
      }),
    ),
  },
  {
    id: 'response.replaces-call-id',
    level: 'shown',
    statement: 'a participant who was invited with a replacesCallId comes back with it',
    source: { lines: [583] },
    judge: perInvitation((invitation, run) =>
      withBody((body) => replacesCallId(body, invitation, run))(invitation, run),
    ),
  },
];
