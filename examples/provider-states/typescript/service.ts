import { randomUUID } from 'node:crypto';

interface Identity {
  user: { id: string; displayName?: string };
}

/** A participant of a call; its id is valid only in that call. */
interface Member {
  id: string;
  identity: Identity;
}

/** An invitee. `participantId` identifies a participant who is moved from the meeting `replacesCallId`. */
interface Invitee {
  identity: Identity;
  replacesCallId?: string;
  participantId?: string;
}

interface Call {
  id: string;
  kind: 'group' | 'peerToPeer';
  /** Whether another application created it. */
  foreign: boolean;
  callbackUri: string;
  chatInfo: boolean;
  members: Member[];
  /** Resolves when all queued notifications are sent: the service sends those of a call one after the other. */
  notified: Promise<unknown>;
}

/** A request that the service refuses with a 4xx. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Finds a parameter by its name, case-insensitively. */
function parameter(body: unknown, name: string): unknown {
  return Object.entries(body ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

const memberOf = (identity: Identity): Member => ({ id: randomUUID(), identity });

function rosterEntry({ id, identity }: Member): object {
  const audio = { mediaType: 'audio', sourceId: '1', direction: 'sendReceive', serverMuted: false };
  return {
    '@odata.type': '#microsoft.graph.participant',
    id,
    info: { '@odata.type': '#microsoft.graph.participantInfo', identity, endpointType: 'default' },
    mediaStreams: [{ '@odata.type': '#microsoft.graph.mediaStream', ...audio }],
    isMuted: false,
    isInLobby: false,
  };
}

async function notify(call: Call, changeType: string, path: string, resourceData: unknown): Promise<void> {
  const resource = `/communications/calls/${call.id}${path}`;
  const value = [
    { '@odata.type': '#microsoft.graph.commsNotification', changeType, resource, resourceUrl: resource, resourceData },
  ];
  const body = JSON.stringify({ '@odata.type': '#microsoft.graph.commsNotifications', value });
  const headers = { 'Content-Type': 'application/json' };
  const signal = AbortSignal.timeout(5000);
  // If the callback does not respond, the service still sends the next notification.
  await fetch(call.callbackUri, { method: 'POST', headers, body, signal }).catch(() => undefined);
}

/** A small calling service in memory: group calls and invitations of users, without phones and without replacing calls. */
export class CallingService {
  readonly #calls = new Map<string, Call>();
  readonly #unreachable = new Set<string>();

  addUser({ reachable = true } = {}): string {
    const id = randomUUID();
    if (!reachable) this.#unreachable.add(id);
    return id;
  }

  startGroupCall(callbackUri: string, { chatInfo }: { chatInfo: boolean; pstnNumber: boolean }): Call {
    return this.#add({ kind: 'group', foreign: false, callbackUri, chatInfo, members: [] });
  }

  /** Starts a meeting with one user in it. @param foreign whether another application created it */
  startMeeting(callbackUri: string, userId: string, foreign: boolean): { call: Call; participantId: string } {
    const member = memberOf({ user: { id: userId } });
    const call = this.#add({ kind: 'group', foreign, callbackUri, chatInfo: true, members: [member] });
    return { call, participantId: member.id };
  }

  startPeerToPeerCall(callbackUri: string, userId: string): Call {
    const members = [memberOf({ user: { id: userId } })];
    return this.#add({ kind: 'peerToPeer', foreign: false, callbackUri, chatInfo: false, members });
  }

  endCallsOf(callbackUri: string): void {
    for (const [id, call] of this.#calls) if (call.callbackUri === callbackUri) this.#calls.delete(id);
  }

  #add(call: Omit<Call, 'id' | 'notified'>): Call {
    const added = { ...call, id: randomUUID(), notified: Promise.resolve() };
    this.#calls.set(added.id, added);
    return added;
  }

  /**
   * Accepts an invitation.
   * @param answered resolves when the response has been sent; notifications follow
   * @returns the operation for the response, and its location
   * @throws Refusal
   */
  invite(callId: string, body: unknown, answered: Promise<unknown>): { operation: object; location: string } {
    const call = this.#calls.get(callId);
    if (!call) throw new Refusal(404, 'NotFound', 'The call does not exist.');
    const invitees = this.#inviteesOf(call, body);
    const operation = {
      '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
      id: randomUUID(),
      clientContext: parameter(body, 'clientContext') ?? null,
      participants: invitees.map(({ identity, replacesCallId, participantId }) => ({
        '@odata.type': '#microsoft.graph.invitationParticipantInfo',
        ...(participantId === undefined ? {} : { replacesCallId, participantId }),
        identity,
      })),
    };
    const failed = invitees.some(({ identity }) => this.#unreachable.has(identity.user.id));
    if (!failed) {
      for (const one of invitees) this.#leave(one);
      call.members.push(...invitees.map(({ identity }) => memberOf(identity)));
    }
    const roster = call.members.map(rosterEntry);
    const outcome = failed
      ? { status: 'failed', resultInfo: { code: 404, subcode: 0, message: 'The user cannot be reached.' } }
      : { status: 'completed' };
    call.notified = Promise.all([call.notified, answered]).then(async () => {
      await notify(call, 'deleted', `/operations/${operation.id}`, { ...operation, ...outcome });
      if (!failed) await notify(call, 'updated', '/participants', roster);
    });
    return {
      operation: { ...operation, status: 'running', resultInfo: null },
      location: `/v1.0/communications/calls/${call.id}/operations/${operation.id}`,
    };
  }

  /** Removes a moved participant from the old meeting, which continues. */
  #leave({ replacesCallId, participantId }: Invitee): void {
    const meeting = participantId === undefined ? undefined : this.#calls.get(replacesCallId ?? '');
    if (meeting) meeting.members = meeting.members.filter(({ id }) => id !== participantId);
  }

  /** The participants that count: of those who are moved only the first, otherwise all. */
  #countingOf(participants: unknown[]): unknown[] {
    const first = participants[0] as Invitee | null;
    if (typeof first?.participantId !== 'string') return participants;
    const meeting = this.#calls.get(first.replacesCallId ?? '');
    const there = meeting?.foreign === false && meeting.members.some(({ id }) => id === first.participantId);
    if (!there) throw new Refusal(403, 'Forbidden', 'The participant is in no meeting of this application.');
    return [first];
  }

  /** The invitees of an invitation. @throws Refusal if the invitation is wrong */
  #inviteesOf(call: Call, body: unknown): Invitee[] {
    const bad = (message: string): Refusal => new Refusal(400, 'BadRequest', message);
    const participants = parameter(body, 'participants');
    if (!Array.isArray(participants) || participants.length === 0) throw bad('participants must be a non-empty array.');
    const context = parameter(body, 'clientContext');
    if (typeof context === 'string' && context.length > 256)
      throw bad('clientContext must have at most 256 characters.');
    const named = this.#countingOf(participants) as (Invitee | null)[];
    const known = named.filter((one) => typeof one?.identity?.user?.id === 'string') as Invitee[];
    if (known.length < named.length) throw bad('Each participant needs the identity of a user.');
    if (call.kind !== 'group') throw bad('Only group calls accept invitations.');
    if (known.length > 5) throw bad('An invitation may name at most five participants.');
    if (known.length > 1 && !call.chatInfo) throw bad('Several participants need a call with chat info.');
    const there = new Set(call.members.map(({ identity }) => identity.user.id));
    if (known.some(({ identity }) => there.has(identity.user.id))) throw bad('An invitee is already in the call.');
    return known;
  }
}
