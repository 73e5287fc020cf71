import { randomUUID } from 'node:crypto';
import { hasStream } from '../../behaviors/facts/roster';
import { entriesFor } from '../../behaviors/facts/evidence';
import { headerValue, plainMediaType } from '../../history/body';
import { readableBody } from '../../history/content-encoding';
import type { CallRecord, InvitedIdentity } from '../../history/events';
import { readDelivery, saysTerminated, statusOf, type Notification } from '../../history/notifications';
import { isObject, arrayMember, member, previewText, stringMember } from '../../history/values';
import type { ContractContext } from '../../suites/scenario';
import { NotProvided } from '../../target/errors';
import type { SentInvitation } from '../../target/notification-watch';
import { absence, brokenBehavior, withoutContentType, type BrokenBehavior } from './notification-faults';
import type { NotificationKind } from './notification-kind';
import type { StateResults } from './provider-states';

/** A notification in Pact's form. */
export interface Message {
  body: unknown;
  metadata: Record<string, string>;
}

/** The notification of the target, as Pact gets it; or the behaviour that its absence breaks. */
export type Emitted = Notified | { sent: SentInvitation; missing: BrokenBehavior };

export interface Notified {
  sent: SentInvitation;
  message: Message;
  notification: Notification;
  /** Whether its body is JSON. */
  isJson: boolean;
  /** Defects that the Verifier does not check. */
  remarks: BrokenBehavior[];
}

export interface EmissionRequest {
  kind: NotificationKind;
  given: StateResults;
  /** The interaction's name. */
  says: string;
  /** The contents of the message in the contract. */
  contents: unknown;
  context: ContractContext;
  /** Masks secrets in the contract's text. */
  hide: (text: string) => string;
}

/** The context that the contract expects; an invitation with another one could not satisfy it. */
function contextOf(contents: unknown): string {
  return stringMember(member(arrayMember(contents, 'value')?.[0], 'resourceData'), 'clientContext') ?? randomUUID();
}

/** @throws NotProvided if the invitation can't be sent, so that the notification is not due */
async function sendInvitation({
  kind,
  given,
  says,
  contents,
  context,
  hide,
}: EmissionRequest): Promise<SentInvitation> {
  const { call, peerCall, invitees, caller } = given;
  if (!call || invitees.length === 0) {
    const advice = "Use provider states such as 'a group call' and 'users who can be invited' in the contract.";
    throw new NotProvided('unsupported', 'its provider states provide no group call or no invitee', advice);
  }
  const sent = await context.invite(call, {
    says: hide(says),
    invitees: peerCall ? invitees.slice(0, 1) : invitees,
    ...(peerCall ? { replaces: peerCall } : {}),
    clientContext: hide(contextOf(contents)),
    authorization: caller === 'asItStands' ? 'none' : caller,
    expect: kind === 'failure' ? 'fails' : 'accepted',
  });
  if (sent.accepted) return sent;
  const { response, failure } = sent.exchange;
  const seen = response
    ? `answered ${response.status}: ${previewText(readableBody(response.body, response.headers).content)}`
    : (failure?.reason ?? '');
  throw new NotProvided('prerequisite', `the invitation that it belongs to was not accepted: ${seen}`, '');
}

/** The calls that an invitation's notifications are about. */
function callsOf({ call }: Pick<SentInvitation, 'call'>, { peerCall }: StateResults): CallRecord[] {
  return peerCall ? [call, peerCall] : [call];
}

/** The entries of an invitee in a roster update. */
function entriesOf(roster: Notification, invitee: InvitedIdentity) {
  return entriesFor(roster, [invitee]).map(({ entry }) => entry);
}

/** The acceptable notifications, and the correct ones among them; if there are several, a correct one is used. */
interface NotificationChoice {
  wanted: () => Notification[];
  isBest: (notification: Notification) => boolean;
}

function notificationChoice(
  kind: NotificationKind,
  sent: SentInvitation,
  given: StateResults,
  context: ContractContext,
): NotificationChoice {
  const { call, operationId, record } = sent;
  if (kind === 'completion' || kind === 'failure') {
    // A call may have other operations.
    const isBest = ({ resource, data }: Notification): boolean =>
      operationId === undefined || resource?.id === operationId || stringMember(data, 'id') === operationId;
    return { wanted: () => context.endingsOf(sent), isBest };
  }
  if (kind === 'roster') {
    const shows = (one: Notification): boolean =>
      one.about === 'roster' && record.invitees.every((invitee) => entriesOf(one, invitee).length > 0);
    // A new participant may be listed before its streams exist.
    const isBest = (one: Notification): boolean =>
      record.invitees.every((invitee) => entriesOf(one, invitee).some(hasStream));
    return { wanted: () => context.notificationsTo(call).filter(shows), isBest };
  }
  const { peerCall } = given;
  const came = (): Notification[] => callsOf(sent, given).flatMap((one) => context.notificationsTo(one));
  const isIt = (one: Notification): boolean => {
    if (one.resource?.part !== 'call' || one.resource.callId !== peerCall?.callId) return false;
    return kind === 'callDeleted' ? one.changeType?.toLowerCase() === 'deleted' : saysTerminated(one);
  };
  return { wanted: () => came().filter(isIt), isBest: () => true };
}

/**
 * The body for a bot that reads an envelope: only this notification, and of a roster, which lists everybody in the
 * call, only the invitees.
 */
function handedOver(notification: Notification, { record }: SentInvitation): { body: unknown; isJson: boolean } {
  const { json } = readDelivery(notification.delivery);
  const whole = json.ok ? json.value : undefined;
  const isJson = json.ok;
  if (!isObject(whole) || !Array.isArray(whole['value'])) return { body: whole, isJson };
  const { item, about } = notification;
  if (about !== 'roster' || !Array.isArray(item['resourceData'])) return { body: { ...whole, value: [item] }, isJson };
  const invitees = record.invitees.flatMap((invitee) => {
    const own = entriesOf(notification, invitee);
    // A user with two devices may have streams on only one of them.
    return own.some(hasStream) ? own.filter(hasStream) : own;
  });
  return { body: { ...whole, value: [{ ...item, resourceData: invitees }] }, isJson };
}

/**
 * Makes the target send the notification of a contract: sends an invitation, and waits for what must follow.
 * @throws NotProvided if the invitation could not be sent or failed, so that the notification is not due
 */
export async function emitNotification(emission: EmissionRequest): Promise<Emitted> {
  const { kind, given, context } = emission;
  const sent = await sendInvitation(emission);
  const { wanted, isBest } = notificationChoice(kind, sent, given, context);
  const isEnd = kind === 'completion' || kind === 'failure';
  const failed = (): Notification | undefined =>
    isEnd ? undefined : context.endingsOf(sent).find((one) => statusOf(one) === 'failed');
  // Waits for a correct notification; if none arrives, uses the one that did.
  let looked = -1;
  const isThere = (): boolean => {
    const came = callsOf(sent, given).reduce((count, call) => count + context.notificationsTo(call).length, 0);
    // Skips the search if nothing new has arrived: there may be many notifications, and deliveries to other calls don't
    // matter.
    if (came === looked) return false;
    looked = came;
    return wanted().some(isBest) || failed() !== undefined;
  };
  await context.waitUntil(sent, isThere, given.peerCall);
  const some = wanted();
  const notification = some.find(isBest) ?? some[0];
  const failure = failed();
  if (!notification && failure) {
    const reason = `the invitation that it belongs to failed: ${previewText(member(failure.data, 'resultInfo'))}`;
    throw new NotProvided('prerequisite', reason, '');
  }
  if (!notification) {
    const rosters = context.notificationsTo(sent.call).filter(({ about }) => about === 'roster');
    return { sent, missing: absence(kind, sent, context.header, rosters) };
  }
  const calls = callsOf(sent, given);
  const came = {
    calls,
    endings: isEnd ? [notification] : context.endingsOf(sent),
    rosters: kind === 'roster' ? [notification] : [],
    notifications: calls.flatMap((call) => context.notificationsTo(call)),
  };
  const { delivery } = notification;
  const type = headerValue(delivery.headers, 'content-type');
  const metadata = { method: delivery.method, ...(type === undefined ? {} : { contentType: plainMediaType(type) }) };
  const { body, isJson } = handedOver(notification, sent);
  return {
    sent,
    notification,
    message: { body, metadata },
    isJson,
    remarks: [
      ...brokenBehavior(kind, sent, context.header, came),
      ...(type === undefined ? [withoutContentType(notification)] : []),
    ],
  };
}
