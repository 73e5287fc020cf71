import { randomUUID } from 'node:crypto';
import { parseJson } from '../history/body';
import type { CallRecord, InvitationRecord, InvitedIdentity } from '../history/events';
import { text } from '../history/values';
import { outcomeOf } from '../history/view';
import { NotProvided } from '../target/errors';
import { patiently } from '../target/patience';
import type { Session } from '../target/session';
import type { Sent } from '../target/watch';
import { bytesOf, freshContext } from './body';
import type { Attempt, Authorization, InvitationWish, Stage } from './scenario';

/** What of a session attempts act on. */
export type OnSession = Pick<
  Session,
  'base' | 'tokens' | 'phone' | 'client' | 'listener' | 'provisioner' | 'recorder' | 'watch' | 'timeoutMs'
>;

/** A stage for one attempt. */
export function stageFor(session: OnSession, scenario: string, attempt: Attempt): Stage {
  const { base, tokens, client, listener, provisioner, recorder, watch, timeoutMs } = session;
  const prefix = `${scenario}/${attempt.name}`;
  const peers = new Map<string, CallRecord>();
  const shared = provisioner.sharedCallback === true ? { sharedCallback: true } : {};
  const connection = client.connection();
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
    throw new NotProvided(
      'unsupported',
      `no token is configured as tokens.${wanted}`,
      `Give such a token as tokens.${wanted} in the config.`,
    );
  }

  async function invite(call: CallRecord, wish: InvitationWish): Promise<Sent> {
    invitations += 1;
    const key = `${prefix}/${wish.name ?? String(invitations)}`;
    const clientContext = wish.clientContext === null ? undefined : (wish.clientContext ?? freshContext(key));
    const authorization = authorizationOf(wish.authorization ?? 'valid');
    const event: Omit<InvitationRecord, 'n'> = {
      kind: 'invitation',
      key,
      scenario,
      attempt: attempt.name,
      tries: [...(wish.tries ?? attempt.tries)],
      call: call.key,
      ...(clientContext === undefined ? {} : { clientContext }),
      invitees: wish.invitees,
      ignored: wish.ignored ?? [],
      ...(wish.replaces ? { replaces: wish.replaces.key } : {}),
      ...(wish.alreadyInCall === true ? { alreadyInCall: true } : {}),
      control: wish.control ?? 'request.route',
      expect: wish.expect ?? 'accepted',
      says: wish.says ?? attempt.name,
      ...(wish.dueAt === undefined ? {} : { dueAt: wish.dueAt }),
    };
    const record: InvitationRecord = { ...event, n: recorder.add(event).n };
    const contentType = wish.contentType === undefined ? 'application/json' : wish.contentType;
    const headers = {
      ...wish.headers?.(tokens.valid),
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(contentType === null ? {} : { 'Content-Type': contentType }),
    };
    const url = `${base}/communications/calls/${encodeURIComponent(call.callId)}/participants/invite${wish.query?.(tokens.valid) ?? ''}`;
    const body = bytesOf(wish, clientContext, tokens.valid);
    const sending = {
      method: 'POST' as const,
      url,
      headers,
      body,
      purpose: 'invite' as const,
      scenario,
      invitation: key,
      connection: wish.keptConnection === true ? connection : undefined,
      taken: event.expect === 'accepted' && call.shape === 'group',
    };
    const answered = patiently(() => client.send(sending), timeoutMs);
    listener.holdFor(call.key, answered);
    const exchange = await answered;
    const { request, response } = exchange;
    const json = response ? parseJson(response.body, response.headers) : undefined;
    const sent: Sent = {
      record,
      call,
      accepted: outcomeOf(exchange) === 'accepted',
      answered: response !== undefined,
      operationId: json?.ok === true ? text(json.value, 'id') : undefined,
      sentAt: request.sentAt,
      answeredAt: recorder.now(),
    };
    watch.expect(sent);
    return sent;
  }

  /** Each wait is counted from the event that makes what is waited for due. */
  async function settled(sent: Sent): Promise<void> {
    const { record } = sent;
    if (!sent.accepted) return;
    let due = sent.answeredAt;
    const left = (): number => due + timeoutMs - recorder.now();
    const ended = await watch.untilFor(sent, () => watch.ending(sent) !== undefined, left());
    if (ended) due = recorder.now();
    if (!['accepted', 'either'].includes(record.expect) || watch.ending(sent) === 'failed') return;
    const replaced = peers.get(record.replaces ?? '');
    await Promise.all([
      watch.untilFor(sent, () => watch.joined(sent), left()),
      replaced && watch.untilFor(sent, () => watch.ended(replaced), left(), replaced),
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
    unknownCall: (callId = randomUUID()) => {
      calls += 1;
      return keep({ key: `${prefix}#unknown-${calls}`, shape: 'unknown', callId, callbackUri: '' });
    },
    users: async (count, toRefuse) =>
      (await provisioner.users(count, toRefuse)).map((id): InvitedIdentity => ({ kind: 'user', id })),
    unreachableUser: async () => ({ kind: 'user', id: await provisioner.unreachableUser() }),
    phone: () => ({ kind: 'phone', id: session.phone.dial() }),
    invite,
    settled,
    see: async (call, wish) => {
      const sent = await invite(call, wish);
      await settled(sent);
      return sent;
    },
    leave: () => connection.close(),
  };
}
