import { randomUUID } from 'node:crypto';
import { header, parseJson, readableType } from '../../history/body';
import { readable } from '../../history/coding';
import type { InvitedIdentity } from '../../history/events';
import type { Redact } from '../../history/redact';
import { same } from '../../history/identities';
import {
  endsOperation,
  isOfAnotherKind,
  saysTerminated,
  statusOf,
  type Notification,
} from '../../history/notifications';
import { isObject, list, member, show, text } from '../../history/values';
import { reaches } from '../../history/view';
import { check } from '../../schemas';
import { NotProvided } from '../../target/errors';
import type { Arrival, Inbox } from './inbox';
import type { NotificationKind } from './notification-kind';
import { absence, NO_CONTENT_TYPE, ofTheGroupCall, rosterEntries, strangers, type Broken } from './notification-faults';
import type { CalledBack, Given } from './provider-states';
import type { Send } from './sending';

/** What the target sent, as it is handed to Pact; or what it did not send, with the behaviour that this breaks. */
export type Emitted =
  | {
      message: { body: unknown; metadata: Record<string, string> };
      /** Whether its body was read as JSON. */
      readable: boolean;
      remarks: Broken[];
      operationId: string | undefined;
    }
  | { missing: Broken };

export interface Emission {
  kind: NotificationKind;
  given: Given;
  /** What the contract expects of the message. */
  contents: unknown;
  send: Send;
  inbox: Inbox;
  timeoutMs: number;
  /** Strips the run's secrets from what is told. */
  clean: Redact;
}

/** How many times the longest wait is begun anew. */
const MOST_ROUNDS = 6;

/** The context that the contract expects back; an invitation with another could not satisfy it. */
function contextOf(contents: unknown): string {
  return text(member(list(contents, 'value')?.[0], 'resourceData'), 'clientContext') ?? randomUUID();
}

function invitationOf({ invitees, peerCall }: Given, clientContext: string): Buffer {
  const participants = (peerCall ? invitees.slice(0, 1) : invitees).map(({ kind, id }) => ({
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    ...(peerCall ? { replacesCallId: peerCall.callId } : {}),
    identity: {
      '@odata.type': '#microsoft.graph.identitySet',
      [kind]: { '@odata.type': '#microsoft.graph.identity', id },
    },
  }));
  return Buffer.from(JSON.stringify({ participants, clientContext }));
}

function shows(given: Given, notification: Notification): boolean {
  return given.invitees.every((invitee) => entriesOf(notification, invitee).length > 0);
}

function entriesOf(notification: Notification, invitee: InvitedIdentity): unknown[] {
  return rosterEntries(notification)
    .filter(({ identities }) => identities.some((other) => same(invitee, other)))
    .map(({ entry }) => entry);
}

function hasStream(entry: unknown): boolean {
  return (list(entry, 'mediaStreams') ?? []).some((stream) => check('media-stream', stream).length === 0);
}

function isAbout(operationId: string | undefined, { resource, data }: Notification): boolean {
  return operationId !== undefined && (resource?.id === operationId || text(data, 'id') === operationId);
}

/**
 * Which notifications are meant. On a callback path of the call's own, one about any invitation's operation will do: the
 * ids in it are held against the answer's afterwards.
 */
function wantedBy(
  kind: NotificationKind,
  given: Given,
  call: CalledBack,
  operationId: string | undefined,
): (notification: Notification) => boolean {
  if (kind === 'roster') return (one) => one.about === 'roster' && reaches(call, one) && shows(given, one);
  if (kind === 'callTerminated' || kind === 'callDeleted') {
    return (one) => {
      if (one.resource?.part !== 'call' || one.resource.callId !== given.peerCall?.callId) return false;
      return kind === 'callDeleted' ? one.changeType?.toLowerCase() === 'deleted' : saysTerminated(one);
    };
  }
  return (one) =>
    one.about === 'operation' &&
    endsOperation(one) &&
    reaches(call, one) &&
    (isAbout(operationId, one) || (one.delivery.call !== undefined && !isOfAnotherKind(one)));
}

/**
 * The body as a bot reads it that goes through an envelope: the one notification, and of a roster, which lists everybody
 * in the call, those who were invited.
 */
function handedOver({ notification, read }: Arrival, given: Given): unknown {
  const whole = read.json.ok ? read.json.value : undefined;
  if (!isObject(whole) || !Array.isArray(whole['value'])) return whole;
  const { item, about } = notification;
  if (about !== 'roster' || !Array.isArray(item['resourceData'])) return { ...whole, value: [item] };
  const invited = given.invitees.flatMap((invitee) => {
    const own = entriesOf(notification, invitee);
    // Who is there twice, with two devices, may have streams at one of them.
    return own.some(hasStream) ? own.filter(hasStream) : own;
  });
  return { ...whole, value: [{ ...item, resourceData: invited }] };
}

/**
 * Makes the target send the notification that a contract is about: invites, and waits for what must follow.
 * @throws NotProvided where the invitation could not be made, so that the notification is not due
 */
export async function emit({ kind, given, contents, send, inbox, timeoutMs, clean }: Emission): Promise<Emitted> {
  const { call } = given;
  if (!call || given.invitees.length === 0) {
    const advice = "Name such provider states as 'a group call' and 'users who can be invited' in the contract.";
    throw new NotProvided('unsupported', 'its provider states give no group call and nobody to invite', advice);
  }
  const clientContext = contextOf(contents);
  const { response, failure } = await send({
    path: `/communications/calls/${encodeURIComponent(call.callId)}/participants/invite`,
    headers: { 'Content-Type': 'application/json' },
    caller: given.caller,
    body: invitationOf(given, clientContext),
  });
  if (!response || response.status < 200 || response.status > 299) {
    const seen = response
      ? `answered ${response.status}: ${show(clean(readable(response.body, response.headers).content))}`
      : (failure?.reason ?? '');
    throw new NotProvided('prerequisite', `the invitation that it follows was not taken: ${seen}`, '');
  }
  const json = parseJson(response.body, response.headers);
  const operationId = json.ok ? text(json.value, 'id') : undefined;
  const wanted = wantedBy(kind, given, call, operationId);
  const ends = wantedBy('completion', given, call, operationId);
  const related = (one: Notification): boolean =>
    reaches(call, one) || one.resource?.callId === (given.peerCall?.callId ?? call.callId);
  const isEnd = kind === 'completion' || kind === 'failure';
  // A call may have other operations, and who has just come may be shown before the streams are there: what is as it
  // should be is waited for, and where it never comes, what did come is told of as it is.
  const best = (one: Notification): boolean => {
    if (!wanted(one)) return false;
    if (kind === 'roster') return given.invitees.every((invitee) => entriesOf(one, invitee).some(hasStream));
    return !isEnd || operationId === undefined || isAbout(operationId, one);
  };
  const came = isEnd ? inbox.first(best, timeoutMs) : afterTheEnd(best, ends, related, inbox, timeoutMs);
  const arrival = (await came) ?? inbox.all(wanted)[0];
  if (!arrival) return { missing: absence(kind, given, call, inbox, timeoutMs) };
  const { delivery } = arrival.read;
  const type = header(delivery.headers, 'content-type');
  const metadata = { method: delivery.method, ...(type === undefined ? {} : { contentType: readableType(type) }) };
  return {
    message: { body: handedOver(arrival, given), metadata },
    readable: arrival.read.json.ok,
    operationId,
    remarks: [
      ...strangers(kind, arrival.notification, call, operationId),
      ...(given.peerCall ? ofTheGroupCall(kind, given.peerCall.callId, call, inbox) : []),
      ...(type === undefined ? [NO_CONTENT_TYPE] : []),
    ],
  };
}

/**
 * Waits for a notification that is due when the operation has ended: each wait is counted from what makes its goal due.
 * @throws NotProvided where the operation failed, so that nothing else is due
 */
async function afterTheEnd(
  wanted: (notification: Notification) => boolean,
  ends: (notification: Notification) => boolean,
  related: (notification: Notification) => boolean,
  inbox: Inbox,
  timeoutMs: number,
): Promise<Arrival | undefined> {
  const first = await inbox.first((one) => wanted(one) || ends(one), timeoutMs);
  if (!first || wanted(first.notification)) return first;
  if (statusOf(first.notification) === 'failed') {
    const reason = `the invitation that it follows failed: ${show(member(first.notification.data, 'resultInfo'))}`;
    throw new NotProvided('prerequisite', reason, '');
  }
  // What is due comes one after the other: the wait begins anew as long as something comes.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = inbox.all(related).length;
    const arrival = await inbox.first(wanted, timeoutMs);
    if (arrival || inbox.all(related).length === before) return arrival;
  }
  return undefined;
}
