import { bodyOf } from '../../history/body';
import type {
  CallRecord,
  Delivery,
  Exchange,
  FailureCause,
  Headers,
  History,
  HistoryEvent,
  HistoryHeader,
  InvitationRecord,
  InvitedIdentity,
  MissingRecord,
  PlannedAttempt,
} from '../../history/events';
import { ACCEPTED_BEHAVIORS } from '../../suites/behavior-lists';
import { callItem, envelope, errorBody, operationItem, responseBody, rosterItem, user } from './bodies';
import { deepFreeze, type Edit } from './edits';
import type { DeliveryOptions, ResponseOptions, Told, Unnumbered, InvitationOptions } from './story-options';

const TARGET = 'http://target.test/v1.0';

const FLAGS = ['alreadyInCall', 'keptConnection', 'hidden'] as const;
const same: Edit = (value) => value;
const JSON_HEADERS: Headers = [['content-type', 'application/json']];

/**
 * Builds a made-up run, step by step in the order of time. Each step is as the documentation shows it, unless an edit
 * or an option changes it. Steps concern the latest invitation, or the one chosen with `of`.
 */
export class RunStory {
  private readonly header: HistoryHeader;
  private readonly tries: readonly string[];
  private readonly events: HistoryEvent[] = [];
  private readonly calls = new Map<string, CallRecord>();
  private readonly told: Told[] = [];
  private readonly unfinished = new Set<string>();
  private readonly extraPlan: PlannedAttempt[] = [];
  private current: Told | undefined;
  private clock = 0;
  private ending: { interrupted: boolean; remarks: string[] } | undefined = { interrupted: false, remarks: [] };

  constructor(tries: readonly string[], header: Partial<HistoryHeader>) {
    this.tries = tries;
    this.header = {
      kind: 'header',
      format: 1,
      suiteVersion: '0.0.0',
      catalogDigest: '0123456789abcdef',
      target: TARGET,
      startedAt: '2030-01-02T03:04:05.678Z',
      timeoutMs: 1000,
      quietMs: 50,
      roundTripMs: 1,
      plan: [],
      ...header,
    };
  }

  /** Sends an invitation. */
  invite(options: InvitationOptions = {}): this {
    const ordinal = this.told.length + 1;
    const { scenario = 'story', attempt = `attempt-${ordinal}`, name = String(ordinal), expect = 'accepted' } = options;
    const call = this.call(options.call ?? `${scenario}/${attempt}#1`, scenario, options);
    const { clientContext = `context "${ordinal}" <&>`, replacing = false } = options;
    const peer = replacing ? this.call(`${call.key}-peer`, scenario, { shape: 'peerToPeer' }) : undefined;
    const record = this.add({
      kind: 'invitation',
      key: `${scenario}/${attempt}/${name}`,
      scenario,
      attempt,
      tries: [...(options.tries ?? this.tries)],
      call: call.key,
      ...(clientContext === null ? {} : { clientContext }),
      invitees: [...(options.invitees ?? [user(`user-of-${ordinal}`)])],
      ignored: [...(options.ignored ?? [])],
      ...(peer ? { replaces: peer.key } : {}),
      ...(options.participantId === undefined ? {} : { participantId: options.participantId }),
      ...Object.fromEntries(FLAGS.filter((flag) => options[flag] === true).map((flag) => [flag, true])),
      control: options.control ?? 'request.route',
      expect,
      says: `made up ${ordinal}`,
      ...(options.repeats === undefined ? {} : { repeats: options.repeats }),
    }) as InvitationRecord;
    const operationId = options.operationId ?? `operation-${ordinal}`;
    this.current = { record, call, peer, operationId, sentAt: this.tick() };
    this.told.push(this.current);
    return this;
  }

  /** Selects an earlier invitation. */
  of(name: string): this {
    this.current = this.told.find(({ record }) => record.key.endsWith(`/${name}`));
    return this;
  }

  /** Answers 200 with the operation. */
  answer(edit: Edit = same, reply: ResponseOptions = {}): this {
    const { operationId, call } = this.now();
    const location: Headers = [['location', `${TARGET}/communications/calls/${call.callId}/operations/${operationId}`]];
    return this.reply(edit(responseBody(this.members())), { headers: [...JSON_HEADERS, ...location], ...reply });
  }

  /** Answers with an error. */
  refuse(status = 400, edit: Edit = same, reply: ResponseOptions = {}): this {
    return this.reply(edit(errorBody()), { status, headers: JSON_HEADERS, ...reply });
  }

  noAnswer(reason = 'socket hang up', cause?: FailureCause): this {
    return this.exchange({ failure: { reason, at: this.tick(), ...(cause === undefined ? {} : { cause }) } });
  }

  /** Notifies that the operation is running. */
  running(edit: Edit = same, how: DeliveryOptions = {}): this {
    return this.post([edit(this.operationItem('running', 'updated'))], how);
  }

  /** Notifies that the operation is completed. */
  completion(edit: Edit = same, how: DeliveryOptions = {}): this {
    return this.post([edit(this.operationItem('completed'))], how);
  }

  /** Notifies that the operation failed. */
  failing(edit: Edit = same, how: DeliveryOptions = {}): this {
    return this.post([edit(this.operationItem('failed'))], how);
  }

  /** Sends a roster with the invitees. */
  roster(edit: Edit = same, how: DeliveryOptions = {}): this {
    return this.post([edit(this.rosterItem())], how);
  }

  /** Sends a state of the call that the invitation goes to. */
  callUpdate(state = 'established', how: DeliveryOptions = {}): this {
    return this.post([callItem(this.now().call.callId, state)], how);
  }

  /** Notifies a state of the replaced call to its callback. */
  peer(state: string, changeType = 'updated', edit: Edit = same, how: DeliveryOptions = {}): this {
    const { peer } = this.now();
    return peer ? this.post([edit(callItem(peer.callId, state, changeType))], { to: peer.key, ...how }) : this;
  }

  /** Completes an accepted invitation: response, completion, roster. */
  joins(): this {
    return this.answer().completion().roster();
  }

  /** Adds another invitation that passes: without it, a refusal proves nothing. */
  control(options: InvitationOptions = {}): this {
    return this.invite({ tries: ['request.route'], ...options }).joins();
  }

  /** Delivers notifications in one envelope. */
  post(items: readonly unknown[], how: DeliveryOptions = {}): this {
    return this.deliver((how.envelope ?? same)(envelope(items)), how);
  }

  /** Delivers any body. */
  deliver(body: unknown, how: DeliveryOptions = {}): this {
    const headersAt = how.from ?? this.tick();
    const acknowledgedAt = how.until ?? headersAt + 2;
    this.clock = Math.max(this.clock, acknowledgedAt);
    const call = how.to === undefined ? this.now().call.key : how.to;
    const kept = bytes(how.raw ?? JSON.stringify(body));
    const to = call === null ? { path: '/nobody' } : { path: `/${call}`, call };
    const event: Omit<Delivery, 'n'> = {
      kind: 'delivery',
      method: how.method ?? 'POST',
      ...to,
      headers: how.headers ?? JSON_HEADERS,
      body: bodyOf(kept, kept.length, how.truncated === true),
      headersAt,
      bodyAt: Math.min(headersAt + 1, acknowledgedAt),
      ...(how.unreadMs === undefined ? {} : { unreadMs: how.unreadMs }),
    };
    this.add(how.unacknowledged === true ? event : { ...event, acknowledgedAt });
    return this;
  }

  /** An attempt that could not be made. */
  missing(record: Partial<MissingRecord> & Pick<MissingRecord, 'tries'>): this {
    const plain = { cause: 'unsupported' as const, missing: 'no such call', hint: 'Provision one.' };
    const made = { kind: 'missing' as const, scenario: 'story', attempt: 'not-made', ...plain, ...record };
    this.add(made);
    this.extraPlan.push({ scenario: made.scenario, attempt: made.attempt, tries: [...made.tries] });
    this.add({ kind: 'attemptEnd', scenario: made.scenario, attempt: made.attempt, at: this.tick() });
    return this;
  }

  /** A planned attempt that was not made. */
  planned(attempt: Partial<PlannedAttempt> & Pick<PlannedAttempt, 'tries'>): this {
    this.extraPlan.push({ scenario: 'story', attempt: 'planned', ...attempt });
    return this;
  }

  /** Leaves the attempt of the current invitation unfinished. */
  cutOff(): this {
    const { scenario, attempt } = this.now().record;
    this.unfinished.add(`${scenario}/${attempt}`);
    return this;
  }

  /** Sets how the run ends; undefined: it was killed, and its history has no end. */
  end(ending: { interrupted?: boolean; remarks?: string[] } | undefined): this {
    this.ending = ending && { interrupted: false, remarks: [], ...ending };
    return this;
  }

  operationItem(status: string, changeType?: string) {
    return operationItem(this.now().call.callId, this.members(), status, changeType);
  }

  rosterItem(listed: readonly InvitedIdentity[] = this.now().record.invitees) {
    return rosterItem(this.now().call.callId, listed);
  }

  /** The history, deeply frozen, so that a judge that writes to it throws. */
  history(): History {
    const plan = new Map<string, PlannedAttempt>();
    for (const { record } of this.told) {
      const { scenario, attempt, tries } = record;
      const key = `${scenario}/${attempt}`;
      plan.set(key, { scenario, attempt, tries: [...new Set([...(plan.get(key)?.tries ?? []), ...tries])] });
    }
    const events = [...this.events];
    const later = (event: Unnumbered): number => events.push({ ...event, n: events.length + 1 });
    for (const [key, { scenario, attempt }] of plan) {
      if (!this.unfinished.has(key)) later({ kind: 'attemptEnd', scenario, attempt, at: this.clock });
    }
    if (this.ending) later({ kind: 'end', at: this.clock + this.header.quietMs, ...this.ending });
    return deepFreeze({ header: { ...this.header, plan: [...plan.values(), ...this.extraPlan] }, events });
  }

  private reply(body: unknown, { status = 200, headers = [], from, until, raw, truncated }: ResponseOptions): this {
    const headersAt = from ?? this.tick();
    const kept = bytes(raw ?? JSON.stringify(body));
    const sent = bodyOf(kept, kept.length, truncated === true);
    const endAt = until ?? headersAt + 1;
    this.clock = Math.max(this.clock, endAt);
    return this.exchange({ response: { status, headers, body: sent, headersAt, endAt } });
  }

  private exchange(outcome: Pick<Exchange, 'response'> | Pick<Exchange, 'failure'>): this {
    const { record, call, sentAt } = this.now();
    const url = `${TARGET}/communications/calls/${encodeURIComponent(call.callId)}/participants/invite`;
    const request = { method: 'POST', url, headers: JSON_HEADERS, body: bodyOf(Buffer.from('{}')), sentAt };
    const { scenario, key: invitation } = record;
    this.add({ kind: 'exchange', purpose: 'invite', scenario, invitation, request, ...outcome });
    return this;
  }

  private call(key: string, scenario: string, options: InvitationOptions): CallRecord {
    const known = this.calls.get(key);
    if (known) return known;
    const { shape = 'group', callId = `call-${this.calls.size + 1}` } = options;
    const shared = options.sharedCallback === true ? { sharedCallback: true } : {};
    const callbackUri = `http://callback.test/${key}`;
    const made = this.add({ kind: 'call', key, scenario, shape, callId, callbackUri, ...shared }) as CallRecord;
    this.calls.set(key, made);
    return made;
  }

  private now(): Told {
    if (!this.current) throw new Error('no invitation was told yet');
    return this.current;
  }

  private members() {
    const { record, operationId, peer } = this.now();
    const { clientContext, invitees } = record;
    return { id: operationId, clientContext, invitees, replacesCallId: peer?.callId };
  }

  private tick(): number {
    this.clock += 10;
    return this.clock;
  }

  private add(event: Unnumbered): HistoryEvent {
    const kept: HistoryEvent = { ...event, n: this.events.length + 1 };
    this.events.push(kept);
    return kept;
  }
}

function bytes(value: string | Buffer): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

/**
 * Begins a made-up run.
 * @param tries what its invitations try by default; default: what a plain one tries
 */
export function aRun(
  tries: readonly string[] = ['request.route', ...ACCEPTED_BEHAVIORS],
  header: Partial<HistoryHeader> = {},
): RunStory {
  return new RunStory(tries, header);
}
