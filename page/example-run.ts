import { catalogOf } from '../behaviors/catalog';
import { bodyOf } from '../history/body';
import type {
  CallRecord,
  Delivery,
  Exchange,
  Headers,
  History,
  HistoryEvent,
  InvitationRecord,
} from '../history/events';
import { identitiesOf } from '../history/identities';
import { readDelivery } from '../history/notifications';
import { arrayMember, member, stringMember } from '../history/values';
import {
  without,
  PARTICIPANT_BEHAVIORS,
  NOTIFICATION_BEHAVIORS,
  ACCEPTED_BEHAVIORS,
  REFUSAL_BEHAVIORS,
} from '../suites/behavior-lists';
import type { Example, Message } from './page';

/** An example converted to a recorded run, with the message behind each event. */
export interface ExampleRun {
  history: History;
  /** By event number. */
  messages: Map<number, Message>;
}

const BASE = 'https://graph.example/v1.0';
const INVITE = /\/communications\/calls\/([^/]+)\/participants\/invite\/?$/i;
const ATTEMPT = { scenario: 'page', attempt: 'example' };

/** Whether an example shows an invitation, so that it can be judged. */
export function isInvitation({ request }: Example): boolean {
  return request.method === 'POST' && INVITE.test(request.path ?? '') && request.body?.isJson === true;
}

/**
 * Whether an example moves a participant between meetings: `participantId` is an id in the roster of the call in
 * `replacesCallId`, which is a meeting and continues.
 */
export function isMove({ request }: Example): boolean {
  const [first] = arrayMember(request.body?.value, 'participants') ?? [];
  return stringMember(first, 'replacesCallId') !== undefined && stringMember(first, 'participantId') !== undefined;
}

/** Creates a run for each response of an example; the notifications follow the first successful one. */
export function runsOf(example: Example): ExampleRun[] {
  const taken = example.responses.find(({ status = 200 }) => status < 300);
  return example.responses.map((response) =>
    new RunMaker(example, response, response === taken ? example.notifications : []).make(),
  );
}

class RunMaker {
  private readonly events: HistoryEvent[] = [];
  private readonly messages = new Map<number, Message>();
  private readonly participants: unknown[];
  private readonly replaced: string | undefined;
  private readonly deliveries: Delivery[];
  private readonly moves: boolean;

  constructor(
    private readonly example: Example,
    private readonly response: Message,
    notifications: readonly Message[],
  ) {
    this.moves = isMove(example);
    this.participants = arrayMember(example.request.body?.value, 'participants') ?? [];
    this.replaced = this.participants.map((one) => stringMember(one, 'replacesCallId')).find((id) => id !== undefined);
    this.deliveries = notifications.map((message, i) => this.delivery(message, 10 + i, 100 + 10 * i));
  }

  make(): ExampleRun {
    const callId = this.callId();
    this.events.push(call(1, 'group', callId));
    if (this.replaced !== undefined) this.events.push(call(2, this.moves ? 'source' : 'peer', this.replaced));
    const record = this.record();
    this.events.push(record, this.exchange(4, record.key, callId));
    if (record.expect !== 'accepted') this.events.push(...this.control(record.control));
    this.events.push(...this.deliveries, { kind: 'attemptEnd', n: 1000, ...ATTEMPT, at: 1000 });
    this.events.push({ kind: 'end', n: 1001, at: 1001, interrupted: false, remarks: [] });
    this.messages.set(4, this.response);
    const header: History['header'] = {
      kind: 'header',
      format: 1,
      suiteVersion: '0.0.0',
      catalogDigest: catalogOf().digest,
      target: BASE,
      startedAt: '1970-01-01T00:00:00.000Z',
      timeoutMs: 1000,
      quietMs: 0,
      roundTripMs: 0,
      plan: [{ ...ATTEMPT, tries: record.tries }],
    };
    return { history: { header, events: this.events }, messages: this.messages };
  }

  /** The call in the request or, if the page has a placeholder there, in the notifications. */
  private callId(): string {
    const named = INVITE.exec(this.example.request.path ?? '')?.[1] ?? '';
    if (!/[{<]/.test(named)) return named;
    const found = this.deliveries.flatMap((delivery) => readDelivery(delivery).notifications);
    // In a move, the destination call matters, whichever the page mentions first.
    const other = found.find(
      ({ resource }) => resource !== undefined && !(this.moves && resource.callId === this.replaced),
    );
    return other?.resource?.callId ?? 'call';
  }

  private record(): InvitationRecord {
    const { tries, expect, control } = this.tried();
    const body = this.example.request.body?.value;
    const identities = this.participants.map((one) => identitiesOf(member(one, 'identity')));
    const counted = this.replaced === undefined ? identities : identities.slice(0, 1);
    const context = stringMember(body, 'clientContext');
    return {
      kind: 'invitation',
      n: 3,
      key: 'page/example/1',
      ...ATTEMPT,
      tries,
      call: 'group',
      ...(context === undefined ? {} : { clientContext: context }),
      invitees: counted.flat(),
      ignored: identities.slice(counted.length).flat(),
      ...(this.replaced === undefined ? {} : { replaces: this.moves ? 'source' : 'peer' }),
      control,
      expect,
      says: this.example.heading,
    };
  }

  /** The behaviours that the example shows. For instance, an example without a roster shows no behaviour of rosters. */
  private tried(): { tries: string[]; expect: InvitationRecord['expect']; control: string } {
    const count = this.participants.length;
    const { status = 200 } = this.response;
    if (status >= 400) return { tries: [...REFUSAL_BEHAVIORS], expect: 'refused', control: 'request.route' };
    if (this.replaced === undefined && count > 5) {
      return { tries: ['multiple.six-refused'], expect: 'refusedOrFails', control: 'multiple.accepted' };
    }
    const abouts = this.deliveries.flatMap((one) => readDelivery(one).notifications.map(({ about }) => about));
    const completed = abouts.includes('operation');
    const rosters = abouts.includes('roster');
    const shown = [...this.own(), ...ACCEPTED_BEHAVIORS].filter((id) => {
      if (/^completion\.|-completion$/.test(id) || id === 'ordering.response-first') return completed;
      if (/^roster\.|-roster$/.test(id)) return rosters && (completed || !id.startsWith('ordering.'));
      if (id === 'multiple.five-accepted') return completed && rosters;
      return !NOTIFICATION_BEHAVIORS.includes(id) || this.deliveries.length > 0;
    });
    return { tries: [...new Set(this.without(shown))], expect: 'accepted', control: 'request.route' };
  }

  private own(): string[] {
    const count = this.participants.length;
    if (this.replaced !== undefined) {
      const first = ['accepted', 'response', 'completion', 'roster'].map((what) => `replace.first-only-${what}`);
      const one = this.moves ? 'request.route' : 'replace.accepted';
      return [...(count > 1 ? first : [one]), 'response.replaces-call-id'];
    }
    const [identity] = identitiesOf(member(this.participants[0], 'identity'));
    if (identity?.kind === 'phone') {
      return ['pstn.accepted', 'pstn.phone-response', 'pstn.phone-completion', 'pstn.phone-roster'];
    }
    return count === 5 ? ['multiple.five-accepted'] : [count > 1 ? 'multiple.accepted' : 'request.route'];
  }

  /** If the kind of invitation has its own behaviours about participants, the general ones are dropped. */
  private without(tries: readonly string[]): string[] {
    const particular = tries.some((id) => id.startsWith('replace.first-only') || id.startsWith('pstn.'));
    return particular
      ? without(
          tries,
          PARTICIPANT_BEHAVIORS.filter((id) => id !== 'roster.invitees'),
        )
      : [...tries];
  }

  private exchange(n: number, invitation: string, callId: string): Exchange {
    const { request } = this.example;
    const path = `/communications/calls/${encodeURIComponent(callId)}/participants/invite`;
    return {
      kind: 'exchange',
      n,
      purpose: 'invite',
      scenario: ATTEMPT.scenario,
      invitation,
      request: {
        method: 'POST',
        url: `${BASE}${path}`,
        headers: headersOf(request),
        body: bytesOf(request),
        sentAt: 1,
      },
      response: {
        status: this.response.status ?? 200,
        headers: this.response.status === undefined ? JSON_TYPE : headersOf(this.response),
        body: bytesOf(this.response),
        headersAt: 10,
        endAt: 11,
      },
    };
  }

  private delivery(message: Message, n: number, at: number): Delivery {
    this.messages.set(n, message);
    const shown = message.method !== undefined;
    return {
      kind: 'delivery',
      n,
      method: message.method ?? 'POST',
      path: message.path ?? '/',
      call: 'group',
      headers: shown ? headersOf(message) : JSON_TYPE,
      body: bytesOf(message),
      headersAt: at,
      bodyAt: at + 1,
      acknowledgedAt: at + 2,
    };
  }

  /** An accepted invitation, without which a refusal proves nothing. */
  private control(tries: string): HistoryEvent[] {
    const key = 'page/example/control';
    const { scenario, attempt } = ATTEMPT;
    const answer = { status: 200, headers: JSON_TYPE, body: bodyOf(Buffer.from('{}')), headersAt: 2, endAt: 3 };
    const exchange = this.exchange(6, key, 'control');
    return [
      call(7, 'control', 'control'),
      {
        kind: 'invitation',
        n: 5,
        key,
        scenario,
        attempt,
        tries: [tries],
        call: 'control',
        invitees: [],
        ignored: [],
        control: 'request.route',
        expect: 'accepted',
        says: 'an invitation that is accepted',
      },
      { ...exchange, response: answer },
    ];
  }
}

/** The headers of an example without headers, which are then not judged. */
const JSON_TYPE: Headers = [['content-type', 'application/json']];

function headersOf({ headers }: Message): Headers {
  return headers.map(({ name, value }) => [name, value]);
}

function bytesOf({ body }: Message): ReturnType<typeof bodyOf> {
  return bodyOf(Buffer.from(body?.text ?? ''));
}

function call(n: number, key: string, callId: string): CallRecord {
  const shape = key === 'peer' ? 'peerToPeer' : 'group';
  return { kind: 'call', n, key, scenario: ATTEMPT.scenario, shape, callId, callbackUri: 'https://bot.example/calls' };
}
