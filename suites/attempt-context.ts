import { randomUUID } from 'node:crypto';
import { parseJson } from '../history/body';
import type { CallRecord, Exchange, InvitationRecord, InvitedIdentity } from '../history/events';
import { stringMember } from '../history/values';
import { outcomeOf } from '../history/run-view';
import type { TargetRequest } from '../target/client';
import { NotProvided } from '../target/errors';
import { withRetryAfter } from '../target/retry-after';
import type { Session } from '../target/session';
import type { InvitationExchange, SentInvitation } from '../target/notification-watch';
import { invitationBytes, uniqueContext } from './invitation-body';
import type {
  Attempt,
  Authorization,
  ContractContext,
  Forwarded,
  ForwardedRequest,
  InvitationOptions,
} from './scenario';

/** The parts of a session that attempts use. */
export type SessionParts = Pick<
  Session,
  'base' | 'tokens' | 'phone' | 'client' | 'listener' | 'provisioner' | 'recorder' | 'watch' | 'timeoutMs'
>;

/** The context of an attempt that can be repeated. */
export interface RepeatableContext extends ContractContext {
  /** Begins another round: its invitations repeat those of the first. */
  beginRound(): void;
}

/** Creates the context of one attempt. */
export function attemptContext(
  session: SessionParts,
  scenario: string,
  attempt: Pick<Attempt, 'name' | 'tries'>,
): RepeatableContext {
  const { base, tokens, client, listener, provisioner, recorder, watch, timeoutMs } = session;
  const prefix = `${scenario}/${attempt.name}`;
  const peers = new Map<string, CallRecord>();
  const shared = provisioner.sharedCallback === true ? { sharedCallback: true } : {};
  const connection = client.connection();
  let round = 1;
  let calls = 0;
  let invitations = 0;

  async function provision<T extends { callId: string }>(
    shape: CallRecord['shape'],
    ask: (callbackUri: string) => Promise<T>,
  ): Promise<{ call: CallRecord; given: T }> {
    calls += 1;
    const key = `${prefix}#${calls}`;
    const callbackUri = listener.arm(key);
    const given = await ask(callbackUri);
    return { call: keep({ key, shape, callId: given.callId, callbackUri, ...shared }), given };
  }

  function keep(call: Omit<CallRecord, 'kind' | 'n' | 'scenario'>): CallRecord {
    const whole = { kind: 'call' as const, scenario, ...call };
    return { ...whole, n: recorder.add(whole).n };
  }

  function authorizationOf(wanted: Authorization): string | undefined {
    if (wanted === 'none') return undefined;
    if (typeof wanted === 'function') return wanted(tokens.valid);
    const token = tokens[wanted];
    if (token !== undefined) return `Bearer ${token}`;
    if (wanted === 'valid') return undefined;
    throw new NotProvided('unsupported', `tokens.${wanted} is not configured`, `Set tokens.${wanted} in the config.`);
  }

  function planned(call: CallRecord, options: InvitationOptions): InvitationRecord {
    invitations += 1;
    const first = `${prefix}/${options.name ?? String(invitations)}`;
    const key = round === 1 ? first : `${first}, round ${round}`;
    const clientContext = options.clientContext === null ? undefined : (options.clientContext ?? uniqueContext(key));
    const event: Omit<InvitationRecord, 'n'> = {
      kind: 'invitation',
      key,
      scenario,
      attempt: attempt.name,
      // The edition may not document every behaviour that an invitation tries.
      tries: (options.tries ?? attempt.tries).filter((id) => attempt.tries.includes(id)),
      call: call.key,
      ...(clientContext === undefined ? {} : { clientContext }),
      invitees: options.invitees,
      ignored: options.ignored ?? [],
      ...(options.replaces ? { replaces: options.replaces.key } : {}),
      ...(options.participantId === undefined ? {} : { participantId: options.participantId }),
      ...(options.hidden === true ? { hidden: true } : {}),
      ...(options.alreadyInCall === true ? { alreadyInCall: true } : {}),
      ...(options.keptConnection === true ? { keptConnection: true } : {}),
      control: options.control ?? 'request.route',
      expect: options.expect ?? 'accepted',
      says: options.says ?? attempt.name,
      ...(round === 1 ? {} : { repeats: first }),
      ...(options.dueAt === undefined ? {} : { dueAt: options.dueAt }),
    };
    return { ...event, n: recorder.add(event).n };
  }

  /** Sends a planned invitation, and again if the target asks to wait. */
  function send(
    call: CallRecord,
    record: InvitationRecord,
    request: Omit<TargetRequest, 'purpose' | 'scenario'>,
  ): Promise<Exchange> {
    const sending: TargetRequest = {
      ...request,
      purpose: 'invite',
      scenario,
      invitation: record.key,
      expectsAcceptance: record.expect === 'accepted' && call.shape === 'group',
    };
    const answered = withRetryAfter(() => client.send(sending), timeoutMs);
    listener.holdAcknowledgements(call.key, answered);
    return answered;
  }

  async function invite(call: CallRecord, options: InvitationOptions): Promise<SentInvitation> {
    const authorization = authorizationOf(options.authorization ?? 'valid');
    const record = planned(call, options);
    const contentType = options.contentType === undefined ? 'application/json' : options.contentType;
    const headers = {
      ...options.headers?.(tokens.valid),
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(contentType === null ? {} : { 'Content-Type': contentType }),
    };
    const exchange = await send(call, record, {
      method: 'POST',
      url: `${base}/communications/calls/${encodeURIComponent(call.callId)}/participants/invite${options.query?.(tokens.valid) ?? ''}`,
      headers,
      body: invitationBytes(options, record.clientContext, tokens.valid),
      connection: options.keptConnection === true ? connection : undefined,
    });
    return expected({ record, call, exchange });
  }

  /** Registers a sent invitation, so that notifications are matched to it. */
  function expected(invited: InvitationExchange): SentInvitation {
    const { exchange } = invited;
    const { request, response } = exchange;
    const json = response ? parseJson(response.body, response.headers) : undefined;
    const sent: SentInvitation = {
      ...invited,
      accepted: outcomeOf(exchange) === 'accepted',
      answered: response !== undefined,
      operationId: json?.ok === true ? stringMember(json.value, 'id') : undefined,
      sentAt: request.sentAt,
      answeredAt: recorder.now(),
    };
    watch.expect(sent);
    return sent;
  }

  async function forward(
    { body, own, ...rest }: ForwardedRequest,
    about?: { call: CallRecord; options: InvitationOptions },
  ): Promise<Forwarded> {
    client.clean.excludeOwnText(own);
    const sending = { ...rest, ...(body.length > 0 ? { body } : {}) };
    if (!about) {
      return {
        exchange: await withRetryAfter(() => client.send({ ...sending, purpose: 'invite', scenario }), timeoutMs),
      };
    }
    const { call } = about;
    const record = planned(call, about.options);
    const exchange = await send(call, record, sending);
    return { exchange, invited: expected({ record, call, exchange }) };
  }

  /** Waits for the outcome; each wait starts at the event that makes the next notification due. */
  async function waitForOutcome(sent: SentInvitation): Promise<void> {
    const { record } = sent;
    if (!sent.accepted) return;
    let due = sent.answeredAt;
    const left = (): number => due + timeoutMs - recorder.now();
    const ended = await watch.waitForCall(sent, () => watch.ending(sent) !== undefined, left());
    if (ended) due = recorder.now();
    if (!['accepted', 'either'].includes(record.expect) || watch.ending(sent) === 'failed') return;
    const replaced = peers.get(record.replaces ?? '');
    // A roster need not list a hidden participant, and a peer-to-peer call need not report one.
    const isListed = record.hidden !== true && sent.call.shape === 'group';
    await Promise.all([
      isListed && watch.waitForCall(sent, () => watch.joined(sent), left()),
      replaced && watch.waitForCall(sent, () => watch.ended(replaced), left(), replaced),
    ]);
  }

  return {
    groupCall: async ({ chatInfo = true, pstnNumber = true } = {}) =>
      (await provision('group', (callbackUri) => provisioner.groupCall({ chatInfo, pstnNumber, callbackUri }))).call,
    peerToPeerCall: async () => {
      const { call, given } = await provision('peerToPeer', (callbackUri) => provisioner.peerToPeerCall(callbackUri));
      peers.set(call.key, call);
      return { call, user: { kind: 'user', id: given.userId } };
    },
    meeting: async (application) => {
      const { call, given } = await provision('group', (callbackUri) =>
        provisioner.meeting({ application, callbackUri }),
      );
      return { call, user: { kind: 'user', id: given.userId }, participantId: given.participantId };
    },
    unknownCall: (callId = randomUUID()) => {
      calls += 1;
      return keep({ key: `${prefix}#unknown-${calls}`, shape: 'unknown', callId, callbackUri: '' });
    },
    users: async (count, toRefuse) =>
      (await provisioner.users(count, toRefuse)).map((id): InvitedIdentity => ({ kind: 'user', id })),
    unreachableUser: async () => ({ kind: 'user', id: await provisioner.unreachableUser() }),
    phone: (anew = false) => ({
      kind: 'phone',
      id: session.phone.dial(anew && provisioner.sharedCallback === true),
    }),
    undialablePhone: (id) => {
      session.phone.checkMayDial();
      return { kind: 'phone', id };
    },
    invite,
    waitForOutcome,
    inviteAndWait: async (call, options) => {
      const sent = await invite(call, options);
      await waitForOutcome(sent);
      return sent;
    },
    close: () => connection.close(),
    beginRound: () => {
      round += 1;
      invitations = 0;
    },
    base,
    tokens,
    header: recorder.header,
    forward,
    waitUntil: (sent, isTrue, other) =>
      watch.waitForCall(sent, isTrue, sent.answeredAt + timeoutMs - recorder.now(), other),
    endingsOf: (sent) => watch.endingsOf(sent),
    notificationsTo: (call) => watch.notificationsTo(call),
    recordResult: (verdict) => {
      recorder.add({ kind: 'contract', scenario, attempt: attempt.name, at: recorder.now(), ...verdict });
    },
  };
}
