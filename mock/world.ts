import { randomUUID } from 'node:crypto';
import type { Clock } from './clock';
import { Dispatcher } from './delivery';
import { MOCK_EDITIONS, type MockEdition } from './edition';
import type { Hooks } from './hooks';
import { keyOf } from './identity';
import { isObject, type JsonObject } from './json';
import { LIMITS } from './limits';
import type { Attempt, Call, Invitation, Member, Participant, ResultInfo } from './model';
import { CallQueue } from './queue';
import { createTokens, type Tokens } from './tokens';
import type { Traffic } from './traffic';

/** Options of a new call. */
export interface NewCall {
  /** default: a new id */
  id?: string;
  kind: Call['kind'];
  callbackUri: string;
  chatInfo: JsonObject | null;
  pstnNumber: boolean;
  owner?: string;
  /** length of the request body that it is made from, in bytes; default 0 */
  bytes?: number;
  created?: JsonObject;
  /** its first members, in addition to the bot */
  members?: readonly Pick<Participant, 'identities' | 'identity'>[];
}

/** The parts of a mock instance that survive a reset. */
export interface Shared {
  /** default: the first */
  edition: MockEdition;
  clock: Clock;
  tokens: Tokens;
  traffic: Traffic;
}

/** The state of one mock instance; instances share nothing. */
export class World {
  readonly edition: MockEdition;
  readonly tokens: Tokens;
  readonly dispatcher: Dispatcher;
  readonly hooks: Hooks;
  readonly #calls = new Map<string, Call>();
  readonly #unreachable = new Set<string>();
  #bytes = 0;

  /**
   * @param latencyMs delay of each notification, ms
   * @param shared the parts that survive a reset
   */
  constructor(
    hooks: Hooks,
    latencyMs: number,
    { clock, tokens, traffic, edition = MOCK_EDITIONS[0] }: Partial<Shared> = {},
  ) {
    this.edition = edition;
    this.hooks = hooks;
    this.tokens = tokens ?? createTokens(Date.now, edition);
    this.dispatcher = new Dispatcher(latencyMs, clock, traffic);
  }

  /** The live calls. */
  calls(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** The live call with this id, if the bearer of the authorization may see it. */
  find(callId: string, authorization: string | undefined): Call | undefined {
    const call = this.#calls.get(callId);
    if (!call || call.owner === undefined) return call;
    const verified = this.tokens.verify(authorization);
    return 'caller' in verified && verified.caller.app === call.owner ? call : undefined;
  }

  /** Makes a call. Beyond LIMITS.calls, the oldest ends without notice. */
  addCall(options: NewCall): Call {
    const call: Call = {
      id: options.id ?? randomUUID(),
      kind: options.kind,
      owner: options.owner,
      callbackUri: options.callbackUri,
      chatInfo: options.chatInfo,
      pstnNumber: options.pstnNumber,
      state: 'established',
      members: [],
      present: new Set(),
      operations: new Map(),
      expected: new Map(),
      sources: 0,
      queue: new CallQueue(this.dispatcher),
      bytes: 0,
      created: options.created ?? {},
    };
    const bot = { kind: 'application', id: options.owner ?? randomUUID() };
    this.#join(call, { identities: [bot], identity: { application: { id: bot.id, displayName: 'Bot' } } });
    for (const member of options.members ?? []) this.#join(call, member);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size >= LIMITS.calls && oldest !== undefined) this.endSilently(oldest);
    this.#calls.set(call.id, call);
    this.#keep(call, options.bytes ?? 0);
    return call;
  }

  /** Counts the bytes of a body that a call keeps; beyond LIMITS.keptBytes, the oldest other calls end. */
  #keep(call: Call, bytes: number): void {
    call.bytes += bytes;
    this.#bytes += bytes;
    for (const [id] of this.#calls) {
      if (this.#bytes <= LIMITS.keptBytes) return;
      if (id !== call.id) this.endSilently(id);
    }
  }

  /** Removes a call; its queued notifications are still sent. */
  remove(call: Call): void {
    call.state = 'terminated';
    if (this.#calls.delete(call.id)) this.#bytes -= call.bytes;
  }

  /** Ends a call at once and drops its queued notifications. */
  endSilently(callId: string): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    call.queue.discard();
    this.remove(call);
  }

  /** A new id of a user who never answers. */
  addUnreachableUser(): string {
    const [oldest] = this.#unreachable;
    if (this.#unreachable.size >= LIMITS.unreachableUsers && oldest !== undefined) this.#unreachable.delete(oldest);
    const id = randomUUID();
    this.#unreachable.add(id);
    return id;
  }

  /** Forgets an unreachable user. */
  forgetUser(id: string): void {
    this.#unreachable.delete(id);
  }

  isUnreachable(userId: string): boolean {
    return this.#unreachable.has(userId);
  }

  /** Starts the operation of an accepted invitation. */
  begin(call: Call, attempt: Attempt, failure: ResultInfo | undefined): Invitation {
    const replaces = attempt.participants[0]?.replacesCallId;
    const other = replaces && !failure ? this.find(replaces, attempt.authorization) : undefined;
    const invitation: Invitation = {
      id: randomUUID(),
      call,
      participants: attempt.participants,
      sent: attempt.sent,
      clientContext: typeof attempt.clientContext === 'string' ? attempt.clientContext : null,
      replaced: other?.kind === 'peerToPeer' ? other : undefined,
      movedFrom: other?.kind === 'group' ? other : undefined,
      failure,
    };
    call.operations.set(invitation.id, invitation);
    if (this.#calls.has(call.id)) this.#keep(call, attempt.bytes);
    for (const key of keysOf(invitation)) call.expected.set(key, (call.expected.get(key) ?? 0) + 1);
    return invitation;
  }

  /** The participants of an invitation, as members that have not joined yet. */
  newcomers(invitation: Invitation): Member[] {
    return invitation.participants.map((participant) => this.#member(invitation.call, participant));
  }

  /** Ends the operation: the invitees join, and a replaced call ends. */
  finish(invitation: Invitation, newcomers: readonly Member[]): void {
    this.forget(invitation);
    if (invitation.failure) return;
    for (const member of newcomers) this.#admit(invitation.call, member);
    if (invitation.replaced) this.remove(invitation.replaced);
    if (invitation.movedFrom) leaves(invitation.movedFrom, invitation.participants[0]?.participantId);
  }

  /** Ends the operation; nobody joins. */
  forget(invitation: Invitation): void {
    const { operations, expected } = invitation.call;
    operations.delete(invitation.id);
    for (const key of keysOf(invitation)) {
      const others = (expected.get(key) ?? 0) - 1;
      if (others > 0) expected.set(key, others);
      else expected.delete(key);
    }
  }

  /** Ends everything at once. */
  close(): void {
    this.dispatcher.close();
    for (const call of this.#calls.values()) call.queue.discard();
    this.#calls.clear();
    this.#bytes = 0;
  }

  #join(call: Call, participant: Pick<Participant, 'identities' | 'identity'>): void {
    this.#admit(call, this.#member(call, participant));
  }

  #admit(call: Call, member: Member): void {
    call.members.push(member);
    for (const identity of member.identities) call.present.add(keyOf(identity));
  }

  #member(
    call: Call,
    { identities, identity, hidden = false }: Pick<Participant, 'identities' | 'identity'> & { hidden?: boolean },
  ): Member {
    call.sources += 1;
    return {
      id: randomUUID(),
      identities,
      identity,
      sourceId: String(call.sources),
      ...(hidden ? { hidden } : {}),
    };
  }
}

/** The keys of all participants of an invitation, with repetitions. */
function keysOf({ participants }: Invitation): string[] {
  return participants.flatMap(({ identities }) => identities.map(keyOf));
}

/** The chat of a call, or null if it has none: a chatInfo without a threadId is not valid. */
export function validChat(chatInfo: unknown): JsonObject | null {
  const chat = chatInfo as JsonObject | null | undefined;
  return isObject(chat) && typeof chat['threadId'] === 'string' && chat['threadId'] !== '' ? chat : null;
}

/** Removes a member from a call that continues. */
function leaves(call: Call, participantId: string | null | undefined): void {
  const gone = call.members.filter(({ id }) => id === participantId);
  call.members = call.members.filter(({ id }) => id !== participantId);
  for (const key of gone.flatMap(({ identities }) => identities.map(keyOf))) call.present.delete(key);
}
