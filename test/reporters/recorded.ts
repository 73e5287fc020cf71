import type { Body, Delivery, Exchange, History, HistoryEvent } from '../../history/events';
import { BEHAVIORS } from '../../behaviors/catalog';
import { resultOf, type Result } from '../../verdicts/result';
import { SCENARIOS } from '../../suites/scenarios';

const CALL = '11111111-2222-3333-4444-555555555555';
const OPERATION = '66666666-7777-8888-9999-000000000000';
const USER = '9757dff7-a939-4c2a-9889-b43135a85c6f';
const KEY = 'single/one/1';

function body(value: unknown): Body {
  const content = typeof value === 'string' ? value : JSON.stringify(value);
  return { encoding: 'utf8', content, bytes: Buffer.byteLength(content), truncated: false };
}

function delivery(n: number, at: number, value: unknown): Delivery {
  return {
    kind: 'delivery',
    n,
    method: 'POST',
    path: '/callback',
    call: 'single/one#1',
    headers: [['content-type', 'application/json']],
    body: body(value),
    headersAt: at,
    bodyAt: at + 0.4,
    acknowledgedAt: at + 0.9,
  };
}

function notification(part: string, changeType: string, resourceData: unknown): unknown {
  const resourceUrl = `/communications/calls/${CALL}/${part}`;
  return {
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: [{ '@odata.type': '#microsoft.graph.commsNotification', changeType, resourceUrl, resourceData }],
  };
}

/**
 * An invitation whose response lacks Location and whose roster comes first, with a text of the target in every body.
 */
function events(text: string): HistoryEvent[] {
  const { attempts } = SCENARIOS.find(({ name }) => name === 'single') ?? { attempts: [] };
  const identity = { user: { id: USER, displayName: text } };
  const exchange: Exchange = {
    kind: 'exchange',
    n: 3,
    purpose: 'invite',
    scenario: 'single',
    invitation: KEY,
    request: {
      method: 'POST',
      url: `http://127.0.0.1:1/v1.0/communications/calls/${CALL}/participants/invite`,
      headers: [['authorization', 'Bearer [redacted]']],
      body: body({ participants: [{ identity: { user: { id: USER } } }], clientContext: 'context' }),
      sentAt: 10,
    },
    response: {
      status: 200,
      headers: [
        ['content-type', 'application/json'],
        ['x-text', text],
      ],
      body: body({
        '@odata.type': '#microsoft.graph.inviteParticipantsOperation',
        id: OPERATION,
        status: text,
        clientContext: 'context',
        participants: [{ identity }],
      }),
      headersAt: 52,
      endAt: 53,
    },
  };
  const participant = { info: { identity }, isMuted: true, isInLobby: false, mediaStreams: [] };
  const completed = { id: OPERATION, status: 'completed', clientContext: text, participants: [{ identity }] };
  return [
    {
      kind: 'call',
      n: 1,
      key: 'single/one#1',
      scenario: 'single',
      shape: 'group',
      callId: CALL,
      callbackUri: 'http://127.0.0.1:2/callback',
    },
    {
      kind: 'invitation',
      n: 2,
      key: KEY,
      scenario: 'single',
      attempt: 'one',
      tries: [...(attempts[0]?.tries ?? [])],
      call: 'single/one#1',
      clientContext: 'context',
      invitees: [{ kind: 'user', id: USER }],
      ignored: [],
      control: '',
      expect: 'accepted',
      says: 'one user',
    },
    exchange,
    delivery(4, 60, notification('participants', 'updated', [participant])),
    delivery(5, 90, notification(`operations/${OPERATION}`, text, completed)),
    delivery(6, 120, `${text} is no JSON`),
    { kind: 'attemptEnd', n: 7, scenario: 'single', attempt: 'one', at: 700 },
    { kind: 'end', n: 8, at: 701, interrupted: false, remarks: [`a remark ${text}`] },
  ];
}

/** A recorded run of one attempt against a target with several defects. */
export function recorded(text: string): History {
  return {
    header: {
      kind: 'header',
      format: 1,
      suiteVersion: '0.1.0',
      catalogDigest: '0123456789abcdef',
      target: 'http://127.0.0.1:1/v1.0',
      startedAt: '2030-01-02T03:04:05.678Z',
      timeoutMs: 1000,
      quietMs: 500,
      roundTripMs: 0.1,
      plan: [
        { scenario: 'single', attempt: 'one', tries: BEHAVIORS.map(({ id }) => id) },
        { scenario: 'pstn', attempt: 'one', tries: ['pstn.accepted'], withoutCapability: 'pstn' },
      ],
    },
    events: events(text),
  };
}

/** The result of that run. */
export function judged(history: History): Result {
  const waiver = { behavior: 'roster.joined', reason: 'lobby first', owner: 'Ada', expires: '2099-01-31' };
  return resultOf(history, { gate: 'shown', allowUntested: false, waivers: [waiver], now: 0 });
}
