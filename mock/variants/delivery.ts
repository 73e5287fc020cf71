import { callNotified, notification } from '../message-bodies';
import type { Planned } from '../model';
import type { HookMaker } from '../hooks';
import type { JsonObject } from '../json';
import { variant, type Variant } from '../fault-records';
import {
  changesOf,
  copyOf,
  everyAnswer,
  everyNotification,
  objectOf,
  replan,
  setHeader,
  together,
} from '../hook-builders';

const each = (change: (planned: Planned) => void): HookMaker => everyNotification((planned) => change(planned));

const ofCall = (planned: readonly Planned[]): Planned[] => planned.filter(({ kind }) => kind === 'call');
const ofOthers = (planned: readonly Planned[]): Planned[] => planned.filter(({ kind }) => kind !== 'call');

const headers = (names: (name: string) => string): HookMaker =>
  each((planned) => {
    planned.headers = Object.fromEntries(Object.entries(planned.headers).map(([name, value]) => [names(name), value]));
  });

function running(end: Planned, status: string): Planned {
  const copy = copyOf(end);
  for (const change of changesOf(copy)) {
    change['changeType'] = 'updated';
    const operation = objectOf(change['resourceData']);
    operation['status'] = status;
    delete operation['resultInfo'];
  }
  return copy;
}

/** Sends notifications `ms` milliseconds apart, in the queue of the call that was invited to, without waiting. */
function apart(planned: readonly Planned[], ms: number): Planned[] {
  const call = planned[0]?.call;
  return planned.map((one, i) => ({
    ...one,
    ...(call ? { call } : {}),
    delayMs: one.delayMs + i * ms,
    detached: true,
  }));
}

/** Puts the end of the operation and the roster update into one envelope. */
function batched(planned: Planned[]): Planned[] {
  const [end, roster, ...rest] = planned;
  if (!end || roster?.kind !== 'roster') return planned;
  const value: JsonObject[] = [...changesOf(end), ...changesOf(roster)];
  return [{ ...end, envelope: { ...objectOf(end.envelope), value } }, ...rest];
}

/** Variants of deliveries: their timing, connections and grouping. */
export const deliveryVariants: readonly Variant[] = [
  variant('slow-notifications', 'delays the first notification by 1 s, and each further one by another second', () => ({
    plan(planned) {
      for (const [index, one] of planned.entries()) one.delayMs += 1000 * (index + 1);
      return planned;
    },
  })),
  variant('batched', 'sends completion and roster in one envelope', replan(batched)),
  variant(
    'parallel-delivery',
    'sends a notification without waiting until the one before is acknowledged',
    each((planned) => {
      planned.detached = true;
    }),
  ),
  variant(
    'no-waiting',
    'sends notifications 2 ms apart without waiting for acknowledgements',
    replan((planned) => apart(planned, 2)),
  ),
  variant(
    'no-waiting-changing-connections',
    'sends notifications 1 ms apart without waiting, every other one on a connection of its own',
    replan((planned) => apart(planned, 1).map((one, i) => ({ ...one, keepAlive: i % 2 === 1 }))),
  ),
  variant(
    'answer-headers-first',
    'sends the body of a response 25 ms after its headers, and the notifications after that',
    everyAnswer((answer) => {
      if (answer.body !== undefined) answer.pieces = { count: 1, pauseMs: 0, afterHeadersMs: 25 };
    }),
  ),
  variant(
    'racing-answer',
    'sends the completion while the response is written',
    replan((planned) => {
      for (const one of planned) if (one.kind === 'operation') one.phase = 'with-answer';
      return planned;
    }),
  ),
  variant(
    'chunked-bodies',
    'writes bodies in four pieces, 20 ms apart',
    together(
      everyAnswer((answer) => {
        if (answer.body !== undefined) answer.pieces = { count: 4, pauseMs: 20 };
      }),
      each((planned) => {
        planned.pieces = { count: 4, pauseMs: 20 };
      }),
    ),
  ),
  variant(
    'notifications-one-connection-each',
    'sends each notification on a connection of its own',
    each((planned) => {
      planned.keepAlive = false;
    }),
  ),
  variant(
    'notifications-authorized',
    "sends notifications with a token and the service's headers",
    each((planned) => {
      planned.headers['Authorization'] =
        'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2FwaS5ib3RmcmFtZXdvcmsuY29tIn0.';
      planned.headers['X-Microsoft-Skype-Chain-ID'] = 'e9e2a1c0-0c1f-4f53-8c0e-6e1d8f6b7a11';
      planned.headers['Scenario-ID'] = '1';
      setHeader(planned.headers, 'User-Agent', 'Microsoft-Skype/3.0,(Calling/1.0)');
      setHeader(planned.headers, 'Accept', 'application/json');
    }),
  ),
  variant(
    'notification-headers-upper-case',
    'writes the names of notification headers in upper case',
    headers((name) => name.toUpperCase()),
  ),
  variant(
    'notification-headers-lower-case',
    'writes the names of notification headers in lower case',
    headers((name) => name.toLowerCase()),
  ),
  variant(
    'running-notification-first',
    'notifies that the operation is running before it ends',
    replan(([end, ...rest]) => (end ? [running(end, 'running'), end, ...rest] : [])),
  ),
  variant(
    'started-notifications-first',
    'notifies that the operation is notStarted, then running, before it ends',
    replan(([end, ...rest]) => (end ? [running(end, 'notStarted'), running(end, 'running'), end, ...rest] : [])),
  ),
  variant(
    'interleaved-call-updates',
    'sends updates of the call before, between and after the other notifications',
    replan((planned, { invitation: { call } }) => {
      const update = (): Planned => {
        const resource = { ...callNotified(call, 'established'), chatInfo: { threadId: '19:meeting_x@thread.v2' } };
        return notification('call', call, 'updated', '', resource);
      };
      return [update(), ...planned.flatMap((one) => [one, update()])];
    }),
  ),
  variant(
    'replaced-call-deleted-only',
    'sends a single notification that a replaced call is terminated and deleted',
    replan((planned) => [...ofOthers(planned), ...ofCall(planned).slice(-1)]),
  ),
  variant(
    'replaced-call-twice-updated',
    'notifies that a replaced call is terminating, then terminated, then deleted',
    replan((planned, { invitation: { replaced } }) => {
      const [terminating, deleted] = ofCall(planned);
      if (!replaced || !terminating || !deleted) return planned;
      const terminated = notification('call', replaced, 'updated', '', callNotified(replaced, 'terminated'));
      return [...ofOthers(planned), terminating, terminated, deleted];
    }),
  ),
  variant(
    'replaced-call-before-roster',
    'ends a replaced call between completion and roster',
    replan((planned, { invitation: { call } }) => {
      const [end, ...rest] = ofOthers(planned);
      const ends = ofCall(planned).map((one) => ({ ...one, call }));
      return end ? [end, ...ends, ...rest] : planned;
    }),
  ),
  variant(
    'replaced-call-updates-to-group-callback',
    'sends notifications about a replaced call to the callback of the group call',
    replan((planned, { invitation: { call } }) => {
      for (const one of ofCall(planned)) one.to = call.callbackUri;
      return planned;
    }),
  ),
];
